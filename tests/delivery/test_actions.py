"""Each action's end state, read back by a plain IMAP client: with MOVE and UIDPLUS, and without."""

import pytest

from tests.delivery.scene import Scene, mail

ANY = [{"field": "subject", "op": "exists"}]


def rule(*actions, **more):
    return {"conditions": ANY, "actions": list(actions), **more}


@pytest.fixture(scope="module", params=["move and uidplus", "neither"])
def server(request, own_dovecot_module):
    return own_dovecot_module(without=() if request.param == "move and uidplus" else ("MOVE", "UIDPLUS"), trash="Trash")


@pytest.fixture(scope="module")
def own_dovecot_module():
    from tests.conftest import demand
    from tests.servers.dovecot import Dovecot

    made = []

    def make(**options):
        made.append(demand(lambda: Dovecot(**options)))
        return made[-1].start()

    yield make
    for one in made:
        one.close()


@pytest.fixture
def event_after(server, product):
    """The scene and the event of one mail under these rules."""

    def run(*rules, raw=None):
        running = product()
        scene = Scene(running, server, *rules)
        running.start()
        with scene.ready() as stream:
            scene.deliver(raw or mail(1))
            (event,) = scene.new(stream)
        return scene, event

    return run


def test_a_move_makes_the_folder_and_tells_the_new_place(event_after):
    scene, event = event_after(rule({"action": "move", "folder": "Bücher/Zürich"}))
    message = event["message"]
    assert scene.where("<m1@example.org>") == {message["folder"]: [message["uid"]]}
    assert message["folder"].replace(".", "/") == "Bücher/Zürich"
    assert event["rules"]["actions"] == [{"action": "move", "folder": "Bücher/Zürich", "status": "done"}]


def test_flags_and_labels_are_on_the_message_and_in_the_event(event_after):
    scene, event = event_after(
        rule({"action": "mark_read"}, {"action": "flag"}, {"action": "label", "label": "vip"}),
        rule({"action": "label", "label": "later"}, {"action": "unlabel", "label": "vip"}),
    )
    assert set(event["message"]["flags"]) == {"\\Seen", "\\Flagged"}
    assert event["message"]["labels"] == ["later"]
    assert scene.flags("INBOX", 1) == {"\\Seen", "\\Flagged", "later"}
    assert {action["status"] for action in event["rules"]["actions"]} == {"done"}


def test_labels_travel_with_a_move(event_after):
    scene, event = event_after(rule({"action": "move", "folder": "Invoices"}, {"action": "label", "label": "vip"}))
    assert event["message"]["labels"] == ["vip"]
    assert scene.flags("Invoices", event["message"]["uid"]) == {"vip"}


def test_a_copy_leaves_the_original(event_after):
    scene, event = event_after(rule({"action": "copy", "folder": "Archive"}))
    assert scene.where("<m1@example.org>") == {"Archive": [1], "INBOX": [1]}
    assert event["message"]["folder"] == "INBOX"


def test_a_deletion_goes_to_the_trash_and_still_gives_its_event(event_after):
    scene, event = event_after(rule({"action": "delete"}))
    assert scene.where("<m1@example.org>") == {"Trash": [event["message"]["uid"]]}
    assert (event["message"]["deleted"], event["message"]["folder"]) == (True, "Trash")


def test_of_two_moves_the_last_counts_and_the_first_says_so(event_after):
    scene, event = event_after(rule({"action": "move", "folder": "A"}), rule({"action": "move", "folder": "B"}))
    assert list(scene.where("<m1@example.org>")) == ["B"]
    assert [action["status"] for action in event["rules"]["actions"]] == ["skipped", "done"]
    assert "B" in event["rules"]["actions"][0]["reason"]


def test_a_move_after_a_deletion_does_not_bring_the_message_back(event_after):
    scene, event = event_after(rule({"action": "delete"}), rule({"action": "move", "folder": "B"}))
    assert list(scene.where("<m1@example.org>")) == ["Trash"]
    assert [action["status"] for action in event["rules"]["actions"]] == ["done", "skipped"]


def test_a_priority_that_a_rule_sets_is_the_events(event_after):
    _scene, event = event_after(rule({"action": "set_priority", "priority": "high"}))
    assert event["message"]["priority"] == "high"
    assert event["rules"]["actions"] == [{"action": "set_priority", "priority": "high", "status": "done"}]


def test_a_label_that_no_server_can_keep_fails_alone(event_after):
    scene, event = event_after(rule({"action": "label", "label": "très chic"}, {"action": "move", "folder": "A"}))
    assert [action["status"] for action in event["rules"]["actions"]] == ["failed", "done"]
    assert list(scene.where("<m1@example.org>")) == ["A"]


def test_a_folder_that_the_server_refuses_fails_alone(event_after):
    scene, event = event_after(rule({"action": "copy", "folder": "a//b"}, {"action": "mark_read"}))
    assert [action["status"] for action in event["rules"]["actions"]] == ["failed", "done"]
    assert scene.flags("INBOX", 1) == {"\\Seen"}


def test_what_our_rules_did_is_no_news(event_after, server):
    scene, _event = event_after(rule({"action": "label", "label": "vip"}, {"action": "move", "folder": "A"}))
    with scene.stream("?since=0") as stream:
        scene.deliver(mail(2))
        scene.new(stream, 2)
        with server.client(scene.login.user, "INBOX"):
            pass
        assert not stream.of("flags", "expunge")
