"""Which process watches a mailbox: the one that its row names, while that process says that it lives.

A process says so by one row of its own, however many mailboxes it holds. The database's clock is the only one asked.
"""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from mailevents import queries
from mailevents.eventlog.log import batched
from mailevents.models import Agent, Mailbox, Process, Watch
from mailevents.process import OWNER, is_dead

LEASE_S = 10.0
RENEW_S = 3.0  # with the above: another host takes over within 13 s, another process of this one within 3
FORGET_S = 3600.0  # after its end a process that left nothing behind is forgotten
SLICE = 1000  # mailboxes in one query

MAILBOXES, AGENTS, PROCESSES = (table._meta.db_table for table in (Mailbox, Agent, Process))
UNTIL = {
    "sqlite": "STRFTIME('%%Y-%%m-%%d %%H:%%M:%%f', 'now', %s || ' seconds')",
    "postgresql": "STATEMENT_TIMESTAMP() + %s * INTERVAL '1 second'",
}
RENEW = {vendor: f"UPDATE {PROCESSES} SET until = {until} WHERE name = %s" for vendor, until in UNTIL.items()}  # noqa: S608
TAKE = f"UPDATE {MAILBOXES} SET lease_id = %s WHERE id IN (SELECT id FROM free) RETURNING id"  # noqa: S608 - our names
OF_THESE = f"FROM {MAILBOXES} m WHERE m.id IN {{ids}}"
OF_ALWAYS = f"FROM {MAILBOXES} m JOIN {AGENTS} a ON a.id = m.agent_id WHERE m.watch = %s AND a.enabled = %s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How many of the mailboxes that are watched always this process holds, and how many are its share."""

    held: int
    share: int

    @property
    def room(self) -> int:
        return max(0, self.share - self.held)

    @property
    def excess(self) -> int:
        return max(0, self.held - self.share)


def renew() -> None:
    """Says that this process lives. One query, however much it holds."""
    if not queries.change(RENEW[connection.vendor], LEASE_S, OWNER):
        until = Now() + timedelta(seconds=LEASE_S)
        _forget_dead()
        Process.objects.bulk_create(
            [Process(name=OWNER, until=until)],
            update_conflicts=True,
            unique_fields=["name"],
            update_fields=["until"],
        )


def claim(mailbox_ids: Iterable[int], most: int | None = None) -> set[int]:
    """Takes those of these mailboxes, at most `most`, that nobody holds who lives; which."""
    renew()
    taken: set[int] = set()
    for some in batched(sorted(mailbox_ids), SLICE):
        left = len(some) if most is None else most - len(taken)
        if left <= 0:
            break
        taken |= _take(some, left)
    return taken


def _take(mailbox_ids: Sequence[int], most: int) -> set[int]:
    """Rows that another transaction is at are left to it: it may be claiming them, too."""
    condition, values = _nobodys()
    skip_locked = "FOR UPDATE OF m SKIP LOCKED" if connection.vendor == "postgresql" else ""
    free = f"SELECT m.id {OF_THESE.format(ids=queries.places(mailbox_ids))} AND {condition}"
    taken = queries.rows(
        f"WITH free AS MATERIALIZED ({free} ORDER BY m.id LIMIT %s {skip_locked}) {TAKE}",
        *mailbox_ids,
        *values,
        most,
        OWNER,
    )
    return {id for (id,) in taken}


def free(mailbox_ids: Collection[int]) -> set[int]:
    """Those of these that `claim` would take."""
    found: set[int] = set()
    for some in batched(sorted(mailbox_ids), SLICE):
        condition, values = _nobodys()
        these = OF_THESE.format(ids=queries.places(some))
        rows = queries.rows(f"SELECT m.id {these} AND {condition}", *some, *values)
        found |= {id for (id,) in rows}
    return found


def free_of_always() -> set[int]:
    """All that are to be watched always and that `claim` would take. Two queries, however many others hold."""
    condition, values = _nobodys()
    rows = queries.rows(f"SELECT m.id {OF_ALWAYS} AND {condition}", Watch.ALWAYS, True, *values)
    return {id for (id,) in rows}


def _nobodys() -> tuple[str, list[object]]:
    """A condition on the mailbox `m`, and its values. Who lives is seen in the moment in which the row is taken."""
    now = queries.now()
    others = queries.rows(f"SELECT name FROM {PROCESSES} WHERE until > {now} AND name <> %s", OWNER)  # noqa: S608 - our own
    not_others = [OWNER, *(name for (name,) in others if is_dead(name))]
    living = f"SELECT 1 FROM {PROCESSES} p WHERE p.name = m.lease_id AND p.until > {now}"  # noqa: S608 - our own
    condition = f"(m.lease_id IS NULL OR m.lease_id IN {queries.places(not_others)} OR NOT EXISTS ({living}))"
    return condition, [*not_others]


def held(expected: int | None = None) -> set[int] | None:
    """What this process holds, as the rows say; None where it is as many as `expected`."""
    mine = Mailbox.objects.filter(lease=OWNER)
    if mine.count() == expected:
        return None
    return set(mine.values_list("pk", flat=True))


def release(mailbox_ids: Collection[int]) -> None:
    Mailbox.objects.filter(pk__in=mailbox_ids, lease=OWNER).update(lease=None)


def leave() -> None:
    """This process ends: whatever it holds is free at once."""
    Process.objects.filter(name=OWNER).delete()


def standing() -> Standing:
    """Shares are equal among the processes that live."""
    names = Process.objects.filter(until__gt=Now()).values_list("name", flat=True)
    alive = sum(not is_dead(name) for name in names)
    counts = always().aggregate(all=Count("pk"), held=Count("pk", filter=Q(lease=OWNER)))
    return Standing(held=counts["held"], share=math.ceil(counts["all"] / max(1, alive)))


def always() -> "QuerySet[Mailbox]":
    """Those that are to be watched whether or not there is a stream."""
    return Mailbox.objects.filter(watch=Watch.ALWAYS, agent__enabled=True)


def _forget_dead() -> None:
    """Drops the rows of processes that ended long ago. One that left mailboxes behind is still told in the admin."""
    left = Mailbox.objects.filter(lease=OuterRef("name"))
    Process.objects.filter(~Exists(left), until__lt=Now() - timedelta(seconds=FORGET_S)).delete()
