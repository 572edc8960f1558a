"""What a message is judged against: thresholds, weights and list entries. The only reader of the filter's rows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Everything `judge` needs to know beside the message."""

    threshold: float = 5.0
