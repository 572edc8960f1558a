"""The fixture keeps what other tests lean on."""

import ssl
import time
from collections.abc import Callable

import pytest
from imapclient import IMAPClient
from imapclient.exceptions import LoginError

from tests.servers.dovecot import Dovecot
from tests.servers.waiting import wait_for

MAIL = b"From: a@example.net\r\nTo: b@example.com\r\nSubject: hello\r\n\r\ntext\r\n"


def test_it_is_up_in_well_under_a_second(own_dovecot: Callable[..., Dovecot]) -> None:
    begun = time.monotonic()
    own_dovecot()
    assert time.monotonic() - begun < 1


def test_delivered_mail_is_in_the_users_inbox(dovecot: Dovecot) -> None:
    login = dovecot.add_user()
    dovecot.deliver(login.user, MAIL, MAIL)
    with dovecot.client(login.user, "INBOX") as client:
        assert len(client.search()) == 2


def test_appended_mail_is_kept_byte_for_byte(dovecot: Dovecot) -> None:
    login = dovecot.add_user()
    dovecot.append(login.user, MAIL)
    with dovecot.client(login.user, "INBOX") as client:
        assert client.fetch([1], ["BODY.PEEK[]"])[1][b"BODY[]"] == MAIL


def test_sessions_are_counted_by_user(dovecot: Dovecot) -> None:
    login, other = dovecot.add_user(), dovecot.add_user()
    with dovecot.client(login.user), dovecot.client(login.user), dovecot.client(other.user):
        assert dovecot.sessions(login.user) == 2
        assert dovecot.sessions(other.user) == 1
    wait_for(lambda: dovecot.sessions(login.user) == 0, "the sessions to end")


def test_capabilities_can_be_left_out(own_dovecot: Callable[..., Dovecot]) -> None:
    server = own_dovecot(without=("IDLE", "MOVE"))
    login = server.add_user()
    with server.client(login.user) as client:
        assert not {b"IDLE", b"MOVE"} & set(client.capabilities())
        assert b"UIDPLUS" in client.capabilities()


def test_a_trash_can_be_had(own_dovecot: Callable[..., Dovecot]) -> None:
    server = own_dovecot(trash="Bin")
    login = server.add_user()
    with server.client(login.user) as client:
        assert client.find_special_folder(b"\\Trash") == "Bin"


def test_a_changed_password_holds_at_once(dovecot: Dovecot) -> None:
    login = dovecot.add_user()
    with dovecot.client(login.user):
        pass
    dovecot.set_password(login.user, "another")
    stale = IMAPClient(dovecot.host, dovecot.imap, ssl=False)
    with pytest.raises(LoginError):
        stale.login(login.user, login.password)
    stale.shutdown()
    with dovecot.client(login.user):
        pass


def test_tls_is_verified_against_the_servers_own_authority(dovecot: Dovecot) -> None:
    context = ssl.create_default_context(cafile=str(dovecot.ca_file))
    login = dovecot.add_user()
    with IMAPClient("localhost", dovecot.imaps, ssl_context=context) as client:
        client.login(login.user, login.password)
    with pytest.raises(ssl.SSLCertVerificationError):
        IMAPClient("localhost", dovecot.imaps, ssl_context=ssl.create_default_context())


def test_it_survives_kill_and_restart_with_its_mail(own_dovecot: Callable[..., Dovecot]) -> None:
    server = own_dovecot()
    login = server.add_user()
    server.deliver(login.user, MAIL)
    server.kill()
    server.start()
    server.restart()
    with server.client(login.user, "INBOX") as client:
        assert len(client.search()) == 1


def test_uidvalidity_can_be_changed(dovecot: Dovecot) -> None:
    login = dovecot.add_user()
    dovecot.deliver(login.user, MAIL)
    dovecot.set_uidvalidity(login.user, 4242)
    with dovecot.client(login.user) as client:
        assert client.select_folder("INBOX")[b"UIDVALIDITY"] == 4242
