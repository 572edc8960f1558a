"""A database that is locked, gone or full: streams stay, mail waits, and afterwards every message has one event."""

import json
import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.delivery.scene import Scene, mail
from tests.http.test_metrics import figures
from tests.servers.live import Product
from tests.servers.postgres import Postgres
from tests.servers.proxy import Proxy
from tests.servers.sse import Stream
from tests.servers.waiting import wait_for

QUICK = {"AGENTICMAIL_HEARTBEAT_S": "0.3", "AGENTICMAIL_SHUTDOWN_GRACE_S": "0.5"}
MOVES = {"actions": [{"action": "label", "label": "vip"}, {"action": "move", "folder": "Done"}]}
Make = Callable[..., Product]


def beats(stream: Stream, count: int, within: float = 60) -> None:
    """Until so many more heartbeats have come."""
    before = stream.parser.comments
    stream.wait_until(lambda: stream.parser.comments >= before + count, f"{count} heartbeats", within)


def each_has_one_event(scene: Scene, numbers: range) -> None:
    """In the log, in order, and in the folder that it was moved to."""
    with scene.stream("?since=0") as stream:
        events = scene.new(stream, len(numbers), within=60)
        beats(stream, 2)
        assert [event["message"]["message_id"] for event in events] == [f"<m{n}@example.org>" for n in numbers]
        assert len(stream.of("new")) == len(numbers)
        for event in events:
            assert scene.where(event["message"]["message_id"]) == {"Done": [event["message"]["uid"]]}


def failures(product: Product) -> float:
    return sum(figure for (name, _), figure in figures(product).items() if name == "agenticmail_mailbox_failures_total")


def warned(product: Product, words: str) -> bool:
    """Whether a log line above `info` says so."""
    lines = [json.loads(line) for line in product.logged().splitlines() if line.startswith("{")]
    return any(words in line["message"] and line["level"] != "info" for line in lines)


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Another program writes to it, and takes its time."""
    with closing(sqlite3.connect(database, timeout=60, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.mark.soak
def test_while_sqlite_is_locked_for_20_s_streams_stay_and_mail_waits(product: Make, dovecot) -> None:
    running = product(environment=QUICK)
    scene = Scene(running, dovecot, MOVES)
    running.start()
    with scene.ready() as stream:
        with locked(running.folder / "db.sqlite3"):
            scene.deliver(mail(1), mail(2))
            beats(stream, 70)
            assert stream.of("new") == []
            assert running.get("/healthz")[0] == 200
        scene.new(stream, 2, within=60)
    each_has_one_event(scene, range(1, 3))


@pytest.mark.parametrize("heartbeats", [4, pytest.param(70, marks=pytest.mark.soak, id="for 20 s")])
def test_while_postgresql_is_gone_streams_stay_and_mail_waits(
    product: Make,
    dovecot,
    postgres: Postgres,
    proxy_to: Callable[[int], Proxy],
    new_database: Callable[[str], str],
    heartbeats: int,
) -> None:
    line = proxy_to(postgres.port)
    url = new_database("postgresql").replace(f":{postgres.port}/", f":{line.port}/")
    running = product(database_url=url, environment=QUICK)
    scene = Scene(running, dovecot, MOVES)
    running.start()
    with scene.ready() as stream:
        scene.deliver(mail(1))
        scene.new(stream)
        line.stop_listening()
        line.reset()
        scene.deliver(mail(2), mail(3))
        beats(stream, heartbeats)
        assert running.get("/readyz")[0] == 503
        assert running.get("/events", scene.token)[0] == 503
        line.listen()
        scene.new(stream, 3, within=60)
        assert failures(running) >= 1
    assert warned(running, "database does not answer")
    each_has_one_event(scene, range(1, 4))


def test_a_disk_that_is_full_is_said_and_outlived(product: Make, dovecot) -> None:
    """Here: no file of the process may grow past what it has; SQLite is told EFBIG instead of ENOSPC."""
    running = product(environment=QUICK)
    scene = Scene(running, dovecot, MOVES)
    running.start()
    unlimited = resource.prlimit(running.pid, resource.RLIMIT_FSIZE)
    with scene.ready() as stream:
        assert running.log.stat().st_size < 30_000 < (running.folder / "db.sqlite3").stat().st_size
        resource.prlimit(running.pid, resource.RLIMIT_FSIZE, (30_000, unlimited[1]))
        scene.deliver(mail(1), mail(2))
        wait_for(lambda: failures(running) >= 1, "the failure to be counted", within=30)
        beats(stream, 2)
        resource.prlimit(running.pid, resource.RLIMIT_FSIZE, unlimited)
        scene.new(stream, 2, within=60)
    assert warned(running, "database does not answer")
    each_has_one_event(scene, range(1, 3))


def test_a_message_in_work_whose_mailbox_is_numbered_anew_has_one_event(product: Make, dovecot, smtp_sink) -> None:
    """UIDVALIDITY changes under its feet: between the journal and the move the process dies, the server rebuilds."""
    reply = {"actions": [{"action": "auto_reply", "text": "Thank you."}, *MOVES["actions"]]}
    running = product(environment=QUICK | {"EMAIL_URL": smtp_sink.url, "AGENTICMAIL_FAULT": "answered"})
    scene = Scene(running, dovecot, reply)
    running.start()
    with scene.ready():
        scene.deliver(mail(1))
        assert running.wait(30) == -9
    dovecot.set_uidvalidity(scene.login.user, 4242)
    scene.deliver(mail(2), sender="bob@example.org")
    del running.environment["AGENTICMAIL_FAULT"]
    running.start()
    with scene.stream("?since=0") as stream:
        events = scene.new(stream, 2, within=60)
        beats(stream, 2)
        assert len(stream.of("new")) == 2
    assert [event["message"]["message_id"] for event in events] == ["<m1@example.org>", "<m2@example.org>"]
    assert [sent.recipients for sent in smtp_sink.mails] == [("ann@example.org",), ("bob@example.org",)]


@pytest.mark.soak
def test_a_mail_server_that_stays_silent_costs_an_answer_and_not_the_event(product: Make, dovecot, smtp_sink) -> None:
    """After its time-out nobody knows whether the mail went out, so it is not sent again."""
    running = product(environment=QUICK | {"EMAIL_URL": smtp_sink.url})
    scene = Scene(running, dovecot, {"actions": [{"action": "auto_reply", "text": "Thank you."}]})
    running.start()
    smtp_sink.stall("DATA")
    with scene.ready() as stream:
        scene.deliver(mail(1))
        (event,) = scene.new(stream, within=90)
    assert event["rules"]["auto_reply"]["status"] == "unknown"
    assert len(smtp_sink.mails) == 1
    assert warned(running, "may not be sent")
    assert figures(running)["agenticmail_rule_actions_total", "auto_replyunknown"] == 1
