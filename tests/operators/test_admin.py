"""The admin as an administrator uses it: pages, forms and actions through the test client."""

import json
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mailevents.accounts import smtp_account
from mailevents.enrolment import enrol
from mailevents.imap.connecting import Account
from mailevents.jsontext import timestamp
from mailevents.models import Agent, Delivery, Mailbox, MailboxState, MailEvent, Process, Token
from mailevents.secrets import decrypt, encrypt
from mailevents.tokens import digest, issue
from rules.models import Rule
from spamfilter.models import ListEntry

pytestmark = pytest.mark.django_db
AGENTS = "/admin/mailevents/agent/"
ACCOUNT = Account(host="imap.example.com", port=993, security="tls", user="ann", password="old-secret")


@pytest.fixture
def staff(client):
    client.force_login(User.objects.create_superuser("root", password="x"))
    return client


def fields(agent=None, **changes):
    """What the agent's form sends."""
    stored = agent is not None and Mailbox.objects.filter(agent=agent).first()
    values = {
        "name": agent.name if agent else "billing",
        "enabled": "on",
        "email": "",
        "parent": "",
        "spam_threshold": "",
        "mailbox-TOTAL_FORMS": "1",
        "mailbox-INITIAL_FORMS": "1" if stored else "0",
        "mailbox-MIN_NUM_FORMS": "0",
        "mailbox-MAX_NUM_FORMS": "1",
        "mailbox-0-id": stored.pk if stored else "",
        "mailbox-0-agent": agent.pk if stored else "",
        "mailbox-0-host": "imap.example.com",
        "mailbox-0-port": "993",
        "mailbox-0-security": "tls",
        "mailbox-0-user": "ann",
        "mailbox-0-password": "",
        "mailbox-0-folder": "INBOX",
        "mailbox-0-watch": "streams",
        "mailbox-0-authserv_id": "",
        "tokens-TOTAL_FORMS": "0",
        "tokens-INITIAL_FORMS": "0",
        "tokens-MIN_NUM_FORMS": "0",
        "tokens-MAX_NUM_FORMS": "0",
    }
    return values | changes


def text(response):
    assert response.status_code == 200, response
    return response.content.decode()


# -- the tree


def test_agents_are_listed_as_their_tree(staff):
    for name, parent in [("z-main", None), ("b", "z-main"), ("a", None), ("a-1", "a"), ("deep", "b"), ("c", "z-main")]:
        enrol(name, ACCOUNT, parent=parent)
    shown = text(staff.get(AGENTS))
    order = ["a", "a-1", "z-main", "b", "deep", "c"]
    places = [shown.index(f">{'' if name in ('a', 'z-main') else '└ '}{name}</span>") for name in order]
    assert places == sorted(places)
    assert 'data-depth="2">└ deep' in shown


def test_the_list_costs_the_same_queries_for_two_agents_and_for_fifty(staff):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            text(staff.get(AGENTS))
        return len(captured)

    main = enrol("main", ACCOUNT)
    issue(main)
    enrol("first", ACCOUNT, parent="main")
    few = queries()
    for number in range(50):
        issue(enrol(f"sub-{number}", ACCOUNT, parent="main"))
    assert queries() == few


def test_a_parent_from_below_is_refused(staff):
    main = enrol("main", ACCOUNT)
    sub = enrol("sub", ACCOUNT, parent="main")
    page = text(staff.post(f"{AGENTS}{main.pk}/change/", fields(main, parent=sub.pk)))
    assert "below it" in page
    main.refresh_from_db()
    assert main.parent is None


@pytest.mark.parametrize(
    ("state", "changes", "says"),
    [
        (MailboxState.IDLE, {}, "am-good"),
        (MailboxState.AUTH_FAILED, {"detail": "imap.example.com refuses the login"}, "login refused"),
        (
            MailboxState.AUTH_FAILED,
            {"detail": "imap.example.com refuses the login"},
            "imap.example.com refuses the login",
        ),
        (MailboxState.UNWATCHED, {}, "not watched: no stream is open"),
        (MailboxState.UNWATCHED, {"watch": "always"}, "not watched: no server is running"),
    ],
)
def test_the_state_of_a_mailbox_is_told_in_words(staff, state, changes, says):
    enrol("main", ACCOUNT)
    Mailbox.objects.update(state=state, **changes)
    assert says in text(staff.get(AGENTS))


def test_the_next_attempt_and_a_dead_watcher_are_told(staff):
    enrol("main", ACCOUNT)
    soon, past = timezone.now() + timedelta(minutes=5, seconds=30), timezone.now() - timedelta(minutes=2, seconds=30)
    Mailbox.objects.update(state=MailboxState.RECONNECTING, next_attempt_at=soon)
    assert "next attempt in 5 minutes" in text(staff.get(AGENTS))
    Process.objects.create(name="another-host:1:abcd", until=past)
    Mailbox.objects.update(state=MailboxState.IDLE, lease="another-host:1:abcd")
    assert "left by its watcher 2 minutes ago" in text(staff.get(AGENTS))


@pytest.mark.parametrize(
    ("narrowed", "names"),
    [
        ("place=main", {"main", "bare"}),
        ("place=sub", {"sub"}),
        ("mailbox=trouble", {"sub"}),
        ("mailbox=off", {"main"}),
        ("mailbox=none", {"bare"}),
        ("enabled__exact=0", {"bare"}),
        ("q=ann", {"main", "sub"}),
    ],
)
def test_the_list_can_be_narrowed(staff, narrowed, names):
    enrol("main", ACCOUNT)
    enrol("sub", ACCOUNT, parent="main")
    Agent.objects.create(name="bare", enabled=False)
    Mailbox.objects.filter(agent__name="sub").update(state=MailboxState.RECONNECTING)
    page = staff.get(f"{AGENTS}?{narrowed}")
    assert {agent.name for agent in page.context["cl"].result_list} == names


# -- the mailbox


def test_a_new_agent_gets_its_mailbox_with_an_encrypted_password(staff):
    answer = staff.post(f"{AGENTS}add/", fields(**{"mailbox-0-password": "s3cret"}))
    assert answer.status_code == 302, answer.context["errors"]
    mailbox = Mailbox.objects.get(agent__name="billing")
    assert "s3cret" not in mailbox.password_encrypted
    assert decrypt(mailbox.password_encrypted) == "s3cret"


def test_the_password_is_never_shown_and_stays_when_left_empty(staff):
    agent = enrol("billing", ACCOUNT)
    page = text(staff.get(f"{AGENTS}{agent.pk}/change/"))
    assert "old-secret" not in page
    assert agent.mailbox.password_encrypted not in page
    staff.post(f"{AGENTS}{agent.pk}/change/", fields(agent, **{"mailbox-0-host": "other.example.com"}))
    mailbox = Mailbox.objects.get()
    assert (mailbox.host, decrypt(mailbox.password_encrypted)) == ("other.example.com", "old-secret")


def test_an_smtp_account_goes_in_stays_when_left_empty_and_is_forgotten_when_asked(staff):
    agent = enrol("billing", ACCOUNT)
    page = f"{AGENTS}{agent.pk}/change/"
    assert "the account of EMAIL_URL" in text(staff.get(page))
    url = "smtp+tls://ann:hush@smtp.example.com:587"
    staff.post(page, fields(agent, **{"mailbox-0-smtp": url}))
    assert smtp_account(agent.mailbox.pk)["password"] == "hush"
    shown = text(staff.get(page))
    assert "ann at smtp.example.com" in shown
    assert "hush" not in shown
    assert Mailbox.objects.get().smtp_url_encrypted not in shown
    staff.post(page, fields(agent))
    assert smtp_account(agent.mailbox.pk)["host"] == "smtp.example.com"
    assert "smtp+tls://USER" in text(staff.post(page, fields(agent, **{"mailbox-0-smtp": "smtp.example.com"})))
    staff.post(page, fields(agent, **{"mailbox-0-forget_smtp": "on"}))
    assert smtp_account(agent.mailbox.pk) == {}


def test_a_new_password_replaces_the_stored_one(staff):
    agent = enrol("billing", ACCOUNT)
    staff.post(f"{AGENTS}{agent.pk}/change/", fields(agent, **{"mailbox-0-password": " new secret "}))
    assert decrypt(Mailbox.objects.get().password_encrypted) == " new secret "


def test_another_folder_starts_a_new_cursor_and_the_same_one_keeps_it(staff):
    agent = enrol("billing", ACCOUNT)
    Mailbox.objects.update(uidvalidity=7, last_uid=40, generation=2)
    staff.post(f"{AGENTS}{agent.pk}/change/", fields(agent))
    assert Mailbox.objects.get().last_uid == 40
    staff.post(f"{AGENTS}{agent.pk}/change/", fields(agent, **{"mailbox-0-folder": "Work"}))
    mailbox = Mailbox.objects.get()
    assert (mailbox.folder, mailbox.uidvalidity, mailbox.last_uid, mailbox.generation) == ("Work", None, None, 3)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"mailbox-0-password": ""}, "A mailbox needs a password."),
        ({"mailbox-0-host": "imaps://imap.example.com"}, "without imaps://"),
        ({"mailbox-0-host": "imap.example.com:993"}, "without imaps://"),
        ({"mailbox-0-host": "two words"}, "without imaps://"),
        ({"mailbox-0-port": "0"}, "greater than or equal to 1"),
        ({"mailbox-0-port": "70000"}, "less than or equal to 65535"),
        ({"mailbox-0-security": "ssl"}, "Select a valid choice"),
        ({"mailbox-0-security": "starttls"}, "speaks TLS from the start"),
        ({"mailbox-0-port": "143"}, "Port 143 begins without TLS"),
        ({"name": "no spaces"}, "A name takes letters"),
    ],
)
def test_a_wrong_value_is_refused_in_words(staff, changes, says):
    page = text(staff.post(f"{AGENTS}add/", fields(**({"mailbox-0-password": "p"} | changes))))
    assert says in page.replace("&#x27;", "'")
    assert not Agent.objects.exists()


def test_a_mailbox_is_tested_from_its_agents_page(staff, dovecot):
    login = dovecot.add_user()
    agent = enrol(
        "billing",
        Account(host="127.0.0.1", port=dovecot.imap, security="plain", user=login.user, password=login.password),
    )
    assert "Test this mailbox" in text(staff.get(f"{AGENTS}{agent.pk}/change/"))
    page = text(staff.post(f"{AGENTS}{agent.pk}/test-mailbox/"))
    assert "can be watched" in page
    assert "INBOX holds 0 messages." in page


def test_several_mailboxes_are_tested_by_an_action_and_each_says_what_to_do(staff, dovecot):
    login = dovecot.add_user()
    place = {"host": "127.0.0.1", "port": dovecot.imap, "security": "plain", "user": login.user}
    good = enrol("good", Account(**place, password=login.password))
    wrong = enrol("wrong", Account(**place, password="hush-hush"))
    bare = Agent.objects.create(name="bare")
    chosen = [good.pk, wrong.pk, bare.pk]
    page = text(staff.post(AGENTS, {"action": "test_mailboxes", "_selected_action": chosen}))
    assert page.count("can be watched<") == 1
    assert page.count("can&#x27;t be watched like this") + page.count("can't be watched like this") == 2
    assert "app password" in page
    assert "no mailbox yet" in page
    assert "hush-hush" not in page


def test_too_many_mailboxes_at_once_are_not_tested(staff):
    chosen = [enrol(f"agent-{number}", ACCOUNT).pk for number in range(11)]
    answer = staff.post(AGENTS, {"action": "test_mailboxes", "_selected_action": chosen}, follow=True)
    assert "At most 10 mailboxes at a time" in text(answer)


# -- tokens


def test_a_token_is_issued_and_shown_once(staff):
    agent = enrol("billing", ACCOUNT)
    url = reverse("admin:mailevents_agent_issue", args=[agent.pk])
    assert "Expires in" in text(staff.get(url))
    answer = staff.post(url, {"label": "ci", "scopes": ["watch"], "expires_in": "12h"})
    shown = answer.context["text"]
    token = Token.objects.get(digest=digest(shown))
    assert shown in text(answer)
    assert "no-store" in answer["Cache-Control"]
    assert "/watch" in text(answer)
    assert (token.label, token.scope_events, token.scope_watch) == ("ci", False, True)
    assert token.expires_at is not None
    for page in (
        AGENTS,
        f"{AGENTS}{agent.pk}/change/",
        "/admin/mailevents/token/",
        url,
        f"{AGENTS}{agent.pk}/history/",
    ):
        shown_later = text(staff.get(page))
        assert shown not in shown_later
        assert token.digest not in shown_later


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"scopes": []}, "choose one at least"),
        ({"scopes": ["events"], "expires_in": "soon"}, "takes a number and a unit"),
    ],
)
def test_a_token_with_a_wrong_wish_is_not_issued(staff, answers, says):
    agent = enrol("billing", ACCOUNT)
    assert says in text(staff.post(reverse("admin:mailevents_agent_issue", args=[agent.pk]), answers))
    assert not Token.objects.exists()


def test_tokens_are_revoked_by_an_action(staff):
    agent = enrol("billing", ACCOUNT)
    gone, stays = issue(agent)[0], issue(agent)[0]
    answer = staff.post(
        "/admin/mailevents/token/", {"action": "revoke_tokens", "_selected_action": [gone.pk]}, follow=True
    )
    assert "1 token is revoked" in text(answer)
    gone.refresh_from_db()
    stays.refresh_from_db()
    assert gone.revoked_at is not None
    assert stays.revoked_at is None
    assert "revoked 0 minutes ago" in text(answer)


@pytest.mark.parametrize("status", ["active", "expired", "revoked"])
def test_tokens_are_found_by_their_status(staff, status):
    agent, now = enrol("billing", ACCOUNT), timezone.now()
    made = {
        "active": issue(agent, expires_at=now + timedelta(days=1))[0],
        "expired": issue(agent, expires_at=now - timedelta(days=1))[0],
        "revoked": issue(agent)[0],
    }
    Token.objects.filter(pk=made["revoked"].pk).update(revoked_at=now)
    page = staff.get(f"/admin/mailevents/token/?status={status}")
    assert list(page.context["cl"].result_list) == [made[status]]
    assert f">{status}" in text(page)


def test_a_token_cannot_be_added_by_hand(staff):
    assert staff.get("/admin/mailevents/token/add/").status_code == 403


# -- two administrators at one agent


def test_what_another_administrator_changed_meanwhile_stays_unless_it_is_changed_here_too(staff):
    agent = enrol("billing", ACCOUNT)
    url = f"{AGENTS}{agent.pk}/change/"
    page = text(staff.get(url))
    hidden = (dict(re.findall(r'(\w+)="([^"]*)"', tag)) for tag in re.findall(r"<input [^>]*>", page))
    shown = {tag["name"]: tag.get("value", "") for tag in hidden if "initial-" in tag.get("name", "")}
    assert {"initial-email", "initial-enabled"} < shown.keys()
    assert not any(secret in name for name in shown for secret in ("password", "smtp"))
    Agent.objects.update(email="first@example.com", enabled=False)
    Mailbox.objects.update(host="new.example.com")
    staff.post(url, fields(agent, **shown, email="", enabled="on", spam_threshold="7", **{"mailbox-0-watch": "always"}))
    agent.refresh_from_db()
    assert (agent.email, agent.enabled, agent.spam_threshold) == ("first@example.com", False, 7.0)
    assert (agent.mailbox.host, agent.mailbox.watch) == ("new.example.com", "always")


# -- agents on and off, and away


def test_agents_are_disabled_and_enabled_by_actions(staff):
    agent = enrol("billing", ACCOUNT)
    answer = staff.post(AGENTS, {"action": "disable", "_selected_action": [agent.pk]}, follow=True)
    assert "1 agent is disabled now" in text(answer)
    assert "agent is disabled" in text(answer)
    assert not Agent.objects.get().enabled
    staff.post(AGENTS, {"action": "enable", "_selected_action": [agent.pk]})
    assert Agent.objects.get().enabled


def test_deleting_an_agent_counts_what_is_its_own_and_takes_it_along(staff):
    agent = enrol("billing", ACCOUNT)
    for _ in range(3):
        log(agent)
    ListEntry.objects.create(kind="block", key="d:example.net", agent=agent)
    Rule.objects.create(name="Its own", agent=agent)
    Rule.objects.create(name="Of all")
    url = f"{AGENTS}{agent.pk}/delete/"
    told = text(staff.get(url)).lower()
    assert all(counted in told for counted in ("events in the log: 3", "rules: 1", "list entries: 1", "weights: 0"))
    staff.post(url, {"post": "yes"})
    assert not Agent.objects.exists()
    assert not MailEvent.objects.exists()
    assert [rule.name for rule in Rule.objects.all()] == ["Of all"]


def test_an_agent_with_agents_below_it_is_not_deleted(staff):
    main = enrol("main", ACCOUNT)
    enrol("sub", ACCOUNT, parent="main")
    page = text(staff.post(f"{AGENTS}{main.pk}/delete/", {"post": "yes"}))
    assert "sub" in page
    assert Agent.objects.count() == 2


# -- the log


NEW = {
    "agent": "billing",
    "message": {
        "folder": "Invoices", "uid": 77, "uidvalidity": 1, "message_id": "<a@b>", "in_reply_to": None,
        "from": {"name": "Ann <script>", "address": "ann@example.com"},
        "to": [{"name": "", "address": "b@example.com"}],
        "cc": [], "reply_to": [], "subject": "Invoice 7", "date": "2026-11-22T10:11:09Z",
        "received_at": "2026-11-22T10:11:11Z", "size": 5321, "flags": ["\\Seen"], "labels": ["vip"], "priority": "high",
        "list_id": None, "deleted": False, "preview": "<b>Dear</b> all", "codes": ["482913"],
        "attachments": [{"filename": "7.pdf", "content_type": "application/pdf", "size": 40211}],
    },
    "spam": {"verdict": "ham", "score": 0.4, "threshold": 5.0, "categories": [], "hits": [
{"check": "HTML_ONLY", "category": "content", "score": 0.4, "description": "no plain-text part"}]},
    "rules": {"matched": [{"id": 3, "name": "Sort invoices"}],
              "actions": [{"action": "move", "status": "done", "folder": "Invoices"}], "auto_reply": None,
              "errors": [{"rule": "Broken", "message": "no such field"}]},
}  # fmt: skip


def log(agent, **columns):
    values = {
        "type": "new", "sender": "ann@example.com", "subject": "Invoice 7", "verdict": "ham", "priority": "high",
        "occurred_at": timezone.now(), "data": json.dumps(NEW),
    }  # fmt: skip
    return MailEvent.objects.create(agent=agent, **(values | columns))


def test_an_event_is_shown_readable_and_escaped(staff):
    event = log(enrol("billing", ACCOUNT))
    page = text(staff.get(f"/admin/mailevents/mailevent/{event.pk}/change/"))
    for wanted in (
        "HTML_ONLY",
        "no plain-text part",
        "Sort invoices",
        "folder: Invoices",
        "7.pdf",
        "482913",
        "no such field",
    ):
        assert wanted in page
    assert f"&quot;occurred_at&quot;: &quot;{timestamp(event.occurred_at)}&quot;" in page  # as on a stream
    assert "<script>&quot;" not in page
    assert "Ann &lt;script&gt; &lt;ann@example.com&gt;" in page
    assert "&lt;b&gt;Dear&lt;/b&gt;" in page
    assert "<b>Dear" not in page


def test_an_event_without_verdict_is_shown_too(staff):
    gone = {"agent": "billing", "message": {"folder": "INBOX", "uid": 5, "uidvalidity": 1, "flags": []}}
    event = log(enrol("billing", ACCOUNT), type="expunge", data=json.dumps(gone), verdict="", sender="", subject="")
    assert "expunge" in text(staff.get(f"/admin/mailevents/mailevent/{event.pk}/change/"))
    assert "expunge" in text(staff.get("/admin/mailevents/mailevent/"))


@pytest.mark.parametrize(
    ("narrowed", "subjects"),
    [
        ("q=ann@example.com", {"Invoice 7"}),
        ("q=lottery", {"Lottery"}),
        ("q=sales", {"Lottery"}),
        ("verdict=spam", {"Lottery"}),
        ("type=new", {"Invoice 7", "Lottery"}),
        ("agent=billing", {"Invoice 7"}),
        ("agent=nobody", set()),
        ("agent=sales&verdict=ham", set()),
    ],
)
def test_events_are_found(staff, narrowed, subjects):
    log(enrol("billing", ACCOUNT))
    log(enrol("sales", ACCOUNT), sender="x@example.net", subject="Lottery", verdict="spam")
    page = staff.get(f"/admin/mailevents/mailevent/?{narrowed}")
    assert {event.subject for event in page.context["cl"].result_list} == subjects


def test_the_agent_filter_keeps_the_other_filters(staff):
    log(enrol("billing", ACCOUNT))
    page = text(staff.get("/admin/mailevents/mailevent/?verdict=ham"))
    assert '<input type="hidden" name="verdict" value="ham">' in page


def test_the_log_costs_the_same_queries_for_one_event_and_for_forty(staff):
    agents = [enrol(f"agent-{number}", ACCOUNT) for number in range(40)]
    log(agents[0])

    def queries():
        with CaptureQueriesContext(connection) as captured:
            text(staff.get("/admin/mailevents/mailevent/"))
        return len(captured)

    few = queries()
    for agent in agents[1:]:
        log(agent)
    assert queries() == few


def test_the_log_cannot_be_changed(staff):
    event = log(enrol("billing", ACCOUNT))
    base = "/admin/mailevents/mailevent/"
    assert staff.get(f"{base}add/").status_code == 403
    assert staff.post(f"{base}{event.pk}/delete/", {"post": "yes"}).status_code == 403
    assert staff.post(f"{base}{event.pk}/change/", {"subject": "x"}).status_code == 403
    assert "delete_selected" not in text(staff.get(base))
    assert MailEvent.objects.get().subject == "Invoice 7"


def test_a_delivery_in_work_is_shown(staff):
    agent = enrol("billing", ACCOUNT)
    steps = [{"action": "move", "status": "done"}, {"action": "forward", "status": "sending"}]
    row = Delivery.objects.create(mailbox=agent.mailbox, generation=0, uid=5, event=NEW, steps=steps)
    assert "move: done, forward: sending" in text(staff.get("/admin/mailevents/delivery/"))
    assert "Invoice 7" in text(staff.get(f"/admin/mailevents/delivery/{row.pk}/change/"))


# -- who may


def test_staff_without_permission_sees_nothing_of_it(client):
    agent = enrol("billing", ACCOUNT)
    client.force_login(User.objects.create_user("clerk", is_staff=True))
    for page in (
        AGENTS,
        f"{AGENTS}{agent.pk}/issue-token/",
        f"{AGENTS}{agent.pk}/test-mailbox/",
        "/admin/mailevents/mailevent/",
    ):
        assert client.get(page).status_code == 403
    assert client.post(f"{AGENTS}{agent.pk}/issue-token/", {"scopes": ["events"]}).status_code == 403
    assert not Token.objects.exists()


# -- beside a running product


def test_a_form_puts_nothing_back_that_was_written_meanwhile(staff, monkeypatch):
    agent = enrol("billing", ACCOUNT)
    token, _text = issue(agent)
    Mailbox.objects.update(uidvalidity=7, last_uid=40)

    def meanwhile(*_args, **_options):
        Mailbox.objects.update(last_uid=41, state=MailboxState.IDLE)
        Agent.objects.update(acked_id=9)
        Token.objects.update(revoked_at=timezone.now())

    monkeypatch.setattr("mailevents.admin.mailbox_form.encrypt", lambda text: (meanwhile(), encrypt(text))[1])
    changes = fields(agent, email="b@example.com", **{"mailbox-0-password": "new", "mailbox-0-host": "h2"})
    assert staff.post(f"{AGENTS}{agent.pk}/change/", changes).status_code == 302
    mailbox, agent = Mailbox.objects.get(), Agent.objects.get()
    assert (mailbox.host, decrypt(mailbox.password_encrypted)) == ("h2", "new")
    assert (mailbox.last_uid, mailbox.state, agent.email, agent.acked_id) == (41, MailboxState.IDLE, "b@example.com", 9)
    answer = staff.post(f"/admin/mailevents/token/{token.pk}/change/", {"label": "ci", "scope_events": "on"})
    assert answer.status_code == 302
    token.refresh_from_db()
    assert (token.label, token.scope_watch) == ("ci", False)
    assert token.revoked_at is not None


def test_a_mailbox_is_opened_anew_where_its_account_or_the_name_that_it_is_told_by_changed(staff):
    agent = enrol("billing", ACCOUNT)

    def reopens(**changes):
        before = Mailbox.objects.get().changed_at
        assert staff.post(f"{AGENTS}{agent.pk}/change/", fields(agent, **changes)).status_code == 302
        return Mailbox.objects.get().changed_at > before

    assert not reopens(email="b@example.com")
    assert reopens(**{"mailbox-0-host": "h2"})
    assert reopens(**{"name": "accounts", "mailbox-0-host": "h2"})
