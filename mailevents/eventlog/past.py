"""The past, a page at a time, and what of it is lost: the data of a `reset` (CONTRACT section 4).

Knows nothing of streams.
"""

from typing import Any

from mailevents.eventlog import log
from mailevents.eventlog.entry import Entry
from mailevents.eventlog.filters import Selection

Reset = dict[str, Any]


def page(selection: Selection, after: int, limit: int, upto: int | None = None) -> tuple[list[Entry], Reset | None]:
    """As `log.selected`; and a reset where retention has dropped some past `after`, before they were read."""
    entries = log.selected(selection, after, limit, upto)
    return entries, expired(after)  # asked last: it may run in between


def expired(id: int) -> Reset | None:
    """The reset of a reader who has come as far as `id`, where the log no longer holds all that is past it."""
    return reset("cursor_expired", id) if id < log.pruned().id else None


def reset(reason: str, requested: object) -> Reset:
    return {"reason": reason, "requested": requested, "oldest": log.oldest()}
