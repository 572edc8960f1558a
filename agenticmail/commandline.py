"""What every command does alike with what the world hands it: a closed input, a file that cannot be read, its name."""

import errno
import sys
from argparse import ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TextIO

from django.core.management.base import CommandError

MOST_BYTES = 64 << 20  # of a file that is read as a whole


def standard_input() -> TextIO:
    """As the process was given it; OSError where that is closed."""
    if sys.stdin is None:
        raise OSError(errno.EBADF, "it is closed", "Standard input")
    return sys.stdin


def content_of(path: str) -> bytes:
    """All of a file, of standard input where it is `-`. OSError where it cannot be read, or has no end."""
    with nullcontext(standard_input().buffer) if path == "-" else open(path, "rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise OSError(errno.EFBIG, f"it is longer than {MOST_BYTES >> 20} MB", path)
    return content


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
