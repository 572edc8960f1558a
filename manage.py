#!/usr/bin/env python
"""Django's command line for this project; what happens outside of a command is told in a line, not in a traceback."""

import errno
import os
import sys

UNWRITABLE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agenticmail.settings")
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError, DataError, IntegrityError

    if sys.stdout is None:
        sys.exit("Standard output is closed: there is nowhere to answer to. Send it to /dev/null if it is not wanted.")
    try:
        execute_from_command_line(sys.argv)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read our output, `head` say, has seen enough
        forget_output()
    except OSError as error:
        if error.filename is not None or error.errno not in UNWRITABLE:
            raise
        forget_output()
        sys.exit(f"The output cannot be written: {error.strerror}.")
    except KeyboardInterrupt:
        sys.exit("Interrupted.")
    except (DataError, IntegrityError):  # ours, not the database's
        raise
    except DatabaseError as error:
        if "--traceback" in sys.argv:
            raise
        told = str(error).strip().partition("\n")[0].rstrip(".")
        sys.exit(f"The database cannot be used: {told}. Look at DATABASE_URL; `manage.py migrate` makes its tables.")


def forget_output() -> None:
    """What is still to be written at the end goes nowhere, instead of failing once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
