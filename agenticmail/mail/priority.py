"""How urgent the sender calls a mail: X-Priority, Importance (RFC 2156), Priority, X-MSMail-Priority."""

from collections.abc import Mapping
from typing import Literal

Priority = Literal["high", "normal", "low"]

_WORDS: dict[str, Priority] = {
    "1": "high",
    "2": "high",
    "4": "low",
    "5": "low",
    "high": "high",
    "highest": "high",
    "urgent": "high",
    "low": "low",
    "lowest": "low",
    "non-urgent": "low",
}
_FIELDS = ("x-priority", "importance", "priority", "x-msmail-priority")


def read_priority(headers: Mapping[str, str]) -> Priority:
    """The first statement that is not "normal", in the order of the fields above."""
    for field in _FIELDS:
        words = headers.get(field, "").lower().replace("(", " ").split(None, 1)
        said = _WORDS.get(words[0]) if words else None
        if said:
            return said
    return "normal"
