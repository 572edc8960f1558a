"""`create_agent` and `issue_token`: what they store, print and refuse."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from mailevents.models import Agent, Mailbox, Token
from mailevents.secrets import decrypt
from mailevents.tokens import digest

pytestmark = pytest.mark.django_db
URL = "imaps://ann%40example.com:s3cret@mail.example.com:10993/Work"


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_it_creates_the_agent_its_mailbox_and_a_token_that_works():
    printed = json.loads(run("create_agent", "billing", "--imap", URL, "--email", "b@example.com", "--json"))
    agent = Agent.objects.get(name="billing")
    mailbox = agent.mailbox
    assert printed.keys() == {"agent", "token"}
    assert printed["agent"] == "billing"
    assert agent.email == "b@example.com"
    assert (mailbox.host, mailbox.port, mailbox.security, mailbox.user, mailbox.folder) == (
        "mail.example.com",
        10993,
        "tls",
        "ann@example.com",
        "Work",
    )
    assert decrypt(mailbox.password_encrypted) == "s3cret"
    token = Token.objects.get(digest=digest(printed["token"]))
    assert (token.agent, token.scope_events, token.scope_watch, token.expires_at) == (agent, True, True, None)


def test_the_text_form_shows_the_token_and_never_the_password():
    printed = run("create_agent", "billing", "--imap", URL)
    assert Token.objects.get().prefix in printed
    assert "s3cret" not in printed


def test_the_password_is_not_stored_in_clear():
    run("create_agent", "billing", "--imap", URL)
    assert "s3cret" not in str(Mailbox.objects.values().get())


def test_a_dash_reads_the_url_from_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(URL + "\n"))
    run("create_agent", "billing", "--imap", "-")
    assert Mailbox.objects.get().user == "ann@example.com"


def test_a_parent_puts_it_below_another():
    run("create_agent", "main", "--imap", URL)
    run("create_agent", "billing", "--imap", URL, "--parent", "main")
    assert Agent.objects.get(name="billing").parent == Agent.objects.get(name="main")


def test_an_unknown_parent_is_refused_with_the_near_name_and_nothing_is_stored():
    run("create_agent", "main", "--imap", URL)
    with pytest.raises(CommandError, match=r"no agent named 'mian'\. Did you mean main\?"):
        run("create_agent", "billing", "--imap", URL, "--parent", "mian")
    assert Agent.objects.count() == 1


def test_a_name_that_is_taken_is_refused():
    run("create_agent", "main", "--imap", URL)
    with pytest.raises(CommandError, match=r"already an agent named 'main'.*issue_token"):
        run("create_agent", "main", "--imap", URL)
    assert Token.objects.count() == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("a b", "--imap", URL), "name: A name takes letters"),
        (("x" * 65, "--imap", URL), "name: "),
        (("a", "--imap", URL, "--email", "nonsense"), "email: Enter a valid email"),
        (("a", "--imap", "http://x"), "imaps://"),
        (("a", "--imap", f"imaps://{'u' * 300}:p@h"), "user: "),
        (("a", "--imap", f"imaps://u:p@h/{'f' * 300}"), "folder: "),
    ],
)
def test_what_cannot_be_stored_is_refused_whole(arguments, says):
    with pytest.raises(CommandError, match=says):
        run("create_agent", *arguments)
    assert not Agent.objects.exists()


def test_a_further_token_has_the_asked_scopes_and_expiry():
    run("create_agent", "main", "--imap", URL)
    printed = json.loads(
        run("issue_token", "main", "--scope", "watch", "--expires-in", "12h", "--label", "ci", "--json")
    )
    token = Token.objects.get(digest=digest(printed["token"]))
    assert (token.scope_events, token.scope_watch, token.label) == (False, True, "ci")
    assert printed["agent"] == "main"
    assert printed["scopes"] == ["watch"]
    assert printed["expires_at"].endswith("Z")
    assert token.expires_at is not None
    assert abs(token.expires_at - timezone.now() - timedelta(hours=12)) < timedelta(minutes=1)


def test_without_scope_a_token_has_both_and_never_expires():
    run("create_agent", "main", "--imap", URL)
    printed = json.loads(run("issue_token", "main", "--json"))
    assert printed["scopes"] == ["events", "watch"]
    assert printed["expires_at"] is None


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("main", "--scope", "all"), "choose from '?events'?, '?watch'?"),
        (("main", "--expires-in", "soon"), "takes a number and a unit"),
        (("main", "--label", "x" * 65), "at most 64"),
        (("mian",), "Did you mean main"),
    ],
)
def test_a_wrong_token_request_says_what_it_takes(arguments, says):
    run("create_agent", "main", "--imap", URL)
    with pytest.raises(CommandError, match=says):
        run("issue_token", *arguments)
    assert Token.objects.count() == 1
