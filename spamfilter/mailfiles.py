"""Raw messages from files, as far as a delivery would read them. Knows neither rows nor judgements."""

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from agenticmail.commandline import shown, standard_input
from agenticmail.message import Message, parse_message

STANDARD_INPUT = "-"
HEAD_BYTES = 65536  # where the topmost Received is looked for
LONGEST_RECEIVED = 4096
SECOND_OF_MBOX = re.compile(rb"\n\r?\nFrom \S+ [^\n]*\d{4}\r?\n[\w-]+:")  # RFC 4155


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFile:
    """One raw message: the first bytes of it, and how long it is on the whole."""

    path: str
    raw: bytes
    size: int
    written_at: datetime

    def message(self) -> Message:
        return parse_message(
            self.raw,
            received_at=received_at(self.raw) or self.written_at,
            size=self.size,
            truncated=self.size > len(self.raw),
        )


def paths_of(arguments: Iterable[str]) -> list[str]:
    """The arguments, each checked to be there; ValueError names the first that isn't."""
    paths = list(arguments)
    if paths.count(STANDARD_INPUT) > 1:
        raise ValueError("Standard input can be read once: name - only once.")
    for path in paths:
        if path != STANDARD_INPUT and not os.access(path, os.R_OK):
            reason = "cannot be read" if os.path.lexists(path) else "does not exist"
            raise ValueError(
                f"{shown(path)} {reason}. It takes a message file, a directory of them, or - for standard input."
            )
    return paths


def mail_files(paths: Iterable[str], *, most_bytes: int) -> Iterator[MailFile]:
    """The messages at `paths`, one file at a time; a directory is walked in order of names, hidden files left out, and
    of a Maildir all but its messages.

    An mbox of several messages counts as what cannot be read. Below a directory that is passed over, and raised
    (OSError) when everything else was read.
    """
    unreadable: list[OSError] = []
    for path in paths:
        if path == STANDARD_INPUT:
            yield _from_standard_input(most_bytes)
        elif os.path.isdir(path):
            yield from _from_directory(path, most_bytes, unreadable)
        else:
            yield _from_file(path, most_bytes)
    if unreadable:
        first, *others = unreadable
        more = f" (and {len(others)} more)" if others else ""
        raise OSError(first.errno, f"{first.strerror}{more}", first.filename)


def received_at(raw: bytes) -> datetime | None:
    """The date of the topmost Received header (RFC 5321 section 4.4): when its last server took the message."""
    head = b"\n" + raw[:HEAD_BYTES].replace(b"\r\n", b"\n")
    head = head.partition(b"\n\n")[0] if not head.startswith(b"\n\n") else b""
    at = head.lower().find(b"\nreceived:")
    if at < 0:
        return None
    value = head[at + 10 : at + 10 + LONGEST_RECEIVED]
    lines = value.split(b"\n")
    folded = [lines[0]]
    for line in lines[1:]:
        if not line.startswith((b" ", b"\t")):
            break
        folded.append(line)
    stamp = b" ".join(folded).rpartition(b";")[2].decode("ascii", "replace")
    try:
        moment = parsedate_to_datetime(stamp)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _from_directory(directory: str, most_bytes: int, unreadable: list[OSError]) -> Iterator[MailFile]:
    for path in _walked(directory, unreadable):
        try:
            if not stat.S_ISREG(os.stat(path).st_mode):  # a pipe would be waited for
                raise OSError(errno.EINVAL, "it is not a file", path)
            mail = _from_file(path, most_bytes)
        except OSError as error:
            unreadable.append(error)
        else:
            yield mail


def _walked(directory: str, unreadable: list[OSError]) -> Iterator[str]:
    for folder, subfolders, names in os.walk(directory, onerror=unreadable.append):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        if {"cur", "new"} <= set(subfolders):  # a Maildir: beside them are its server's files, and mail half written
            subfolders[:] = [name for name in subfolders if name != "tmp"]
            continue
        yield from (str(Path(folder, name)) for name in sorted(names) if not name.startswith("."))


def _from_file(path: str, most_bytes: int) -> MailFile:
    with open(path, "rb") as file:
        status = os.fstat(file.fileno())
        written_at = datetime.fromtimestamp(status.st_mtime, UTC)
        raw = file.read(most_bytes)
    _refuse_mbox(path, raw)
    return MailFile(path=path, raw=raw, size=max(status.st_size, len(raw)), written_at=written_at)


def _from_standard_input(most_bytes: int) -> MailFile:
    stream = standard_input().buffer
    raw = stream.read(most_bytes)
    _refuse_mbox(STANDARD_INPUT, raw)
    size = len(raw)
    while chunk := stream.read(1 << 20):
        size += len(chunk)
    return MailFile(path=STANDARD_INPUT, raw=raw, size=size, written_at=datetime.now(UTC))


def _refuse_mbox(path: str, raw: bytes) -> None:
    if raw.startswith(b"From ") and SECOND_OF_MBOX.search(raw):
        raise OSError(errno.EINVAL, "it is an mbox of several messages; it takes one message a file", path)
