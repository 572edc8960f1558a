"""What a stream says beside its events: ready, reset, states, heartbeats, and why it ends."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from mailevents.enrolment import save_account
from mailevents.eventlog import log
from mailevents.eventlog.filters import Selection
from mailevents.models import Agent, Mailbox, MailboxState, Process
from mailevents.states import State, current
from mailevents.streams import tail
from mailevents.streams.stream import RETRY_MS, End
from mailevents.streams.tail import Tail
from mailevents.threads import in_worker
from tests.log.entries import append, new_agent
from tests.streams.reading import Reading, logged, open_stream, pace, reading


@pytest.fixture
def agent(sqlite: str) -> Agent:
    return new_agent()


def state(agent: Agent, state: str, **more: Any) -> State:
    return State(mailbox_id=agent.mailbox.pk, agent_id=agent.pk, agent=agent.name, state=state, **more)


def test_ready_comes_first_then_what_is_lost_then_states_then_the_past(agent: Agent) -> None:
    append(agent, 1, 2)

    async def play() -> Reading:
        states = [state(agent, "idle")]
        async with reading(open_stream(Tail(), agent, reset={"reason": "cursor_unknown"}, states=states)) as client:
            await client.to(2)
            return client

    client = asyncio.run(play())
    assert client.types() == ["ready", "reset", "mailbox", "new", "new"]
    ready, reset, mailbox = (event.data for event in client.events[:3])
    assert set(ready) == {"stream", "agents", "cursor", "heartbeat_s", "time"}
    assert (ready["agents"], ready["cursor"], ready["heartbeat_s"]) == (["billing"], 0, 600)
    assert abs(datetime.now(UTC) - datetime.fromisoformat(ready["time"])) < timedelta(minutes=1)
    assert reset == {"reason": "cursor_unknown"}
    assert mailbox == {"agent": "billing", "state": "idle", "detail": "", "next_attempt_at": None}
    assert client.parser.retry_ms == RETRY_MS
    assert [event.id for event in client.events[:3]] == ["", "", ""]


def test_a_filter_on_types_keeps_mailbox_states_out_but_never_ready_or_reset(agent: Agent) -> None:
    append(agent, 1)

    async def play() -> list[str]:
        states, narrow = [state(agent, "idle")], frozenset({"new"})
        stream = open_stream(Tail(), agent, types=narrow, reset={"reason": "cursor_unknown"}, states=states)
        async with reading(stream) as client:
            await client.to(1)
            return client.types()

    assert asyncio.run(play()) == ["ready", "reset", "new"]


def test_heartbeats_are_comments_in_their_time(agent: Agent) -> None:
    async def play() -> tuple[int, float]:
        loop = asyncio.get_running_loop()
        async with reading(open_stream(Tail(), agent, pace=pace(heartbeat_s=0.05, max_age_s=9, grace_s=0))) as client:
            began = loop.time()
            await client.until(lambda: client.parser.comments >= 4)
            assert client.types() == ["ready"]
            return client.parser.comments, loop.time() - began

    beats, took_s = asyncio.run(play())
    assert took_s >= 0.2
    assert beats == 4


def test_a_heartbeat_takes_the_short_way_where_there_is_one(agent: Agent) -> None:
    async def play() -> None:
        beats: list[bytes] = []
        is_clear = True

        def write_now(data: bytes) -> bool:
            if is_clear:
                beats.append(data)
            return is_clear

        quick = pace(heartbeat_s=0.02, max_age_s=9, grace_s=0)
        async with reading(open_stream(Tail(), agent, pace=quick, write_now=write_now)) as client:
            await client.until(lambda: "ready" in client.types())
            asked = asyncio.create_task(client.chunk())
            async with asyncio.timeout(20):
                while len(beats) < 3:
                    await asyncio.sleep(0.005)
            assert not asked.done()  # the stream itself was not woken
            is_clear = False
            await asked
            assert client.parser.comments == 1
        assert set(beats) == {b":\n\n"}

    asyncio.run(play())


def test_a_stream_that_is_old_asks_its_client_to_come_back(agent: Agent) -> None:
    append(agent, 1, 2)

    async def play() -> Reading:
        async with reading(open_stream(Tail(), agent, pace=pace(heartbeat_s=9, max_age_s=0.1, grace_s=0.05))) as client:
            await client.to_the_end()
            return client

    client = asyncio.run(play())
    closing = client.events[-1]
    assert closing.type == "closing"
    assert closing.id == ""
    assert set(closing.data) == {"timestamp", "last_event_id", "grace_s", "retry_ms", "reason"}
    assert (closing.data["reason"], closing.data["last_event_id"]) == ("max_age", 2)
    assert client.parser.retry_ms == closing.data["retry_ms"]


@pytest.mark.parametrize("reason", [End.SHUTDOWN, End.TOKEN_EXPIRED])
def test_who_acknowledges_the_goodbye_need_not_wait_out_the_grace(agent: Agent, reason: End) -> None:
    async def play() -> Reading:
        async with reading(open_stream(Tail(), agent, pace=pace(heartbeat_s=9, max_age_s=9, grace_s=30))) as client:
            await client.chunk()
            client.stream.leave()  # an acknowledgement of events, before any goodbye: it ends nothing
            client.stream.end(reason, retry_ms=777)
            client.stream.end(End.MAX_AGE)  # the first reason counts
            await client.until(lambda: "closing" in client.types())
            client.stream.leave()
            async with asyncio.timeout(5):
                await client.to_the_end()
            return client

    client = asyncio.run(play())
    assert client.events[-1].data["reason"] == reason
    assert (client.parser.retry_ms, client.events[-1].data["retry_ms"]) == (777, 777)


def test_the_grace_is_waited_out_and_no_longer(agent: Agent) -> None:
    async def play() -> float:
        loop = asyncio.get_running_loop()
        async with reading(open_stream(Tail(), agent, pace=pace(heartbeat_s=9, max_age_s=9, grace_s=0.2))) as client:
            await client.chunk()
            client.stream.end(End.SHUTDOWN)
            await client.until(lambda: "closing" in client.types())
            began = loop.time()
            await client.to_the_end()
            return loop.time() - began

    assert 0.19 <= asyncio.run(play()) < 5


def test_a_revoked_stream_ends_at_once_without_an_invitation(agent: Agent) -> None:
    async def play() -> list[str]:
        async with reading(open_stream(Tail(), agent, pace=pace(heartbeat_s=9, max_age_s=9, grace_s=60))) as client:
            await client.chunk()
            client.stream.end(End.REVOKED)
            await client.to_the_end()
            return client.types()

    assert asyncio.run(play()) == ["ready", "revoked"]


@pytest.mark.parametrize("sent", [0, 3, 6])
@pytest.mark.parametrize("long_ago", [False, True])
def test_the_time_in_the_goodbye_is_one_to_go_on_from(
    agent: Agent, sent: int, long_ago: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything that was not sent happened at or after it; of what was sent, nothing that a client would mind."""
    now = timezone.now()
    for uid in range(1, 7):
        at = now - timedelta(hours=10 - uid) if long_ago else timezone.now()
        with monkeypatch.context() as clock:
            clock.setattr("django.utils.timezone.now", lambda at=at: at)
            append(agent, uid)
    monkeypatch.setattr("mailevents.streams.stream.PAGE", 3)

    async def play() -> Reading:
        async with reading(open_stream(Tail(), agent, pace=pace(heartbeat_s=9, max_age_s=9, grace_s=0))) as client:
            await client.until(lambda: len(client.ids) >= sent and client.events)
            client.stream.end(End.SHUTDOWN)
            await client.to_the_end()
            return client

    closing = asyncio.run(play()).events[-1].data
    resumed = log.after(log.before(datetime.fromisoformat(closing["timestamp"])), 100)
    unsent = list(range(closing["last_event_id"] + 1, 7))
    assert [entry.id for entry in resumed][-len(unsent) or 7 :] == unsent
    if long_ago:
        assert [entry.id for entry in resumed] == unsent


def tell(agent: Agent, state: str, **columns: Any) -> None:
    Mailbox.objects.filter(agent=agent).update(state=state, state_at=timezone.now(), **columns)


def test_the_states_of_a_mailbox_are_told_as_they_change(agent: Agent) -> None:
    at = timezone.now() + timedelta(seconds=9)

    async def play() -> Reading:
        live = Tail()
        async with reading(open_stream(live, agent)) as client:
            await client.chunk()
            for number, (what, more) in enumerate(
                [("connecting", {}), ("reconnecting", {"detail": "no answer", "next_attempt_at": at}), ("idle", {})], 1
            ):
                await in_worker(tell, agent, what, **more)
                live.ring_state()
                await client.until(lambda number=number: client.types().count("mailbox") == number)  # type: ignore[misc]
            live.ring_state()  # nothing has changed
            await client.to((await logged(live, agent, 1))[0])
            return client

    told = [event.data for event in asyncio.run(play()).events if event.type == "mailbox"]
    assert [one["state"] for one in told] == ["connecting", "reconnecting", "idle"]
    assert told[1]["detail"] == "no answer"
    assert datetime.fromisoformat(told[1]["next_attempt_at"]) == at


def test_a_mailbox_that_was_numbered_anew_is_a_reset_on_every_stream_over_it(agent: Agent) -> None:
    other = new_agent("other")

    async def play() -> list[Reading]:
        live = Tail()
        states = await in_worker(current, [agent.pk, other.pk])
        async with (
            reading(open_stream(live, agent, states=states, types=frozenset({"new"}))) as narrow,
            reading(open_stream(live, agent, other, states=states)) as wide,
            reading(open_stream(live, other, states=states)) as beside,
        ):
            for client in (narrow, wide, beside):
                await client.chunk()
            await in_worker(tell, agent, "idle", generation=1)
            live.ring_state()
            await narrow.until(lambda: "reset" in narrow.types())
            await wide.until(lambda: "mailbox" in wide.types())
            await beside.to((await logged(live, other, 1))[0])
            return [narrow, wide, beside]

    narrow, wide, beside = asyncio.run(play())
    (reset,) = [event for event in narrow.events if event.type == "reset"]
    assert (reset.data, reset.id) == ({"reason": "uidvalidity_changed", "agent": "billing"}, "")
    assert wide.types() == ["ready", "reset", "mailbox"]
    assert beside.types() == ["ready", "new"]


def test_a_stream_is_not_told_that_another_mailbox_is_watched_before_it_is(agent: Agent) -> None:
    """Who believes it, and sends mail there at once, would find it treated as what lay there before."""

    def move(folder: str) -> None:
        mailbox = Mailbox.objects.get(agent=agent)
        mailbox.folder = folder
        save_account(mailbox)

    async def play() -> Reading:
        live = Tail()
        await in_worker(tell, agent, "idle")
        async with reading(open_stream(live, agent, states=await in_worker(current, [agent.pk]))) as client:
            await client.until(lambda: "mailbox" in client.types())
            await in_worker(move, "Support")
            live.ring_state()
            await client.until(lambda: "reset" in client.types())
            await client.to((await logged(live, agent, 1))[0])
            await in_worker(tell, agent, "idle")
            live.ring_state()
            await client.until(lambda: client.types().count("mailbox") == 2)
            return client

    assert asyncio.run(play()).types() == ["ready", "mailbox", "reset", "new", "mailbox"]


def test_what_a_dead_process_said_of_a_mailbox_is_not_told(agent: Agent) -> None:
    soon, past = timezone.now() + timedelta(minutes=1), timezone.now() - timedelta(minutes=1)

    def told(**columns: Any) -> str:
        Mailbox.objects.update(**({"lease": None, "next_attempt_at": None, "state": "idle"} | columns))
        (found,) = current([agent.pk])
        return found.state

    Process.objects.bulk_create([Process(name="lives", until=soon), Process(name="died", until=past)])
    assert told(lease="lives") == "idle"
    assert told(lease="died") == MailboxState.UNWATCHED
    assert told(lease="forgotten") == MailboxState.UNWATCHED
    assert told(state="auth_failed", next_attempt_at=soon) == "auth_failed"
    assert told(state="auth_failed", next_attempt_at=past) == MailboxState.UNWATCHED
    assert told(state="disabled") == "disabled"


def test_a_stream_whose_agents_change_goes_on_over_the_new_ones_and_says_so(agent: Agent) -> None:
    other = new_agent("other")

    async def play() -> Reading:
        live = Tail()
        async with reading(open_stream(live, agent)) as client:
            await client.chunk()
            client.stream.rejoin(Selection(agent_ids=frozenset({other.pk})), ["other"])
            await logged(live, agent, 1)
            await client.to((await logged(live, other, 1))[0])
            return client

    client = asyncio.run(play())
    assert client.types() == ["ready", "ready", "new"]
    assert client.events[1].data["agents"] == ["other"]


def test_who_leaves_leaves_nothing_behind(agent: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tail, "LOOK_S", 0.01)

    async def play() -> None:
        live = Tail()
        clients = [Reading(open_stream(live, agent)) for _ in range(20)]
        for client in clients:
            await client.chunk()
        for client in clients:
            await client.leave()
        assert not live._subscriptions
        assert not live._by_agent
        async with asyncio.timeout(5):
            assert live._task is not None
            await live._task  # nothing is read for nobody
        async with reading(open_stream(live, agent)) as again:
            await again.to((await logged(live, agent, 1))[0])

    asyncio.run(play())
