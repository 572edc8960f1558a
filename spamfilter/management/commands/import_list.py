"""`manage.py import_list`: allow and block lists from files of any length."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agenticmail.commandline import standard_input, storable, unreadable_is_told
from spamfilter.agents import agent_named
from spamfilter.importing import ImportRefused, import_lines
from spamfilter.listfiles import KINDS
from spamfilter.mailfiles import STANDARD_INPUT


class Command(BaseCommand):
    help = (
        "Puts entries on the allow or block list: plain, one a line (ann@example.com, @example.com, 192.0.2.0/24, "
        "link:example.org), or CSV with a head line (entry,kind,agent,note). All of a file or nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="- for standard input")
        parser.add_argument("--kind", choices=KINDS, help="the list, where the file does not say it")
        parser.add_argument("--agent", metavar="NAME", type=storable, default="", help="count for this agent only")
        parser.add_argument("--skip-wrong", action="store_true", help="leave out lines that are no entries")

    @unreadable_is_told()
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["agent"]:
                agent_named(options["agent"])
            for file in options["files"]:
                imported = import_lines(
                    _lines(file),
                    kind=options["kind"],
                    agent=options["agent"],
                    source="import",
                    skip_wrong=options["skip_wrong"],
                )
                for mistake in imported.mistakes:
                    self.stderr.write(f"{file}, {mistake}")
                wrong = f", {imported.wrong} wrong left out" if imported.wrong else ""
                self.stdout.write(f"{file}: {imported.added} added, {imported.known} known before{wrong}.")
        except ImportRefused as refused:
            raise CommandError(f"{file}: {refused}\n--skip-wrong leaves such lines out.") from None
        except ValueError as error:
            raise CommandError(str(error)) from None


def _lines(file: str) -> Iterator[str]:
    if file == STANDARD_INPUT:
        yield from (line.decode("utf-8", "replace") for line in standard_input().buffer)
        return
    with open(file, encoding="utf-8", errors="replace") as opened:
        yield from opened
