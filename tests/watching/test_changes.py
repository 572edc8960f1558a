"""Changes that others make to old mail: bursts are one event, and a mass of them holds up no new mail."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from mailevents.eventlog import log
from mailevents.models import MailEvent
from mailevents.watching import changes
from tests.servers.dovecot import Dovecot, Login
from tests.servers.waiting import wait_for
from tests.watching.conftest import Box, Watching, mail

Make = Callable[..., Watching]

FORGETS = ("QRESYNC", "CONDSTORE")  # without these a server does not remember what changed


def opened(watching: Make, server: Dovecot) -> tuple[Login, Box]:
    """A new user, and his mailbox while it idles."""
    login = server.add_user()
    box = watching().box(login, server.imap).open()
    box.wait("idle")
    return login, box


def flagged(box: Box) -> list[tuple[int | None, str]]:
    """UID and `data` of each `flags` event, in order."""
    events = MailEvent.objects.filter(mailbox_id=box.id, type="flags").order_by("id")
    return list(events.values_list("arrival_uid", "data"))


@pytest.mark.parametrize("without", [(), FORGETS], ids=["remembers", "forgets"])
def test_a_burst_of_changes_to_a_message_is_one_event(
    watching: Make, own_dovecot: Callable[..., Dovecot], monkeypatch: pytest.MonkeyPatch, without: tuple[str, ...]
) -> None:
    monkeypatch.setattr(changes, "REST_S", 2.0)
    server = own_dovecot(without=without)
    login, box = opened(watching, server)
    server.deliver(login.user, mail(1), mail(2))
    box.wait_for_mail(1, 2)
    with server.client(login.user, "INBOX") as client:
        for keyword in ("one", "two", "three"):
            client.add_flags([1], [keyword])
            client.noop()
    wait_for(lambda: flagged(box), "a flags event")
    with server.client(login.user, "INBOX") as client:
        client.add_flags([2], ["last"])
    wait_for(lambda: flagged(box)[-1][0] == 2, "the flags event of the other")
    assert [uid for uid, _data in flagged(box)] == [1, 2]
    assert all(keyword in flagged(box)[0][1] for keyword in ("one", "two", "three"))


def test_new_mail_does_not_wait_for_a_mass_of_changes(
    watching: Make, dovecot: Dovecot, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "SLICE", 10)
    dovecot.deliver(login.user, *(mail(0) for _ in range(100)))
    box = watching().box(login, dovecot.imap).open()
    box.wait("idle")
    told = changes.Changes.tell
    slices: list[int] = []

    def telling(self: changes.Changes, upto_uid: int, writer: object) -> None:
        if not slices:  # mail comes in while the first slice is told
            dovecot.deliver(login.user, mail(1))
        slices.append(upto_uid)
        told(self, upto_uid, writer)  # type: ignore[arg-type]

    monkeypatch.setattr(changes.Changes, "tell", telling)
    with dovecot.client(login.user, "INBOX") as client:
        client.add_flags(list(range(1, 101)), [b"\\Seen"])
    wait_for(lambda: len(flagged(box)) == 100, "100 flags events")
    assert [uid for uid, _data in flagged(box)] == list(range(1, 101))
    order = list(MailEvent.objects.filter(mailbox_id=box.id).order_by("id").values_list("type", flat=True))
    assert order == ["flags"] * 10 + ["new"] + ["flags"] * 90
    assert len(slices) == 10


def test_mail_that_retention_took_is_not_told_as_changed(watching: Make, own_dovecot: Callable[..., Dovecot]) -> None:
    server = own_dovecot()
    login = server.add_user()
    server.deliver(login.user, mail(0))
    first = watching().box(login, server.imap).open()
    first.wait("idle")
    server.deliver(login.user, mail(1), mail(2))
    first.wait_for_mail(1, 2)
    first.leave()
    first.wait("")
    log.prune(timezone.now() + timedelta(days=1))
    with server.client(login.user, "INBOX") as client:
        client.add_flags([1], [b"\\Seen"])  # what lay there before was never told: that it changed is
    first.open()
    wait_for(lambda: flagged(first), "a flags event")
    assert [uid for uid, _data in flagged(first)] == [1]
    with server.client(login.user, "INBOX") as client:
        client.add_flags([2], [b"\\Seen"])  # and from now on, that one of the others does
    wait_for(lambda: len(flagged(first)) > 1, "another flags event")
    assert [uid for uid, _data in flagged(first)] == [1, 2]
    first.leave()
    first.wait("")
    log.prune(timezone.now() + timedelta(days=1))
    with server.client(login.user, "INBOX") as client:
        client.add_flags([3], [b"\\Seen"])  # also while nobody watched: it was there at the last look
    first.open()
    wait_for(lambda: flagged(first), "the flags event of the third")
    assert [uid for uid, _data in flagged(first)] == [3]


def test_mail_that_came_before_the_first_login_was_there_at_its_modseq(
    watching: Make, own_dovecot: Callable[..., Dovecot]
) -> None:
    server = own_dovecot()
    login = server.add_user()
    server.deliver(login.user, mail(1))
    box = watching().box(login, server.imap, wanted_since=timezone.now() - timedelta(hours=1)).open()
    box.wait_for_mail(1)
    box.leave()
    box.wait("")
    log.prune(timezone.now() + timedelta(days=1))
    with server.client(login.user, "INBOX") as client:
        client.add_flags([1], [b"\\Seen"])
    box.open()
    wait_for(lambda: flagged(box), "a flags event")


@pytest.mark.parametrize("without", [(), FORGETS], ids=["remembers", "forgets"])
def test_what_others_did_while_nobody_watched_is_told_once(
    watching: Make, own_dovecot: Callable[..., Dovecot], without: tuple[str, ...]
) -> None:
    server = own_dovecot(without=without)
    login = server.add_user()
    server.deliver(login.user, mail(0))
    box = watching().box(login, server.imap).open()
    box.wait("idle")
    server.deliver(login.user, mail(1), mail(2), mail(3))
    box.wait_for_mail(1, 2, 3)
    box.leave()
    box.wait("")
    with server.client(login.user, "INBOX") as client:
        client.add_flags([2], [b"\\Seen", "later"])
        client.delete_messages([3])
        client.expunge()
    for _again in range(2):  # what was told is no news at the next login
        server.deliver(login.user, mail(9))
        box.open()
        wait_for(lambda: changed(box) == {2: "flags", 3: "expunge"}, "both changes")
        box.wait("idle")
        box.leave()
        box.wait("")
    assert len(changed(box)) == MailEvent.objects.filter(mailbox_id=box.id).exclude(type="new").count()


def changed(box: Box) -> dict[int | None, str]:
    events = MailEvent.objects.filter(mailbox_id=box.id).exclude(type="new").order_by("id")
    return dict(events.values_list("arrival_uid", "type"))


def test_a_message_that_is_out_of_sight_is_not_told_as_gone(
    watching: Make, own_dovecot: Callable[..., Dovecot], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the server does not remember changes, only the newest messages are compared."""
    monkeypatch.setattr(changes, "WINDOW", 3)
    server = own_dovecot(without=FORGETS)
    login, box = opened(watching, server)
    server.deliver(login.user, mail(1), mail(2), mail(3))
    box.wait_for_mail(1, 2, 3)
    box.leave()
    box.wait("")
    server.deliver(login.user, mail(4), mail(5))
    with server.client(login.user, "INBOX") as client:
        client.delete_messages([3])
        client.expunge()
    box.open()
    wait_for(lambda: changed(box) == {3: "expunge"}, "the one that is gone")
    box.wait_for_mail(1, 2, 3, 4, 5)
    with server.client(login.user, "INBOX") as client:
        client.add_flags([5], [b"\\Seen"])
    wait_for(lambda: 5 in changed(box), "the change to the newest")
    assert changed(box) == {3: "expunge", 5: "flags"}
