"""Drops what is past retention, in batches, so that nobody waits long for the database."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from mailevents.eventlog import log
from rules import history

BATCH = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """How many rows are gone."""

    events: int
    sent_mails: int


def prune(now: datetime, *, batch: int = BATCH) -> Pruned:
    """Drops events older than AGENTICMAIL_RETENTION_DAYS, and automatic mails that no limit counts any more."""
    before = now - timedelta(days=settings.AGENTICMAIL_RETENTION_DAYS)
    events = 0
    while dropped := _events(before, batch):
        events += dropped
    return Pruned(events=events, sent_mails=history.prune(now))


@transaction.atomic
def _events(before: datetime, batch: int) -> int:
    return log.prune(before, batch)
