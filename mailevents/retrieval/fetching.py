"""Messages fetched for agents: on a few threads of its own, over sessions that are kept for some seconds.

A login for each mail would be dear to an agent that reads several. One mailbox is read over one session, by one
request at a time, so that a server that stalls holds up its own agent only. Runs on the event loop.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import TypeVar

from mailevents.errors import ConnectionLost, MailboxError, MailEventsError
from mailevents.imap import wire
from mailevents.imap.connecting import Account
from mailevents.imap.mailbox import Session
from mailevents.retrieval.reading import Found, Sought, read

T = TypeVar("T")

FETCHERS = 4
MAX_ASKED = 64  # requests at a time, those that wait included
MAX_KEPT = 32  # sessions without a request
KEEP_S = 10.0
LIMIT_S = 60.0  # of one request's work; then the connection is cut
CLOSE_S = 3.0


class Busy(MailEventsError):
    """As many messages are being fetched as may be."""


class Reader:
    """One mailbox's session, opened when it is needed. Blocking; one thread at a time."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._session: Session | None = None
        self._cut = False

    def read(self, sought: Sought) -> Found:
        """As `reading.read`; over a new session where the server has closed the one that was kept."""
        kept, self._cut = self._session is not None, False
        try:
            return self._read(sought)
        except ConnectionLost:
            if not kept or self._cut:
                raise
            return self._read(sought)

    def _read(self, sought: Sought) -> Found:
        session = self._session = self._session or Session.open(self._account, looking=True)
        try:
            return read(session, sought)
        except MailboxError:
            self._session = None
            session.abandon()
            raise

    def interrupt(self) -> None:
        """From any thread: whoever reads gets a ConnectionLost."""
        session, self._cut = self._session, True
        if session is not None:
            wire.interrupt(session.socket)

    def close(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.log_out()


@dataclass(slots=True, eq=False)
class _Desk:
    """Where the requests for one mailbox queue."""

    reader: Reader
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    asked: int = 0
    expiry: asyncio.TimerHandle | None = None


class Fetching:
    """All of this process's."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._pool = ThreadPoolExecutor(FETCHERS, thread_name_prefix="fetcher")
        self._desks: dict[Account, _Desk] = {}  # those used last at the end
        self._asked = 0

    async def message(self, account: Account, sought: Sought, show: Callable[[Found], T]) -> T:
        """What `show` makes of the message, on the same thread. Raises Busy, and all that `reading.read` raises.

        A client that leaves meanwhile cancels its waiting, not the work, which has the session in hand.
        """
        if self._asked >= MAX_ASKED:
            raise Busy(f"{MAX_ASKED} messages are being fetched now, as many as may be.")
        work = self._loop.create_task(self._serve(account, self._take(account), sought, show))
        work.add_done_callback(lambda done: done.cancelled() or done.exception())
        return await asyncio.shield(work)

    async def _serve(self, account: Account, desk: _Desk, sought: Sought, show: Callable[[Found], T]) -> T:
        try:
            async with desk.turn:
                cut = self._loop.call_later(LIMIT_S, desk.reader.interrupt)
                try:
                    return await self._loop.run_in_executor(self._pool, lambda: show(desk.reader.read(sought)))
                finally:
                    cut.cancel()
        finally:
            self._leave(account, desk)

    def _take(self, account: Account) -> _Desk:
        desk = self._desks.pop(account, None) or _Desk(Reader(account))
        self._desks[account] = desk
        if desk.expiry:
            desk.expiry.cancel()
        desk.asked += 1
        self._asked += 1
        return desk

    def _leave(self, account: Account, desk: _Desk) -> None:
        desk.asked -= 1
        self._asked -= 1
        if desk.asked:
            return
        desk.expiry = self._loop.call_later(KEEP_S, self._drop, account)
        kept = [one for one, other in self._desks.items() if not other.asked]
        for one in kept[:-MAX_KEPT]:
            self._drop(one)

    def _drop(self, account: Account) -> None:
        desk = self._desks.pop(account)
        if desk.expiry:
            desk.expiry.cancel()
        self._loop.run_in_executor(self._pool, desk.reader.close)

    def close(self) -> None:
        """Ends what is under way, and logs the kept sessions out. Blocking: not on the event loop."""
        desks, self._desks = list(self._desks.values()), {}
        for desk in desks:
            if desk.asked:
                desk.reader.interrupt()
        wait([self._pool.submit(desk.reader.close) for desk in desks], timeout=CLOSE_S)
        self._pool.shutdown(wait=False, cancel_futures=True)
