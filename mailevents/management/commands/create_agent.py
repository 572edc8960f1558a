"""`create_agent NAME --imap URL`: an agent with its mailbox and a first token, printed once."""

import json
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from agenticmail.commandline import standard_input, storable, unreadable_is_told
from mailevents import tokens
from mailevents.enrolment import enrol
from mailevents.errors import MailEventsError
from mailevents.imap.url import EXAMPLE, parse_imap_url


class Command(BaseCommand):
    help = "Creates an agent with its mailbox and a first token (scopes events and watch), which is printed once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="NAME", type=storable, help="letters, digits, dots, dashes and underscores")
        parser.add_argument(
            "--imap",
            metavar="URL",
            required=True,
            help=f"{EXAMPLE}, imap://… (plain) or imap+starttls://…; user and password percent-encoded; "
            "- reads it from standard input, so that no password shows in a process list",
        )
        parser.add_argument(
            "--email", metavar="ADDR", default="", help="the address that mail to this agent is sent to"
        )
        parser.add_argument(
            "--parent", metavar="NAME", type=storable, help="the agent above, which may watch this one's mail"
        )
        parser.add_argument("--json", action="store_true", help='prints {"agent": …, "token": …}')

    def handle(self, *, name: str, imap: str, email: str, parent: str | None, json: bool, **options: Any) -> None:
        try:
            account = parse_imap_url(_asked() if imap == "-" else imap)
            with transaction.atomic():
                agent = enrol(name, account, email=email, parent=parent)
                _, text = tokens.issue(agent)
        except MailEventsError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(_as_json(agent.name, text) if json else _as_text(agent.name, str(agent.mailbox), text))


def _asked() -> str:
    """The URL from standard input; at a terminal asked for, and not shown."""
    with unreadable_is_told():
        given = standard_input()
        return getpass("IMAP URL (not shown): ") if given.isatty() else given.readline()


def _as_json(name: str, text: str) -> str:
    return json.dumps({"agent": name, "token": text})


def _as_text(name: str, mailbox: str, text: str) -> str:
    return (
        f"Agent {name} has the mailbox {mailbox}. `check_mailbox {name}` tries it.\n"
        f"Its token, for events and watch, is shown only now:\n{text}"
    )
