"""One blocking IMAP session on one folder: catch up, fetch, act, idle. Knows no rows, no rules, no asyncio.

What it is made of: `connection` (the folder, idling, the end), `reading`, and here what changes a message.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from mailevents.imap import wire
from mailevents.imap.answers import Place, folder_name, text_of
from mailevents.imap.connection import NONSENSE
from mailevents.imap.reading import Reading


class Session(Reading):
    """All that is done in a mailbox."""

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
                if self._folder_exists(folder):
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

    # -- folders

    def special_folder(self, use: bytes) -> str | None:
        """The folder of this SPECIAL-USE (RFC 6154: b"\\\\Trash", b"\\\\Junk") or of its usual name; else None."""
        with self._command():
            found = self._client.find_special_folder(use)
        return found if isinstance(found, str) else None

    def _folder_exists(self, folder: str) -> bool:
        """LIST takes `*` and `%` in a name for wildcards; and some servers know a folder in any case."""
        found = self._client.list_folders("", folder)
        return any(name.casefold() == folder.casefold() for _flags, _delimiter, name in found)

    def folder_named(self, name: str) -> str:
        """The folder that `a/b` means here: with the server's own delimiter, below the user's own namespace."""
        name = folder_name(name)
        with self._command():
            if self._folder_exists(name):
                return name
            (prefix, separator), prefixes = self._namespaces
        here = separator.join(name.split("/"))
        known = here == "INBOX" or here.casefold().startswith(prefixes)
        return here if known else prefix + here

    @cached_property
    def _namespaces(self) -> tuple[tuple[str, str], tuple[str, ...]]:
        """The user's own prefix and delimiter, and every prefix that is not empty, to compare with (RFC 2342)."""
        found = self._told_namespaces() if self.has("NAMESPACE") else None
        if not found or not found[0]:
            (_flags, delimiter, _name), *_ = self._client.list_folders("", "") or (((), b"/", ""),)
            return ("", text_of(delimiter or b"/")), ()
        prefix, separator = min(found[0], key=lambda space: bool(space[0]))
        return (prefix, separator or "/"), tuple(
            [space[0].casefold() for kind in found for space in kind or () if space[0]]
        )

    def _told_namespaces(self) -> Any:
        """The namespaces: the user's, others', and what is shared. None where what the server says makes no sense."""
        try:
            return self._client.namespace()
        except IMAPClientAbortError:
            raise
        except (IMAPClientError, *NONSENSE):
            return None
