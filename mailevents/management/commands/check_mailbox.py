"""`check_mailbox NAME`: walks the way to an agent's mailbox and says which step fails, and what to do."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from agenticmail.commandline import storable
from mailevents.enrolment import account_of, agent_named
from mailevents.errors import MailEventsError
from mailevents.imap.check import check_mailbox, passed
from mailevents.imap.steps import Finding

MARKS = {"ok": "ok    ", "note": "note  ", "failed": "FAILED"}


class Command(BaseCommand):
    help = "Tries an agent's mailbox step by step: name, connection, TLS, login, capabilities, folder, IDLE."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="NAME", type=storable)

    def handle(self, *, name: str, **options: Any) -> None:
        try:
            account = account_of(agent_named(name))
        except MailEventsError as error:
            raise CommandError(str(error)) from None
        findings = check_mailbox(account)
        for finding in findings:
            self.stdout.write(self._line(finding))
        if not passed(findings):
            raise CommandError(f"The mailbox of {name} can't be watched like this.")
        self.stdout.write(f"The mailbox of {name} can be watched.")

    def _line(self, finding: Finding) -> str:
        style = {"ok": self.style.SUCCESS, "note": self.style.WARNING, "failed": self.style.ERROR}[finding.status]
        advice = f"\n{'':8}{finding.advice}" if finding.advice else ""
        return f"{style(MARKS[finding.status])}  {finding.step}: {finding.message}{advice}"
