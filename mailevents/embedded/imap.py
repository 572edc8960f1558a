"""The IMAP side: pymap's in-memory server, and the only place that knows pymap.

Public API where there is one. What is changed, and why:

- A connection's task is held by us. pymap's own service starts it without keeping a reference, and the stream's
  protocol holds its reader weakly: to the collector of Python 3.13 a session waiting in IDLE was garbage.
- A response is written at once, not in fragments: IMAPClient takes a partial line in IDLE for an error.
- Keywords are kept: pymap drops a flag that is not among the permanent ones (`\\*`, RFC 3501 section 7.1).
- IDLE looks for what has changed before it waits: a message that came while the previous one was being
  announced would otherwise be announced with the next.
- The greeting names no host (pymap asks the resolver at every connect), and passwords are compared in clear
  (its hash takes 0.3 s a login, on a pool of threads).
"""

import asyncio
from argparse import Namespace
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack, closing
from datetime import UTC, datetime
from typing import Any

from proxyprotocol.sock import SocketInfo
from pymap.backend.dict import Config, Identity, Login
from pymap.backend.dict.filter import FilterSet
from pymap.backend.dict.mailbox import MailboxData, MailboxSet
from pymap.concurrent import Subsystem
from pymap.config import BackendCapability
from pymap.context import connection_exit
from pymap.imap import IMAPConnection
from pymap.imap.state import ConnectionState
from pymap.parsing.message import AppendMessage
from pymap.parsing.specials.flag import Recent, Wildcard, get_system_flags
from pymap.user import UserMetadata
from pysasl.hashing import Cleartext


class ImapServer:
    """Mailboxes by login name, served on one port. All calls on the loop that opened it."""

    def __init__(self, *, without: Sequence[str] = ()) -> None:
        self._config = _Config.make(without)
        self._login = Login(self._config)
        self._connections: set[asyncio.Task[Any]] = set()
        self.idling: Counter[str] = Counter()  # sessions in IDLE, by login
        self._server: asyncio.Server | None = None

    async def open(self, host: str, port: int) -> int:
        """Listens; the port, which is a free one where `port` is 0. OSError where it is taken."""
        self._server = await asyncio.start_server(self._serve, host, port)
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Says BYE on every connection, and ends."""
        if self._server is not None:
            self._server.close()
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def add(self, login: str, password: str) -> None:
        """A new, empty mailbox, or a new password for one that is there."""
        await self._identity(login).set(UserMetadata(self._config, login, password=password))
        self._config.set_cache.setdefault(login, (_Folders(), FilterSet()))

    async def append(self, login: str, raw: bytes, folder: str = "INBOX") -> None:
        """Puts a message into a folder, which is created where it is missing. KeyError for an unknown login."""
        folders = self._config.set_cache[login][0]
        try:
            box = await folders.get_mailbox(folder)
        except KeyError:
            await folders.add_mailbox(folder)
            box = await folders.get_mailbox(folder)
        await box.append(AppendMessage(raw, datetime.now(UTC), frozenset()), recent=True)

    def _identity(self, login: str) -> Any:
        return Identity(login, self._login, None, frozenset())

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)
        peer = SocketInfo.get(writer, None)
        connection = _Connection(self.idling, self._config, reader, writer, peer)
        async with AsyncExitStack() as stack:
            connection_exit.set(stack)
            stack.enter_context(closing(connection))
            await connection.run(ConnectionState(self._login, self._config))


class _Config(Config):  # type: ignore[misc]  # pymap is untyped to us, here and below
    _without: frozenset[bytes] = frozenset()

    @classmethod
    def make(cls, without: Sequence[str]) -> Any:
        # what pymap's command line would have parsed
        arguments = Namespace(passlib_cfg=None, proxy_protocol=None)
        config = cls(
            arguments,
            host=None,
            port=0,
            tls_enabled=False,
            demo_data=False,
            demo_user="",
            demo_password="",
            hash_context=Cleartext(),
            cpu_subsystem=Subsystem.for_asyncio(),
            invalid_user_sleep=0,
        )
        config._without = frozenset(name.encode() for name in without)
        return config

    @property
    def greeting(self) -> bytes:
        return b"AgenticMail's embedded mail server"

    @property
    def backend_capability(self) -> Any:
        return BackendCapability(idle=True, object_id=True, multi_append=True)

    @property
    def login_capability(self) -> list[bytes]:
        return [name for name in super().login_capability if name not in self._without]


class _Connection(IMAPConnection):  # type: ignore[misc]
    def __init__(self, idling: Counter[str], config: Any, *streams: Any) -> None:
        super().__init__(config.commands, config, *streams)
        self._idling = idling

    async def idle(self, state: Any, command: Any) -> Any:
        login = state.session.owner
        self._idling[login] += 1
        try:
            return await super().idle(state, command)
        finally:
            self._idling[login] -= 1

    async def write_response(self, response: Any) -> None:
        whole = _Whole()
        await response.async_write(whole)
        try:
            self.writer.write(b"".join(whole.parts))
            await self.writer.drain()
        except ConnectionError:
            pass  # the reading side ends the session


class _Whole:
    """Takes the fragments of a response, in place of a stream."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.write = self.parts.append
        self.writelines = self.parts.extend

    async def drain(self) -> None:
        pass


class _Folder(MailboxData):  # type: ignore[misc]
    @property
    def permanent_flags(self) -> frozenset[Any]:
        return frozenset((get_system_flags() - {Recent}) | {Wildcard})

    async def update_selected(self, selected: Any, *, wait_on: Any = None) -> Any:
        if selected.mod_sequence != self._mod_sequences.highest:
            wait_on = None
        return await super().update_selected(selected, wait_on=wait_on)


class _Folders(MailboxSet):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__()
        self._inbox = self._new()

    async def add_mailbox(self, name: str) -> Any:
        await super().add_mailbox(name)
        self._set[name] = made = self._new()
        return made.mailbox_id

    def _new(self) -> _Folder:
        return _Folder(self._content_cache, self._thread_cache)
