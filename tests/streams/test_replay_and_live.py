"""Replay joins live: whatever happens at whatever moment, each event comes once, in order."""

import asyncio
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailevents import threads
from mailevents.eventlog import log
from mailevents.models import Agent
from mailevents.streams import stream, tail
from mailevents.streams.tail import Tail
from tests.log.entries import append, new_agent
from tests.streams.reading import Reading, logged, open_stream, reading


async def step_through(
    agent: Agent, uids: "count[int]", moment: int, told: bool, monkeypatch: pytest.MonkeyPatch
) -> tuple[list[int], int]:
    """A stream on a log of five, to which one more is added at one of the moments before and after each read of the
    database, by the stream or by the tail. The ids that came, and how many such moments there were."""
    moments, live = count(), Tail()

    async def pass_by() -> None:
        if next(moments) == moment:
            await logged(live, agent, next(uids), told=told)

    async def stepping(work: Any, *args: Any, **kwargs: Any) -> Any:
        await pass_by()
        found = await threads.in_worker(work, *args, **kwargs)
        await pass_by()
        return found

    base = await threads.in_worker(log.head)
    await logged(live, agent, *(next(uids) for _ in range(5)))
    for module in (stream, tail):
        monkeypatch.setattr(module, "in_worker", stepping)
    async with reading(open_stream(live, agent, cursor=base.id)) as client:
        while client.stream.cursor < base.id + 5:
            await client.chunk()
        (last,) = await logged(live, agent, next(uids), told=told)
        await client.to(last)
        end = await threads.in_worker(log.head)
        return await client.to(end.id), next(moments)


@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize("page", [2, 200])
def test_an_event_at_any_moment_comes_once_and_in_order(
    sqlite: str, monkeypatch: pytest.MonkeyPatch, page: int, told: bool
) -> None:
    monkeypatch.setattr(stream, "PAGE", page)
    agent, uids, moment, moments = new_agent(), count(1), 0, 1
    while moment < moments:
        base = log.head().id
        with monkeypatch.context() as patches:
            ids, moments = asyncio.run(step_through(agent, uids, moment, told, patches))
        assert ids == [entry.id for entry in log.after(base, 100)]
        assert len(ids) in (6, 7)  # the last moment may be after the last read
        moment += 1
    assert moment > (3 if told else 5)  # what is told is not read


async def keep_pace(agents: list[Agent], cursor: int, steps: list[str], uids: "count[int]") -> list[int]:
    """Appends and reads in the order of `steps`; the ids that came until the last of the first agent's was there."""
    live, permits = Tail(), asyncio.Semaphore(1)

    async def read(client: Reading) -> None:
        while True:
            await permits.acquire()
            await client.chunk()

    async with reading(open_stream(live, agents[0], cursor=cursor)) as client:
        reader = asyncio.create_task(read(client))
        for step in steps:
            if step == "read":
                permits.release()
                await asyncio.sleep(0)
            else:
                step, _, told = step.partition(" ")
                agent, how_many = {"one": (agents[0], 1), "many": (agents[0], 9), "others": (agents[1], 3)}[step]
                await logged(live, agent, *(next(uids) for _ in range(how_many)), told=not told)
            assert len(client.stream._subscription.frames) <= tail.QUEUE_FRAMES
        (last,) = await logged(live, agents[0], next(uids))
        async with asyncio.timeout(20):
            while last not in client.ids:
                permits.release()
                await asyncio.sleep(0.001)
        reader.cancel()
        await asyncio.wait([reader])
        return client.ids


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    steps=st.lists(st.sampled_from(["one", "many", "others", "one untold", "others untold", "read"]), max_size=12),
    back=st.integers(0, 20),
)
def test_a_reader_of_any_pace_gets_each_event_once_in_bounded_memory(
    database: str, monkeypatch: pytest.MonkeyPatch, steps: list[str], back: int
) -> None:
    monkeypatch.setattr(tail, "QUEUE_FRAMES", 4)
    monkeypatch.setattr(stream, "PAGE", 5)
    agents = [Agent.objects.filter(name=name).first() or new_agent(name) for name in ("ann", "bob")]
    cursor = max(0, log.head().id - back)
    ids = asyncio.run(keep_pace(agents, cursor, steps, count(log.head().id + 1)))
    assert ids == [entry.id for entry in log.after(cursor, 1000) if entry.agent_id == agents[0].pk]


def test_what_this_process_committed_is_handed_over_without_being_read_unless_something_is_missing(sqlite: str) -> None:
    async def play() -> None:
        live = Tail()
        async with reading(open_stream(live, agent)) as client:
            await client.chunk()
            ids = await logged(live, agent, 1, 2)
            assert live.position.id == ids[-1]  # in the same breath
            await threads.in_worker(append, agent, 3)  # another process's, of which nobody has heard
            (last,) = await logged(live, agent, 4)
            assert live.position.id == ids[-1]
            assert await client.to(last) == [1, 2, 3, 4]

    agent = new_agent()
    asyncio.run(play())


def test_what_is_before_the_cursor_is_not_sent_though_the_tail_has_yet_to_pass_it(sqlite: str) -> None:
    async def play() -> list[int]:
        live = Tail()
        async with reading(open_stream(live, agent)) as other:
            await other.chunk()  # the tail is at the beginning
            (there,) = await threads.in_worker(append, agent, 1)
            async with reading(open_stream(live, agent, cursor=there)) as client:
                await client.chunk()
                return await client.to((await logged(live, agent, 2))[0])

    agent = new_agent()
    assert asyncio.run(play()) == [2]


def test_a_stalled_reader_holds_no_queue_and_loses_nothing(sqlite: str) -> None:
    async def play() -> list[int]:
        live = Tail()
        async with reading(open_stream(live, agent)) as client:
            await client.chunk()
            for start in range(1, 2001, 500):
                await logged(live, agent, *range(start, start + 500), data='{"x":"%s"}' % ("y" * 2000))
            async with asyncio.timeout(20):
                while live.position.id < 2000:
                    await asyncio.sleep(0.001)
            assert client.stream._subscription.overflowed
            assert not client.stream._subscription.frames
            return await client.to(2000)

    agent = new_agent()
    assert asyncio.run(play()) == list(range(1, 2001))


def test_one_slow_reader_delays_no_other(sqlite: str) -> None:
    async def play() -> None:
        live = Tail()
        async with reading(open_stream(live, agent)) as slow, reading(open_stream(live, agent)) as quick:
            await slow.chunk()
            await quick.chunk()
            for uid in range(1, 6):
                (id,) = await logged(live, agent, uid)
                await quick.to(id)
            assert slow.ids == []
            await slow.to(id)

    agent = new_agent()
    asyncio.run(play())


def test_the_log_is_read_once_for_all_streams(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    reads = []

    async def counting(work: Any, *args: Any, **kwargs: Any) -> Any:
        reads.append(work)
        return await threads.in_worker(work, *args, **kwargs)

    async def play() -> None:
        live = Tail()
        streams = [open_stream(live, agent) for _ in range(50)]
        clients = [Reading(one) for one in streams]
        for client in clients:
            await client.chunk()
        monkeypatch.setattr(tail, "in_worker", counting)
        (id,) = await logged(live, agent, 1, told=False)
        for client in clients:
            await client.to(id)
        for client in clients:
            await client.leave()

    agent = new_agent()
    asyncio.run(play())
    assert 1 <= reads.count(log.after) <= 3


def test_the_tail_goes_on_after_a_database_that_was_away(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    failures = iter([RuntimeError("unexpected"), RuntimeError("again")])
    after = log.after

    def failing(id: int, limit: int) -> Any:
        for failure in failures:
            raise failure
        return after(id, limit)

    async def play() -> list[int]:
        live = Tail()
        async with reading(open_stream(live, agent)) as client:
            await client.chunk()
            monkeypatch.setattr(log, "after", failing)
            (id,) = await logged(live, agent, 1)
            return await client.to(id)

    monkeypatch.setattr(tail, "LOOK_S", 0.02)
    agent = new_agent()
    assert asyncio.run(play()) == [1]


def test_a_lost_ring_costs_a_look(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def play() -> list[int]:
        live = Tail()
        async with reading(open_stream(live, agent)) as client:
            await client.chunk()
            (id,) = await threads.in_worker(append, agent, 1)
            return await client.to(id)

    monkeypatch.setattr(tail, "LOOK_S", 0.02)
    agent = new_agent()
    assert asyncio.run(play()) == [1]


def test_what_retention_drops_in_front_of_a_replay_is_said(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def play() -> list[tuple[str, int]]:
        async with reading(open_stream(Tail(), agent)) as client:
            await client.to(2)
            await threads.in_worker(log.prune, later, 6)
            await client.to(9)
            told = client.events[client.types().index("new") :]
            return [(event.type, int(event.id or event.data["oldest"])) for event in told]

    monkeypatch.setattr(stream, "PAGE", 2)
    agent = new_agent()
    append(agent, *range(1, 10))
    later = timezone.now() + timedelta(seconds=1)
    assert asyncio.run(play()) == [("new", 1), ("new", 2), ("reset", 7), ("new", 7), ("new", 8), ("new", 9)]


def test_a_replay_whose_database_goes_away_ends_to_be_resumed(
    sqlite: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: Any) -> Any:
        raise OperationalError("gone")

    async def play() -> list[int]:
        async with reading(open_stream(Tail(), agent)) as client:
            await client.to(2)
            monkeypatch.setattr(log, "selected", fails)
            await client.to_the_end()
            return client.ids

    monkeypatch.setattr(stream, "PAGE", 2)
    agent = new_agent()
    append(agent, 1, 2, 3)
    assert asyncio.run(play()) == [1, 2]
    assert "the log cannot be read: gone" in caplog.text
