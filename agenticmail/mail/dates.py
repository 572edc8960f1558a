"""Dates of mail (RFC 5322 section 3.3) to aware UTC, as far as they make sense."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz


def parse_date(value: str) -> datetime | None:
    """The moment a Date field names, None where it names none."""
    try:
        fields = parsedate_tz(value[:100])
        if fields is None:
            return _iso(value)
        year, month, day, hour, minute, second = fields[:6]
        moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
        return moment - timedelta(seconds=_offset(fields[9]))
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _offset(seconds: int | None) -> int:
    """A zone's offset; one of more than a day is nonsense, and UTC the best guess."""
    return seconds if seconds is not None and abs(seconds) < 86400 else 0


def _iso(value: str) -> datetime | None:
    return to_utc(datetime.fromisoformat(value.strip()[:40]))


def to_utc(moment: datetime) -> datetime:
    """`moment` in UTC; one without a zone is taken to be in UTC."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return moment.replace(tzinfo=UTC)
