"""A file that a command cannot read is told in a line, not in a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError

from spamfilter.mailfiles import shown


@contextmanager
def unreadable_is_told() -> Iterator[None]:
    """Around what reads files, or over the function that does. An error of the output is not about a file."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            raise
        raise CommandError(f"{shown(str(error.filename))} cannot be read: {error.strerror}") from None
