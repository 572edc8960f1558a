"""What befalls a mailbox: afterwards every message has one event, and a line and a figure say what it was."""

import json
import logging
import random
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connections
from django.utils import timezone

from mailevents import metrics
from mailevents.models import Agent, Delivery, MailEvent
from mailevents.secrets import encrypt
from mailevents.watching import lease
from rules.models import Rule
from tests.servers.dovecot import Dovecot, Login
from tests.servers.proxy import Proxy
from tests.servers.smtp import SmtpSink
from tests.servers.waiting import wait_for
from tests.watching.conftest import Box, Watching, mail
from tests.watching.test_lease import hold
from tests.watching.test_trouble import fill, uidvalidity

Make = Callable[..., Watching]


def failures() -> float:
    """Of connections to mailboxes, of every kind."""
    return sum(
        sample.value for family in metrics.failures.collect() for sample in family.samples if "_total" in sample.name
    )


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    """Afterwards, that a line and a figure said that something had failed; the lines."""
    before = failures()
    caplog.set_level(logging.INFO)

    def say() -> str:
        lines = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
        assert lines
        assert failures() > before
        return "\n".join(lines)

    return say


@pytest.mark.parametrize("after", [9000])
def test_an_answer_that_stops_in_the_middle_is_given_up(
    watching: Make, dovecot: Dovecot, login: Login, line: Proxy, told: Callable[[], str], after: int
) -> None:
    """The server falls silent so many bytes into the session, the longest in the literal of a message."""
    box = watching().box(login, line.port, uidvalidity=uidvalidity(dovecot, login), last_uid=0)
    fill(dovecot, login, mail(1), mail(2, "word " * 10_000), mail(3))
    line.stall_after(after)
    box.open().wait("reconnecting")
    line.behave()
    box.wait_for_mail(1, 2, 3)
    assert "stopped answering" in told()


def test_a_server_that_answers_no_to_everything_is_asked_again(
    watching: Make, dovecot: Dovecot, login: Login, line: Proxy, told: Callable[[], str]
) -> None:
    box = watching(renew_s=0.2).box(login, line.port).open()
    box.wait("idle")
    line.rewrite(lambda data: re.sub(rb"(?m)^([A-Z]{4}\d+) OK[^\r]*", rb"\1 NO [UNAVAILABLE] not now", data))
    dovecot.deliver(login.user, mail(1))
    wait_for(lambda: box.states()[-1:] in (["reconnecting"], ["auth_failed"]), "the refusal to be noticed")
    line.behave()
    box.wait_for_mail(1)
    assert "not now" in told()


@pytest.mark.parametrize("watched", [True, False], ids=["while watched", "while away"])
def test_a_mailbox_restored_from_a_backup_with_lower_uids_repeats_nothing_and_loses_nothing(
    watching: Make, dovecot: Dovecot, login: Login, watched: bool
) -> None:
    box = watching().box(login, dovecot.imap).open()
    box.wait("idle")
    maildir, backup = dovecot.home(login.user) / "Maildir", dovecot.home(login.user) / "backup"
    dovecot.deliver(login.user, mail(1))
    box.wait_for_mail(1)
    subprocess.run(["cp", "-a", maildir, backup], check=True)
    dovecot.deliver(login.user, mail(2), mail(3))
    box.wait_for_mail(1, 2, 3)
    if not watched:
        box.leave()
        box.wait("")
    dovecot.doveadm("kick", login.user) if watched else None
    shutil.rmtree(maildir)
    backup.rename(maildir)
    dovecot.deliver(login.user, mail(4))
    box.open().wait_for_mail(1, 2, 3, 4)
    dovecot.deliver(login.user, mail(5))
    box.wait_for_mail(1, 2, 3, 4, 5)
    assert box.row().generation >= 1


def test_what_a_restored_mailbox_numbers_after_new_mail_is_not_delivered_again(
    watching: Make, dovecot: Dovecot, login: Login
) -> None:
    box = watching().box(login, dovecot.imap).open()
    box.wait("idle")
    dovecot.deliver(login.user, mail(1), mail(2))
    box.wait_for_mail(1, 2)
    times = MailEvent.objects.order_by("id").values_list("received_at", flat=True)
    box.leave()
    box.wait("")
    rebuild(dovecot, login)
    dovecot.deliver(login.user, mail(3))
    for number, at in enumerate(times, 1):
        dovecot.append(login.user, mail(number), at=at)
    dovecot.deliver(login.user, mail(4))
    box.open().wait_for_mail(1, 2, 3, 4)


def test_a_message_in_work_is_not_taken_for_another_that_has_its_uid_after_a_renumbering(
    watching: Make, dovecot: Dovecot, login: Login, smtp_sink: SmtpSink
) -> None:
    box = answering(watching(), dovecot, login, smtp_sink)
    rule(box, action="move", folder="Done")
    dovecot.deliver(login.user, mail(1))
    smtp_sink.wait(1)
    rebuild(dovecot, login)
    dovecot.append(login.user, mail(2))
    smtp_sink.behave()
    box.wait_for_mail(1, 2)
    first, second = (json.loads(event.data) for event in MailEvent.objects.order_by("id"))
    assert "no longer in the folder" in first["rules"]["actions"][1]["reason"]
    assert (second["message"]["folder"], second["rules"]["actions"][1]["status"]) == ("Done", "done")


def test_a_message_in_work_is_finished_under_its_new_uid_after_a_renumbering(
    watching: Make, dovecot: Dovecot, login: Login, smtp_sink: SmtpSink
) -> None:
    box = answering(watching(), dovecot, login, smtp_sink)
    rule(box, action="label", label="vip")
    dovecot.deliver(login.user, mail(1))
    smtp_sink.wait(1)
    at = Delivery.objects.get().event["columns"]["received_at"]
    rebuild(dovecot, login)
    dovecot.append(login.user, mail(2))
    dovecot.append(login.user, mail(1), at=datetime.fromisoformat(at))
    smtp_sink.behave()
    box.wait_for_mail(1, 2)
    event = json.loads(MailEvent.objects.earliest("id").data)
    assert (event["message"]["uid"], event["message"]["labels"]) == (2, ["vip"])
    dovecot.deliver(login.user, mail(3))
    box.wait_for_mail(1, 2, 3)


def rebuild(dovecot: Dovecot, login: Login) -> None:
    """An empty mailbox under the old name."""
    if dovecot.sessions(login.user):
        dovecot.doveadm("kick", login.user)
    shutil.rmtree(dovecot.home(login.user) / "Maildir")
    dovecot.set_uidvalidity(login.user, 4242)


def answering(there: Watching, dovecot: Dovecot, login: Login, smtp_sink: SmtpSink) -> Box:
    """A mailbox that answers its mail, by a server that stalls, so that the message stays in work."""
    smtp_sink.stall("DATA")
    box = there.box(login, dovecot.imap, smtp_url_encrypted=encrypt(smtp_sink.url)).open()
    Agent.objects.update(email="agent@example.com")
    rule(box, action="auto_reply", text="Thank you.")
    box.wait("idle")
    return box


def test_a_clock_that_is_stepped_back_and_forth_costs_nothing(
    watching: Make, dovecot: Dovecot, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Up to a day, at every look at it."""
    steps, real = random.Random(7), timezone.now

    def now() -> datetime:
        return real() + timedelta(hours=steps.uniform(-24, 24))

    box = watching(renew_s=0.3).box(login, dovecot.imap).open()
    box.wait("idle")
    monkeypatch.setattr(timezone, "now", now)
    for number in range(1, 7):
        dovecot.deliver(login.user, mail(number))
        box.wait_for_mail(*range(1, number + 1))
    times = list(MailEvent.objects.order_by("id").values_list("occurred_at", flat=True))
    assert all(one < next for one, next in pairwise(times))


def test_a_database_that_stays_locked_for_longer_than_is_waited_is_said_and_outlived(
    watching: Make, dovecot: Dovecot, login: Login, told: Callable[[], str], locked: Callable[[], Callable[[], object]]
) -> None:
    box = watching().box(login, dovecot.imap).open()
    box.wait("idle")
    release = locked()
    dovecot.deliver(login.user, mail(1), mail(2))
    box.wait("reconnecting")
    release()
    box.wait_for_mail(1, 2)
    assert "database does not answer: database is locked" in told()


def test_two_processes_that_both_believe_they_hold_a_mailbox_do_everything_once(
    watching: Make, own_dovecot: Callable[..., Dovecot], smtp_sink: SmtpSink
) -> None:
    server = own_dovecot(imap_client_limit=1)
    login = server.add_user()
    one = watching()
    box = one.box(login, server.imap, smtp_url_encrypted=encrypt(smtp_sink.url))
    Agent.objects.update(email="agent@example.com")
    rule(box, action="auto_reply", text="Thank you.")
    rule(box, action="label", label="vip")
    rule(box, action="move", folder="Done")
    box.open().wait("idle")
    twin = Box(watching(), box.row())  # the same owner, to the lease
    twin.open().wait("idle")
    assert server.sessions(login.user) == 2
    count = 12
    for number in range(1, count + 1):
        server.deliver(login.user, mail(number), sender=f"a{number}@example.org")
    wait_for(lambda: len(box.logged()) >= count and not Delivery.objects.exists(), "every mail", within=60)
    assert sorted(box.logged()) == sorted(f"mail {number}" for number in range(1, count + 1))
    recipients = [sent.recipients for sent in smtp_sink.mails]
    assert len(recipients) == len(set(recipients)) == count
    with server.client(login.user, "Done") as client:
        assert len(client.search(["KEYWORD", "vip"])) >= count  # moved by both at one moment, it may be there twice


def rule(box: Box, **action: str) -> None:
    made = Rule.objects.create(agent_id=box.agent_id, name=action["action"], position=Rule.objects.count())
    made.actions.create(**action)


@pytest.fixture
def locked(sqlite: str) -> Iterator[Callable[[], Callable[[], object]]]:
    """`release = locked()`: another program writes to the database; ours waits for it a tenth of a second."""
    settings = connections.settings["default"]["OPTIONS"]
    before, settings["timeout"] = settings["timeout"], 0.1
    other = sqlite3.connect(sqlite.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)

    def lock() -> Callable[[], object]:
        other.execute("BEGIN IMMEDIATE")
        return lambda: other.execute("ROLLBACK")

    yield lock
    other.close()
    settings["timeout"] = before


def test_who_has_lost_a_mailbox_without_knowing_does_nothing_to_it(
    watching: Make, dovecot: Dovecot, login: Login, told: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that stood still for longer than its lease, and goes on before it has looked after it."""
    monkeypatch.setattr(lease, "RENEW_S", 3600)
    box = watching().box(login, dovecot.imap).open()
    rule(box, action="move", folder="Done")
    box.wait("idle")
    hold("another-host:1:abcd")
    dovecot.deliver(login.user, mail(1))
    wait_for(lambda: dovecot.sessions(login.user) == 0, "the session to be given up")
    assert "taken the mailbox over" in told()
    with dovecot.client(login.user, "INBOX") as client:
        assert client.search("ALL") == [1]
    assert box.logged() == []
