"""The embedded mail server does what the demo and the tests lean on."""

import contextlib
import gc
import smtplib
import socket
from collections.abc import Iterator

import pytest
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, LoginError

from mailevents.embedded import EmbeddedMail

MAIL = b"From: a@example.net\r\nTo: billing@demo.test\r\nSubject: hello\r\n\r\ntext\r\n"
ADDRESS, PASSWORD = "billing@demo.test", 'a password: with \\ and "'


@pytest.fixture
def mail() -> Iterator[EmbeddedMail]:
    with EmbeddedMail({ADDRESS: PASSWORD}) as server:
        yield server


@contextlib.contextmanager
def session(mail: EmbeddedMail) -> Iterator[IMAPClient]:
    with IMAPClient(mail.host, mail.imap_port, ssl=False, timeout=10) as client:
        client.login(ADDRESS, PASSWORD)
        client.select_folder("INBOX")
        yield client


def send(mail: EmbeddedMail, to: str = ADDRESS) -> None:
    with smtplib.SMTP(mail.host, mail.smtp_port, timeout=10) as smtp:
        smtp.sendmail("a@example.net", [to], MAIL)


def test_mail_sent_by_smtp_is_in_the_mailbox_byte_for_byte(mail: EmbeddedMail) -> None:
    send(mail, ADDRESS.upper())
    with session(mail) as client:
        (uid,) = client.search()
        assert client.fetch([uid], ["BODY.PEEK[]"])[uid][b"BODY[]"] == MAIL


def test_idle_announces_every_mail_of_a_burst(mail: EmbeddedMail) -> None:
    with session(mail) as client:
        client.idle()
        for _ in range(200):
            mail.deliver(ADDRESS, MAIL)
        seen = 0
        while seen < 200:
            answers = client.idle_check(timeout=5)
            assert answers, f"IDLE fell silent after {seen} of 200"
            seen = max([seen, *(answer[0] for answer in answers if answer[1:] == (b"EXISTS",))])
        client.idle_done()


def test_a_session_in_idle_survives_the_garbage_collector(mail: EmbeddedMail) -> None:
    with session(mail) as client:
        client.idle()
        for _ in range(3):
            gc.collect()
        mail.deliver(ADDRESS, MAIL)
        assert (1, b"EXISTS") in client.idle_check(timeout=5)
        client.idle_done()


def test_keywords_are_kept(mail: EmbeddedMail) -> None:
    mail.deliver(ADDRESS, MAIL)
    with session(mail) as client:
        (uid,) = client.search()
        client.add_flags([uid], ["vip", "\\Flagged"])
    with session(mail) as client:
        assert {b"vip", b"\\Flagged"} <= set(client.get_flags([uid])[uid])


def test_a_move_to_a_new_folder_tells_the_new_uid(mail: EmbeddedMail) -> None:
    mail.deliver(ADDRESS, MAIL)
    with session(mail) as client:
        (uid,) = client.search()
        with pytest.raises(IMAPClientError, match="TRYCREATE"):
            client.move([uid], "Invoices")
        client.create_folder("Invoices")
        client.move([uid], "Invoices")
        assert client.search() == []
        client.select_folder("Invoices")
        client.add_flags(client.search(), ["vip"])
        assert len(client.search(["KEYWORD", "vip"])) == 1


def test_mail_can_be_put_into_a_folder_that_is_not_there_yet(mail: EmbeddedMail) -> None:
    mail.deliver(ADDRESS, MAIL, folder="Archive")
    with session(mail) as client:
        assert client.folder_status("Archive", ["MESSAGES"])[b"MESSAGES"] == 1


def test_capabilities_can_be_left_out() -> None:
    with EmbeddedMail({ADDRESS: PASSWORD}, without=("IDLE", "MOVE", "UIDPLUS")) as mail, session(mail) as client:
        assert not {b"IDLE", b"MOVE", b"UIDPLUS"} & set(client.capabilities())


def test_a_wrong_password_and_an_unknown_user_are_refused(mail: EmbeddedMail) -> None:
    for user in (ADDRESS, "nobody@demo.test"):
        with IMAPClient(mail.host, mail.imap_port, ssl=False, timeout=10) as client, pytest.raises(LoginError):
            client.login(user, "wrong")


def test_mail_for_nobody_is_refused_or_caught(mail: EmbeddedMail) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send(mail, "stranger@example.org")
    with EmbeddedMail({ADDRESS: PASSWORD}, catch_all=ADDRESS) as catching:
        send(catching, "stranger@example.org")
        with session(catching) as client:
            assert len(client.search()) == 1


def test_mailboxes_can_be_added_while_it_runs(mail: EmbeddedMail) -> None:
    mail.add("late@demo.test", "pass")
    send(mail, "late@demo.test")
    with IMAPClient(mail.host, mail.imap_port, ssl=False, timeout=10) as client:
        client.login("late@demo.test", "pass")
        assert client.select_folder("INBOX")[b"EXISTS"] == 1


def test_closing_says_bye_to_a_session_in_idle() -> None:
    mail = EmbeddedMail({ADDRESS: PASSWORD}).start()
    client = IMAPClient(mail.host, mail.imap_port, ssl=False, timeout=10)
    client.login(ADDRESS, PASSWORD)
    client.select_folder("INBOX")
    client.idle()
    mail.close()
    assert b"BYE" in client.socket().recv(1000)
    client.shutdown()


def test_a_taken_port_is_an_error_at_start() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match=str(taken.getsockname()[1])):
            EmbeddedMail({}, smtp_port=taken.getsockname()[1]).start()
