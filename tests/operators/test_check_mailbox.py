"""`check_mailbox` against real servers, with every failure made real."""

import io
import socket
import time

import pytest
from django.core.management import CommandError, call_command

from mailevents.enrolment import enrol
from mailevents.imap.check import check_mailbox, passed
from mailevents.imap.connecting import Account, tls_context
from mailevents.models import Agent, Mailbox
from tests.operators.tls_server import self_signed, serving

STEPS = ["name", "connection", "TLS", "login", "capabilities", "folder", "IDLE"]


@pytest.fixture
def trust(monkeypatch):
    """`trust(file)`: from now on its certificates are trusted, as with SSL_CERT_FILE in the environment."""

    def trusting(path):
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
        tls_context.cache_clear()

    yield trusting
    tls_context.cache_clear()


@pytest.fixture
def account(dovecot, trust):
    """`account(**changes)`: a new mailbox of Dovecot's, over TLS, its authority trusted."""
    trust(dovecot.ca_file)

    def made(**changes):
        login = dovecot.add_user()
        options = {
            "host": "localhost",
            "port": dovecot.imaps,
            "security": "tls",
            "user": login.user,
            "password": login.password,
        }
        return Account(**options | changes)

    return made


def in_clear(server):
    login = server.add_user()
    return Account(host="127.0.0.1", port=server.imap, security="plain", user=login.user, password=login.password)


def last(findings):
    assert not passed(findings)
    return findings[-1]


def test_a_good_mailbox_passes_every_step(account):
    findings = check_mailbox(account())
    assert [finding.step for finding in findings] == STEPS
    assert {finding.status for finding in findings} == {"ok"}


def test_starttls_passes_too(account, dovecot):
    findings = check_mailbox(account(security="starttls", port=dovecot.imap))
    assert [finding.status for finding in findings] == ["ok"] * len(STEPS)


def test_without_tls_it_says_that_all_is_in_clear(account, dovecot):
    findings = check_mailbox(account(security="plain", port=dovecot.imap))
    tls = next(finding for finding in findings if finding.step == "TLS")
    assert passed(findings)
    assert (tls.status, "in clear" in tls.message) == ("note", True)


def test_an_unknown_name(account):
    finding = last(check_mailbox(account(host="no-such-host.invalid")))
    assert finding.step == "name"
    assert "no-such-host.invalid" in finding.message
    assert "spelling" in finding.advice


def test_a_port_where_nobody_listens(account):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        finding = last(check_mailbox(account(port=taken.getsockname()[1])))
    assert finding.step == "connection"
    assert "refuses" in finding.message
    assert "993" in finding.advice


def test_tls_on_the_port_without_tls(account, dovecot):
    finding = last(check_mailbox(account(port=dovecot.imap)))
    assert finding.step == "TLS"
    assert "993" in finding.message + finding.advice


def test_a_server_that_is_no_imap_server(account, dovecot):
    finding = last(check_mailbox(account(security="plain", port=dovecot.lmtp)))
    assert finding.step == "connection"


def test_a_wrong_password_says_app_password(account):
    finding = last(check_mailbox(account(password="wrong")))
    assert finding.step == "login"
    assert "app password" in finding.advice
    assert "wrong" not in finding.message


def test_a_login_that_needs_tls_first(account, dovecot, proxy_to):
    proxy = proxy_to(dovecot.imap)  # Dovecot itself takes a connection within one machine for safe
    proxy.rewrite(lambda data: data.replace(b"AUTH=PLAIN AUTH=LOGIN", b"LOGINDISABLED"))
    finding = last(check_mailbox(account(security="plain", port=proxy.port)))
    assert finding.step == "login"
    assert "STARTTLS" in finding.advice


def test_a_missing_folder_names_those_that_are_near(account, dovecot):
    wanted = account(folder="Invoces")
    with dovecot.client(wanted.user) as client:
        client.create_folder("Invoices")
        client.create_folder("Trash")
    finding = last(check_mailbox(wanted))
    assert finding.step == "folder"
    assert "'Invoces'" in finding.message
    assert "Invoices" in finding.advice
    assert "Trash" not in finding.advice


def test_a_missing_folder_without_a_near_name_lists_what_there_is(account):
    finding = last(check_mailbox(account(folder="Zzzz")))
    assert "INBOX" in finding.advice


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_of_an_unknown_authority(account, dovecot, trust, tmp_path, security):
    made = account(security=security, port=dovecot.imaps if security == "tls" else dovecot.imap)
    trust(self_signed(tmp_path, "another"))
    finding = last(check_mailbox(made))
    assert finding.step == "TLS"
    assert "SSL_CERT_FILE" in finding.advice
    assert "localhost" in finding.message


@pytest.mark.parametrize(
    ("name", "expired", "trusted", "advice"),
    [
        ("localhost", False, False, "signed by itself"),
        ("localhost", True, True, "expired"),
        ("mail.example.org", False, True, "another name"),
    ],
)
def test_a_wrong_certificate_is_told_apart(tmp_path, trust, name, expired, trusted, advice):
    pem = self_signed(tmp_path, name, expired=expired)
    trust(pem if trusted else self_signed(tmp_path, "another"))
    with serving(pem) as port:
        account = Account(host="localhost", port=port, security="tls", user="u", password="p")
        finding = last(check_mailbox(account))
    assert finding.step == "TLS"
    assert advice in finding.advice
    assert name in finding.message


def test_a_server_without_idle_passes_with_a_note(own_dovecot):
    server = own_dovecot(without=("IDLE", "MOVE"))
    findings = check_mailbox(in_clear(server))
    assert passed(findings)
    capabilities, idle = (next(f for f in findings if f.step == step) for step in ("capabilities", "IDLE"))
    assert "No IDLE" in capabilities.message
    assert "No MOVE" in capabilities.message
    assert "No UIDPLUS" not in capabilities.message
    assert idle.status == "note"


def test_a_connection_that_breaks_during_idle(account, dovecot, proxy_to):
    proxy = proxy_to(dovecot.imap)
    made = account(security="plain", port=proxy.port)
    proxy.rewrite(lambda data: _cut_at_idle(proxy, data))
    finding = last(check_mailbox(made))
    assert finding.step == "IDLE"


def _cut_at_idle(proxy, data):
    if b"+ idling" in data:
        proxy.drop_after(1)
    return data


def test_a_server_that_drips_is_given_up_in_time(account, dovecot, proxy_to):
    proxy = proxy_to(dovecot.imap)
    proxy.drip(20)
    began = time.monotonic()
    finding = last(check_mailbox(account(security="plain", port=proxy.port), limit=1.0))
    assert time.monotonic() - began < 3
    assert finding.step == "time"
    assert "'name'" in finding.message


@pytest.mark.django_db
def test_the_command_prints_each_step_and_the_verdict(account):
    enrol("billing", account())
    out = io.StringIO()
    call_command("check_mailbox", "billing", stdout=out, no_color=True)
    assert [line.split()[1].rstrip(":") for line in out.getvalue().splitlines()[:-1]] == STEPS
    assert "can be watched" in out.getvalue()


@pytest.mark.django_db
def test_the_command_fails_with_what_to_do_and_without_the_password(account):
    enrol("billing", account(password="hush-hush"))
    out = io.StringIO()
    with pytest.raises(CommandError, match="billing"):
        call_command("check_mailbox", "billing", stdout=out, no_color=True)
    assert "FAILED  login" in out.getvalue()
    assert "app password" in out.getvalue()
    assert "hush-hush" not in out.getvalue()


@pytest.mark.django_db
def test_an_agent_without_a_mailbox_and_one_with_a_lost_key_are_told(account):
    Agent.objects.create(name="bare")
    with pytest.raises(CommandError, match="no mailbox"):
        call_command("check_mailbox", "bare")
    enrol("billing", account())
    Mailbox.objects.update(password_encrypted="not ours")
    with pytest.raises(CommandError, match="AGENTICMAIL_MAILBOX_KEYS"):
        call_command("check_mailbox", "billing")
