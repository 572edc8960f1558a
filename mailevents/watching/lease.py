"""Which process watches a mailbox: the one that its row names, while that process says that it lives.

A process says so by one row of its own, however many mailboxes it holds. The database's clock is the only one asked.
"""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from mailevents.eventlog.log import batched
from mailevents.models import Mailbox, Process, Watch
from mailevents.process import OWNER, is_dead

LEASE_S = 10.0
RENEW_S = 3.0  # with the above: another host takes over within 13 s, another process of this one within 3
FORGET_S = 3600.0  # after its end a process that left nothing behind is forgotten
SLICE = 1000  # mailboxes in one query


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
    until = Now() + timedelta(seconds=LEASE_S)
    if not Process.objects.filter(name=OWNER).update(until=until):
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


def _take(mailbox_ids: Collection[int], most: int) -> set[int]:
    """Rows that another transaction is at are left to it: it may be claiming them, too."""
    with transaction.atomic():
        rows = free(mailbox_ids).select_for_update(skip_locked=True).order_by("pk")
        taken = set(rows.values_list("pk", flat=True)[:most])
        if taken:
            Mailbox.objects.filter(pk__in=taken).update(lease=OWNER)
    return taken


def free(mailbox_ids: Collection[int]) -> "QuerySet[Mailbox]":
    """Those of these that `claim` would take."""
    return Mailbox.objects.filter(_nobodys(), pk__in=mailbox_ids)


def free_of_always() -> set[int]:
    """All that are to be watched always and that `claim` would take. Two queries, however many others hold."""
    return set(_always().filter(_nobodys()).values_list("pk", flat=True))


def _nobodys() -> Q:
    living = Process.objects.filter(name=OuterRef("lease"), until__gt=Now())
    others = Process.objects.filter(until__gt=Now()).exclude(name=OWNER).values_list("name", flat=True)
    dead = [name for name in others if is_dead(name)]
    return Q(lease=None) | Q(lease__in=[OWNER, *dead]) | Q(~Exists(living))


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
    counts = _always().aggregate(all=Count("pk"), held=Count("pk", filter=Q(lease=OWNER)))
    return Standing(held=counts["held"], share=math.ceil(counts["all"] / max(1, alive)))


def _always() -> "QuerySet[Mailbox]":
    return Mailbox.objects.filter(watch=Watch.ALWAYS, agent__enabled=True)


def _forget_dead() -> None:
    """Drops the rows of processes that ended long ago. One that left mailboxes behind is still told in the admin."""
    left = Mailbox.objects.filter(lease=OuterRef("name"))
    Process.objects.filter(~Exists(left), until__lt=Now() - timedelta(seconds=FORGET_S)).delete()
