"""What an administrator changes holds at the next look, without a restart and whatever the mailbox waits for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mailevents.models import Agent, Mailbox
from mailevents.runtime import _changed_accounts
from mailevents.secrets import encrypt
from mailevents.watching.row import row_of
from tests.delivery.scene import Scene, mail
from tests.servers.fleet import Fleet
from tests.servers.sse import Stream
from tests.servers.waiting import wait_for


def states(stream: Stream) -> list[str]:
    return [event.data["state"] for event in stream.of("mailbox")]


def test_a_corrected_password_is_tried_at_once_and_a_moved_mailbox_is_followed(product, dovecot):
    running = product(environment={"AGENTICMAIL_HEARTBEAT_S": "0.3"})
    scene = Scene(running, dovecot, imap=f"imap://nobody:wrong@127.0.0.1:{dovecot.imap}/INBOX")
    running.start()
    with scene.stream() as stream:
        stream.wait_until(lambda: "auth_failed" in states(stream), "the login to be refused")
        scene.reconfigure(scene.login)
        stream.wait_until(lambda: states(stream)[-1] == "idle", "the mailbox to idle")
        scene.deliver(mail(1))
        stream.wait("new", 1)
        other = dovecot.add_user()
        scene.reconfigure(other)
        stream.wait_until(lambda: states(stream).count("idle") == 2, "the other mailbox to idle", 15)
        dovecot.deliver(other.user, mail(2))
        stream.wait("new", 2)


def test_a_changed_threshold_holds_for_the_next_message(product, dovecot):
    running = product()
    scene = Scene(running, dovecot)
    running.start()
    with scene.ready() as stream:
        scene.deliver(mail(1))
        scene.new(stream)
        scene.reconfigure(scene.login, spam_threshold=42.0)
        scene.deliver(mail(2))
        first, second = scene.new(stream, 2)
    assert (first["spam"]["threshold"], second["spam"]["threshold"]) == (5.0, 42.0)


@pytest.fixture
def fleet(product, django_db_blocker):
    running = product(environment={"AGENTICMAIL_HEARTBEAT_S": "0.3"}).start()
    with django_db_blocker.unblock():
        yield Fleet(running)


def test_an_agent_that_is_given_a_mailbox_and_then_another_is_watched_by_the_streams_that_are_open(fleet, dovecot):
    main = fleet.agent()
    sub = fleet.agent(parent=main)
    with sub.stream() as own, main.stream(route="/watch") as watcher:
        own.wait("ready")
        watcher.wait("ready")
        for number in (1, 2):
            login = dovecot.add_user()
            account = {"port": dovecot.imap, "security": "plain", "password_encrypted": encrypt(login.password)}
            with fleet.rows():
                Mailbox.objects.all().delete()
                Mailbox.objects.create(agent=sub.row, host="127.0.0.1", user=login.user, **account)
            for stream in (own, watcher):
                stream.wait_until(lambda s=stream, n=number: states(s).count("idle") == n, "the mailbox to idle", 15)
            dovecot.deliver(login.user, mail(number))
            own.wait("new", number)
            watcher.wait("new", number)


def test_the_time_of_a_change_is_told_alike_by_who_looks_for_changes_and_by_who_opens(database):
    agent = Agent.objects.create(name="ann")
    mailbox = Mailbox.objects.create(agent=agent, host="h", port=1, user="u", security="plain")
    opened = row_of(mailbox.pk, timezone.now()).changed_at
    assert _changed_accounts() == {mailbox.pk: opened}


def test_a_change_is_noticed_though_the_clock_of_who_made_it_is_behind(fleet, dovecot):
    login, other = dovecot.add_user(), dovecot.add_user()
    agent = fleet.agent(login=login, port=dovecot.imap)
    with agent.stream() as stream:
        stream.wait_until(lambda: states(stream)[-1:] == ["idle"], "the mailbox to idle", 15)
        with fleet.rows():
            before = timezone.now() - timedelta(minutes=1)
            Mailbox.objects.update(user=other.user, uidvalidity=None, last_uid=None, changed_at=before)
        wait_for(lambda: dovecot.sessions(other.user) == 1, "the other mailbox to be opened", within=15)
        wait_for(lambda: agent.mailbox().last_uid is not None, "its place to be found", within=15)
        dovecot.deliver(other.user, mail(1))
        stream.wait("new", 1)
