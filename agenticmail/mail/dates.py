"""Dates of mail (RFC 5322 section 3.3) to aware UTC, as far as they make sense."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz

_USUAL = re.compile(
    r"(?:[A-Z][a-z]{2}, +)?([0-9]{1,2}) ([A-Z][a-z]{2}) ([0-9]{4}) "
    r"([0-9]{2}):([0-9]{2}):([0-9]{2}) ([+-])([01][0-9])([0-5][0-9])(?: |$)"
)
_NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_MONTHS = {name: number for number, name in enumerate(_NAMES.split(), 1)}


def parse_date(value: str) -> datetime | None:
    """The moment a Date field names, None where it names none."""
    usual = _USUAL.match(value)
    try:
        if usual:
            day, month, year, hour, minute, second, sign, hours, minutes = usual.groups()
            moment = datetime(
                int(year), _MONTHS[month], int(day), int(hour), int(minute), min(int(second), 59), tzinfo=UTC
            )
            offset = timedelta(hours=int(hours), minutes=int(minutes))
            return moment + offset if sign == "-" else moment - offset
        fields = parsedate_tz(value[:100])
        if fields is None:
            return _iso(value)
        year, month, day, hour, minute, second = fields[:6]
        moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
        return moment - timedelta(seconds=_offset(fields[9]))
    except (ValueError, TypeError, OverflowError, LookupError):
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
