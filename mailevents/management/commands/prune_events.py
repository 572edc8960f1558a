"""`prune_events`: drops what is past retention. Meant for a daily timer."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from mailevents.eventlog.retention import prune


class Command(BaseCommand):
    help = "Drops events older than AGENTICMAIL_RETENTION_DAYS, and what was kept for the limits of automatic mail."

    def handle(self, **options: Any) -> None:
        pruned = prune(timezone.now())
        self.stdout.write(f"Dropped {_count(pruned.events, 'event')} and {_count(pruned.sent_mails, 'sent mail')}.")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
