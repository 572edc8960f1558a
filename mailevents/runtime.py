"""What one process has one of: the writer, the bell, the idle thread, the watcher, the tail, and the open streams.

Put together here, started by the first request that needs it, closed by the drain. Runs on the event loop.
"""

import asyncio
import logging
import random
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from functools import lru_cache, partial
from weakref import WeakSet

from django.conf import settings
from django.db.utils import DatabaseError, InterfaceError
from django.utils import timezone

from mailevents import metrics
from mailevents.eventlog import log
from mailevents.eventlog.bell import Bell
from mailevents.eventlog.writer import Writer
from mailevents.fleet import Member, mailboxes_of
from mailevents.garbage import keep_searches_short
from mailevents.imap.idle import IdleThread
from mailevents.logs import expect_refusals
from mailevents.models import Delivery, Mailbox
from mailevents.problems import Problem
from mailevents.retrieval.fetching import Fetching
from mailevents.states import count_states
from mailevents.streams import guard
from mailevents.streams.drain import Drain
from mailevents.streams.stream import End, Pace, Start, Stream
from mailevents.streams.tail import Tail
from mailevents.streams.wheel import Wheel
from mailevents.telling import StateTeller
from mailevents.threads import in_worker
from mailevents.watching import lease
from mailevents.watching.watcher import Watcher
from spamfilter.judge import prepare

# After a restart a fleet comes back spread over some seconds, a large one over more: as many as can be served at once.
RETURN_WITHIN_S, RETURNS_A_SECOND, RETURN_WITHIN_AT_MOST_S = 5.0, 30, 60.0
CLOSE_S, ENDED_S = 10.0, 20.0
POLLED_LINGER_S = 90.0
AT_A_TIME = 200
OPENED_EVERY_S = 0.01
LATELY = timedelta(hours=1)

logger = logging.getLogger(__name__)


class Runtime:
    """The product, as it runs in this process."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.tail = Tail()
        self.bell = Bell(
            heard=lambda entries: self._on_loop(partial(self.tail.ring, entries)),
            freed=lambda: self._on_loop(lambda: self.watcher.look_round()),
        )
        self.writer = Writer(committed=self.bell.ring)
        self.idle = IdleThread()
        self.watcher = Watcher(
            self.idle,
            self.writer,
            StateTeller(lambda: self._on_loop(self.tail.ring_state)),
            workers=settings.AGENTICMAIL_WORKERS,
            renew_s=settings.AGENTICMAIL_IDLE_RENEW_S,
            freed=self.bell.ring_freed,
        )
        self.fetching = Fetching()
        self._heartbeats = Wheel(settings.AGENTICMAIL_HEARTBEAT_S)
        self.drain = Drain(self.end, within_s=settings.AGENTICMAIL_SHUTDOWN_GRACE_S + ENDED_S)
        self._end: asyncio.Task[None] | None = None
        self.streams: dict[Stream, list[int]] = {}
        self._admitted: dict[int, WeakSet[Stream]] = {}  # by agent; one whose response never began is forgotten
        self._guard: asyncio.Task[None] | None = None
        self._always: frozenset[int] = frozenset()
        self._changed: dict[int, datetime] | None = None  # accounts that were changed of late, as last seen
        self._ending = asyncio.Event()

    def start(self) -> None:
        """Takes the signals over, looks after tokens and agents, and watches what is to be watched always. Once."""
        self.drain.arm()
        if self._guard is None:
            self._guard = self._loop.create_task(self._watch_over(), name="guard")
            keep_searches_short()
            self._loop.run_in_executor(None, prepare)  # the first mail is not to wait for it

    def _on_loop(self, hint: "asyncio.Handle | object") -> None:
        try:
            self._loop.call_soon_threadsafe(hint)  # type: ignore[arg-type]
        except RuntimeError:  # the loop is closed: nobody is left to be told
            return

    def pace(self) -> Pace:
        """Maximum ages are spread by a tenth, so that streams opened together don't come back together."""
        return Pace(
            heartbeats=self._heartbeats,
            max_age_s=settings.AGENTICMAIL_STREAM_MAX_AGE_S * random.uniform(0.9, 1.0),  # noqa: S311
            grace_s=settings.AGENTICMAIL_SHUTDOWN_GRACE_S,
        )

    def admit(self, stream: Stream) -> None:
        """Counts it with its agent's. 429 where the agent has as many streams as it may."""
        most = settings.AGENTICMAIL_MAX_STREAMS_PER_AGENT
        admitted = self._admitted.setdefault(stream.viewer.agent_id, WeakSet())
        if len(admitted) >= most:
            raise Problem(429, f"This agent has {most} streams open, as many as it may.", Retry_After="30")
        admitted.add(stream)

    async def serve(self, stream: Stream, members: Iterable[Member]) -> AsyncIterator[bytes]:
        """The stream's bytes; while they flow its mailboxes are watched."""
        self.start()
        mailboxes = mailboxes_of(members)
        self.streams[stream] = mailboxes
        self.watcher.acquire(mailboxes)
        frames = stream.frames(partial(self._get_to_know, stream.start, mailboxes))
        try:
            async for chunk in frames:
                yield chunk
        finally:
            self._leave(stream)
            self.watcher.release(self.streams.pop(stream))
            await frames.aclose()  # type: ignore[attr-defined]

    def _leave(self, stream: Stream) -> None:
        admitted = self._admitted.get(stream.viewer.agent_id)
        if admitted is not None:
            admitted.discard(stream)
            if not admitted:
                del self._admitted[stream.viewer.agent_id]

    def acknowledge(self, agent_id: int) -> None:
        """An agent's acknowledgement answers a pending `closing` on its streams."""
        for stream in self.streams:
            if stream.viewer.agent_id == agent_id:
                stream.leave()

    @asynccontextmanager
    async def looking(self, members: Iterable[Member], start: Start) -> AsyncIterator[None]:
        """While a page is made its mailboxes are watched, and for a while after: who polls comes again."""
        self.start()
        mailboxes = mailboxes_of(members)
        self.watcher.acquire(mailboxes)
        try:
            await self._get_to_know(start, mailboxes)
            yield
        finally:
            self.watcher.release(mailboxes, linger_s=POLLED_LINGER_S)

    async def _get_to_know(self, start: Start, mailboxes: list[int]) -> None:
        """Waits until what arrives from now on can be told from what lay in a mailbox that nobody ever wanted before.

        When a message arrived is told in whole seconds (INTERNALDATE, RFC 9051 section 2.3.3): so until the mailbox
        has been opened, or this second is over.
        """
        unknown = {state.mailbox_id for state in start.states if state.unknown}.intersection(mailboxes)
        over = self._loop.time() + 1 - time.time() % 1
        while not (self.watcher.has_opened(unknown) or self._loop.time() > over or self._ending.is_set()):  # noqa: ASYNC110 - once
            await asyncio.sleep(OPENED_EVERY_S)

    def gauges(self) -> metrics.Figures:
        """How this process fares, and what the database says of all. On a worker."""
        watching = {name: float(count) for name, count in self.watcher.states().items()}
        turns = {name: float(count) for name, count in self.watcher.turns().items()}
        figures: metrics.Figures = {
            "streams": ("Open streams.", {"": float(len(self.streams))}),
            "watched_mailboxes": ("Mailboxes that this process watches.", watching),
            "workers": ("Threads that talk IMAP, and mailboxes that wait for one.", turns),
        }
        with suppress(DatabaseError, InterfaceError):
            behind = max(0, log.head().id - self.tail.position.id) if self.streams else 0
            figures["log_lag"] = ("Events in the log that this process has not read yet.", {"": float(behind)})
            figures["journal_backlog"] = ("Deliveries in work.", {"": float(Delivery.objects.count())})
            states = {state or "unwatched": float(count) for state, count in count_states()}
            figures["mailboxes"] = ("Mailboxes by state.", states or {"unwatched": 0.0})
        return figures

    async def first(self, woken: asyncio.Event) -> None:
        """Waits for `woken`, or for the end of this process."""
        waiting = [self._loop.create_task(event.wait()) for event in (woken, self._ending)]
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waiting:
                task.cancel()

    # -- the guard

    async def _watch_over(self) -> None:
        while not self._ending.is_set():
            try:
                await self._reopen_changed()
                await self._round()
                await self._watch_always()
            except (DatabaseError, InterfaceError) as error:
                logger.warning("Tokens and agents cannot be checked now: %s", error)
            except Exception:  # no token is revoked without this loop: it must live
                logger.exception("Tokens and agents could not be checked")
            with suppress(TimeoutError):
                async with asyncio.timeout(settings.AGENTICMAIL_HEARTBEAT_S):
                    await self._ending.wait()

    async def _round(self) -> None:
        streams = list(self.streams)
        if not streams:
            return
        token_ids = {stream.viewer.token_id for stream in streams if stream.viewer.token_id is not None}
        watching = any(stream.viewer.scope == "watch" for stream in streams)
        standings, everyone, now = await in_worker(guard.look, token_ids, with_fleet=watching)
        memberships = guard.Memberships(everyone) if everyone is not None else None
        for number, stream in enumerate(streams, 1):
            if number % AT_A_TIME == 0:
                await asyncio.sleep(0)  # events are not to wait for thousands of streams to be looked at
            token_id = stream.viewer.token_id
            standing = standings.get(token_id) if token_id else None
            reason = guard.verdict(stream.viewer, standing, now)
            if reason is not None:
                stream.end(reason)
            elif memberships is not None and stream.viewer.scope == "watch":
                self._rejoin(stream, memberships.of(stream.viewer))
            elif standing is not None:
                self._rejoin(stream, guard.Membership.over([standing.agent]))

    def _rejoin(self, stream: Stream, now: guard.Membership) -> None:
        if stream in self.streams and (now.ids, now.names) != (stream.selection.agent_ids, stream.names):
            stream.rejoin(stream.selection.of_agents(now.ids), now.names)
        if stream.viewer.token_id is not None:
            self._hold(stream, now.mailboxes)

    def _hold(self, stream: Stream, mailboxes: list[int]) -> None:
        """Has these watched for it: an agent may be given a mailbox, or another, while its stream is open."""
        before = self.streams.get(stream)
        if before is not None and before != mailboxes:
            self.streams[stream] = mailboxes
            self.watcher.acquire(mailboxes)
            self.watcher.release(before)

    # -- mailboxes that are watched without a stream

    async def _watch_always(self) -> None:
        """Holds the mailboxes that are to be watched always, as their rows say now."""
        wanted = await in_worker(_always_watched)
        self.watcher.acquire(wanted - self._always)
        self.watcher.release(self._always - wanted)
        self._always = wanted

    async def _reopen_changed(self) -> None:
        """A corrected password is tried at the next look, however long the mailbox was to wait."""
        before, self._changed = self._changed, await in_worker(_changed_accounts)
        if before is not None:
            self.watcher.reopen({pk: at for pk, at in self._changed.items() if before.get(pk) != at})

    # -- the end

    async def end(self) -> None:
        """`closing` on every stream, until all have left or the grace is over; then every mailbox logs out. Once."""
        if self._end is None:
            self._end = self._loop.create_task(self._goodbye())
        await asyncio.shield(self._end)

    async def _goodbye(self) -> None:
        self.drain.closing = True
        self._ending.set()
        expect_refusals()
        within_s = max(RETURN_WITHIN_S, min(len(self.streams) / RETURNS_A_SECOND, RETURN_WITHIN_AT_MOST_S))
        for stream in list(self.streams):
            stream.end(End.SHUTDOWN, retry_ms=random.randint(500, round(within_s * 1000)))  # noqa: S311
        deadline = self._loop.time() + settings.AGENTICMAIL_SHUTDOWN_GRACE_S
        while self.streams and self._loop.time() < deadline:  # noqa: ASYNC110 - a few looks, once in a lifetime
            await asyncio.sleep(0.02)
        await self._loop.run_in_executor(None, self.close)

    def close(self) -> None:
        """Ends the threads. Not on the event loop."""
        self.fetching.close()
        self.watcher.close(CLOSE_S)
        self.idle.close()
        self.bell.close()
        self.writer.close()


def _always_watched() -> frozenset[int]:
    return frozenset(lease.always().values_list("pk", flat=True))


def _changed_accounts() -> dict[int, datetime]:
    """Of late, by whatever clock: those of processes differ, and who changes much at once commits it later."""
    late = timezone.now() - LATELY
    return dict(Mailbox.objects.filter(changed_at__gt=late).values_list("pk", "changed_at"))


@lru_cache(maxsize=1)
def runtime() -> Runtime:
    """This process's. Called on its event loop first."""
    return Runtime()


def closing() -> bool:
    """Whether this process is on its way out."""
    return runtime.cache_info().currsize > 0 and runtime().drain.closing
