"""Automatic replies and forwards, from a rule to a real SMTP server."""

from tests.delivery.scene import ADDRESS, Scene, mail

REPLY = {
    "conditions": [{"field": "subject", "op": "contains", "value": "invoice"}],
    "actions": [{"action": "auto_reply", "subject": "Got it: {subject}", "text": "Thank you."}],
}
FORWARD = {
    "conditions": [{"field": "subject", "op": "contains", "value": "invoice"}],
    "actions": [{"action": "forward", "to": "boss@example.net"}],
}


def running(product, dovecot, sink, *rules, **environment):
    started = product(environment={"EMAIL_URL": sink.url, **environment})
    scene = Scene(started, dovecot, *rules)
    started.start()
    return scene


def test_a_reply_goes_out_before_the_agent_knows(product, dovecot, smtp_sink):
    scene = running(product, dovecot, smtp_sink, REPLY)
    with scene.ready() as stream:
        scene.deliver(mail(1))
        (event,) = scene.new(stream)
    (sent,) = smtp_sink.mails
    assert (sent.sender, sent.recipients) == ("", ("ann@example.org",))
    assert sent.message["Subject"] == "Got it: Invoice 1"
    assert sent.message["Auto-Submitted"] == "auto-replied"
    assert sent.message["In-Reply-To"] == "<m1@example.org>"
    assert sent.message["From"] == ADDRESS
    assert event["rules"]["auto_reply"] == {
        "status": "sent",
        "reason": None,
        "message_id": sent.message["Message-ID"],
        "to": "ann@example.org",
    }


def test_a_second_mail_of_the_same_sender_gets_no_second_reply_and_says_why(product, dovecot, smtp_sink):
    scene = running(product, dovecot, smtp_sink, REPLY)
    with scene.ready() as stream:
        scene.deliver(mail(1), mail(2))
        first, second = scene.new(stream, 2)
    assert first["rules"]["auto_reply"]["status"] == "sent"
    assert second["rules"]["auto_reply"] == {
        "status": "suppressed",
        "reason": "once_per_period",
        "message_id": None,
        "to": "ann@example.org",
    }
    assert len(smtp_sink.mails) == 1


def test_a_null_sender_gets_no_reply(product, dovecot, smtp_sink):
    scene = running(product, dovecot, smtp_sink, REPLY)
    with scene.ready() as stream:
        scene.deliver(mail(1), sender="")
        (event,) = scene.new(stream)
    assert event["rules"]["auto_reply"]["status"] == "suppressed"
    assert smtp_sink.mails == []


def test_a_forward_carries_the_whole_message_however_little_of_it_is_read(product, dovecot, smtp_sink):
    scene = running(product, dovecot, smtp_sink, FORWARD, AGENTICMAIL_FETCH_BYTES="4096")
    raw = mail(1, body="\r\n".join(f"line {n}" for n in range(2000)))
    with scene.ready() as stream:
        scene.deliver(raw)
        (event,) = scene.new(stream)
    (sent,) = smtp_sink.mails
    assert sent.recipients == ("boss@example.net",)
    assert b"line 1999" in sent.raw
    assert event["rules"]["actions"] == [{"action": "forward", "to": "boss@example.net", "status": "done"}]


def test_a_mail_server_that_is_down_costs_the_reply_and_not_the_event(product, dovecot, smtp_sink):
    scene = running(product, dovecot, smtp_sink, REPLY)
    smtp_sink.stop()
    with scene.ready() as stream:
        scene.deliver(mail(1))
        (event,) = scene.new(stream)
    assert event["rules"]["auto_reply"]["status"] == "failed"
    assert "refused" in event["rules"]["auto_reply"]["reason"].lower()


def test_a_failed_reply_does_not_count_as_one(product, dovecot, smtp_sink):
    scene = running(product, dovecot, smtp_sink, REPLY)
    smtp_sink.refuse("550 5.7.1 not here")
    with scene.ready() as stream:
        scene.deliver(mail(1))
        scene.new(stream)
        smtp_sink.behave()
        scene.deliver(mail(2))
        first, second = scene.new(stream, 2)
    assert (first["rules"]["auto_reply"]["status"], second["rules"]["auto_reply"]["status"]) == ("failed", "sent")


def test_a_mail_server_that_hangs_up_after_the_data_leaves_it_unknown_and_is_not_asked_again(
    product, dovecot, smtp_sink
):
    scene = running(product, dovecot, smtp_sink, REPLY)
    smtp_sink.hang_up("DATA")
    with scene.ready() as stream:
        scene.deliver(mail(1))
        (event,) = scene.new(stream)
    assert event["rules"]["auto_reply"]["status"] == "unknown"
    assert len(smtp_sink.mails) == 1


def test_a_silent_mail_server_delays_only_the_mailbox_that_writes(product, dovecot, smtp_sink):
    writing = running(product, dovecot, smtp_sink, REPLY)
    smtp_sink.stall("DATA")
    other = dovecot.add_user()
    password = other.password.replace(" ", "%20")
    url = f"imap://{other.user}:{password}@127.0.0.1:{dovecot.imap}/INBOX"
    import json

    token = json.loads(writing.product.manage("create_agent", "other", "--imap", url, "--json"))["token"]
    from tests.servers.sse import Stream

    with writing.ready() as stream, Stream(f"{writing.product.url}/events", token) as quick:
        quick.wait_until(lambda: any(e.data["state"] == "idle" for e in quick.of("mailbox")), "the other to idle")
        writing.deliver(mail(1))
        smtp_sink.wait(1)
        dovecot.deliver(other.user, mail(2))
        quick.wait("new")
        assert not stream.of("new")
        smtp_sink.behave()
        (event,) = writing.new(stream)
    assert event["rules"]["auto_reply"]["status"] == "sent"
