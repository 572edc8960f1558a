"""One blocking IMAP session on one folder: catch up, fetch, act, idle. Knows no rows, no rules, no asyncio.

Whatever breaks the connection is a ConnectionLost; what the server merely refuses is a CommandRefused, and the
session goes on.
"""

import contextlib
import imaplib
import re
import socket
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from imapclient import IMAPClient, imap_utf7
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, IMAPClientReadOnlyError, ProtocolError

from agenticmail.message import Attachment
from mailevents.errors import CommandRefused, ConnectionLost, FolderMissing
from mailevents.imap import wire
from mailevents.imap.bodystructure import attachments_of
from mailevents.imap.connecting import Account, connect

BATCH_BYTES = 4 << 20  # fetched in one command
GOODBYE_S = 3.0
KEYWORD = re.compile(r"[!#$&'+,\-./0-9:;<=>?@A-Z^_`a-z|}~]{1,64}\Z")  # an atom (RFC 9051), and not a system flag
SYSTEM_PREFIXES = ("\\", "$")
CHANGES = frozenset({"FETCH", "EXPUNGE", "VANISHED"})
MAX_GONE = 100_000  # of a UID set that is read

NONSENSE = (  # what comes of reading an answer that breaks the grammar
    ProtocolError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    RecursionError,
    AssertionError,
)

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
class Place:
    """Where a message is. `uid` is None where the server does not tell; `flagged`, its flags, where they were read."""

    folder: str
    uidvalidity: int | None
    uid: int | None
    flagged: Flagged | None = None


class Session:
    """A logged-in connection with a folder selected: for reading and writing, or to look only (`looking`)."""

    def __init__(self, client: IMAPClient, folder: str, *, looking: bool = False) -> None:
        self._client = client
        self.folder = folder
        self._looking = looking
        self.idling = self._overdue = self._leaving = False
        self._asked: bytes | None = None  # the tag of what the server was asked ahead
        client.normalise_times = False
        with _breaking(folder):
            self.capabilities = frozenset(c.decode("ascii", "replace").upper() for c in client.capabilities())
        self._remembers_changes = self._enable_qresync()
        self._announced: set[str] = set()
        self._select()

    @classmethod
    def open(
        cls, account: Account, *, looking: bool = False, opened: Callable[[socket.socket], None] = lambda _sock: None
    ) -> "Session":
        """Connects, logs in, selects. Raises a MailboxError that says which of these failed, and what to do.

        `opened` is given the connection before anything is said over it.
        """
        client = connect(account, opened)
        try:
            return cls(client, account.folder, looking=looking)
        except BaseException:
            wire.abandon(client)
            raise

    def _select(self) -> None:
        with _breaking(self.folder):
            try:
                answer = self._selected()
            except IMAPClientError as error:
                if isinstance(error, IMAPClientAbortError):
                    raise
                raise FolderMissing(f"The folder {self.folder!r} cannot be opened: {_words(error)}.") from None
            self.uidvalidity = int(answer[b"UIDVALIDITY"])
            self.read_only = b"READ-ONLY" in answer
            self.uidnext = int(answer.get(b"UIDNEXT", 0))
            self.modseq = int(answer.get(b"HIGHESTMODSEQ", 0)) if self._remembers_changes else 0
        if not self.uidnext:  # RFC 3501 leaves it optional
            self.uidnext = max(self.uids_after(0), default=0) + 1

    def _selected(self) -> dict[bytes, Any]:
        """The answer to SELECT; to EXAMINE where only reading is wanted, or allowed."""
        answer: dict[bytes, Any]
        try:
            answer = self._client.select_folder(self.folder, readonly=self._looking)
        except IMAPClientReadOnlyError:
            answer = self._client.select_folder(self.folder, readonly=True)
        return answer

    def go_to(self, folder: str) -> bool:
        """Selects another folder; False, and none is selected, where that cannot be."""
        self.folder = folder
        try:
            self._select()
        except FolderMissing:
            return False
        return True

    def folders(self) -> list[str]:
        """The folders that can be selected."""
        with self._command():
            return [name for flags, _delimiter, name in self._client.list_folders() if b"\\Noselect" not in flags]

    def uids_with(self, message_id: str) -> list[int]:
        """UIDs of messages whose Message-ID contains the longest run of plain characters of this one."""
        plain = max(re.findall(r"[ -!#-[\]-~]+", message_id), key=len, default="")
        if not plain:
            return []
        with self._command():
            return sorted(self._client.search(f'HEADER Message-ID "{plain}"'.encode()))

    def _enable_qresync(self) -> bool:
        if not (self.has("QRESYNC") and self.has("ENABLE")):
            return False
        try:
            with self._command():
                return b"QRESYNC" in self._client.enable("QRESYNC")
        except CommandRefused:  # announced, but not had
            return False

    def has(self, capability: str) -> bool:
        return capability in self.capabilities

    @property
    def socket(self) -> socket.socket:
        sock: socket.socket = self._client.socket()
        return sock

    # -- new mail

    def uids_after(self, uid: int) -> list[int]:
        """UIDs above `uid`, ascending. (`n:*` names the last message even where it is below n: RFC 9051 6.4.8.)"""
        with self._command():
            return sorted(found for found in self._client.search(["UID", f"{uid + 1}:*"]) if found > uid)

    def uids_since(self, day: date) -> list[int]:
        """UIDs of messages that arrived (INTERNALDATE) on `day` or later, and a day earlier for time zones."""
        with self._command():
            return sorted(self._client.search(["SINCE", day - timedelta(days=1)]))

    def announced(self) -> bool:
        """Whether the server spoke of new mail beside another answer since the last call."""
        said = wire.take_announced(self._client)
        self._announced |= said & CHANGES
        return "EXISTS" in said

    # -- changes to old mail

    def changes_hinted(self) -> bool:
        """Whether the server has spoken, since the last call, of flags that changed or messages that left."""
        hinted, self._announced = bool(self._announced), set()
        return hinted

    def changed_since(self, modseq: int) -> tuple[dict[int, Flagged], set[int], int]:
        """Flags by UID of what changed, UIDs that have gone (perhaps long ago), and the MODSEQ now (RFC 7162)."""
        with self._command():
            answers, gone = wire.changed_since(self._client, modseq)
        changed = {uid: split_flags(answer[b"FLAGS"]) for uid, answer in answers.items() if b"FLAGS" in answer}
        last = max((answer[b"MODSEQ"][0] for answer in answers.values() if b"MODSEQ" in answer), default=modseq)
        return changed, uids_in(gone), max(last, modseq)

    def newest_flags(self, count: int) -> dict[int, Flagged]:
        """Flags by UID of about the `count` newest messages, for a server that does not remember changes."""
        with self._command():
            recent = self._client.search(["UID", f"{max(1, self.uidnext - 10 * count)}:*"])
            answers = wire.fetch(self._client, newest, ["FLAGS"]) if (newest := sorted(recent)[-count:]) else {}
        return {uid: split_flags(answer[b"FLAGS"]) for uid, answer in answers.items() if b"FLAGS" in answer}

    def fetch(self, uids: Sequence[int], limit: int, *, structure: bool = True) -> list[Fetched]:
        """The messages that still exist, in UID order; of each at most `limit` bytes, flags untouched (BODY.PEEK)."""
        items = ["FLAGS", "INTERNALDATE", "RFC822.SIZE", f"BODY.PEEK[]<0.{limit}>", *self._label_items()]
        with self._command():
            answers = wire.fetch(self._client, uids, items)
            wanted = (answers[uid] | {b"UID": uid} for uid in sorted(uids) if b"RFC822.SIZE" in answers.get(uid, {}))
            return [self._fetched(answer, limit, structure) for answer in wanted]

    def fetch_unread(self, uid: int) -> list[Fetched]:
        """A message without its content, for one whose content cannot be fetched."""
        with self._command():
            answer = wire.fetch(self._client, [uid], ["FLAGS", "INTERNALDATE", "RFC822.SIZE"]).get(uid)
            return [] if answer is None else [self._fetched(answer | {b"UID": uid}, 1, False)]

    def _fetched(self, answer: dict[bytes, Any], limit: int, structure: bool) -> Fetched:
        with self._command():
            uid, size = int(answer[b"UID"]), int(answer[b"RFC822.SIZE"])
            raw = bytes(answer.get(b"BODY[]<0>") or answer.get(b"BODY[]") or b"")
            received_at = answer.get(b"INTERNALDATE")
            flags, labels = self._flagged(answer)
        truncated = size > limit and (len(raw) >= limit or not raw)
        return Fetched(
            uid=uid,
            raw=raw[:limit],
            size=size,
            flags=flags,
            labels=labels,
            received_at=received_at.astimezone(UTC) if isinstance(received_at, datetime) else datetime.now(UTC),
            truncated=truncated,
            structure=self._structure(uid) if truncated and structure else None,
        )

    def _structure(self, uid: int) -> tuple[Attachment, ...] | None:
        """The attachments of a message that is read only in part."""
        with self._command():
            answer = wire.fetch(self._client, [uid], ["BODYSTRUCTURE"]).get(uid, {})
        return attachments_of(answer.get(b"BODYSTRUCTURE"))

    def identities(self, uids: Sequence[int]) -> dict[int, tuple[datetime, str]]:
        """INTERNALDATE and Message-ID (as sent, `""` without one) of each: what tells a message without its UID."""
        item = "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"
        with self._command():
            answers = wire.fetch(self._client, uids, ["INTERNALDATE", item]) if uids else {}
        found = {}
        for uid, answer in answers.items():
            received_at, header = answer.get(b"INTERNALDATE"), answer.get(b"BODY[HEADER.FIELDS (MESSAGE-ID)]", b"")
            if isinstance(received_at, datetime):
                message_id = re.sub(r"\s+", "", _text(header).partition(":")[2])
                found[uid] = (received_at.astimezone(UTC), message_id)
        return found

    def sizes(self, uids: Sequence[int]) -> dict[int, tuple[int, datetime | None]]:
        """RFC822.SIZE and INTERNALDATE of those that exist."""
        with self._command():
            answers = wire.fetch(self._client, uids, ["RFC822.SIZE", "INTERNALDATE"]) if uids else {}
        found = {}
        for uid, answer in answers.items():
            received_at = answer.get(b"INTERNALDATE")
            if b"RFC822.SIZE" in answer:
                at = received_at.astimezone(UTC) if isinstance(received_at, datetime) else None
                found[uid] = (int(answer[b"RFC822.SIZE"]), at)
        return found

    def whole(self, uid: int) -> bytes | None:
        """A message in full, flags untouched; None where it is gone."""
        with self._command():
            answer = wire.fetch(self._client, [uid], ["BODY.PEEK[]"]).get(uid, {})
        raw = answer.get(b"BODY[]")
        return raw if isinstance(raw, bytes) else None

    # -- idle

    def begin_idle(self) -> bool:
        """Starts IDLE where the server has it (RFC 2177). True if there is something to read already: end it again."""
        if not self.has("IDLE"):
            return False
        try:
            with self._command():
                wire.begin_idle(self._client)
                self.idling = True
                return wire.has_unread(self._client) or self.announced()
        except CommandRefused:  # announced, but not had: this session asks by NOOP
            self.capabilities -= {"IDLE"}
            return self.announced()

    def ask(self) -> None:
        """The first half of `end_idle`, which waits for nothing: what the server answers is read by the other."""
        with self._command():
            self._asked = wire.ask(self._client, idling=self.idling)

    def give_up(self) -> None:
        """There was no answer for too long: nobody is to wait for one any more. Never raises."""
        self._overdue = True
        wire.interrupt(self.socket)

    def end_idle(self) -> None:
        """Ends IDLE, or, without IDLE, asks by NOOP; either brings what the server has to say."""
        if self._overdue:
            raise ConnectionLost("The server stopped answering.")
        if self._asked is None:
            self.ask()
        with self._command():
            said = wire.answer(self._client, self._asked or b"")
        self._asked, self.idling = None, False
        self._announced |= {word.decode() for line in said for word in line[:2] if isinstance(word, bytes)} & CHANGES

    # -- acting on one message

    def refresh(self) -> None:
        """NOOP: lets the server tell which messages others have removed, which it may not beside a FETCH."""
        with self._command():
            self._client.noop()

    def add_flags(self, uid: int, flags: Iterable[str]) -> None:
        with self._command():
            self._client.add_flags([uid], list(flags), silent=True)

    def remove_flags(self, uid: int, flags: Iterable[str]) -> None:
        with self._command():
            self._client.remove_flags([uid], list(flags), silent=True)

    def gmail_labels(self, uid: int, labels: Sequence[str], *, add: bool) -> None:
        """Labels of a server with X-GM-EXT-1."""
        with self._command():
            (self._client.add_gmail_labels if add else self._client.remove_gmail_labels)([uid], list(labels))

    def flags(self, uid: int) -> Flagged | None:
        """(flags, labels) of a message, None where it is not in the folder."""
        with self._command():
            answer = wire.fetch(self._client, [uid], ["FLAGS", *self._label_items()]).get(uid, {})
        return self._flagged(answer) if b"FLAGS" in answer else None

    def _label_items(self) -> list[str]:
        return ["X-GM-LABELS"] if self.has("X-GM-EXT-1") else []

    def _flagged(self, answer: dict[bytes, Any]) -> Flagged:
        flags, labels = split_flags(answer.get(b"FLAGS", ()))
        return flags, labels + gmail_labels(answer.get(b"X-GM-LABELS") or ())

    def copy(self, uid: int, folder: str) -> Place:
        """Copies to `folder`, made where it is missing (RFC 9051 6.4.7: TRYCREATE)."""
        self._to_folder(folder, lambda: self._client.copy([uid], folder))
        return self._landed(folder)

    def move(self, uid: int, folder: str) -> Place:
        """Moves to `folder`, made where it is missing: MOVE (RFC 6851), or COPY, \\Deleted and UID EXPUNGE."""
        if self.has("MOVE"):
            self._to_folder(folder, lambda: self._client.move([uid], folder))
            return self._landed(folder)
        place = self.copy(uid, folder)
        self.expunge(uid)
        return place

    def expunge(self, uid: int) -> None:
        """Removes one message for good. Without UIDPLUS (RFC 4315) other deleted messages are spared by hand."""
        with self._command():
            if self.has("UIDPLUS"):
                self._client.add_flags([uid], [b"\\Deleted"], silent=True)
                self._client.expunge([uid])
                return
            others = [found for found in self._client.search("DELETED") if found != uid]
            if others:
                self._client.remove_flags(others, [b"\\Deleted"], silent=True)
            self._client.add_flags([uid], [b"\\Deleted"], silent=True)
            self._client.expunge()
            if others:
                self._client.add_flags(others, [b"\\Deleted"], silent=True)

    def _to_folder(self, folder: str, act: Callable[[], object]) -> None:
        with self._command():
            wire.take_copied(self._client)
            try:
                act()
            except IMAPClientAbortError:
                raise
            except IMAPClientError:
                if self._client.folder_exists(folder):
                    raise
                self._client.create_folder(folder)
                self._client.subscribe_folder(folder)
                act()

    def _landed(self, folder: str) -> Place:
        copied = wire.take_copied(self._client)
        return Place(folder=folder, uidvalidity=copied and copied[0], uid=copied and copied[1])

    def find(self, folder: str, message_id: str) -> Place | None:
        """Where in `folder` the newest message with this Message-ID is; the watched folder is selected again after."""
        with self._command():
            try:
                answer = self._client.select_folder(folder, readonly=True)
                found = self.uids_with(message_id)
                if not found:
                    return None
                uid = max(found)
                flagged = self._flagged(self._client.fetch([uid], ["FLAGS", *self._label_items()])[uid])
            except IMAPClientAbortError:
                raise
            except IMAPClientError:  # no such folder
                return None
            finally:
                self._client.select_folder(self.folder)
        return Place(folder=folder, uidvalidity=int(answer[b"UIDVALIDITY"]), uid=uid, flagged=flagged)

    def special_folder(self, use: bytes) -> str | None:
        """The folder of this SPECIAL-USE (RFC 6154: b"\\\\Trash", b"\\\\Junk") or of its usual name; else None."""
        with self._command():
            found = self._client.find_special_folder(use)
        return found if isinstance(found, str) else None

    def folder_named(self, name: str) -> str:
        """The folder that `a/b` means here: with the server's own delimiter, below the user's own namespace."""
        with self._command():
            if self._client.folder_exists(name):
                return name
            (_flags, delimiter, _name), *_ = self._client.list_folders("", "") or (((), b"/", ""),)
            separator = _text(delimiter or b"/")
            return name if separator == "/" else separator.join(name.split("/"))

    # -- the end

    def log_out(self) -> None:
        """DONE and LOGOUT; the connection is closed whatever happens. Never raises."""
        try:
            self.say_goodbye()
            with contextlib.suppress(Exception):
                wire.read_to_end(self._client, GOODBYE_S)
        finally:
            wire.abandon(self._client)

    def say_goodbye(self) -> None:
        """The first half of `log_out`, which waits for nothing. Never raises."""
        if not self._leaving:
            self._leaving = True
            with contextlib.suppress(Exception):
                wire.say_goodbye(self._client, idling=self.idling and self._asked is None)

    def abandon(self) -> None:
        """Closes the connection at once. Never raises."""
        wire.abandon(self._client)

    @contextlib.contextmanager
    def _command(self) -> Iterator[None]:
        with _breaking(self.folder):
            try:
                yield
            except (IMAPClientAbortError, ProtocolError):
                raise
            except IMAPClientError as error:
                raise CommandRefused(_words(error)) from None


@contextlib.contextmanager
def _breaking(folder: str) -> Iterator[None]:
    """Whatever ends a connection, or makes its answers senseless, as ConnectionLost."""
    try:
        yield
    except TimeoutError:
        raise ConnectionLost("The server stopped answering.") from None
    except (imaplib.IMAP4.abort, OSError) as error:
        raise ConnectionLost(f"The connection broke: {_words(error)}.") from None
    except NONSENSE as error:
        raise ConnectionLost(f"The server's answer about {folder!r} makes no sense: {_words(error)}.") from error


def split_flags(flags: Iterable[bytes | str]) -> Flagged:
    """(flags, labels): what begins with a backslash or `$` is the mail system's, any other keyword is a label."""
    names = [_text(flag) for flag in flags]
    kept = tuple(name for name in names if name.startswith(SYSTEM_PREFIXES) and name != "\\Recent")
    return kept, tuple(name for name in names if not name.startswith(SYSTEM_PREFIXES))


def gmail_labels(labels: Iterable[bytes | str]) -> tuple[str, ...]:
    """Labels as people read them (they travel in modified UTF-7), without Gmail's own such as `\\Inbox`."""
    names = [_text(label) for label in labels]
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


def batches(uids: Sequence[int], limit: int) -> list[Sequence[int]]:
    """`uids` in slices that fetch at most BATCH_BYTES each, at `limit` bytes a message."""
    count = max(1, BATCH_BYTES // limit)
    return [uids[start : start + count] for start in range(0, len(uids), count)]


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _words(error: BaseException) -> str:
    text = str(error) or type(error).__name__
    return " ".join(text.split())[:300].rstrip(".")


__all__ = ["Account", "Fetched", "Place", "Session", "batches", "split_flags"]
