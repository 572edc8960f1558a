"""`issue_token NAME`: a further token for an agent, printed once."""

import json
from argparse import ArgumentTypeError
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from agenticmail.commandline import storable
from mailevents import tokens
from mailevents.duration import TAKES, parse_duration
from mailevents.enrolment import agent_named
from mailevents.errors import MailEventsError
from mailevents.models import Token


def _duration(text: str) -> timedelta:
    try:
        return parse_duration(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r}: it {error}") from None


def _label(text: str) -> str:
    if len(text) > (longest := Token._meta.get_field("label").max_length or 0):
        raise ArgumentTypeError(f"it takes at most {longest} characters")
    return storable(text)


class Command(BaseCommand):
    help = "Issues a further token for an agent. It is printed once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="NAME", type=storable)
        parser.add_argument(
            "--scope",
            action="append",
            choices=tokens.SCOPES,
            help="events: the agent's own stream; watch: all agents below it. May be repeated; left out: both",
        )
        parser.add_argument("--expires-in", type=_duration, metavar="TIME", help=f"{TAKES}; left out: never")
        parser.add_argument("--label", type=_label, default="", help="what the token is for")
        parser.add_argument("--json", action="store_true", help="prints agent, token, scopes and expires_at")

    def handle(
        self,
        *,
        name: str,
        scope: list[str] | None,
        expires_in: timedelta | None,
        label: str,
        json: bool,
        **options: Any,
    ) -> None:
        try:
            agent = agent_named(name)
        except MailEventsError as error:
            raise CommandError(str(error)) from None
        scopes = tuple(known for known in tokens.SCOPES if known in (scope or tokens.SCOPES))
        expires_at = timezone.now() + expires_in if expires_in else None
        _, text = tokens.issue(agent, scopes=scopes, expires_at=expires_at, label=label)
        expiry = expires_at.isoformat(timespec="seconds").replace("+00:00", "Z") if expires_at else None
        if json:
            self.stdout.write(_as_json(agent=name, token=text, scopes=scopes, expires_at=expiry))
        else:
            until = f", until {expiry}" if expiry else ""
            self.stdout.write(f"A token of {name} for {' and '.join(scopes)}{until}, shown only now:\n{text}")


def _as_json(**members: object) -> str:
    return json.dumps(members)
