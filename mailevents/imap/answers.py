"""What a server answers, as plain values: messages, places, flags and labels, sets of UIDs. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from imapclient import imap_utf7

from agenticmail.message import Attachment

BATCH_BYTES = 4 << 20  # fetched in one command
KEYWORD = re.compile(r"[!#$&'+,\-./0-9:;<=>?@A-Z^_`a-z|}~]{1,64}\Z")  # an atom (RFC 9051), and not a system flag
SYSTEM_PREFIXES = ("\\", "$")
MAX_GONE = 100_000  # of a UID set that is read

Flagged = tuple[tuple[str, ...], tuple[str, ...]]  # flags, and labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A message as the server has it. `raw` may be only its beginning (`truncated`); `received_at`: INTERNALDATE."""

    uid: int
    raw: bytes
    size: int
    flags: tuple[str, ...]
    labels: tuple[str, ...]
    received_at: datetime
    truncated: bool = False
    structure: tuple[Attachment, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """UIDs that came, ascending, and of those up to `read_to` the messages that still exist."""

    uids: Sequence[int] = ()
    read_to: int = 0
    messages: Sequence[Fetched] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a message is. `uid` is None where the server does not tell; `flagged`, its flags, where they were read."""

    folder: str
    uidvalidity: int | None
    uid: int | None
    flagged: Flagged | None = None


def folder_name(name: str) -> str:
    """The name that a folder goes by: INBOX is one folder, however it is written (RFC 9051 section 5.1)."""
    return "INBOX" if name.upper() == "INBOX" else name


def split_flags(flags: Iterable[bytes | str]) -> Flagged:
    """(flags, labels): what begins with a backslash or `$` is the mail system's, any other keyword is a label."""
    names = [text_of(flag) for flag in flags]
    kept = tuple(name for name in names if name.startswith(SYSTEM_PREFIXES) and name != "\\Recent")
    return kept, tuple(name for name in names if not name.startswith(SYSTEM_PREFIXES))


def gmail_labels(labels: Iterable[bytes | str]) -> tuple[str, ...]:
    """Labels as people read them (they travel in modified UTF-7), without Gmail's own such as `\\Inbox`."""
    names = [text_of(label) for label in labels]
    return tuple(_decoded(name) for name in names if not name.startswith("\\"))


def _decoded(name: str) -> str:
    try:
        return str(imap_utf7.decode(name.encode("ascii")))
    except ValueError:  # not modified UTF-7: as it came
        return name


def uids_in(sets: Iterable[bytes]) -> set[int]:
    """The UIDs of UID sets such as b"4:6,9"; of an enormous one only the last."""
    found: set[int] = set()
    for one in b",".join(sets).split(b","):
        first, _, last = one.partition(b":")
        if first:
            low, high = sorted((int(first), int(last or first)))
            found.update(range(max(low, high - MAX_GONE), high + 1))
    return found


def at_a_time(limit: int) -> int:
    """How many messages, of at most `limit` bytes each, are fetched in one command."""
    return max(1, BATCH_BYTES // limit)


def batches(uids: Sequence[int], limit: int) -> list[Sequence[int]]:
    """`uids` in slices that fetch at most BATCH_BYTES each, at `limit` bytes a message."""
    count = at_a_time(limit)
    return [uids[start : start + count] for start in range(0, len(uids), count)]


def text_of(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
