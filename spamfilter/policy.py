"""What a message is judged against, as one value. Pure; `spamfilter.lookup` fills it from rows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Everything `judge` needs to know beside the message."""

    threshold: float = 5.0
