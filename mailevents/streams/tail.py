"""One reader a process: reads what is past its cursor once, and hands it to every subscription that selects it.

Runs on the event loop; the reading itself is done on a worker. What this process has just committed is not read
again, where the log holds nothing between it and the cursor. Knows nothing of IMAP.
"""

import asyncio
import logging
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from django.db.utils import DatabaseError, InterfaceError

from mailevents import metrics, states
from mailevents.eventlog import log
from mailevents.eventlog.entry import Entry, Position
from mailevents.eventlog.filters import Selection
from mailevents.jsontext import dumps
from mailevents.states import State
from mailevents.streams import sse
from mailevents.threads import in_worker

LOOK_S = 1.0  # without a bell
STATES_S = 0.25  # between looks at how mailboxes fare: while thousands are opened they are looked at together
READ_LIMIT = 200
QUEUE_FRAMES, QUEUE_BYTES = 256, 256 * 1024

logger = logging.getLogger(__name__)


class Subscription:
    """What one stream has yet to send: a small bounded queue. One that overflows is emptied and goes back to replay.

    `wake` is called on the loop whenever there is something to do.
    """

    __slots__ = ("_bytes", "frames", "news", "overflowed", "selection", "wake")

    def __init__(self, selection: Selection, wake: Callable[[], None]) -> None:
        self.selection = selection
        self.wake = wake
        self.frames: deque[tuple[int, bytes]] = deque()  # durable: id and frame
        self.news: deque[bytes] = deque()  # transient
        self.overflowed = False
        self._bytes = 0

    @property
    def is_empty(self) -> bool:
        """Whether all that was offered has been taken."""
        return not (self.frames or self.overflowed)

    def offer(self, entry: Entry, frame: bytes) -> None:
        if self.overflowed:
            return
        if len(self.frames) >= QUEUE_FRAMES or self._bytes + len(frame) > QUEUE_BYTES:
            self.overflowed = True
            metrics.replayed.inc()
            self.clear()
        else:
            self.frames.append((entry.id, frame))
            self._bytes += len(frame)
        self.wake()

    def tell(self, frame: bytes) -> None:
        """Something transient: it does not outlive the stream, and beyond the bound it is dropped."""
        if len(self.news) < QUEUE_FRAMES:
            self.news.append(frame)
        self.wake()

    def clear(self) -> None:
        self.frames.clear()
        self._bytes = 0

    def take(self) -> list[tuple[int, bytes]]:
        taken = list(self.frames)
        self.clear()
        return taken


class _Audience:
    """Those who select the same: asked once an event, whatever their number."""

    __slots__ = ("selection", "subscriptions")

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self.subscriptions: set[Subscription] = set()


class Tail:
    """Reads while there is a subscription. `position` is how far: everything up to it was offered."""

    def __init__(self) -> None:
        self.position = Position(id=0)
        self._audiences: dict[Selection, _Audience] = {}
        self._by_agent: dict[int, set[_Audience]] = defaultdict(set)
        self._subscriptions: set[Subscription] = set()
        self._rung = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._started = asyncio.Lock()
        self._told: dict[int, State] = {}  # by mailbox
        self._generations: dict[int, int] = {}
        self._states_asked = False
        self._states_due: asyncio.TimerHandle | None = None
        self._states_read_at = -STATES_S

    # -- subscriptions; on the loop

    async def subscribe(self, subscription: Subscription, states: Iterable[State] = ()) -> Position:
        """Everything past the returned position will be offered. Raises a DatabaseError.

        `states`: how its mailboxes fared just now; what changes from here on is told.
        """
        async with self._started:
            if not self._is_reading:
                self._rung.clear()
                self.position = await in_worker(log.head)
                self._told.clear()
                self._task = asyncio.get_running_loop().create_task(self._run(), name="tail")
        for state in states:
            self._generations.setdefault(state.mailbox_id, state.generation)
            known = self._told.get(state.mailbox_id, state)
            if known != state:  # told to the others between that reading and now
                self._tell_state([subscription], known)
        self._subscriptions.add(subscription)
        self._index(subscription)
        return self.position

    def unsubscribe(self, subscription: Subscription) -> None:
        self._subscriptions.discard(subscription)
        self._unindex(subscription)

    def reselect(self, subscription: Subscription, selection: Selection) -> None:
        """The same subscription over other agents, from now on."""
        self._unindex(subscription)
        subscription.selection = selection
        self._index(subscription)

    def _index(self, subscription: Subscription) -> None:
        selection = subscription.selection
        audience = self._audiences.get(selection)
        if audience is None:
            audience = self._audiences[selection] = _Audience(selection)
            for agent_id in selection.agent_ids:
                self._by_agent[agent_id].add(audience)
        audience.subscriptions.add(subscription)

    def _unindex(self, subscription: Subscription) -> None:
        audience = self._audiences.get(subscription.selection)
        if audience is None:
            return
        audience.subscriptions.discard(subscription)
        if audience.subscriptions:
            return
        del self._audiences[audience.selection]
        for agent_id in audience.selection.agent_ids:
            audiences = self._by_agent[agent_id]
            audiences.discard(audience)
            if not audiences:
                del self._by_agent[agent_id]

    # -- hints; on the loop

    def ring(self, entries: Sequence[Entry] = ()) -> None:
        """There is something new; these at least, in order, where this process has committed it.

        Ids grow in commit order: between two that follow each other there will never be one.
        """
        following = range(self.position.id + 1, self.position.id + 1 + len(entries))
        if entries and self._is_reading and [entry.id for entry in entries] == list(following):
            self._offer(entries)
        else:
            self._rung.set()

    @property
    def _is_reading(self) -> bool:
        return self._task is not None and not self._task.done()

    def ring_state(self) -> None:
        if self._states_due is None:
            loop = asyncio.get_running_loop()
            self._states_due = loop.call_at(max(loop.time(), self._states_read_at + STATES_S), self._ask_for_states)

    def _ask_for_states(self) -> None:
        self._states_due = None
        self._states_asked = True
        self._rung.set()

    # -- the reading

    async def _run(self) -> None:
        failing = False
        while self._subscriptions:
            try:
                async with asyncio.timeout(LOOK_S):
                    await self._rung.wait()
            except TimeoutError:
                self._states_asked = True
            self._rung.clear()
            try:
                await self._look()
                failing = False
            except Exception as error:  # every stream depends on this loop: it must live
                if not failing:
                    known = isinstance(error, (DatabaseError, InterfaceError))
                    logger.warning("The log cannot be read: %s", error, exc_info=not known)
                failing = True
                await asyncio.sleep(LOOK_S)  # the bell may ring all the while

    async def _look(self) -> None:
        while entries := await in_worker(log.after, self.position.id, READ_LIMIT):
            self._offer(entries)
            if len(entries) < READ_LIMIT:
                break
        if self._states_asked:
            self._states_asked = False
            self._states_read_at = asyncio.get_running_loop().time()
            self._announce(await in_worker(states.recent))

    def _offer(self, entries: Iterable[Entry]) -> None:
        now = datetime.now(UTC)
        for entry in entries:
            if entry.id <= self.position.id:  # it was handed over while it was read
                continue
            frame: bytes | None = None
            for audience in self._by_agent.get(entry.agent_id, ()):
                if audience.selection.selects(entry):
                    frame = frame or entry_frame(entry)
                    for subscription in audience.subscriptions:
                        subscription.offer(entry, frame)
            metrics.to_stream.observe(max(0.0, (now - entry.occurred_at).total_seconds()))
            self.position = Position(id=entry.id, occurred_at=entry.occurred_at)

    def _announce(self, found: Iterable[State]) -> None:
        for state in found:
            if self._told.get(state.mailbox_id) == state:
                continue
            self._told[state.mailbox_id] = state
            listeners = [one for each in self._by_agent.get(state.agent_id, ()) for one in each.subscriptions]
            if self._generations.setdefault(state.mailbox_id, state.generation) < state.generation:
                self._generations[state.mailbox_id] = state.generation
                reset = {"reason": "uidvalidity_changed", "agent": state.agent}
                _tell(listeners, sse.event("reset", dumps(reset)))
            self._tell_state(listeners, state)

    def _tell_state(self, listeners: Iterable[Subscription], state: State) -> None:
        if state.is_watched:
            interested = [one for one in listeners if one.selection.tells("mailbox")]
            _tell(interested, sse.event("mailbox", state.json()))


def _tell(subscriptions: Iterable[Subscription], frame: bytes) -> None:
    for subscription in subscriptions:
        subscription.tell(frame)


def entry_frame(entry: Entry) -> bytes:
    return sse.event(entry.type, entry.json, entry.id)
