"""Moments that a busy machine makes long."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from mailevents.imap.idle import IdleThread, Timer
from tests.servers.dovecot import Dovecot, Login
from tests.servers.proxy import Proxy
from tests.servers.waiting import wait_for
from tests.watching.conftest import Watching, mail


def test_a_retry_that_is_due_before_it_is_noted_is_not_lost(
    watching: Callable[..., Watching], dovecot: Dovecot, login: Login, line: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker that asks for a retry stands still until the retry is due."""
    later = IdleThread.later

    def slowly(self: IdleThread, delay_s: float, callback: Any) -> Timer:
        due = threading.Event()

        def call() -> None:
            due.set()
            callback()

        timer = later(self, delay_s, call)
        if threading.current_thread().name.startswith("imap"):
            due.wait(0.5)
        return timer

    monkeypatch.setattr(IdleThread, "later", slowly)
    box = watching().box(login, line.port).open()
    box.wait("idle")
    told = len(box.states())
    line.cut()
    box.wait_again("idle", after=told)


def test_many_come_and_go_at_once_and_all_sessions_end(
    watching: Callable[..., Watching], dovecot: Dovecot, login: Login
) -> None:
    there = watching()
    box = there.box(login, dovecot.imap)

    def visit() -> None:
        for _ in range(40):
            box.open()
            there.watcher.release([box.id], linger_s=0)

    visitors = [threading.Thread(target=visit) for _ in range(4)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    wait_for(lambda: there.watcher.states() == {"wanted": 0, "sessions": 0, "queued": 0}, "all to have ended")
    wait_for(lambda: dovecot.sessions(login.user) == 0, "the server to have no session")
    told = len(box.states())
    box.open().wait_again("idle", after=told)
    dovecot.deliver(login.user, mail(1))
    box.wait_for_mail(1)


def test_closing_in_the_midst_of_everything_ends_everything(
    watching: Callable[..., Watching], dovecot: Dovecot, line: Proxy
) -> None:
    there = watching()
    logins = [dovecot.add_user() for _ in range(8)]
    boxes = [there.box(login, line.port if number % 2 else dovecot.imap).open() for number, login in enumerate(logins)]
    wait_for(lambda: any(box.states()[-1:] == ["idle"] for box in boxes), "the first to idle")
    line.stall()
    there.watcher.close(timeout_s=3)
    assert there.watcher.states()["wanted"] == 0
    line.behave()
    wait_for(lambda: not any(dovecot.sessions(login.user) for login in logins), "the server to have no session")


def test_two_that_both_believe_they_hold_a_mailbox_bring_each_message_into_the_log_once(
    watching: Callable[..., Watching], dovecot: Dovecot, login: Login
) -> None:
    here, there = watching(), watching()
    box = here.box(login, dovecot.imap).open()
    box.wait("idle")
    there.watcher.acquire([box.id])  # of the same process, and so of the same lease
    wait_for(lambda: dovecot.sessions(login.user) == 2, "two sessions")
    for number in range(1, 11):
        dovecot.deliver(login.user, mail(number))
    box.wait_for_mail(*range(1, 11))
    wait_for(lambda: box.row().last_uid == 10, "both to have seen them")
    assert box.logged() == [f"mail {number}" for number in range(1, 11)]
