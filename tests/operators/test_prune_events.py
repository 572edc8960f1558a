"""`prune_events`: what is past retention goes, the rest stays, and the log remembers what it dropped."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from mailevents.eventlog import log
from mailevents.eventlog.retention import prune
from mailevents.models import Agent, MailEvent, Retention
from rules.models import SentMail

pytestmark = pytest.mark.django_db


def logged(agent, days_ago):
    at = timezone.now() - timedelta(days=days_ago)
    return MailEvent.objects.create(agent=agent, type="new", occurred_at=at, data="{}")


@pytest.fixture
def agent():
    return Agent.objects.create(name="main")


def run():
    out = io.StringIO()
    call_command("prune_events", stdout=out)
    return out.getvalue()


def test_only_what_is_past_retention_goes_and_its_highest_id_is_kept(agent, settings):
    settings.AGENTICMAIL_RETENTION_DAYS = 7
    gone, stays = [logged(agent, days) for days in (30, 8)], logged(agent, 6)
    assert run() == "Dropped 2 events and 0 sent mails.\n"
    assert list(MailEvent.objects.all()) == [stays]
    assert log.pruned().id == gone[-1].pk
    assert run() == "Dropped 0 events and 0 sent mails.\n"
    assert log.pruned().id == gone[-1].pk


def test_an_emptied_log_still_knows_where_it_ended(agent):
    last = logged(agent, 60)
    run()
    assert not MailEvent.objects.exists()
    assert log.head().id == last.pk
    assert Retention.objects.get().pruned_id == last.pk


def test_many_events_go_in_batches(agent):
    for _ in range(7):
        logged(agent, 60)
    assert prune(timezone.now(), batch=3).events == 7
    assert not MailEvent.objects.exists()


def test_sent_mails_go_when_no_limit_counts_them(agent):
    now = timezone.now()
    for until in (now - timedelta(seconds=1), now + timedelta(days=1)):
        SentMail.objects.create(agent=agent, kind="reply", address="a@example.com", needed_until=until)
    assert run() == "Dropped 0 events and 1 sent mail.\n"
    assert SentMail.objects.get().needed_until > now
