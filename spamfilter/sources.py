"""Where the admin's pages get a message of the event log from. Whoever keeps the log offers it here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A message as it arrived at an agent."""

    raw: bytes
    received_at: datetime
    agent: str  # its name


class SourceError(Exception):
    """The message cannot be had; `str()` says why, and what to do."""


EventSource = Callable[[int], Arrived]
_sources: list[EventSource] = []


def offer(source: EventSource) -> None:
    """From now on `source` gives the message of an event by the event's id, or raises SourceError."""
    _sources[:] = [source]


def message_of_event(event_id: int) -> Arrived:
    if not _sources:
        raise SourceError("This installation has no event log to take a message from.")
    return _sources[0](event_id)
