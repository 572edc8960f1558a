"""Which process watches a mailbox. A row says who, and until when; the database's clock is the only one asked."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from mailevents.models import Mailbox
from mailevents.process import OWNER, is_dead

LEASE_S = 10.0
RENEW_S = 3.0  # with the above: another host takes over within 13 s, another process of this one within 3


def claim(mailbox_id: int) -> bool:
    """Takes the mailbox for this process, if it is free, its lease has run out, or its owner is dead."""
    taken = _free([mailbox_id])
    return taken.update(lease_owner=OWNER, lease_until=Now() + timedelta(seconds=LEASE_S)) == 1


def claimable(mailbox_ids: Iterable[int]) -> set[int]:
    """Those that `claim` would take now. Two queries for all; none for none."""
    wanted = list(mailbox_ids)
    return set(_free(wanted).values_list("pk", flat=True)) if wanted else set()


def _free(mailbox_ids: list[int]) -> "QuerySet[Mailbox]":
    rows = Mailbox.objects.filter(pk__in=mailbox_ids)
    owners = rows.order_by().values_list("lease_owner", flat=True).distinct()
    free_of = ["", OWNER, *(owner for owner in owners if is_dead(owner))]
    return rows.filter(Q(lease_owner__in=free_of) | Q(lease_until__lt=Now()) | Q(lease_until=None))


def renew(mailbox_ids: Iterable[int]) -> set[int]:
    """Prolongs what this process holds, in one query; the mailboxes that it holds no more."""
    wanted = set(mailbox_ids)
    mine = Mailbox.objects.filter(lease_owner=OWNER)
    if not wanted:
        return set()
    mine.update(lease_until=Now() + timedelta(seconds=LEASE_S))
    return wanted - set(mine.values_list("pk", flat=True))


def release(mailbox_id: int) -> None:
    Mailbox.objects.filter(pk=mailbox_id, lease_owner=OWNER).update(lease_owner="", lease_until=None)
