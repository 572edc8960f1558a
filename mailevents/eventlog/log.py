"""The event log: the sole reader and writer of `MailEvent`. Ids grow in commit order, and so do times.

Knows nothing of IMAP, nor of streams.
"""

import json
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import connection
from django.db.models import F, Min, QuerySet
from django.utils import timezone

from mailevents import queries
from mailevents.eventlog.entry import Entry, NewEntry, Position
from mailevents.eventlog.filters import Selection
from mailevents.jsontext import timestamp
from mailevents.models import Delivery, Mailbox, MailEvent, Retention

T = TypeVar("T")

COLUMNS = ("id", "type", "agent_id", "occurred_at", "data", "sender", "priority", "verdict")
EVENTS = MailEvent._meta.db_table
OF_EVENTS = f"SELECT {', '.join(COLUMNS)} FROM {EVENTS}"  # noqa: S608 - names of our own
OF_AGENTS = f"{OF_EVENTS} WHERE agent_id IN {{agents}} AND id > %s AND id <= %s ORDER BY id LIMIT %s"
LAST = f"SELECT id, occurred_at FROM {EVENTS} ORDER BY id DESC LIMIT 1"  # noqa: S608 - as above
PRUNED = f"SELECT pruned_id, pruned_to FROM {Retention._meta.db_table} WHERE id = 1"  # noqa: S608 - as above
GIVEN = {
    "sqlite": f"SELECT seq FROM sqlite_sequence WHERE name = '{EVENTS}'",  # noqa: S608 - as above
    "postgresql": f"SELECT pg_sequence_last_value(pg_get_serial_sequence('{EVENTS}', 'id')::regclass)",
}
WRITTEN = (
    "type",
    "agent_id",
    "mailbox_id",
    "occurred_at",
    "data",
    "sender",
    "subject",
    "priority",
    "verdict",
    "message_id",
    "received_at",
    "generation",
    "arrival_uid",
)
INTO_EVENTS = f"INSERT INTO {EVENTS} ({', '.join(WRITTEN)}) VALUES"
PLACES = f"({', '.join(['%s'] * len(WRITTEN))})"
UNLESS_KNOWN = "ON CONFLICT DO NOTHING RETURNING id"
MOVE_CURSOR = (
    f"UPDATE {Mailbox._meta.db_table} SET last_uid = %s "  # noqa: S608 - names of our own
    "WHERE id = %s AND generation = %s AND last_uid < %s"
)
MAX_ID = 2**63 - 1
LONGEST_SENDER = 320
AT_LEAST = 100  # entries that are read at a time, where not each is selected
TICK = timedelta(microseconds=1)


class _Appended(threading.local):
    """What this thread has appended since somebody began to listen; None: nobody does."""

    entries: list[Entry] | None = None


_appended = _Appended()


# -- writing: each of these runs inside the writer's transaction


def append(entries: Sequence[NewEntry]) -> list[int]:
    """Appends what is not there yet; the ids of what was appended. Times are those of now, and never go back.

    A `new` entry whose message the log has already is passed over by the index that makes it unique.
    """
    if not entries:
        return []
    last = head().occurred_at
    now = timezone.now()
    if last is not None and last >= now:
        now = last + TICK
    times = [now + number * TICK for number in range(len(entries))]
    rows = list(map(_values, entries, times))
    ids: list[int] = []
    with connection.cursor() as cursor:
        for some in batched(rows, 200):
            cursor.execute(
                f"{INTO_EVENTS} {', '.join([PLACES] * len(some))} {UNLESS_KNOWN}",
                [value for row in some for value in row],
            )
            ids += [id for (id,) in cursor.fetchall()]
    if _appended.entries is not None and len(ids) == len(entries):  # else it cannot be told which id is whose
        _appended.entries += map(_as_read, sorted(ids), times, entries)
    return ids


@contextmanager
def appended() -> Iterator[list[Entry]]:
    """What this thread appends meanwhile, as it will be read once it is committed. Some may be missing."""
    entries: list[Entry] = []
    _appended.entries = entries
    try:
        yield entries
    finally:
        _appended.entries = None


def append_for_mailbox(
    entries: Sequence[NewEntry], *, mailbox_id: int, generation: int, last_uid: int, close: int | None = None
) -> list[int]:
    """`append`, and in the same breath: the mailbox's cursor moves on, and the delivery `close` is done with."""
    ids = append(entries)
    queries.change(MOVE_CURSOR, last_uid, mailbox_id, generation, last_uid)
    if close is not None:
        Delivery.objects.filter(pk=close).delete()
    return ids


def prune(before: datetime, limit: int = 5000) -> int:
    """Drops at most `limit` of the oldest entries that happened before `before`; how many."""
    old = MailEvent.objects.filter(occurred_at__lt=before).order_by("id").values_list("id", "occurred_at")[:limit]
    rows = list(old)
    if rows:
        (first, _), (last, last_at) = rows[0], rows[-1]
        Retention.objects.update_or_create(id=1, defaults={"pruned_id": last, "pruned_to": last_at})
        MailEvent.objects.filter(id__gte=first, id__lte=last).delete()
    return len(rows)


def has_new(mailbox_id: int, generation: int, uid: int) -> bool:
    """Whether the message that arrived under this UID has its event."""
    return MailEvent.objects.filter(type="new", mailbox_id=mailbox_id, generation=generation, arrival_uid=uid).exists()


def _values(entry: NewEntry, occurred_at: datetime) -> list[Any]:
    """In the order of WRITTEN."""
    return [
        entry.type,
        entry.agent_id,
        entry.mailbox_id,
        queries.stored(occurred_at),
        entry.data,
        entry.sender[:LONGEST_SENDER],
        entry.subject[:255],
        entry.priority,
        entry.verdict,
        entry.message_id[:255],
        queries.stored(entry.received_at),
        entry.generation,
        entry.arrival_uid,
    ]


# -- reading


def batched(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """`values` in slices that fit into a query."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def head() -> Position:
    """Where the log ends. In an emptied log, where it ended when it was pruned."""
    last = queries.row(LAST)
    return Position(id=last[0], occurred_at=queries.moment(last[1])) if last else pruned()


def has_given(id: int) -> bool:
    """Whether an entry ever had this id. The log may end before it: an agent's entries go with it."""
    if id <= head().id:
        return True
    given = queries.row(GIVEN[connection.vendor])
    return given is not None and id <= (given[0] or 0)


def pruned() -> Position:
    """The last entry that retention has dropped; id 0 where it dropped none."""
    row = queries.row(PRUNED)
    return Position(id=row[0], occurred_at=queries.moment(row[1])) if row else Position(id=0)


def oldest() -> int | None:
    """The lowest id that is kept."""
    low: int | None = MailEvent.objects.aggregate(low=Min("id"))["low"]
    return low


def before(moment: datetime) -> int:
    """The id after which everything happened at `moment` or later (times never go back)."""
    first = (
        MailEvent.objects.filter(occurred_at__gte=moment).order_by("occurred_at").values_list("id", flat=True).first()
    )
    return head().id if first is None else first - 1


def next_time(id: int) -> datetime | None:
    """When the first entry past `id` happened; None where there is none."""
    return MailEvent.objects.filter(id__gt=id).order_by("id").values_list("occurred_at", flat=True).first()


def after(id: int, limit: int) -> list[Entry]:
    """All entries past `id`, in order, at most `limit`."""
    return _found(f"{OF_EVENTS} WHERE id > %s ORDER BY id LIMIT %s", id, limit)


def selected(selection: Selection, after: int, limit: int, upto: int | None = None) -> list[Entry]:
    """The entries past `after` (up to `upto`) that `selection` selects, in order, at most `limit`."""
    if selection.is_of_agents_only:
        agents = sorted(selection.agent_ids)
        query = OF_AGENTS.format(agents=queries.places(agents))
        return _found(query, *agents, after, MAX_ID if upto is None else upto, limit)
    found: list[Entry] = []
    size = max(limit, AT_LEAST) if selection.senders else limit  # of globs the query finds more than are selected
    while len(found) < limit:
        rows = MailEvent.objects.filter(selection.query(), id__gt=after)
        page = _entries(rows if upto is None else rows.filter(id__lte=upto), size)
        found += [entry for entry in page if selection.selects(entry)]
        if len(page) < size:
            break
        after = page[-1].id
    return found[:limit]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the log last said of a message. `folder` and `uid`: where it is, None where it is gone."""

    flags: tuple[str, ...]
    labels: tuple[str, ...]
    folder: str
    uid: int | None
    message_id: str
    sender: str
    subject: str
    priority: str
    verdict: str


def known(mailbox_id: int, generation: int, uids: Iterable[int]) -> dict[int, Known]:
    """What the log last said of the messages that arrived under these UIDs."""
    columns = ("arrival_uid", "type", "data", "message_id", "sender", "subject", "priority", "verdict")
    found: dict[int, Known] = {}
    for some in batched(sorted(uids), 500):
        rows = MailEvent.objects.filter(mailbox_id=mailbox_id, generation=generation, arrival_uid__in=some)
        for row in rows.order_by("id").values_list(*columns):
            uid, type, data, message_id, sender, subject, priority, verdict = row
            message = json.loads(data)["message"]
            found[uid] = Known(
                flags=tuple(message["flags"]),
                labels=tuple(message["labels"]),
                folder=message["folder"],
                uid=None if type == "expunge" else message["uid"],
                message_id=message_id,
                sender=sender,
                subject=subject,
                priority=priority,
                verdict=verdict,
            )
    return found


def newest(mailbox_id: int, generation: int, count: int) -> dict[int, Known]:
    """The same of the `count` messages that arrived last."""
    arrivals = MailEvent.objects.filter(mailbox_id=mailbox_id, generation=generation, type="new")
    last = arrivals.order_by("-arrival_uid").values_list("arrival_uid", flat=True)[:count]
    return known(mailbox_id, generation, [uid for uid in last if uid is not None])


def one(id: int, agent_ids: Iterable[int] | None = None) -> Entry | None:
    """One entry, if it is of one of these agents (None: whosever it is)."""
    rows = MailEvent.objects.filter(id=id)
    found = _entries(rows if agent_ids is None else rows.filter(agent_id__in=list(agent_ids)), 1)
    return found[0] if found else None


def mailbox_of(id: int) -> int | None:
    """The mailbox that an entry came from; None where it has been deleted since."""
    return MailEvent.objects.filter(id=id).values_list("mailbox_id", flat=True).first()


def arrival_of(id: int, uid: int) -> Entry | None:
    """The `new` entry of the message that, when entry `id` was written, had this UID in the watched folder."""
    mailbox_id = mailbox_of(id)
    if mailbox_id is None:
        return None
    earlier = MailEvent.objects.filter(type="new", mailbox_id=mailbox_id, arrival_uid=uid, id__lt=id)
    last = earlier.order_by("-generation").values_list("id", flat=True).first()
    return None if last is None else one(last)


def _entries(rows: "QuerySet[MailEvent]", limit: int) -> list[Entry]:
    return [_entry(*values) for values in rows.order_by(F("id")).values_list(*COLUMNS)[:limit]]


def _found(query: str, *values: int) -> list[Entry]:
    return [_entry(*row[:3], queries.moment(row[3]), *row[4:]) for row in queries.rows(query, *values)]


def _as_read(id: int, occurred_at: datetime, new: NewEntry) -> Entry:
    sender = new.sender[:LONGEST_SENDER]
    return _entry(id, new.type, new.agent_id, occurred_at, new.data, sender, new.priority, new.verdict)


def _entry(id: int, type: str, agent_id: int, occurred_at: datetime, data: str, *columns: Any) -> Entry:
    sender, priority, verdict = columns
    start, rest = f'{{"id":{id},"type":"{type}"', data[1:]
    return Entry(
        id=id,
        type=type,
        agent_id=agent_id,
        occurred_at=occurred_at,
        json=f'{start},"occurred_at":"{timestamp(occurred_at)}",{rest}',
        sender=sender,
        priority=priority,
        verdict=verdict,
    )
