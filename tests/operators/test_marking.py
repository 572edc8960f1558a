"""Marking events as spam or ham reads the message from a real mailbox and teaches the filter."""

import json

import pytest
from django.contrib.auth.models import Permission, User
from django.utils import timezone

from agenticmail.message import parse_message
from mailevents.enrolment import enrol
from mailevents.imap.connecting import Account
from mailevents.models import MailEvent
from spamfilter.judge import judge
from spamfilter.lookup import policy_for
from spamfilter.models import Signature
from spamfilter.training import knowledge

pytestmark = pytest.mark.django_db
EVENTS = "/admin/mailevents/mailevent/"
RAW = (
    b"From: win@prize.example\r\nTo: b@example.com\r\nSubject: You won\r\nMessage-ID: <%d@x>\r\n\r\n"
    b"Congratulations, your mailbox number %d was drawn in our great summer lottery of winners.\r\n"
    b"Send your bank account and a processing fee of two hundred dollars to claim the big prize today.\r\n"
)


@pytest.fixture
def staff(client):
    client.force_login(User.objects.create_superuser("root", password="x"))
    return client


@pytest.fixture
def agent(dovecot):
    login = dovecot.add_user()
    place = Account(host="127.0.0.1", port=dovecot.imap, security="plain", user=login.user, password=login.password)
    return enrol("billing", place)


def arrived(dovecot, agent, number=1):
    """A message in the mailbox, and its event in the log."""
    raw = RAW % (number, number)
    dovecot.append(agent.mailbox.user, raw)
    with dovecot.client(agent.mailbox.user) as client:
        uidvalidity = client.select_folder("INBOX")[b"UIDVALIDITY"]
        uid = client.search()[-1]
    message = {
        "folder": "INBOX", "uid": uid, "uidvalidity": uidvalidity, "message_id": f"<{number}@x>", "size": len(raw),
        "received_at": "2026-11-22T10:11:11Z", "flags": [], "labels": [],
    }  # fmt: skip
    return MailEvent.objects.create(
        type="new",
        agent=agent,
        mailbox=agent.mailbox,
        occurred_at=timezone.now(),
        arrival_uid=uid,
        generation=0,
        data=json.dumps({"agent": "billing", "message": message}),
    )


def act(staff, action, *events):
    answer = staff.post(EVENTS, {"action": action, "_selected_action": [event.pk for event in events]}, follow=True)
    return [str(message) for message in answer.context["messages"]]


def verdict(agent, number):
    message = parse_message(RAW % (number, number), received_at=timezone.now())
    return judge(message, policy_for(message, agent_id=agent.pk, threshold=None))


def test_marked_spam_is_learnt_and_known_again_by_its_signature(staff, dovecot, agent):
    before = verdict(agent, 1)
    told = act(staff, "mark_as_spam", arrived(dovecot, agent))
    assert told == ["1 message learnt as spam; signatures kept: Marked: You won."]
    assert (knowledge().spam, knowledge().ham) == (1, 0)
    assert verdict(agent, 1).score > before.score


def test_what_was_marked_wrongly_is_taken_back(staff, dovecot, agent):
    event = arrived(dovecot, agent)
    before = verdict(agent, 1)
    act(staff, "mark_as_spam", event)
    told = act(staff, "mark_as_ham", event)
    assert told == ["1 message learnt as ham; signatures switched off: Marked: You won."]
    assert (knowledge().spam, knowledge().ham) == (0, 1)
    assert verdict(agent, 1).score <= before.score
    act(staff, "mark_as_spam", event)
    assert Signature.objects.get().enabled


def test_the_same_message_is_learnt_once(staff, dovecot, agent):
    event = arrived(dovecot, agent)
    act(staff, "mark_as_spam", event)
    assert "0 messages learnt as spam, 1 known as spam before" in act(staff, "mark_as_spam", event)[0]
    assert knowledge().spam == 1
    assert Signature.objects.count() == 1


def test_what_cannot_be_read_is_left_out_and_the_rest_is_learnt(staff, dovecot, agent):
    gone, there = arrived(dovecot, agent, 1), arrived(dovecot, agent, 2)
    flags = MailEvent.objects.create(type="flags", agent=agent, occurred_at=timezone.now(), data="{}")
    with dovecot.client(agent.mailbox.user, "INBOX") as client:
        client.delete_messages([client.search()[0]])
        client.expunge()
    told = act(staff, "mark_as_spam", gone, there, flags)
    assert told[0].startswith("1 message learnt as spam")
    assert any(f"Event {gone.pk} was left out. The message is no longer" in line for line in told)
    assert any(f"Event {flags.pk} was left out. Only the arrival" in line for line in told)


def test_a_mailbox_that_is_away_is_asked_once(staff, dovecot, agent, proxy_to):
    proxy = proxy_to(dovecot.imap)
    events = [arrived(dovecot, agent, number) for number in (1, 2, 3)]
    agent.mailbox.port = proxy.port
    agent.mailbox.save()
    proxy.refuse()
    told = act(staff, "mark_as_spam", *events)
    assert len([line for line in told if "was left out" in line]) == 3
    assert proxy.accepted == 1
    assert knowledge().spam == 0


def test_too_many_at_once_are_not_read(staff, agent):
    now = timezone.now()
    events = [MailEvent.objects.create(type="new", agent=agent, occurred_at=now, data="{}") for _ in range(21)]
    assert act(staff, "mark_as_spam", *events) == [
        "At most 20 messages at a time, please: each is read from its mailbox."
    ]


def test_who_may_only_view_events_cannot_mark_them(client, dovecot, agent):
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_mailevent"))
    client.force_login(viewer)
    assert "mark_as_spam" not in client.get(EVENTS).content.decode()
    act(client, "mark_as_spam", arrived(dovecot, agent))
    assert knowledge().spam == 0
