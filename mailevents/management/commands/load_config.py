"""`load_config FILE.toml`: makes agents, lists, signatures and rules what the file declares."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from agenticmail.commandline import content_of
from mailevents.configuration.loading import Result, load
from mailevents.errors import MailEventsError


class Command(BaseCommand):
    help = (
        "Creates or updates the agents, lists, signatures and rules that a TOML file declares, all or nothing. "
        "What the file does not mention stays as it is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.toml", type=Path, help="- for standard input")
        parser.add_argument("--dry-run", action="store_true", help="shows the difference, changes nothing")
        parser.add_argument("--json", action="store_true", help='prints {"tokens": …} of the agents it created')

    def handle(self, *, file: Path, dry_run: bool, json: bool, **options: Any) -> None:
        try:
            result = load(file.name, content_of(str(file)), dry_run=dry_run)
        except OSError as error:
            raise CommandError(f"{file} can't be read: {error.strerror}.") from None
        except MailEventsError as error:
            raise CommandError(f"{error}\nNothing was changed.") from None
        self.stdout.write(_as_json(result, dry_run) if json else _as_text(result, dry_run))


def _as_json(result: Result, dry_run: bool) -> str:
    more = {"changes": [str(change) for change in result.changes]} if dry_run else {}
    return json.dumps({"tokens": result.tokens, **more})


def _as_text(result: Result, dry_run: bool) -> str:
    lines = [str(change) for change in result.changes] or ["All is as the file declares it."]
    if dry_run and result.changes:
        lines.append("Nothing was changed: a dry run.")
    if result.tokens:
        lines.append("Tokens of the new agents, for events and watch, shown only now:")
        lines += [f"{name}  {text}" for name, text in result.tokens.items()]
    return "\n".join(lines)
