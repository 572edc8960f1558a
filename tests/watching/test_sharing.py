"""One mailbox, one IMAP session: however many streams and processes look at it, and none once they have left."""

import signal
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import pytest

from mailevents.eventlog import log
from mailevents.eventlog.bell import Bell
from mailevents.eventlog.writer import Writer
from mailevents.models import Mailbox
from tests.conftest import demand
from tests.log.entries import new_entry
from tests.servers.dovecot import Dovecot
from tests.servers.fleet import Fleet, Member
from tests.servers.live import Product
from tests.servers.pgbouncer import Pgbouncer
from tests.servers.postgres import Postgres
from tests.servers.proxy import Proxy
from tests.servers.sse import Stream
from tests.servers.waiting import wait_for
from tests.watching.conftest import mail

ENVIRONMENT = {
    "AGENTICMAIL_HEARTBEAT_S": "1",
    "AGENTICMAIL_SHUTDOWN_GRACE_S": "1",
    "AGENTICMAIL_MAX_STREAMS_PER_AGENT": "1000",
}


@pytest.fixture(scope="module")
def fleet(new_database: Callable[[str], str], django_db_blocker: Any) -> Iterator[Fleet]:
    url = new_database("sqlite")
    with django_db_blocker.unblock(), Product(database_url=url, environment=ENVIRONMENT) as product:
        yield Fleet(product)


def idle(*streams: Stream) -> None:
    """Until each has heard that its mailbox is watched."""
    for stream in streams:
        _idle(stream)


def _idle(stream: Stream) -> None:
    stream.wait_until(lambda: [e.data["state"] for e in stream.of("mailbox")][-1:] == ["idle"], "idle", within=20)


def test_streams_and_a_watcher_share_one_session_and_a_message_is_judged_once(fleet: Fleet, dovecot: Dovecot) -> None:
    login, main = dovecot.add_user(), fleet.agent()
    child = fleet.agent(parent=main, login=login, port=dovecot.imap)
    with child.stream() as first, child.stream() as second, main.stream(route="/watch") as watching:
        idle(first, second, watching)
        assert dovecot.sessions(login.user) == 1
        dovecot.deliver(login.user, mail(1))
        texts = {stream.wait("new")[0].text for stream in (first, second, watching)}
        assert len(texts) == 1
        first.close()
        second.reset()
        dovecot.deliver(login.user, mail(2))
        watching.wait("new", 2)
        assert dovecot.sessions(login.user) == 1
    wait_for(lambda: dovecot.sessions(login.user) == 0, "the last to leave to close it, after the linger", every=0.1)
    assert [event["message"]["uid"] for event in child.page("?since=0")["events"]] == [1, 2]


@pytest.mark.parametrize("by", ["stream", "page"])
def test_whatever_arrives_after_the_first_answer_is_news_and_nothing_before(
    fleet: Fleet, dovecot: Dovecot, proxy_to: Callable[[int], Proxy], by: str
) -> None:
    """Also within one second, which is all that the server tells of a time of arrival, and on a slow way there."""
    login, line = dovecot.add_user(), proxy_to(dovecot.imap)
    agent = fleet.agent(login=login, port=line.port)
    line.stall()
    dovecot.deliver(login.user, mail(1))
    with ExitStack() as stack:
        if by == "stream":
            stack.enter_context(agent.stream()).wait("ready")
        else:
            assert agent.page()["events"] == []
        dovecot.deliver(login.user, mail(2))
        line.behave()
        found = agent.page("?since=0&wait=20")["events"]
    assert [event["message"]["uid"] for event in found] == [2]


def load(product: Product) -> tuple[int, int]:
    """Threads and descriptors."""
    return product.threads(), product.descriptors()


def wait_for_rest(product: Product) -> tuple[int, int]:
    """Its load, once that is the same for a while: connections that were left are gone."""
    seen = [load(product)] * 2

    def rests() -> bool:
        seen.append(load(product))
        return len(seen) > 10 and len(set(seen[-8:])) == 1

    wait_for(rests, "its load to rest", within=20, every=0.1)
    return seen[-1]


def test_500_connects_and_disconnects_leave_nothing_behind(fleet: Fleet, dovecot: Dovecot) -> None:
    login = dovecot.add_user()
    agent, product = fleet.agent(login=login, port=dovecot.imap), fleet.product
    with agent.stream() as stream, ThreadPoolExecutor(16) as pool:
        idle(stream)

        def come_and_go(number: int) -> None:
            visit = socket.create_connection(("127.0.0.1", product.port), timeout=20)
            visit.sendall(
                f"GET /events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {agent.token}\r\n\r\n".encode()
            )
            if number % 5:  # every fifth leaves before it was answered
                visit.recv(100)
            if number % 2:  # RST instead of FIN
                visit.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
            visit.close()

        list(pool.map(come_and_go, range(100)))  # every pool is full now, each thread with its database connection
        settled = wait_for_rest(product)
        list(pool.map(come_and_go, range(500)))
        assert dovecot.sessions(login.user) == 1
        threads, descriptors = settled
        wait_for(lambda: product.threads() <= threads, f"at most {threads} threads", within=20, every=0.1)
        wait_for(lambda: product.descriptors() <= descriptors, f"at most {descriptors} files", within=20, every=0.1)
        dovecot.deliver(login.user, mail(1))
        stream.wait("new")
    wait_for(lambda: dovecot.sessions(login.user) == 0, "no orphaned session", within=20, every=0.1)


def test_a_signal_ends_every_session_with_logout(
    dovecot: Dovecot, product: Callable[..., Product], django_db_blocker: Any
) -> None:
    live = product(environment=ENVIRONMENT).start()
    with django_db_blocker.unblock():
        fleet, logins = Fleet(live), [dovecot.add_user() for _ in range(5)]
        streams = [fleet.agent(login=login, port=dovecot.imap).stream() for login in logins]
        idle(*streams)
        live.signal(signal.SIGTERM)
        for stream in streams:
            (closing,) = stream.wait("closing")
            assert closing.data["reason"] == "shutdown"
        status, headers, document = fleet.problem("/events", fleet.agent().token)
        assert (status, document["status"]) == (503, 503)
        assert int(headers["Retry-After"]) > 0
        assert live.get("/readyz")[0] == 503
        assert live.get("/healthz")[0] == 200
        assert live.wait() == 0
        for stream in streams:
            assert stream.ended.wait(5)
            stream.close()
    wait_for(lambda: not any(dovecot.sessions(login.user) for login in logins), "the sessions to be over")
    log = dovecot.log.read_text()
    assert all(any(login.user in line and "Logged out" in line for line in log.splitlines()) for login in logins)


# -- several processes on one database


@pytest.fixture
def pair(new_database: Callable[[str], str], django_db_blocker: Any) -> Iterator[list[Fleet]]:
    url = new_database("postgresql")
    products = [Product(database_url=url, environment=ENVIRONMENT) for _ in range(2)]
    with django_db_blocker.unblock():
        for product in products:
            product.start()
        yield [Fleet(product) for product in products]
        for product in products:
            product.close()


def on(fleet: Fleet, agent: Member) -> Stream:
    """A stream of this agent at one of the processes."""
    return Stream(f"{fleet.product.url}/events", agent.token)


def test_two_processes_share_one_session_and_another_takes_over_from_a_killed_one(
    pair: list[Fleet], dovecot: Dovecot
) -> None:
    first, second = pair
    login = dovecot.add_user()
    agent = first.agent(login=login, port=dovecot.imap)
    with on(first, agent) as here, on(second, agent) as there:
        idle(here, there)
        assert dovecot.sessions(login.user) == 1
        holder, other = (first, there) if str(first.product.pid) in str(agent.mailbox().lease_id) else (second, here)
        dovecot.deliver(login.user, mail(1))
        assert here.wait("new")[0].text == there.wait("new")[0].text
        holder.product.kill()
        dovecot.deliver(login.user, mail(2))
        assert other.wait("new", 2, within=15)[1].data["message"]["subject"] == "mail 2"
        wait_for(lambda: dovecot.sessions(login.user) == 1, "one session")
        alive = second if holder is first else first
        events = alive.page("/events?since=0", agent.token)["events"]
        assert [event["message"]["uid"] for event in events] == [1, 2]


def test_an_event_is_on_another_process_at_once_and_within_about_a_second_without_a_bell(
    pair: list[Fleet], postgres: Postgres
) -> None:
    agent = pair[0].agent()
    agent.log(1)
    database = pair[0].product.database_url.rpartition("/")[2]
    with on(pair[1], agent) as stream, pair[0].rows():
        stream.wait("ready")
        bell = Bell(lambda _: None)
        writer = Writer(committed=bell.ring)

        def latency_s(uid: int) -> float:
            writer.run(lambda: log.append([new_entry(agent.row, uid)]))
            committed = time.monotonic()
            return stream.wait("new", uid - 1)[uid - 2].at - committed

        assert max(latency_s(uid) for uid in range(2, 9)) < 0.5  # by its own looks alone: one half on the average
        listening = f"pid FROM pg_stat_activity WHERE datname = '{database}' AND query LIKE 'LISTEN%'"
        postgres.sql(f"SELECT pg_terminate_backend(pid) FROM (SELECT {listening}) AS bells")
        assert max(latency_s(uid) for uid in range(9, 11)) < 2.5
        bell.close()
        writer.close()


def shared_by(fleet: Fleet) -> dict[str, int]:
    """How many mailboxes each process holds."""
    with fleet.rows():
        return dict(Counter(Mailbox.objects.exclude(lease=None).values_list("lease", flat=True)))


def test_what_is_always_watched_is_shared_with_who_joins_and_taken_over_from_who_stops(
    new_database: Callable[[str], str], product: Callable[..., Product], dovecot: Dovecot, django_db_blocker: Any
) -> None:
    url = new_database("postgresql")
    with django_db_blocker.unblock():
        first, second = (Fleet(product(database_url=url, environment=ENVIRONMENT)) for _ in range(2))
        logins = [dovecot.add_user() for _ in range(4)]
        agents = [first.agent(login=login, port=dovecot.imap, watch="always") for login in logins]
        first.product.start()
        wait_for(lambda: list(shared_by(first).values()) == [4], "one process to hold all", every=0.1)
        second.product.start()
        wait_for(lambda: sorted(shared_by(first).values()) == [2, 2], "equal shares", within=60, every=0.1)
        wait_for(lambda: all(dovecot.sessions(one.user) == 1 for one in logins), "a session each")
        assert first.product.stop() == 0
        wait_for(lambda: list(shared_by(second).values()) == [4], "the rest to be taken over", every=0.05)
        for login in logins:
            dovecot.deliver(login.user, mail(1))
        for agent in agents:
            page = second.page("/events?since=0&wait=30", agent.token)
            assert [event["message"]["subject"] for event in page["events"]] == ["mail 1"]
        assert [dovecot.sessions(login.user) for login in logins] == [1, 1, 1, 1]


def test_behind_a_transaction_pooler_there_is_no_bell_and_an_event_comes_within_about_a_second(
    postgres: Postgres, new_database: Callable[[str], str], dovecot: Dovecot, django_db_blocker: Any
) -> None:
    login = dovecot.add_user()
    with (
        django_db_blocker.unblock(),
        demand(lambda: Pgbouncer(postgres)) as pooler,
        Product(database_url=pooler.through(new_database("postgresql")), environment=ENVIRONMENT) as product,
    ):
        fleet = Fleet(product)
        agent = fleet.agent(login=login, port=dovecot.imap)
        with agent.stream() as stream:
            idle(stream)
            for number in range(1, 21):
                dovecot.deliver(login.user, mail(number))
            assert [event.data["message"]["uid"] for event in stream.wait("new", 20)] == list(range(1, 21))
            late: list[float] = []
            for _ in range(3):
                (id,) = agent.log(1000 + len(late))
                written = time.monotonic()
                stream.wait_until(lambda id=id: any(e.id == str(id) for e in stream.events), "it")  # type: ignore[misc]
                late.append(time.monotonic() - written)
        assert max(late) < 3
