"""A stream of this process, over a real log, read by a strict parser."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from mailevents.eventlog import log
from mailevents.eventlog.entry import Entry
from mailevents.eventlog.filters import Selection
from mailevents.models import Agent
from mailevents.streams.stream import Pace, Start, Stream, Viewer
from mailevents.streams.tail import Tail
from mailevents.streams.wheel import Wheel
from mailevents.threads import in_worker
from tests.log.entries import append
from tests.servers.sse import Event, Parser


def pace(*, heartbeat_s: float, max_age_s: float, grace_s: float) -> Pace:
    return Pace(heartbeats=Wheel(heartbeat_s), max_age_s=max_age_s, grace_s=grace_s)


LONG = pace(heartbeat_s=600, max_age_s=600, grace_s=0.05)


def open_stream(tail: Tail, *agents: Agent, cursor: int = 0, pace: Pace = LONG, **more: Any) -> Stream:
    """A stream over these agents. `reset` and `states` go to its Start, `write_now` to it, others to its Selection."""
    at_once = {"write_now": more.pop("write_now")} if "write_now" in more else {}
    start = Start(cursor=cursor, reset=more.pop("reset", None), states=more.pop("states", ()))
    viewer = Viewer(agent_id=agents[0].pk, agent=agents[0].name, token_id=1, scope="events", client="127.0.0.1")
    selection = Selection(agent_ids=frozenset(agent.pk for agent in agents), **more)
    return Stream(tail, viewer, selection, names=[agent.name for agent in agents], start=start, pace=pace, **at_once)


class Reading:
    """What a client has read so far. It reads only when asked to, so that a test decides how slow it is."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self.events: list[Event] = []
        self.parser = Parser()
        self.ended = False
        self._frames = stream.frames()

    @property
    def ids(self) -> list[int]:
        return [int(event.id) for event in self.events if event.id]

    def types(self) -> list[str]:
        return [event.type for event in self.events]

    async def chunk(self) -> None:
        try:
            self.events += self.parser.feed(await anext(self._frames))
        except StopAsyncIteration:
            self.ended = True

    async def until(self, condition: Callable[[], object], within: float = 20.0) -> None:
        """Reads on until `condition` holds, or the stream has ended."""
        try:
            async with asyncio.timeout(within):
                while not condition() and not self.ended:
                    await self.chunk()
        except TimeoutError:
            raise AssertionError(f"not in {within:g} s; read: {self.types()}, ids {self.ids}") from None
        assert condition()

    async def to(self, id: int) -> list[int]:
        await self.until(lambda: id in self.ids)
        return self.ids

    async def to_the_end(self) -> None:
        await self.until(lambda: self.ended)

    async def leave(self) -> None:
        await self._frames.aclose()  # type: ignore[attr-defined]


@asynccontextmanager
async def reading(stream: Stream) -> AsyncIterator[Reading]:
    client = Reading(stream)
    try:
        yield client
    finally:
        await client.leave()


async def logged(tail: Tail, agent: Agent, *uids: int, told: bool = True, **columns: Any) -> list[int]:
    """Appends messages and rings, as the writer does; not `told`, as that of another process. Their ids."""

    def write() -> tuple[list[int], list[Entry]]:
        with log.appended() as entries:
            return append(agent, *uids, **columns), entries

    ids, entries = await in_worker(write)
    tail.ring(entries if told else ())
    return ids
