"""`manage.py import_sieve`: an agent's rules from a Sieve script."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agenticmail.commandline import content_of, storable
from rules.rows import take_in
from rules.sieve.errors import SieveRefused
from rules.sieve.importing import import_script
from spamfilter.agents import agent_named


class Command(BaseCommand):
    help = (
        "Makes rules of a Sieve script (RFC 5228), after the agent's other rules. One that has the name of a rule that "
        "is there replaces it. What has no counterpart is told by line, and then nothing is imported."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the script, or - for standard input")
        parser.add_argument("--agent", required=True, metavar="NAME", type=storable, help="whose rules they become")

    def handle(self, *args: Any, **options: Any) -> None:
        path: str = options["file"]
        try:
            agent = agent_named(options["agent"])
            source = content_of(path)
            imported = import_script(source, name="script" if path == "-" else Path(path).stem[:60])
        except SieveRefused as refusal:
            lines = "\n".join(f"{path}: {remark}" for remark in refusal.remarks)
            raise CommandError(f"{lines}\nNothing was imported.") from None
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}") from None
        except ValueError as error:
            raise CommandError(str(error)) from None
        added, replaced = take_in(agent.pk, imported.rules)
        for remark in imported.warnings:
            self.stderr.write(f"{path}: {remark}")
        self.stdout.write(f"{agent.name}: {added} rules added, {replaced} replaced.")
