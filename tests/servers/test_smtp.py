import smtplib
import socket
from collections.abc import Iterator

import pytest

from tests.servers.smtp import SmtpSink

MAIL = b"From: a@example.net\r\nTo: b@example.com\r\nSubject: h\xc3\xa9llo\r\n\r\ntext\r\n"


@pytest.fixture
def sink() -> Iterator[SmtpSink]:
    with SmtpSink() as server:
        yield server


def send(sink: SmtpSink, timeout: float = 5) -> None:
    with smtplib.SMTP(sink.host, sink.port, timeout=timeout) as smtp:
        smtp.sendmail("a@example.net", ["b@example.com"], MAIL)


def test_a_mail_is_kept_with_its_envelope(sink: SmtpSink) -> None:
    send(sink)
    (mail,) = sink.wait(1)
    assert (mail.sender, mail.recipients, mail.raw) == ("a@example.net", ("b@example.com",), MAIL)
    assert mail.message["From"] == "a@example.net"


def test_a_refused_recipient_is_not_kept(sink: SmtpSink) -> None:
    sink.refuse("550 no")
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send(sink)
    assert sink.mails == []
    sink.behave()
    send(sink)
    assert len(sink.mails) == 1


def test_a_stall_after_the_data_has_kept_the_mail(sink: SmtpSink) -> None:
    sink.stall("DATA")
    with pytest.raises(smtplib.SMTPServerDisconnected, match="timed out"):
        send(sink, timeout=0.3)
    assert len(sink.mails) == 1


def test_hanging_up_is_seen_by_the_client(sink: SmtpSink) -> None:
    sink.hang_up("DATA")
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send(sink)
    assert len(sink.mails) == 1


def test_it_can_be_down_and_come_back_on_its_port(sink: SmtpSink) -> None:
    sink.stop()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((sink.host, sink.port))
    sink.start()
    send(sink)
    assert sink.attempts == 1
