"""`manage.py export_sieve`: an agent's rules as a Sieve script."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agenticmail.commandline import storable
from rules.errors import RuleInvalid
from rules.models import Rule
from rules.rows import spec_of
from rules.sieve.differences import differences
from rules.sieve.errors import NoSieve
from rules.sieve.exporting import export_script
from rules.spec import RuleSpec
from spamfilter.agents import agent_named


class Command(BaseCommand):
    help = "Writes an agent's own rules as a Sieve script (RFC 5228) to standard output, switched off ones as such."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--agent", required=True, metavar="NAME", type=storable, help="whose rules are written")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            agent = agent_named(options["agent"])
            specs = _specs(agent.pk)
            script = export_script(specs)
        except NoSieve as refusal:
            raise CommandError(f"{refusal}\nNothing was written.") from None
        except ValueError as error:
            raise CommandError(str(error)) from None
        for difference in differences(specs):
            self.stderr.write(f"note: {difference}")
        self.stdout.write(script, ending="")


def _specs(agent_id: int) -> list[RuleSpec]:
    specs, problems = [], []
    rules = Rule.objects.filter(agent=agent_id).order_by("position", "id").prefetch_related("conditions", "actions")
    for rule in rules:
        try:
            specs.append(spec_of(rule))
        except RuleInvalid as error:
            problems.append(f"rule {rule.name!r} cannot be used: {error}")
    if problems:
        raise NoSieve(problems)
    return specs
