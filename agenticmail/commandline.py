"""What every command does alike with what the world hands it: a closed input, a file that cannot be read, its name."""

import errno
import sys
from argparse import ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from django.core.management.base import CommandError


def standard_input() -> TextIO:
    """As the process was given it; OSError where that is closed."""
    if sys.stdin is None:
        raise OSError(errno.EBADF, "it is closed", "Standard input")
    return sys.stdin


def storable(text: str) -> str:
    """An argument that a database can be asked for; `type` of arguments that are no paths, which may be any bytes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ArgumentTypeError(f"{shown(text)} is not UTF-8") from None
    return text


def shown(path: str) -> str:
    """A file's name, which may be any bytes, on one line and without commands to a terminal."""
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in path)


@contextmanager
def unreadable_is_told() -> Iterator[None]:
    """Around what reads files, or over the function that does. An error of the output is not about a file."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            raise
        raise CommandError(f"{shown(str(error.filename))} cannot be read: {error.strerror}") from None
