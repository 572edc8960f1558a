"""`manage.py dry_run_rules`: which rules would match raw messages, and what they would do."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from agenticmail.commandline import shown, storable, unreadable_is_told
from rules.lookup import ruleset_for
from rules.senders import Sender
from rules.trial import Tried, what_would_happen
from spamfilter.agents import agent_named
from spamfilter.judging import verdict_for
from spamfilter.mailfiles import mail_files, paths_of


class Command(BaseCommand):
    help = "Says which rules would match raw RFC 822 messages and what they would do. Does nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, a directory, or - for standard input")
        parser.add_argument("--agent", required=True, metavar="NAME", type=storable, help="whose rules are asked")
        parser.add_argument("--json", action="store_true", help="one JSON object a line and message")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            agent = agent_named(options["agent"])
            paths = paths_of(options["paths"])
        except ValueError as error:
            raise CommandError(str(error)) from None
        as_text = _json_line if options["json"] else _text
        with unreadable_is_told():
            for path, tried in _tried(agent, paths):
                self.stdout.write(as_text(path, tried))


def _tried(agent: Any, paths: Any) -> Iterator[tuple[str, Tried]]:
    sender, ruleset = Sender.of(agent), ruleset_for(agent.pk)
    mailbox = getattr(agent, "mailbox", None)
    for mail in mail_files(paths, most_bytes=settings.AGENTICMAIL_FETCH_BYTES):
        message = mail.message()
        (tried,) = what_would_happen(
            ruleset,
            [(message, verdict_for(message, agent))],
            may_send=sender.may_send,
            folder=mailbox.folder if mailbox else "INBOX",
        )
        yield mail.path, tried


def _json_line(path: str, tried: Tried) -> str:
    return json.dumps({"path": path, **tried.as_dict()})


def _text(path: str, tried: Tried) -> str:
    """The message, and below it the rules that matched and what each step would do."""
    lines = [f"{shown(path)}: {tried.verdict.verdict}, {_matched(tried)}"]
    lines += [f"    {words}" for words in tried.words]
    lines += [f"    error in rule “{error.rule.name}”: {error.message}" for error in tried.decision.errors]
    return "\n".join(lines)


def _matched(tried: Tried) -> str:
    names = ", ".join(f"“{rule.name}”" for rule in tried.decision.matched)
    return f"matched by {names}" if names else "matched by no rule"
