"""Parses lengths of time as people write them: `90d`, `12h`, `30m`, `45s`."""

import re
from datetime import timedelta

TAKES = "a number and a unit, such as 90d, 12h, 30m or 45s"
_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_LONGEST = timedelta(days=36500)


def parse_duration(text: str) -> timedelta:
    """The length that `text` names, longer than nothing and at most a hundred years. ValueError says what it takes."""
    match = re.fullmatch(r"([0-9]{1,12})([dhms])", text.strip().lower())
    if match is None:
        raise ValueError(f"takes {TAKES}")
    number, unit = int(match[1]), _UNITS[match[2]]
    if not 0 < number <= _LONGEST / timedelta(**{unit: 1}):
        raise ValueError(f"takes more than nothing and at most {_LONGEST.days}d")
    return timedelta(**{unit: number})
