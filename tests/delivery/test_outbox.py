"""The outbox: a mail goes out at most once, also where two processes hold the same delivery."""

import threading
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from mailevents.accounts import parse_smtp_url
from mailevents.delivering.outbox import Outbox
from mailevents.delivering.smtp import NotSent, send
from mailevents.delivering.tasks import OPEN, Mail, Task
from mailevents.errors import ProcessEnds
from mailevents.eventlog.writer import Writer
from mailevents.models import Delivery
from mailevents.secrets import encrypt
from rules.actions import Forward
from tests.log.entries import new_agent
from tests.servers.ports import free_port
from tests.servers.smtp import SmtpSink
from tests.servers.waiting import wait_for


@pytest.fixture
def smtp() -> Iterator[SmtpSink]:
    with SmtpSink() as sink:
        yield sink


@pytest.fixture
def processes(sqlite: str) -> Iterator[list[Outbox]]:
    """Two outboxes on one database, each with a writer of its own."""
    writers = [Writer(committed=lambda _: None) for _ in range(2)]
    outboxes = [Outbox(writer) for writer in writers]
    yield outboxes
    for outbox in outboxes:
        outbox.close()
    for writer in writers:
        writer.close()


@pytest.fixture
def row(sqlite: str, smtp: SmtpSink) -> Delivery:
    """A delivery with two mails to be sent on."""
    mailbox = new_agent(smtp_url_encrypted=encrypt(smtp.url)).mailbox
    steps = [
        Task(
            action=Forward(to=to),
            rule_id=1,
            mail=Mail(to=to, message_id=f"<{to}>", raw=b"From: a@example.com\r\nTo: b@example.com\r\n\r\ntext\r\n"),
        ).as_dict()
        for to in ("one@example.net", "two@example.net")
    ]
    return Delivery.objects.create(mailbox=mailbox, generation=0, uid=1, event={}, steps=steps)


def takes_no_more(outbox: Outbox) -> bool:
    try:
        outbox.submit(0)  # a delivery that does not exist
    except ProcessEnds:
        return True
    return False


def statuses(row: Delivery) -> list[str]:
    row.refresh_from_db()
    return [step["status"] for step in row.steps]


def test_a_mail_that_another_process_is_sending_is_not_sent(
    processes: list[Outbox], row: Delivery, smtp: SmtpSink
) -> None:
    one, other = processes
    smtp.stall("DATA")
    first = one.submit(row.pk)
    smtp.wait(1)
    second = other.submit(row.pk)
    smtp.wait(2)  # the second mail is still free to be sent
    smtp.behave()
    first.result(20)
    second.result(20)
    assert statuses(row) == ["sent", "sent"]
    assert sorted(mail.recipients for mail in smtp.mails) == [("one@example.net",), ("two@example.net",)]


def test_a_delivery_that_is_done_with_sends_nothing(processes: list[Outbox], row: Delivery, smtp: SmtpSink) -> None:
    id = row.pk
    row.delete()
    processes[0].submit(id).result(20)
    assert smtp.mails == []


def test_a_mail_that_may_be_under_way_is_never_sent_again(
    processes: list[Outbox], row: Delivery, smtp: SmtpSink
) -> None:
    row.steps[0]["status"] = "sending"
    row.save()
    processes[0].submit(row.pk).result(20)
    assert statuses(row) == ["sending", "sent"]
    assert [mail.recipients for mail in smtp.mails] == [("two@example.net",)]


def test_at_the_end_of_the_process_the_mail_under_way_is_waited_for_and_no_other_begun(
    processes: list[Outbox], row: Delivery, smtp: SmtpSink
) -> None:
    ending, next = processes
    smtp.stall("DATA")
    ending.submit(row.pk)
    smtp.wait(1)
    end = threading.Thread(target=ending.close, args=(30.0,))
    end.start()
    wait_for(lambda: takes_no_more(ending), "the end to begin")
    smtp.behave()
    end.join()
    assert statuses(row) == ["sent", OPEN]
    next.submit(row.pk).result(20)
    assert statuses(row) == ["sent", "sent"]
    assert len(smtp.mails) == 2


@pytest.mark.parametrize("answer", ["200 taken", "what?"])
def test_a_whole_mail_that_is_answered_by_neither_250_nor_a_refusal_is_not_sent_again(
    processes: list[Outbox], row: Delivery, smtp: SmtpSink, answer: str
) -> None:
    smtp.refuse(answer, at="DATA")
    processes[0].submit(row.pk).result(30)
    assert statuses(row) == ["unknown", "unknown"]
    assert smtp.attempts == 2


@pytest.mark.parametrize("url", ["smtp://a..b:25", "smtp://u:p%C3%A4ss@127.0.0.1:{port}"])
def test_an_account_that_cannot_be_written_to_a_server_sends_nothing_and_says_so(url: str) -> None:
    server = Controller(Sink(), hostname="127.0.0.1", port=free_port(), auth_require_tls=False)  # it offers AUTH
    server.start()
    try:
        with pytest.raises(NotSent, match="cannot be sent") as refused:
            send(Mail(to="a@example.net", message_id="<1>", raw=b"x"), parse_smtp_url(url.format(port=server.port)))
    finally:
        server.stop()
    assert refused.value.lasting
    assert "ä" not in str(refused.value)
