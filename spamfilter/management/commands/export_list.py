"""`manage.py export_list`: allow and block lists as a file that `import_list` takes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agenticmail.commandline import storable
from spamfilter.agents import agent_named
from spamfilter.importing import export_lines
from spamfilter.listfiles import KINDS
from spamfilter.models import ListEntry


class Command(BaseCommand):
    help = "Writes the entries of the allow and block lists to standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--kind", choices=KINDS, help="only this list")
        parser.add_argument("--agent", metavar="NAME", type=storable, help="only what counts for this agent alone")
        parser.add_argument("--plain", action="store_true", help="entries alone, one a line; else CSV")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = ListEntry.objects.all()
        if options["kind"]:
            rows = rows.filter(kind=options["kind"])
        if options["agent"]:
            try:
                rows = rows.filter(agent=agent_named(options["agent"]))
            except ValueError as error:
                raise CommandError(str(error)) from None
        for line in export_lines(rows, plain=options["plain"]):
            self.stdout.write(line, ending="")
