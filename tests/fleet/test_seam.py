"""For any log and any filter, replay and live are the log filtered: no gap, no repeat, wherever the seam falls."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailevents.eventlog import filters, log
from mailevents.eventlog.entry import Entry, NewEntry
from mailevents.eventlog.filters import Selection
from mailevents.models import Agent
from mailevents.streams import stream, tail
from mailevents.streams.stream import Pace, Start, Stream, Viewer
from mailevents.streams.tail import Tail
from mailevents.streams.wheel import Wheel
from mailevents.threads import in_worker
from tests.log.entries import new_agent, new_entry
from tests.servers.sse import Parser

VIEWER = Viewer(agent_id=1, agent="main", token_id=1, scope="watch", client="test")
PACE = Pace(heartbeats=Wheel(60), max_age_s=3600, grace_s=0)
SENDERS = ("ann@example.com", "bob@mail.example.com", "eve@example.net")

entries = st.tuples(
    st.integers(0, 2),  # whose
    st.sampled_from(["new", "flags", "expunge"]),
    st.sampled_from(SENDERS),
    st.sampled_from(filters.PRIORITIES),
    st.sampled_from(["ham", "suspicious", "spam"]),
)
steps = st.lists(
    st.one_of(
        st.tuples(st.lists(entries, min_size=1, max_size=12), st.booleans()),  # written together; by this process?
        st.sampled_from(["stop reading", "read", "leave", "come back", "breathe"]),
    ),
    max_size=25,
)
selections = st.builds(
    lambda agents, types, senders, priorities, spam: (
        agents,
        {
            "types": types,
            "senders": tuple(map(filters.sender, senders)),
            "priorities": priorities,
            "spam": spam,
        },
    ),
    st.frozensets(st.integers(0, 2), min_size=1),
    st.frozensets(st.sampled_from(["new", "flags", "expunge"]), max_size=2),
    st.lists(st.sampled_from(["ann@example.com", "@example.com", "*@*.net", "nobody@x.org"]), max_size=2),
    st.frozensets(st.sampled_from(filters.PRIORITIES), max_size=2),
    st.sampled_from(filters.SPAM),
)


class Client:
    """Reads a stream, pauses, leaves, and comes back with the id that it saw last."""

    def __init__(self, tail: Tail, selection: Selection, cursor: int) -> None:
        self.tail, self.selection, self.cursor = tail, selection, cursor
        self.ids: list[int] = []
        self.reading = asyncio.Event()
        self.reading.set()
        self.task: asyncio.Task[None] | None = None

    def come(self) -> None:
        if self.task is None:
            opened = Stream(self.tail, VIEWER, self.selection, names=[], start=Start(cursor=self.cursor), pace=PACE)
            self.task = asyncio.create_task(self._read(opened.frames()))

    async def leave(self) -> None:
        task, self.task = self.task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _read(self, chunks: AsyncIterator[bytes]) -> None:
        parser = Parser()
        async for chunk in chunks:
            for event in parser.feed(chunk):
                if event.id:
                    self.ids.append(int(event.id))
                    self.cursor = int(event.id)
            await self.reading.wait()


async def play(agents: Sequence[Agent], selection: Selection, script: list[Any]) -> tuple[list[int], list[int]]:
    """What a client saw who did as the script says, and what it should have seen."""
    began = (await in_worker(log.head)).id
    reader = Tail()
    client = Client(reader, selection, began)
    for step in script:
        match step:
            case "stop reading":
                client.reading.clear()
            case "read":
                client.reading.set()
            case "leave":
                await client.leave()
            case "come back":
                client.come()
            case "breathe":
                await asyncio.sleep(0.002)
            case _:
                rows, ours = step
                written = await in_worker(_write, [_entry(agents, *one) for one in rows])
                reader.ring(written if ours else ())
    client.reading.set()
    client.come()
    everything = await in_worker(log.after, began, 1000)
    expected = [entry.id for entry in everything if selection.selects(entry)]
    try:
        async with asyncio.timeout(5):
            while len(client.ids) < len(expected):
                await asyncio.sleep(0.001)
            await asyncio.sleep(0.005)  # for what should not come
    except TimeoutError:
        pass
    await client.leave()
    return client.ids, expected


def _write(rows: Sequence[NewEntry]) -> Sequence[Entry]:
    with log.appended() as entries:
        log.append(rows)
        return entries


def _entry(agents: Sequence[Agent], whose: int, type: str, sender: str, priority: str, verdict: str) -> Any:
    return new_entry(agents[whose], type=type, sender=sender, priority=priority, verdict=verdict)


def test_replay_and_live_are_the_log_filtered(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name, value in ((tail, "QUEUE_FRAMES", 5), (tail, "READ_LIMIT", 4), (stream, "PAGE", 3)):
        monkeypatch.setattr(module, name, value)
    monkeypatch.setattr(stream, "CHUNK_FRAMES", 2)
    agents = [new_agent(f"a{number}") for number in range(3)]

    @settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
    @given(selections, steps)
    def check(selected: Any, script: list[Any]) -> None:
        whose, wanted = selected
        selection = Selection(agent_ids=frozenset(agents[number].pk for number in whose), **wanted)
        seen, expected = asyncio.run(play(agents, selection, script))
        assert seen == expected

    check()
