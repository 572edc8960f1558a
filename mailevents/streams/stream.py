"""One stream: `ready`, replay, then live, then heartbeats, then goodbye. Knows neither IMAP nor the ORM.

Replay joins live without a gap: it subscribes first, replays up to where the subscription begins, and goes on from
there. A stream that falls behind drops its queue and replays again, so a slow client holds a bounded memory.
"""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.utils import DatabaseError, InterfaceError

from mailevents import metrics
from mailevents.eventlog import log, past
from mailevents.eventlog.filters import Selection
from mailevents.jsontext import dumps, timestamp
from mailevents.logs import about
from mailevents.states import State
from mailevents.streams import sse
from mailevents.streams.tail import Subscription, Tail, entry_frame
from mailevents.streams.wheel import Wheel
from mailevents.threads import in_worker

RETRY_MS = 2000
PAGE = 50
CHUNK_FRAMES = 32
CLOCK_SLACK = timedelta(seconds=2)  # an entry may be this much older than its commit

logger = logging.getLogger(__name__)


class End(StrEnum):
    """Why a stream ends."""

    SHUTDOWN = "shutdown"
    MAX_AGE = "max_age"
    TOKEN_EXPIRED = "token_expired"  # noqa: S105 - a reason, not a token
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who watches: what the guard checks and the console shows. Without a token: an administrator, who sees all."""

    agent_id: int
    agent: str
    token_id: int | None
    scope: str  # "events": the agent's own mail; "watch": that of all agents below
    client: str
    narrowed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Who says when to beat; seconds until the stream is asked to come back, and that it may take to leave."""

    heartbeats: Wheel
    max_age_s: float
    grace_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Where a stream begins: its cursor, what of the past is lost (the data of a `reset`), how its mailboxes fare
    (also those that nobody watches yet)."""

    cursor: int
    reset: dict[str, Any] | None = None
    states: Sequence[State] = ()


async def _at_once() -> None:
    return


class Stream:
    """One open stream. `id` names it in logs and the console."""

    def __init__(
        self,
        tail: Tail,
        viewer: Viewer,
        selection: Selection,
        *,
        names: list[str],
        start: "Start",
        pace: Pace,
        write_now: Callable[[bytes], bool] = lambda _: False,
    ) -> None:
        """`write_now` writes past the server's own way, where it can just then; whether it did."""
        self.id = secrets.token_hex(6)
        self.viewer, self.names = viewer, names
        self.opened_at = datetime.now(UTC)
        self.sent = 0
        self.cursor = start.cursor  # the last entry that was sent or passed over
        self.start = start
        self._tail, self._pace, self._write_now = tail, pace, write_now
        self._woken = asyncio.Event()
        self._subscription = Subscription(selection, self._woken.set)
        self._end: End | None = None
        self._retry_ms = RETRY_MS
        self._left = asyncio.Event()  # acknowledged, or not to be waited for
        self._beat_due = False
        self._replayed = False  # all up to where the subscription begins was sent

    # -- from outside, on the loop

    @property
    def selection(self) -> Selection:
        return self._subscription.selection

    @property
    def ending(self) -> bool:
        return self._end is not None

    def end(self, reason: End, retry_ms: int = RETRY_MS) -> None:
        """Asks the stream to say why, and to end. The first reason counts."""
        if self._end is None:
            self._end, self._retry_ms = reason, retry_ms
            self._woken.set()

    def leave(self) -> None:
        """The client has acknowledged a pending goodbye."""
        if self._end is not None:
            self._left.set()

    def rejoin(self, selection: Selection, names: list[str]) -> None:
        """The stream's agents have changed: it goes on over these, and says so."""
        self._tail.reselect(self._subscription, selection)
        self.names = names
        self._subscription.tell(self._ready())

    # -- the stream itself

    async def frames(self, known: Callable[[], Awaitable[None]] = _at_once) -> AsyncIterator[bytes]:
        """Every byte of the stream, until the client leaves (CancelledError), the stream ends, or the log it replays
        cannot be read.

        `known`: what is waited for, before `ready` says that everything from now on will be told.
        """
        loop = asyncio.get_running_loop()
        oldest = loop.call_later(self._pace.max_age_s, self.end, End.MAX_AGE)
        leave_wheel = self._pace.heartbeats.join(self._beat)
        try:
            upto = await self._tail.subscribe(self._subscription, self.start.states)
            await known()
            yield sse.retry(RETRY_MS) + self._ready()
            if self.start.reset is not None:
                yield sse.event("reset", dumps(self.start.reset))
            for state in self.start.states if self.selection.tells("mailbox") else ():
                if state.is_watched:
                    yield sse.event("mailbox", state.json())
            async for chunk in self._replay(upto.id):
                yield chunk
            while self._end is None:
                await self._woken.wait()
                self._woken.clear()
                async for chunk in self._pending():
                    yield chunk
                if self._beat_due:
                    self._beat_due = False
                    yield sse.HEARTBEAT
            yield await self._goodbye()
            await self._farewell()
        except (DatabaseError, InterfaceError) as error:  # what is live waits for it; what is read goes on later
            logger.warning("A stream ends, for the log cannot be read: %s", error, extra=about(stream=self.id))
        finally:
            oldest.cancel()
            leave_wheel()
            self._tail.unsubscribe(self._subscription)

    async def _replay(self, upto: int) -> AsyncIterator[bytes]:
        """What the log holds between the cursor and `upto`."""
        self._replayed = False
        while self.cursor < upto and self._end is None:
            entries, reset = await in_worker(past.page, self.selection, self.cursor, PAGE, upto)
            if reset is not None:
                yield sse.event("reset", dumps(reset))
            if entries:
                self._passed(entries[-1].id, len(entries))
                yield b"".join(map(entry_frame, entries))
            if len(entries) < PAGE:
                self.cursor = max(self.cursor, upto)
        self._replayed = self.cursor >= upto

    async def _pending(self) -> AsyncIterator[bytes]:
        """What is in the subscription's queue, news first; after an overflow, a replay up to where it goes on."""
        subscription = self._subscription
        while subscription.news:
            yield subscription.news.popleft()
        if subscription.overflowed:
            subscription.overflowed = False  # from here on everything past `upto` is in the queue again
            async for chunk in self._replay(self._tail.position.id):
                yield chunk
        frames = subscription.take()
        for start in range(0, len(frames), CHUNK_FRAMES):
            fresh = [frame for frame in frames[start : start + CHUNK_FRAMES] if frame[0] > self.cursor]
            if fresh:
                self._passed(fresh[-1][0], len(fresh))
                yield b"".join(frame for _id, frame in fresh)

    def _passed(self, id: int, count: int) -> None:
        self.cursor = id
        self.sent += count
        metrics.sent.inc(count)

    def _beat(self) -> None:
        """Through the stream's own turn and the server only where there is no shorter way: thousands rest at a time."""
        if self._end is None and not self._write_now(sse.HEARTBEAT):
            self._beat_due = True
            self._woken.set()

    def _ready(self) -> bytes:
        return sse.event(
            "ready",
            dumps(
                {
                    "stream": self.id,
                    "agents": self.names,
                    "cursor": self.cursor,
                    "heartbeat_s": self._pace.heartbeats.period_s,
                    "time": timestamp(datetime.now(UTC)),
                }
            ),
        )

    async def _goodbye(self) -> bytes:
        if self._end is End.REVOKED:
            return sse.event("revoked", dumps({"timestamp": timestamp(datetime.now(UTC))}))
        data = {
            "timestamp": timestamp(await self._resume_from()),
            "last_event_id": self.cursor,
            "grace_s": self._pace.grace_s,
            "retry_ms": self._retry_ms,
            "reason": self._end,
        }
        return sse.retry(self._retry_ms) + sse.event("closing", dumps(data))

    async def _resume_from(self) -> datetime:
        """A time before everything that this stream has not sent, and after everything that it has.

        Times in the log never go back, so just after the last entry passed is right; where that is long ago, now
        (less the time that a commit may take) says the same and reads better.
        """
        now = datetime.now(UTC) - CLOCK_SLACK
        position = self._tail.position
        if self.cursor < position.id and not (self._replayed and self._subscription.is_empty):
            return await in_worker(log.next_time, self.cursor) or now
        last = position.occurred_at
        return now if last is None else max(now, last + timedelta(microseconds=1))

    async def _farewell(self) -> None:
        if self._end is not End.REVOKED:
            try:
                async with asyncio.timeout(self._pace.grace_s):
                    await self._left.wait()
            except TimeoutError:
                return
