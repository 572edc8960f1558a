"""The one writer: groups, failures that stay alone, and a database that goes away."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError, connection, connections, transaction

from mailevents.eventlog import log, writer
from mailevents.eventlog.entry import Entry
from mailevents.eventlog.writer import Writer
from mailevents.models import Agent, MailEvent
from tests.log.entries import new_agent, new_entry
from tests.servers.database import connected_to
from tests.servers.postgres import Postgres
from tests.servers.proxy import Proxy
from tests.servers.waiting import wait_for


@pytest.fixture
def commits() -> list[int]:
    return []


@pytest.fixture
def told() -> list[Entry]:
    return []


@pytest.fixture
def written(database: str, commits: list[int], told: list[Entry]) -> Iterator[Writer]:
    def committed(entries: Sequence[Entry]) -> None:
        commits.append(len(entries))
        told.extend(entries)

    made = Writer(committed)
    yield made
    made.close()


def append(agent: Agent, uid: int) -> Callable[[], list[int]]:
    return lambda: log.append([new_entry(agent, uid)])


def at_once(written: Writer, works: list[Callable[[], Any]]) -> list[Any]:
    """Asks for all of them while the writer is busy, so that they are one group. Results, or errors."""
    busy, asked = threading.Event(), threading.Event()

    def hold() -> None:
        busy.set()
        asked.wait(10)

    def outcome(work: Callable[[], Any]) -> Any:
        try:
            return written.run(work)
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works) + 1) as pool:
        held = pool.submit(outcome, hold)
        busy.wait(10)
        futures = [pool.submit(outcome, work) for work in works]
        wait_for(lambda: len(written._asked) == len(works), "all to have asked")
        asked.set()
        held.result()
        return [future.result() for future in futures]


def test_what_is_asked_for_together_is_committed_together(written: Writer, commits: list[int]) -> None:
    agent = new_agent()
    ids = at_once(written, [append(agent, uid) for uid in range(1, 21)])
    assert sorted(id for (id,) in ids) == [entry.id for entry in log.after(0, 100)]
    assert len(commits) == 2  # the one that held the writer, and the group


def test_a_lone_request_is_committed_before_it_returns(written: Writer, commits: list[int]) -> None:
    agent = new_agent()
    assert written.run(append(agent, 1)) == [log.head().id]
    assert len(commits) == 1


@pytest.mark.parametrize("spoil", ["python", "database"])
def test_a_spoilt_work_spoils_no_other_and_nothing_of_it_is_told(
    written: Writer, told: list[Entry], spoil: str
) -> None:
    agent = new_agent()

    def broken() -> None:
        append(agent, 99)()
        if spoil == "python":
            raise ZeroDivisionError
        with connection.cursor() as cursor:
            cursor.execute("SELECT nonsense FROM nowhere")

    results = at_once(written, [append(agent, 1), broken, append(agent, 2)])
    assert isinstance(results[1], Exception)
    uids = MailEvent.objects.order_by("arrival_uid").values_list("arrival_uid", flat=True)
    assert list(uids) == [1, 2]  # nothing of the broken one
    assert written.run(append(agent, 3))
    assert told == log.after(0, 100)


def test_the_writer_outlives_a_bell_that_fails(database: str) -> None:
    def broken_bell(_: object) -> None:
        raise RuntimeError("no bell")

    agent, made = new_agent(), Writer(committed=broken_bell)
    assert made.run(append(agent, 1))
    assert made.run(append(agent, 2))
    made.close()


def test_what_was_asked_for_before_the_end_is_committed_and_what_comes_after_is_refused(sqlite: str) -> None:
    agent, made = new_agent(), Writer(committed=lambda _: None)
    with ThreadPoolExecutor(2) as pool:
        with made._writing:  # somebody writes
            asked = pool.submit(made.run, append(agent, 1))
            wait_for(lambda: made._asked, "it to have asked")
            ended = pool.submit(made.close)
        ended.result(20)
        assert len(asked.result(20)) == 1
    assert MailEvent.objects.count() == 1
    with pytest.raises(InterfaceError, match="process ends"):
        made.run(append(agent, 3))


def test_a_connection_that_was_cut_is_replaced_without_a_word(
    postgres: Postgres, new_database: Callable[[str], str], django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock(), connected_to(new_database("postgresql")):
        agent, made = new_agent(), Writer(committed=lambda _: None)
        made.run(append(agent, 1))
        postgres.sql(f"SELECT pg_terminate_backend({connection.connection.info.backend_pid})")
        assert made.run(append(agent, 2))
        made.close()


def test_a_database_that_is_down_is_an_error_and_one_that_is_back_is_written(
    postgres: Postgres, new_database: Callable[[str], str], proxy_to: Callable[[int], Proxy], django_db_blocker: Any
) -> None:
    line = proxy_to(postgres.port)
    url = new_database("postgresql").replace(f":{postgres.port}/", f":{line.port}/")
    with django_db_blocker.unblock(), connected_to(url):
        agent, made = new_agent(), Writer(committed=lambda _: None)
        made.run(append(agent, 1))
        line.stop_listening()
        line.reset()
        with pytest.raises(OperationalError):
            made.run(append(agent, 2))
        line.listen()
        assert made.run(append(agent, 3))
        made.close()
        connections.close_all()
        assert list(MailEvent.objects.values_list("arrival_uid", flat=True)) == [3, 1]


# -- commit order between processes


class Reader:
    """A cursor that follows the log while others write, as a tail does. `seen` is what it met, in order."""

    def __init__(self) -> None:
        self.seen: list[int] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._follow)
        self._thread.start()

    def _follow(self) -> None:
        stopping = False
        while not stopping:
            stopping = self._stop.is_set()  # one look after everything was committed
            while entries := log.after(self.seen[-1] if self.seen else 0, 500):
                self.seen += [entry.id for entry in entries]
        connections.close_all()

    def stop(self) -> list[int]:
        self._stop.set()
        self._thread.join()
        return self.seen


def write_beside(writers: int, each: int, slowly: Callable[[], None] = lambda: None) -> tuple[list[int], list[int]]:
    """What a cursor saw while several writers (as processes have one each) appended; and what there is."""
    agents = [new_agent(f"a{number}") for number in range(writers)]
    made = [Writer(committed=lambda _: None) for _ in agents]
    reader = Reader()

    def work(agent: Agent, uid: int) -> Callable[[], None]:
        def appended() -> None:
            append(agent, uid)()
            slowly()  # between insertion and commit: where another may overtake

        return appended

    def fill(number: int) -> None:
        for uid in range(1, each + 1):
            made[number].run(work(agents[number], uid))

    with ThreadPoolExecutor(writers) as pool:
        list(pool.map(fill, range(writers)))
    for one in made:
        one.close()
    return reader.stop(), [entry.id for entry in log.after(0, 10**6)]


def pause(chance: int = 3) -> Callable[[], None]:
    """Every third transaction takes a few milliseconds longer."""
    turns, nothing = iter(range(10**9)), threading.Event()

    def slowly() -> None:
        if next(turns) % chance == 0:
            nothing.wait(0.004)

    return slowly


@pytest.fixture
def postgresql(new_database: Callable[[str], str], django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), connected_to(new_database("postgresql")):
        yield


def test_a_reader_steps_over_nothing_however_many_write(postgresql: None) -> None:
    seen, there = write_beside(4, 40, pause())
    assert seen == there
    assert len(there) == 160


def test_without_the_lock_a_reader_does_step_over_some(postgresql: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above can fail: this is what it looks for."""
    monkeypatch.setattr(writer, "_take_turn", lambda: None)
    seen, there = write_beside(4, 40, pause())
    assert len(there) == 160
    assert len(seen) < len(there)


def test_what_is_asked_for_while_a_writer_waits_for_its_turn_is_committed_with_it(
    postgresql: None, postgres: Postgres
) -> None:
    agent, commits = new_agent(), list[int]()
    made = Writer(committed=lambda _: commits.append(1))
    name = connection.settings_dict["NAME"]
    locks = f"pg_locks l JOIN pg_database d ON d.oid = l.database WHERE d.datname = '{name}'"
    waiting = f"SELECT count(*) FROM {locks} AND l.locktype = 'advisory' AND NOT granted"
    with ThreadPoolExecutor(5) as pool:
        with transaction.atomic():
            writer._take_turn()  # another process is at it
            asked = [pool.submit(made.run, append(agent, 1))]
            wait_for(lambda: postgres.sql(waiting) == "1", "the writer")
            asked += [pool.submit(made.run, append(agent, uid)) for uid in range(2, 6)]
            wait_for(lambda: len(made._asked) == 4, "all to be asked for")
        assert [len(one.result(20)) for one in asked] == [1] * 5
    made.close()
    assert len(commits) == 1
