"""One event, on its way into the log and out of it. Plain values."""

from dataclasses import dataclass
from datetime import datetime

DURABLE_TYPES = ("new", "flags", "expunge")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """An event to be: `data` is its JSON text without `id` and `occurred_at`, which the log adds.

    The columns beside it are what the log is filtered and searched by; `generation` and `arrival_uid` make a
    `new` event unique in its mailbox.
    """

    type: str
    agent_id: int
    mailbox_id: int
    data: str
    sender: str = ""
    subject: str = ""
    priority: str = ""
    verdict: str = ""
    message_id: str = ""
    received_at: datetime | None = None
    generation: int | None = None
    arrival_uid: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An event as the log holds it. `json` is the whole of it, as an agent reads it."""

    id: int
    type: str
    agent_id: int
    occurred_at: datetime
    json: str
    sender: str = ""
    priority: str = ""
    verdict: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A place in the log: the last entry at or before it, and when that happened (None in an empty log)."""

    id: int
    occurred_at: datetime | None = None
