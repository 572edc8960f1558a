"""“Explain a verdict” takes the message of an event from its real mailbox."""

import json

import pytest
from django.contrib.auth.models import Permission, User
from django.utils import timezone

from mailevents.enrolment import enrol
from mailevents.imap.connecting import Account
from mailevents.models import MailEvent

pytestmark = pytest.mark.django_db
EXPLAIN = "/admin/spamfilter/explanation/"
RAW = (
    b"From: win@prize.example\r\nTo: b@example.com\r\nSubject: You won <b>big</b>\r\nMessage-ID: <1@x>\r\n\r\n"
    b"Send your fee.\r\n"
)


@pytest.fixture
def staff(client):
    client.force_login(User.objects.create_superuser("root", password="x"))
    return client


@pytest.fixture
def agent(dovecot):
    login = dovecot.add_user()
    place = Account(host="127.0.0.1", port=dovecot.imap, security="plain", user=login.user, password=login.password)
    made = enrol("billing", place)
    made.spam_threshold = 3.0
    made.save()
    return made


def event(agent, uid, kind="new"):
    message = {
        "folder": "INBOX",
        "uid": uid,
        "uidvalidity": 1,
        "message_id": "<1@x>",
        "size": len(RAW),
        "received_at": "2026-11-22T10:11:11Z",
        "flags": [],
        "labels": [],
    }
    return MailEvent.objects.create(
        type=kind,
        agent=agent,
        mailbox=agent.mailbox,
        occurred_at=timezone.now(),
        arrival_uid=uid,
        generation=0,
        data=json.dumps({"agent": agent.name, "message": message}),
    )


def test_the_message_is_read_from_the_mailbox_and_explained_for_its_agent(staff, dovecot, agent):
    dovecot.append(agent.mailbox.user, RAW)
    row = event(agent, 1)
    assert f"{EXPLAIN}?event={row.pk}" in staff.get(f"/admin/mailevents/mailevent/{row.pk}/change/").content.decode()
    told = staff.get(EXPLAIN, {"event": row.pk}).content.decode()
    assert "win@prize.example" in told
    assert "You won &lt;b&gt;big" in told
    assert "of 3 points" in told
    assert "2026-11-22 10:11:11 UTC" in told


def test_a_message_of_the_log_is_explained_only_to_who_may_read_the_log(client, agent):
    looker = User.objects.create_user("looker", password="x", is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_explanation"))
    client.force_login(looker)
    assert client.get(EXPLAIN).status_code == 200
    assert client.get(EXPLAIN, {"event": event(agent, 7).pk}).status_code == 403


def test_a_message_that_is_gone_and_an_event_without_one_say_so(staff, agent):
    gone = staff.get(EXPLAIN, {"event": event(agent, 7).pk}).content.decode()
    assert "cannot be explained. The message" in gone
    expunged = staff.get(EXPLAIN, {"event": event(agent, 8, "expunge").pk}).content.decode()
    assert "Only the arrival of a message can be explained." in expunged
