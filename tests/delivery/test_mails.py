"""Automatic replies and forwards, from a rule to a real SMTP server."""

import shutil
from collections.abc import Callable, Iterator

import pytest

from tests.delivery.scene import Scene, mail
from tests.servers.live import Product
from tests.servers.smtp import SmtpSink

REPLY = {
    "conditions": [{"field": "subject", "op": "contains", "value": "invoice"}],
    "actions": [{"action": "auto_reply", "subject": "Got it: {subject}", "text": "Thank you."}],
}
FORWARD = {
    "conditions": [{"field": "subject", "op": "contains", "value": "invoice"}],
    "actions": [{"action": "forward", "to": "boss@example.net"}],
}


@pytest.fixture(scope="module")
def sink() -> Iterator[SmtpSink]:
    with SmtpSink() as server:
        yield server


@pytest.fixture(scope="module")
def running(migrated, sink) -> Iterator[Product]:
    product = Product(environment={"EMAIL_URL": sink.url, "AGENTICMAIL_FETCH_BYTES": "4096"})
    shutil.copy(migrated, product.folder / "db.sqlite3")
    with product:
        yield product


@pytest.fixture
def smtp(sink) -> Iterator[SmtpSink]:
    sink.mails.clear()
    yield sink
    sink.behave()
    sink.start()


@pytest.fixture
def scene(running, dovecot) -> Callable[..., Scene]:
    return lambda *rules: Scene(running, dovecot, *rules)


def test_a_reply_goes_out_before_the_agent_knows(scene, smtp):
    agent = scene(REPLY)
    with agent.ready() as stream:
        agent.deliver(mail(1))
        (event,) = agent.new(stream)
    (sent,) = smtp.mails
    assert (sent.sender.strip("<>"), sent.recipients) == ("", ("ann@example.org",))
    assert sent.message["Subject"] == "Got it: Invoice 1"
    assert sent.message["Auto-Submitted"] == "auto-replied"
    assert sent.message["In-Reply-To"] == "<m1@example.org>"
    assert sent.message["From"] == agent.address
    assert event["rules"]["auto_reply"] == {
        "status": "sent",
        "reason": None,
        "message_id": sent.message["Message-ID"],
        "to": "ann@example.org",
    }


def test_an_agent_with_an_smtp_account_of_its_own_sends_by_that(running, dovecot, smtp):
    with SmtpSink() as own:
        agent = Scene(running, dovecot, REPLY, smtp=own.url)
        with agent.ready() as stream:
            agent.deliver(mail(1))
            (event,) = agent.new(stream)
        assert event["rules"]["auto_reply"]["status"] == "sent"
        assert [mail.recipients for mail in own.mails] == [("ann@example.org",)]
    assert smtp.mails == []


def test_a_second_mail_of_the_same_sender_gets_no_second_reply_and_says_why(scene, smtp):
    agent = scene(REPLY)
    with agent.ready() as stream:
        agent.deliver(mail(1), mail(2))
        first, second = agent.new(stream, 2)
    assert first["rules"]["auto_reply"]["status"] == "sent"
    assert second["rules"]["auto_reply"] == {
        "status": "suppressed",
        "reason": "once_per_period",
        "message_id": None,
        "to": "ann@example.org",
    }
    assert len(smtp.mails) == 1


def test_a_null_sender_gets_no_reply(scene, smtp):
    agent = scene(REPLY)
    with agent.ready() as stream:
        agent.deliver(mail(1), sender="")
        (event,) = agent.new(stream)
    assert event["rules"]["auto_reply"]["status"] == "suppressed"
    assert smtp.mails == []


def test_a_forward_carries_the_whole_message_however_little_of_it_is_read(scene, smtp):
    agent = scene(FORWARD)
    raw = mail(1, body="\r\n".join(f"line {n}" for n in range(2000)))
    with agent.ready() as stream:
        agent.deliver(raw)
        (event,) = agent.new(stream)
    (sent,) = smtp.mails
    assert sent.recipients == ("boss@example.net",)
    assert b"line 1999" in sent.raw
    assert event["rules"]["actions"] == [{"action": "forward", "to": "boss@example.net", "status": "done"}]


def forward_to(address: str):
    return FORWARD | {"actions": [{"action": "forward", "to": address}]}


@pytest.mark.parametrize(
    ("to", "smtputf8", "recipient"),
    [
        ("boss@bücher.example", False, "boss@xn--bcher-kva.example"),
        ("jörg@bücher.example", True, "jörg@xn--bcher-kva.example"),
    ],
)
def test_an_international_address_is_written_to(scene, smtp, to, smtputf8, recipient):
    smtp.smtputf8 = smtputf8
    agent = scene(forward_to(to))
    with agent.ready() as stream:
        agent.deliver(mail(1))
        (event,) = agent.new(stream)
    assert [sent.recipients for sent in smtp.mails] == [(recipient,)]
    assert event["rules"]["actions"] == [{"action": "forward", "to": to, "status": "done"}]


def test_what_the_mail_server_cannot_address_has_failed_and_says_why(scene, smtp):
    smtp.smtputf8 = False
    agent = scene(forward_to("jörg@example.net"))
    with agent.ready() as stream:
        agent.deliver(mail(1))
        (event,) = agent.new(stream)
    (action,) = event["rules"]["actions"]
    assert action["status"] == "failed"
    assert "SMTPUTF8" in action["reason"]
    assert smtp.mails == []


def test_a_mail_server_that_is_down_costs_the_reply_and_not_the_event(scene, smtp):
    agent = scene(REPLY)
    smtp.stop()
    with agent.ready() as stream:
        agent.deliver(mail(1))
        (event,) = agent.new(stream)
    assert event["rules"]["auto_reply"]["status"] == "failed"
    assert "refused" in event["rules"]["auto_reply"]["reason"].lower()


def test_a_failed_reply_does_not_count_as_one(scene, smtp):
    agent = scene(REPLY)
    smtp.refuse("550 5.7.1 not here")
    with agent.ready() as stream:
        agent.deliver(mail(1))
        agent.new(stream)
        smtp.behave()
        agent.deliver(mail(2))
        first, second = agent.new(stream, 2)
    assert (first["rules"]["auto_reply"]["status"], second["rules"]["auto_reply"]["status"]) == ("failed", "sent")


def test_a_mail_server_that_hangs_up_after_the_data_leaves_it_unknown_and_is_not_asked_again(scene, smtp):
    agent = scene(REPLY)
    smtp.hang_up("DATA")
    with agent.ready() as stream:
        agent.deliver(mail(1))
        (event,) = agent.new(stream)
    assert event["rules"]["auto_reply"]["status"] == "unknown"
    assert len(smtp.mails) == 1


def test_a_silent_mail_server_delays_only_the_mailbox_that_writes(scene, smtp):
    writing, other = scene(REPLY), scene()
    smtp.stall("DATA")
    with writing.ready() as stream, other.ready() as quick:
        writing.deliver(mail(1))
        smtp.wait(1)
        other.deliver(mail(2))
        quick.wait("new")
        assert not stream.of("new")
        smtp.behave()
        (event,) = writing.new(stream)
    assert event["rules"]["auto_reply"]["status"] == "sent"
