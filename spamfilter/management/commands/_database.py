"""A command that needs the database, and says so in plain words where it is not ready."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.utils import OperationalError, ProgrammingError


class DatabaseCommand(BaseCommand):
    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except BrokenPipeError:  # whoever read our output, `head` say, has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return None
        except (OperationalError, ProgrammingError) as error:
            told = str(error).strip().partition("\n")[0]
            raise CommandError(f"The database is not ready ({told}). `manage.py migrate` makes its tables.") from error
