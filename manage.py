#!/usr/bin/env python
"""Django's command line for this project; what happens outside of a command is told in a line, not in a traceback."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agenticmail.settings")
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError, DataError, IntegrityError

    try:
        execute_from_command_line(sys.argv)
    except BrokenPipeError:  # whoever read our output, `head` say, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        sys.exit("Interrupted.")
    except (DataError, IntegrityError):  # ours, not the database's
        raise
    except DatabaseError as error:
        if "--traceback" in sys.argv:
            raise
        told = str(error).strip().partition("\n")[0].rstrip(".")
        sys.exit(f"The database cannot be used: {told}. Look at DATABASE_URL; `manage.py migrate` makes its tables.")


if __name__ == "__main__":
    main()
