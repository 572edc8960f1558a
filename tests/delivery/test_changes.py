"""`flags` and `expunge` events: what others do, with a server that remembers changes and one that does not."""

import pytest

from tests.conftest import demand
from tests.delivery.scene import Scene, mail
from tests.servers.dovecot import Dovecot

RULE = {
    "conditions": [{"field": "subject", "op": "contains", "value": "invoice"}],
    "actions": [{"action": "label", "label": "vip"}, {"action": "move", "folder": "Invoices"}],
}


@pytest.fixture(scope="module", params=[(), ("QRESYNC", "CONDSTORE")], ids=["remembers", "forgets"])
def server(request):
    with demand(lambda: Dovecot(without=request.param)) as made:
        yield made


def told(event) -> tuple[str, int, list[str], list[str]]:
    message = event.data["message"]
    return event.type, message["uid"], message["flags"], message["labels"]


def test_what_others_do_is_told_once_and_what_rules_do_is_not(server, product):
    running = product()
    scene = Scene(running, server, RULE)
    running.start()
    with scene.ready() as stream:
        scene.deliver(mail(1), mail(2, subject="Hello"), mail(3, subject="Hello"))
        moved, kept, gone = scene.new(stream, 3)
        assert moved["message"]["folder"] == "Invoices"
        with server.client(scene.login.user, "INBOX") as client:
            client.add_flags([kept["message"]["uid"]], [b"\\Seen", b"mine"])
            (flags,) = stream.wait("flags")
            client.add_flags([gone["message"]["uid"]], [b"\\Deleted"])
            client.expunge()
        (expunge,) = stream.wait("expunge")
        scene.deliver(mail(4, subject="Hello"))
        scene.new(stream, 4)
    assert told(flags) == ("flags", kept["message"]["uid"], ["\\Seen"], ["mine"])
    assert expunge.data["message"]["uid"] == gone["message"]["uid"]
    assert {told(event)[1] for event in stream.of("flags", "expunge")} == {
        kept["message"]["uid"],
        gone["message"]["uid"],
    }
    with scene.stream("?since=0&type=flags") as replay:
        assert [event.id for event in replay.wait("flags")] == [flags.id]


def test_what_happened_while_nobody_watched_is_told_where_the_server_remembers(dovecot, product):
    running = product()
    scene = Scene(running, dovecot)
    running.start()
    with scene.ready() as stream:
        scene.deliver(mail(1), mail(2))
        scene.new(stream, 2)
    running.stop()
    with dovecot.client(scene.login.user, "INBOX") as client:
        client.add_flags([1], [b"\\Answered"])
        client.add_flags([2], [b"\\Deleted"])
        client.expunge()
    running.start()
    with scene.stream() as stream:
        (flags,) = stream.wait("flags")
        (expunge,) = stream.wait("expunge")
    assert told(flags) == ("flags", 1, ["\\Answered"], [])
    assert told(expunge)[:2] == ("expunge", 2)


def test_filters_hold_for_changes_as_for_the_message_itself(dovecot, product):
    running = product()
    scene = Scene(running, dovecot)
    running.start()
    with scene.ready() as stream, scene.stream("?sender=bob@example.org") as only_bob:
        scene.deliver(mail(1), mail(2, sender="bob@example.org"))
        scene.new(stream, 2)
        with dovecot.client(scene.login.user, "INBOX") as client:
            client.add_flags([1, 2], [b"\\Seen"])
        stream.wait("flags", 2)
        (flags,) = only_bob.wait("flags")
    assert flags.data["message"]["uid"] == 2
