"""A logged-in connection with one folder selected: what it can, what it says by itself, its idling and its end.

Whatever breaks the connection is a ConnectionLost; what the server merely refuses is a CommandRefused, and the
session goes on.
"""

import contextlib
import imaplib
import socket
from collections.abc import Callable, Iterator
from typing import Any, Self

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, IMAPClientReadOnlyError, ProtocolError

from mailevents.errors import CommandRefused, ConnectionLost, FolderMissing
from mailevents.imap import wire
from mailevents.imap.answers import folder_name
from mailevents.imap.connecting import Account, connect

GOODBYE_S = 3.0
CHANGES = frozenset({"FETCH", "EXPUNGE", "VANISHED"})
AT_A_SEARCH = 80_000  # messages: the UIDs of more may make a line that imaplib gives up on (1 MB)

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


class Connection:
    """For reading and writing, or to look only (`looking`)."""

    def __init__(self, client: IMAPClient, folder: str, *, looking: bool = False) -> None:
        self._client = client
        self.folder = folder_name(folder)
        self._looking = looking
        self.idling = self._overdue = self._leaving = False
        self._asked: bytes | None = None  # the tag of the end of idling, once it was asked for
        self._ahead: list[bytes] = []  # those of commands that were sent with it
        client.normalise_times = False
        with breaking(folder):
            self.capabilities = frozenset(c.decode("ascii", "replace").upper() for c in client.capabilities())
        self._remembers_changes = False
        self._announced: set[str] = set()
        self._select(enable=self.has("QRESYNC") and self.has("ENABLE"))

    @classmethod
    def open(
        cls, account: Account, *, looking: bool = False, opened: Callable[[socket.socket], None] = lambda _sock: None
    ) -> Self:
        """Connects, logs in, selects. Raises a MailboxError that says which of these failed, and what to do.

        `opened` is given the connection before anything is said over it.
        """
        client = connect(account, opened)
        try:
            return cls(client, account.folder, looking=looking)
        except BaseException:
            wire.abandon(client)
            raise

    def _select(self, *, enable: bool = False) -> None:
        with breaking(self.folder):
            try:
                answer = self._selected(enable=enable)
            except IMAPClientError as error:
                if isinstance(error, IMAPClientAbortError):
                    raise
                raise FolderMissing(f"The folder {self.folder!r} cannot be opened: {words(error)}.") from None
            self.uidvalidity = int(answer[b"UIDVALIDITY"])
            self.read_only = b"READ-ONLY" in answer
            self.uidnext = int(answer.get(b"UIDNEXT", 0))
            self.modseq = int(answer.get(b"HIGHESTMODSEQ", 0)) if self._remembers_changes else 0
            self._exists = int(answer.get(b"EXISTS", 0))
        self.tells_uidnext = self.uidnext > 0  # RFC 3501 leaves it optional; then it may be that of a removed message
        if not self.tells_uidnext:
            self.uidnext = max(self.uids_after(0), default=0) + 1

    def _selected(self, *, enable: bool) -> dict[bytes, Any]:
        """The answer to SELECT; to EXAMINE where only reading is wanted, or allowed. `enable`: QRESYNC, before."""
        answer: dict[bytes, Any]
        asked = wire.enable(self._client, "QRESYNC") if enable else b""
        try:
            answer = self._client.select_folder(self.folder, readonly=self._looking)
        except IMAPClientReadOnlyError:
            self._remembers_changes |= wire.enabled(self._client, asked, "QRESYNC")
            answer = self._client.select_folder(self.folder, readonly=True)
        self._remembers_changes |= wire.enabled(self._client, asked, "QRESYNC")
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

    def has(self, capability: str) -> bool:
        return capability in self.capabilities

    @property
    def socket(self) -> socket.socket:
        sock: socket.socket = self._client.socket()
        return sock

    # -- what it says by itself

    def uids_after(self, uid: int) -> list[int]:
        """UIDs above `uid`, ascending. (`n:*` names the last message even where it is below n: RFC 9051 6.4.8.)"""
        return [found for found in self.search("UID", f"{uid + 1}:*") if found > uid]

    def search(self, *criteria: Any) -> list[int]:
        """UIDs, ascending. Of a large folder part by part, each with an answer that can be read."""
        firsts = range(1, self._exists + 1, AT_A_SEARCH)
        parts = [[f"{first}:{first + AT_A_SEARCH - 1}"] for first in firsts[:-1]]
        parts.append([f"{firsts[-1]}:*"] if parts else [])
        with self._command():
            return sorted(uid for part in parts for uid in self._client.search([*part, *criteria]))

    def announced(self) -> bool:
        """Whether the server spoke of new mail beside another answer since the last call."""
        said = wire.take_announced(self._client)
        self._announced |= said & CHANGES
        return "EXISTS" in said

    def changes_hinted(self) -> bool:
        """Whether the server has spoken, since the last call, of flags that changed or messages that left."""
        hinted, self._announced = bool(self._announced), set()
        return hinted

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

    def ask(self, *ahead: bytes) -> None:
        """The first half of `end_idle`, which waits for nothing: what the server answers is read by the other.

        Commands `ahead` are sent in the same breath where it idles; then their tags are in `_ahead`.
        """
        with self._command():
            if self.idling and ahead:
                self._asked, *self._ahead = wire.ask_ahead(self._client, ahead)
            else:
                self._asked = wire.ask(self._client, idling=self.idling)

    @property
    def has_asked(self) -> bool:
        return self._asked is not None

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
        with breaking(self.folder):
            try:
                yield
            except (IMAPClientAbortError, ProtocolError):
                raise
            except IMAPClientError as error:
                raise CommandRefused(words(error)) from None


@contextlib.contextmanager
def breaking(folder: str) -> Iterator[None]:
    """Whatever ends a connection, or makes its answers senseless, as ConnectionLost."""
    try:
        yield
    except TimeoutError:
        raise ConnectionLost("The server stopped answering.") from None
    except (imaplib.IMAP4.abort, OSError) as error:
        raise ConnectionLost(f"The connection broke: {words(error)}.") from None
    except NONSENSE as error:
        raise ConnectionLost(f"The server's answer about {folder!r} makes no sense: {words(error)}.") from error


def words(error: BaseException) -> str:
    text = str(error) or type(error).__name__
    return " ".join(text.split())[:300].rstrip(".")
