"""`manage.py spamcheck`: the verdict on raw messages."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from agenticmail.commandline import shown, storable, unreadable_is_told
from spamfilter.agents import agent_named
from spamfilter.judging import verdict_for
from spamfilter.mailfiles import mail_files, paths_of
from spamfilter.verdict import Verdict


class Command(BaseCommand):
    help = "Judges raw RFC 822 messages and says why."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, a directory, or - for standard input")
        parser.add_argument(
            "--agent", metavar="NAME", type=storable, help="judge as for this agent: its threshold, lists and weights"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object a line and message")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            agent = agent_named(options["agent"]) if options["agent"] else None
            paths = paths_of(options["paths"])
        except ValueError as error:
            raise CommandError(str(error)) from None
        as_line = _json_line if options["json"] else _text_line
        with unreadable_is_told():
            for mail in mail_files(paths, most_bytes=settings.AGENTICMAIL_FETCH_BYTES):
                self.stdout.write(as_line(mail.path, verdict_for(mail.message(), agent)))


def _json_line(path: str, verdict: Verdict) -> str:
    told = verdict.as_dict()
    line = {
        "path": path,
        "score": told["score"],
        "threshold": told["threshold"],
        "verdict": told["verdict"],
        "spam": verdict.spam,
        "categories": told["categories"],
        "hits": told["hits"],
    }
    return json.dumps(line)


def _text_line(path: str, verdict: Verdict) -> str:
    hits = ", ".join(f"{hit.check} {hit.score:+.2f}" for hit in verdict.hits)
    return f"{verdict.verdict:<10} {verdict.score:6.2f} of {verdict.threshold:g}  {shown(path)}  {hits}".rstrip()
