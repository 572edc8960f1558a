"""SIGTERM under every server: each stream hears `closing` and ends, IMAP logs out, and the process is gone."""

import asyncio
import json
import signal
from collections import Counter

import pytest

from tests.delivery.scene import Scene, mail
from tests.servers.live import COMMANDS
from tests.servers.sse import Stream, follow
from tests.servers.waiting import wait_for

STREAMS = 200
ROOM = {"AGENTICMAIL_MAX_STREAMS_PER_AGENT": "1000", "AGENTICMAIL_SHUTDOWN_GRACE_S": "1"}
EXIT = {"uvicorn": -signal.SIGTERM}  # it ends itself by the signal that it was sent, as its own documentation says


async def all_hear_closing(product, token: str) -> Counter[str]:
    """Opens the streams, ends the product, and tells what each heard."""
    heard: list[list[str]] = [[] for _ in range(STREAMS)]
    ready = asyncio.Event()

    def hear(number: int, type: str) -> None:
        heard[number].append(type)
        if all(heard):
            ready.set()

    async def one(number: int) -> None:
        await follow(f"{product.url}/events", token, lambda event: hear(number, event.type), opened=lambda: None)

    async with asyncio.TaskGroup() as group:
        for number in range(STREAMS):
            group.create_task(one(number))
        async with asyncio.timeout(60):
            await ready.wait()
        product.signal()
    return Counter(type for types in heard for type in types if type in ("ready", "closing"))


@pytest.mark.parametrize("server", sorted(COMMANDS))
def test_every_stream_hears_closing_and_the_server_ends(server, product, dovecot):
    running = product(server=server, environment=ROOM)
    scene = Scene(running, dovecot)
    running.start()
    heard = asyncio.run(all_hear_closing(running, scene.token))
    assert heard == {"ready": STREAMS, "closing": STREAMS}
    assert running.wait(20) == EXIT.get(server, 0)
    wait_for(lambda: dovecot.sessions(scene.login.user) == 0, "the IMAP session to log out")


def test_closing_says_how_to_come_back_and_each_way_yields_what_was_missed(product, dovecot):
    running = product(environment=ROOM)
    scene = Scene(running, dovecot)
    running.start()
    with scene.ready() as stream:
        scene.deliver(mail(1))
        scene.new(stream)
        running.signal()
        (closing,) = stream.wait("closing")
        assert (closing.data["reason"], closing.data["last_event_id"], closing.id) == ("shutdown", 1, "")
        assert 500 <= closing.data["retry_ms"] <= 5000
        assert stream.parser.retry_ms == closing.data["retry_ms"]
        assert running.wait() == 0
    scene.deliver(mail(2), mail(3))
    running.start()
    url = f"{running.url}/events"
    for back in (
        Stream(url, scene.token, last_event_id="1"),
        Stream(f"{url}?since={closing.data['timestamp']}", scene.token),
        Stream(f"{url}?since=1", scene.token),
    ):
        with back:
            assert [event["message"]["message_id"] for event in scene.new(back, 2)] == [
                "<m2@example.org>",
                "<m3@example.org>",
            ]
            assert not back.of("reset")


def test_the_acknowledged_cursor_is_where_a_stream_goes_on(product, dovecot):
    running = product(environment=ROOM)
    scene = Scene(running, dovecot)
    running.start()
    with scene.ready() as stream:
        scene.deliver(mail(1), mail(2))
        scene.new(stream, 2)
    assert running.request("POST", "/events/ack", token=scene.token, body=json.dumps({"id": 1}).encode())[0] == 200
    with scene.stream() as stream:
        (event,) = scene.new(stream)
    assert event["id"] == 2


def test_an_acknowledgement_ends_the_wait_for_a_client_that_stays(product, dovecot):
    running = product(environment=ROOM | {"AGENTICMAIL_SHUTDOWN_GRACE_S": "60"})
    scene = Scene(running, dovecot)
    running.start()
    with scene.ready() as stream:
        running.signal()
        stream.wait("closing")
        status, _, body = running.get("/events", scene.token)
        assert (status, json.loads(body)["status"]) == (503, 503)
        assert running.get("/readyz")[0] == 503
        running.request("POST", "/events/ack", token=scene.token, body=b'{"id": 0}')
        wait_for(stream.ended.is_set, "the stream to end")
        assert running.wait(10) == 0
    assert '"error"' not in running.logged()  # what is refused on purpose calls nobody to the scene


def test_a_second_signal_stops_at_once(product, dovecot):
    running = product(environment=ROOM | {"AGENTICMAIL_SHUTDOWN_GRACE_S": "60"})
    scene = Scene(running, dovecot)
    running.start()
    with scene.ready() as stream:
        running.signal()
        stream.wait("closing")
        running.signal()
        assert running.wait(5) == 0


def test_mail_to_a_mailbox_that_is_always_watched_is_in_the_log_without_any_stream(product, dovecot):
    running = product(environment=ROOM)
    scene = Scene(running, dovecot, watch="always")
    running.start()
    wait_for(lambda: dovecot.sessions(scene.login.user) == 1, "the mailbox to be watched")
    wait_for(lambda: b'state="idle"} 1' in running.get("/metrics")[2], "the mailbox to idle")
    scene.deliver(mail(1))
    wait_for(lambda: b"agenticmail_messages_total" in running.get("/metrics")[2], "the message to be delivered")
    with scene.stream("?since=0") as stream:
        scene.new(stream)
