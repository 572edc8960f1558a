"""Lengths of time as people write them: `30m`, `12h`, `7d`."""

import re
from datetime import timedelta

LONGEST = timedelta(days=366)
TAKES = "a number and a unit (s, m, h, d or w), such as 12h or 7d, at most 366d"

_PERIOD = re.compile(r"([0-9]{1,9})\s*([smhdw])", re.IGNORECASE)
_UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}


def period(text: str) -> timedelta:
    """`text` as a length of time. ValueError says what it takes."""
    found = _PERIOD.fullmatch(text.strip())
    length = int(found[1]) * _UNITS[found[2].lower()] if found else None
    if length is None or length > LONGEST:
        raise ValueError(f"{text!r} is no length of time; it takes {TAKES}")
    return length
