"""kill -9 between any two steps of a delivery: one event, no second mail, the message where the event says."""

import pytest

from mailevents.delivering.faults import POINTS
from tests.delivery.scene import Scene, mail

RULE = {
    "conditions": [{"field": "subject", "op": "contains", "value": "invoice"}],
    "actions": [
        {"action": "label", "label": "vip"},
        {"action": "copy", "folder": "Archive"},
        {"action": "auto_reply", "text": "Thank you, {sender_name}."},
        {"action": "forward", "to": "boss@example.net"},
        {"action": "move", "folder": "Invoices"},
    ],
}


@pytest.mark.parametrize("point", POINTS)
def test_a_message_with_every_kind_of_step_survives_a_kill_at(point, product, dovecot, smtp_sink):
    running = product(environment={"EMAIL_URL": smtp_sink.url})
    scene = Scene(running, dovecot, RULE)
    running.environment["AGENTICMAIL_FAULT"] = point
    running.start()
    with scene.ready():
        scene.deliver(mail(1))
        assert running.wait(20) == -9, "the fault point was not reached"
    del running.environment["AGENTICMAIL_FAULT"]
    running.start()

    with scene.stream("?since=0") as stream:
        (event,) = scene.new(stream)
        scene.deliver(mail(2))
        first, second = scene.new(stream, 2)  # what follows is delivered too, and the first is not told again
    assert first == event
    assert second["message"]["message_id"] == "<m2@example.org>"

    message = event["message"]
    assert scene.where("<m1@example.org>") == {"Archive": [1], "Invoices": [message["uid"]]}
    assert (message["folder"], message["labels"]) == ("Invoices", ["vip"])
    assert scene.flags("Invoices", message["uid"]) == {"vip"}
    _mails_went_out_once_at_most(event, smtp_sink)
    done = {action["action"]: action["status"] for action in event["rules"]["actions"]}
    assert {done["label"], done["copy"], done["move"]} == {"done"}


def _mails_went_out_once_at_most(event, sink):
    sent = [one.recipients for one in sink.mails if b"m1@example.org" in one.raw]
    for to, status in (
        ("ann@example.org", event["rules"]["auto_reply"]["status"]),
        ("boss@example.net", next(a["status"] for a in event["rules"]["actions"] if a["action"] == "forward")),
    ):
        count = sent.count((to,))
        assert count <= 1, f"{to} got {count} mails"
        assert (count, status) in {(1, "sent"), (1, "done"), (1, "unknown"), (0, "unknown")}


def test_a_kill_at_each_of_many_messages_loses_none_and_repeats_none(product, dovecot, smtp_sink):
    running = product(environment={"EMAIL_URL": smtp_sink.url})
    scene = Scene(running, dovecot, RULE)
    running.start()
    for round_ in range(4):
        with scene.ready("?since=0") as stream:
            scene.new(stream, 5 * round_)
            scene.deliver(*(mail(10 * round_ + n, sender=f"ann{round_}{n}@example.org") for n in range(5)))
            scene.new(stream, 5 * round_ + 2)
            running.kill()
        running.start()
    with scene.stream("?since=0") as stream:
        events = scene.new(stream, 20, within=30)
    ids = [event["message"]["message_id"] for event in events]
    assert sorted(ids) == sorted(f"<m{10 * r + n}@example.org>" for r in range(4) for n in range(5))
    recipients = [one.recipients for one in smtp_sink.mails if one.recipients != ("boss@example.net",)]
    assert len(recipients) == len(set(recipients))
