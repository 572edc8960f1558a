"""Whatever happens to the server or the line: it is said, and afterwards mail flows again, each once, in order."""

import os
import re
import shutil
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.utils import timezone

from mailevents.delivering.delivery import Deliverer
from mailevents.enrolment import save_account
from mailevents.imap import connecting
from mailevents.models import Agent, Mailbox, MailEvent
from mailevents.watching import backoff, lease, visit, watcher
from tests.servers.dovecot import Dovecot, Login
from tests.servers.proxy import Proxy
from tests.servers.waiting import wait_for
from tests.watching.conftest import Watching, mail
from tests.watching.test_lease import hold

Make = Callable[..., Watching]


def test_mail_that_arrives_while_idle_is_logged(watching: Make, dovecot: Dovecot, login: Login) -> None:
    box = watching().box(login, dovecot.imap).open()
    box.wait("idle")
    assert box.states() == ["connecting", "idle"]
    dovecot.deliver(login.user, mail(1), mail(2))
    box.wait_for_mail(1, 2)
    assert (box.row().state, box.row().detail, box.row().last_uid) == ("idle", "", 2)


def test_what_lay_there_before_is_not_news(watching: Make, dovecot: Dovecot, login: Login) -> None:
    dovecot.deliver(login.user, mail(1), mail(2))
    box = watching().box(login, dovecot.imap).open()
    box.wait("idle")
    dovecot.deliver(login.user, mail(3))
    box.wait_for_mail(3)


def test_what_arrives_on_the_way_to_a_new_mailbox_is_news(
    watching: Make, dovecot: Dovecot, login: Login, line: Proxy
) -> None:
    dovecot.append(login.user, mail(1), at=timezone.now() - timedelta(minutes=1))
    line.stop_listening()
    box = watching().box(login, line.port).open()
    box.wait("reconnecting")
    wanted = timezone.now().replace(microsecond=0)
    wait_for(lambda: timezone.now() - wanted > timedelta(seconds=1), "the next second, which INTERNALDATE can tell")
    dovecot.deliver(login.user, mail(2))
    line.listen()
    box.wait("idle")
    dovecot.deliver(login.user, mail(3))
    box.wait_for_mail(2, 3)


def test_what_a_renumbered_mailbox_holds_is_news_where_nothing_is_logged(
    watching: Make, dovecot: Dovecot, login: Login
) -> None:
    since = timezone.now() - timedelta(minutes=5)
    for number, age in ((1, 10), (2, 3)):
        dovecot.append(login.user, mail(number), at=timezone.now() - timedelta(minutes=age))
    watching().box(login, dovecot.imap, uidvalidity=1, last_uid=7, wanted_since=since).open().wait_for_mail(2)


@pytest.mark.parametrize("how", ["cut", "reset"])
def test_mail_that_came_while_the_line_was_broken_is_delivered_once(
    watching: Make, dovecot: Dovecot, login: Login, line: Proxy, how: str
) -> None:
    box = watching().box(login, line.port).open()
    box.wait("idle")
    line.stop_listening()
    getattr(line, how)()
    lost = box.wait("reconnecting")
    assert lost.detail
    assert lost.next_attempt_at is not None
    assert abs(lost.next_attempt_at - timezone.now()) < timedelta(seconds=2)
    dovecot.deliver(login.user, mail(1), mail(2))
    line.listen()
    box.wait_for_mail(1, 2)
    box.wait("idle")
    dovecot.deliver(login.user, mail(3))
    box.wait_for_mail(1, 2, 3)


def test_a_server_that_is_down_is_tried_until_it_is_up(
    watching: Make, dovecot: Dovecot, login: Login, line: Proxy
) -> None:
    line.stop_listening()
    box = watching().box(login, line.port).open()
    wait_for(lambda: box.states().count("reconnecting") >= 3, "some attempts")
    told = [state.detail for state in box._watching.recorder.told if state.next_attempt_at]
    assert "refuses the connection" in told[0]
    line.listen()
    box.wait("idle")
    dovecot.deliver(login.user, mail(1))
    box.wait_for_mail(1)


def test_a_refused_login_is_said_as_such_until_the_password_is_right(
    watching: Make, dovecot: Dovecot, login: Login
) -> None:
    box = watching().box(Login(user=login.user, password="wrong"), dovecot.imap).open()
    box.wait_again("auth_failed", after=0)
    wait_for(lambda: "refuses the login" in box.row().detail, "the reason on the row")
    dovecot.set_password(login.user, "wrong")
    box.wait("idle")


def test_a_password_that_no_key_fits_is_said(watching: Make, dovecot: Dovecot, login: Login) -> None:
    box = watching().box(login, dovecot.imap, password_encrypted="gAAAAnonsense").open()
    box.wait_again("auth_failed", after=0)
    wait_for(lambda: "AGENTICMAIL_MAILBOX_KEYS" in box.row().detail, "the reason on the row")


def test_a_server_that_does_not_tell_uidnext_is_not_thought_to_have_numbered_anew(
    watching: Make, dovecot: Dovecot, login: Login, line: Proxy
) -> None:
    line.rewrite(lambda data: re.sub(rb"\* OK \[UIDNEXT .*?\r\n", b"", data))
    box = watching().box(login, line.port).open()
    box.wait("idle")
    dovecot.deliver(login.user, mail(1))
    box.wait_for_mail(1)
    box.leave()
    box.wait("")
    with dovecot.client(login.user, "INBOX") as client:
        client.delete_messages([1])
        client.expunge()
    box.open()
    wait_for(lambda: box.states().count("idle") == 2, "the second session")
    assert box.row().generation == 0


def test_a_server_without_idle_is_polled(watching: Make, own_dovecot: Callable[..., Dovecot]) -> None:
    server = own_dovecot(without=("IDLE",))
    login = server.add_user()
    box = watching().box(login, server.imap).open()
    box.wait("idle")
    server.deliver(login.user, mail(1))
    box.wait_for_mail(1)
    server.deliver(login.user, mail(2))
    box.wait_for_mail(1, 2)


ALL_UNTAGGED = re.compile(rb"(\* [^\n]*\n)+")


def test_a_server_that_says_nothing_while_it_idles_is_asked_again_and_again(
    watching: Make, dovecot: Dovecot, login: Login, line: Proxy, caplog: pytest.LogCaptureFixture
) -> None:
    line.rewrite(lambda data: b"" if ALL_UNTAGGED.fullmatch(data) and b"EXISTS" in data else data)
    watch = watching(renew_s=1.5)
    box = watch.box(login, line.port).open()
    box.wait("idle")
    number = 0
    while "does not tell of new mail" not in caplog.text:  # what comes in the midst of a turn is met by it
        number += 1
        assert number < 10
        dovecot.deliver(login.user, mail(number))
        box.wait_for_mail(*range(1, number + 1))
    watch.watcher._renew_s = 600
    for later in (number + 1, number + 2):  # by the polls alone
        dovecot.deliver(login.user, mail(later))
        box.wait_for_mail(*range(1, later + 1))
    assert caplog.text.count("does not tell of new mail") == 1
    assert number > 1


def test_a_line_that_stalls_without_a_word_is_given_up(
    watching: Make, dovecot: Dovecot, login: Login, line: Proxy
) -> None:
    box = watching(renew_s=0.3).box(login, line.port).open()
    box.wait("idle")
    line.stall()
    box.wait("reconnecting")
    dovecot.deliver(login.user, mail(1))
    line.behave()
    box.wait_for_mail(1)


def test_a_server_that_closes_again_and_again_loses_nothing(
    watching: Make, dovecot: Dovecot, login: Login, line: Proxy
) -> None:
    box = watching().box(login, line.port).open()
    for number in range(1, 7):
        box.wait("idle")
        dovecot.deliver(login.user, mail(number))
        told = len(box.states())
        line.cut() if number % 2 else line.reset()
        box.wait_again("idle", after=told)
    box.wait_for_mail(1, 2, 3, 4, 5, 6)


@pytest.mark.parametrize("after", [30, 300, 600, 900, 1200, 1500, 2000])
def test_a_line_that_breaks_at_any_byte_loses_nothing(
    watching: Make, dovecot: Dovecot, login: Login, line: Proxy, after: int
) -> None:
    box = watching().box(login, line.port, uidvalidity=uidvalidity(dovecot, login), last_uid=0)
    dovecot.deliver(login.user, mail(1), mail(2), mail(3))
    line.drop_after(after)
    box.open()
    wait_for(lambda: line.accepted >= 2 or len(box.logged()) == 3, "a second connection")
    line.behave()
    box.wait_for_mail(1, 2, 3)


def uidvalidity(dovecot: Dovecot, login: Login) -> int:
    with dovecot.client(login.user) as client:
        return int(client.select_folder("INBOX")[b"UIDVALIDITY"])


def test_a_server_that_says_a_byte_now_and_then_holds_up_nobody_else(
    watching: Make, dovecot: Dovecot, login: Login, line: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watcher, "OPEN_LIMIT_S", 1.0)
    line.drip(10)
    there = watching(workers=4)
    slow, other = there.box(login, line.port).open(), dovecot.add_user()
    wait_for(lambda: slow.states() == ["connecting"], "the slow one to be opened")
    quick = there.box(other, dovecot.imap).open()
    quick.wait("idle")
    assert slow.states() == ["connecting"]
    slow.wait_again("reconnecting", after=1)
    line.behave()
    slow.wait("idle")


def test_a_server_that_says_goodbye_is_come_back_to(watching: Make, own_dovecot: Callable[..., Dovecot]) -> None:
    server = own_dovecot()
    login = server.add_user()
    box = watching().box(login, server.imap).open()
    box.wait("idle")
    told = len(box.states())
    server.restart()
    box.wait_again("idle", after=told)
    server.deliver(login.user, mail(1))
    box.wait_for_mail(1)


def test_a_folder_that_is_missing_is_said_and_found_once_it_is_there(
    watching: Make, dovecot: Dovecot, login: Login
) -> None:
    box = watching().box(login, dovecot.imap, folder="Später").open()
    box.wait_again("reconnecting", after=0)
    wait_for(lambda: "'Später' cannot be opened" in box.row().detail, "the reason on the row")
    with dovecot.client(login.user) as client:
        client.create_folder("Später")
    box.wait("idle")
    dovecot.append(login.user, mail(1), folder="Später")
    box.wait_for_mail(1)


def test_a_folder_that_may_only_be_read_is_watched(watching: Make, dovecot: Dovecot, login: Login, line: Proxy) -> None:
    line.rewrite(lambda data: data.replace(b"[READ-WRITE]", b"[READ-ONLY]"))
    box = watching().box(login, line.port).open()
    box.wait("idle")
    dovecot.deliver(login.user, mail(1))
    box.wait_for_mail(1)


def test_idle_is_renewed_in_time(watching: Make, dovecot: Dovecot, login: Login, line: Proxy) -> None:
    rounds = []

    def count(data: bytes) -> bytes:
        rounds.extend(re.findall(rb"\+ idling", data))
        return data

    line.rewrite(count)
    box = watching(renew_s=0.2).box(login, line.port).open()
    wait_for(lambda: len(rounds) >= 5, "IDLE to be renewed")
    assert line.accepted == 1
    assert box.states() == ["connecting", "idle"]


def test_messages_numbered_anew_are_not_delivered_twice(watching: Make, dovecot: Dovecot, login: Login) -> None:
    there = watching()
    box = there.box(login, dovecot.imap).open()
    box.wait("idle")
    dovecot.deliver(login.user, mail(1), mail(2))
    box.wait_for_mail(1, 2)
    box.leave()
    box.wait("")
    dovecot.set_uidvalidity(login.user, 4242)
    dovecot.deliver(login.user, mail(3))
    box.open().wait_for_mail(1, 2, 3)
    assert (box.row().uidvalidity, box.row().generation) == (4242, 1)


def test_an_agent_that_is_disabled_is_not_watched(watching: Make, dovecot: Dovecot, login: Login) -> None:
    box = watching().box(login, dovecot.imap)
    Agent.objects.update(enabled=False)
    box.open()
    box.wait("disabled")
    assert box.row().lease_id is None
    assert dovecot.sessions(login.user) == 0


def test_an_agent_that_is_enabled_again_before_anybody_let_go_is_soon_watched(
    watching: Make, dovecot: Dovecot, login: Login, line: Proxy
) -> None:
    box = watching().box(login, line.port).open()
    box.wait("idle")
    Agent.objects.update(enabled=False)
    line.cut()
    box.wait("disabled")
    dovecot.deliver(login.user, mail(1))
    Agent.objects.update(enabled=True)
    box.wait_for_mail(1)


def test_what_lay_in_another_folder_before_the_mailbox_was_set_to_it_is_not_news(
    watching: Make, dovecot: Dovecot, login: Login
) -> None:
    there = watching()
    box = there.box(login, dovecot.imap).open()
    box.wait("idle")
    now = timezone.now()
    there.watcher._watched[box.id].since = now - timedelta(minutes=9)  # it has been wanted for so long
    with dovecot.client(login.user) as client:
        client.create_folder("Support")
    for number, age in ((1, 7), (2, 1)):
        dovecot.append(login.user, mail(number), "Support", at=now - timedelta(minutes=age))
    row = box.row()
    row.folder = "Support"
    save_account(row)
    changed_at = now - timedelta(minutes=4)
    Mailbox.objects.update(changed_at=changed_at)
    there.watcher.reopen({box.id: changed_at})
    box.wait_for_mail(2)


def test_a_mailbox_that_was_opened_since_its_account_changed_stays_open(
    watching: Make, dovecot: Dovecot, login: Login
) -> None:
    """So a new one is opened once: the next look finds it new, and open."""
    there = watching()
    box = there.box(login, dovecot.imap).open()
    box.wait("idle")
    there.watcher.reopen({box.id: box.row().changed_at})
    dovecot.deliver(login.user, mail(1))
    box.wait_for_mail(1)
    assert dovecot.logins(login.user) == 1
    Mailbox.objects.update(changed_at=timezone.now())
    there.watcher.reopen({box.id: box.row().changed_at})
    wait_for(lambda: dovecot.logins(login.user) == 2, "it to be opened anew")


def test_a_database_that_fails_as_a_mailbox_is_left_does_not_strand_it(
    watching: Make, dovecot: Dovecot, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = watching()
    box = there.box(login, dovecot.imap).open()
    box.wait("idle")

    def fail(_mailbox_id: int) -> None:
        raise DatabaseError("gone")

    with monkeypatch.context() as broken:
        broken.setattr(lease, "release", fail)
        box.leave()
        wait_for(lambda: there.watcher.states()["wanted"] == 0, "the mailbox to be left")
    told = len(box.states())
    box.open().wait_again("idle", after=told)


def test_an_error_nobody_expected_ends_one_turn_and_not_the_mailbox(
    watching: Make, dovecot: Dovecot, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = iter([ZeroDivisionError("oops"), DatabaseError("deadlock")])
    deliver = Deliverer.deliver

    def failing(self: Any, *args: Any, **kwargs: Any) -> Any:
        for failure in failures:
            raise failure
        return deliver(self, *args, **kwargs)

    monkeypatch.setattr(Deliverer, "deliver", failing)
    box = watching().box(login, dovecot.imap).open()
    box.wait("idle")
    dovecot.deliver(login.user, mail(1))
    box.wait_for_mail(1)
    details = [state.detail for state in box._watching.recorder.told if state.detail]
    assert "oops" in details[0]
    assert "database does not answer" in details[1]


def fill(dovecot: Dovecot, login: Login, *raws: bytes) -> None:
    """Puts mail into the Maildir itself: thousands in a moment."""
    with dovecot.client(login.user, "INBOX"):
        pass  # the Maildir is there
    new = dovecot.home(login.user) / "Maildir" / "new"
    for number, raw in enumerate(raws):
        path = new / f"{1_700_000_000 + number}.M{number}.test"
        path.write_bytes(raw)
        shutil.chown(path, new.stat().st_uid, new.stat().st_gid) if os.getuid() == 0 else None


@pytest.mark.parametrize("count", [1000, pytest.param(10_000, marks=pytest.mark.soak)])
def test_a_backlog_is_delivered_in_order(watching: Make, dovecot: Dovecot, login: Login, count: int) -> None:
    there = watching()
    box = there.box(login, dovecot.imap, uidvalidity=uidvalidity(dovecot, login), last_uid=0)
    fill(dovecot, login, *(mail(number) for number in range(count)))
    box.open()
    wait_for(lambda: MailEvent.objects.count() >= count, "the backlog", within=count / 20, every=0.1)
    uids = list(MailEvent.objects.order_by("id").values_list("arrival_uid", flat=True))
    assert uids == list(range(1, count + 1))
    assert sorted(box.logged()) == sorted(f"mail {number}" for number in range(count))


def test_a_message_of_60_megabytes_costs_no_more_than_its_beginning(
    watching: Make, dovecot: Dovecot, login: Login, line: Proxy
) -> None:
    passed = []

    def weigh(data: bytes) -> bytes:
        passed.append(len(data))
        return data

    line.rewrite(weigh)
    text = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhello\r\n--b\r\n"
    file = 'Content-Type: application/zip\r\nContent-Disposition: attachment; filename="big.zip"\r\n\r\n'
    large = (
        mail(1).partition(b"\r\n\r\n")[0]
        + b"\r\n"
        + (text + file).encode()
        + (b"x" * 998 + b"\r\n") * 60_000
        + b"--b--\r\n"
    )
    box = watching().box(login, line.port, uidvalidity=uidvalidity(dovecot, login), last_uid=0)
    fill(dovecot, login, large, mail(2))
    box.open().wait_for_mail(1, 2)
    event = MailEvent.objects.order_by("id").first()
    assert event is not None
    assert '"filename":"big.zip"' in event.data
    assert f'"size":{len(large)}' in event.data
    assert sum(passed) < 500_000


@pytest.mark.parametrize("poison", ["breaks off", "endless line", "refused", "left out"])
def test_a_message_that_cannot_be_fetched_holds_up_no_other(
    watching: Make, dovecot: Dovecot, login: Login, line: Proxy, monkeypatch: pytest.MonkeyPatch, poison: str
) -> None:
    """The server fails whenever it is to hand out that message, whatever comes with it."""
    monkeypatch.setattr(visit, "MAX_SPOILT", 2)

    def fail(data: bytes) -> bytes:
        if b"POISON" not in data:
            return data
        if poison == "breaks off":
            raise ConnectionResetError
        if poison == "endless line":
            return b"* 1 FETCH (" + b"x" * 1_100_000
        if poison == "left out":
            return re.sub(rb"\* 4 FETCH \(UID 4 .*?POISON\r\n\)\r\n", b"", data, flags=re.DOTALL)
        tag = re.search(rb"\r\n(\S+) OK Fetch", data)
        assert tag is not None
        return tag[1] + b" NO [SERVERBUG] cannot read it\r\n"

    box = watching().box(login, line.port, uidvalidity=uidvalidity(dovecot, login), last_uid=0)
    fill(dovecot, login, *(mail(number, "POISON" if number == 4 else "text") for number in range(1, 7)))
    line.rewrite(fail)
    box.open()
    wait_for(lambda: len(box.logged()) == 6, f"all six ({poison})")
    assert box.logged() == ["mail 1", "mail 2", "mail 3", "", "mail 5", "mail 6"]
    assert line.accepted <= 5
    event = MailEvent.objects.get(arrival_uid=4)
    assert event.verdict in ("suspicious", "spam")


@pytest.mark.parametrize("fault", ["breaks off", "refused"])
def test_a_message_is_told_with_its_content_however_often_the_line_broke_in_the_midst_of_it(
    watching: Make, dovecot: Dovecot, login: Login, line: Proxy, fault: str
) -> None:
    left = list(range(8))

    def fail(data: bytes) -> bytes:
        if b"FETCH (UID" not in data or not left:
            return data
        left.pop()
        tag = re.search(rb"\r\n(\S+) OK Fetch", data)
        if fault == "breaks off" or tag is None:
            raise ConnectionResetError
        return tag[1] + b" NO [UNAVAILABLE] come back later\r\n"

    box = watching().box(login, line.port, uidvalidity=uidvalidity(dovecot, login), last_uid=0)
    fill(dovecot, login, mail(1))
    line.rewrite(fail)
    box.open().wait_for_mail(1)
    assert not left
    assert MailEvent.objects.get(arrival_uid=1).verdict == "ham"


def test_a_message_is_given_up_only_after_a_good_while() -> None:
    refusals = range(1, visit.MAX_SPOILT + 1)
    waits = [backoff.delay(min(count, backoff.LET_IN + 1), jitter=lambda: 0.0) for count in refusals]
    assert sum(waits) / backoff.FIRST_S > 30


@pytest.mark.parametrize("how", ["deaf", "refusing"])
def test_a_server_that_takes_no_commands_ahead_is_asked_one_by_one(
    watching: Make, dovecot: Dovecot, login: Login, line: Proxy, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """It drops what comes with DONE, or refuses to read a range of UIDs that reaches beyond the last message."""
    monkeypatch.setattr(connecting, "READ_TIMEOUT_S", 1.0)
    ahead: list[bytes] = []

    def change(data: bytes) -> bytes:
        done, _, more = data.partition(b"DONE\r\n")
        if done or not more:
            return data
        ahead.append(more)
        if how == "deaf":
            return b"DONE\r\n"
        return data.replace(b"INTERNALDATE", b"NONSENSE")

    line.rewrite_client(change)
    box = watching().box(login, line.port).open()
    box.wait("idle")
    for number in (1, 2, 3):
        dovecot.deliver(login.user, mail(number))
        box.wait_for_mail(*range(1, number + 1), within=15)
    assert len(ahead) == 1
    assert line.accepted == (2 if how == "deaf" else 1)


def test_leaving_closes_the_session_after_the_linger_and_coming_back_in_time_keeps_it(
    watching: Make, dovecot: Dovecot, login: Login
) -> None:
    there = watching()
    box = there.box(login, dovecot.imap).open()
    box.wait("idle")
    there.watcher.release([box.id], linger_s=30)
    dovecot.deliver(login.user, mail(1))
    box.wait_for_mail(1)
    box.open()
    assert dovecot.sessions(login.user) == 1
    assert box.states() == ["connecting", "idle"]
    there.watcher.release([box.id], linger_s=0.1)
    box.open()
    there.watcher.release([box.id], linger_s=30)
    passed = threading.Event()
    there.idle.later(0.3, passed.set)
    assert passed.wait(5)
    assert dovecot.sessions(login.user) == 1
    box.open()
    there.watcher.release([box.id], linger_s=0.1)
    wait_for(lambda: dovecot.sessions(login.user) == 0, "the session to be closed")
    wait_for(lambda: Mailbox.objects.get(pk=box.id).state == "", "the row to say so")


def test_a_mailbox_that_another_process_holds_is_taken_when_its_lease_has_run_out(
    watching: Make, dovecot: Dovecot, login: Login
) -> None:
    there = watching()
    box = there.box(login, dovecot.imap)
    hold("another-host:1:abcd", for_s=1)
    box.open()
    wait_for(lambda: there.watcher.states()["queued"] == 0, "the attempt")
    assert dovecot.sessions(login.user) == 0
    assert box.states() == []
    box.wait("idle")
    dovecot.deliver(login.user, mail(1))
    box.wait_for_mail(1)


def test_a_mailbox_whose_lease_was_lost_is_left_to_its_new_holder(
    watching: Make, dovecot: Dovecot, login: Login
) -> None:
    there = watching()
    box = there.box(login, dovecot.imap).open()
    box.wait("idle")
    hold("another-host:1:abcd")
    Mailbox.objects.update(state="idle", detail="")
    wait_for(lambda: dovecot.sessions(login.user) == 0, "the session to be given up")
    wait_for(lambda: there.watcher.states() == {"wanted": 1, "sessions": 0, "queued": 0}, "it to rest")
    assert (box.row().state, box.row().lease_id) == ("idle", "another-host:1:abcd")


def test_a_server_that_closes_each_session_at_once_is_asked_less_and_less_often(
    watching: Make, login: Login, line: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts: list[int] = []

    def at_once(attempt: int, *, refused: bool) -> float:
        attempts.append(attempt)
        return 0.05

    monkeypatch.setattr(watcher, "delay", at_once)
    monkeypatch.setattr(backoff, "STANDS_S", 600.0)
    monkeypatch.setattr(backoff, "PROVEN_S", 600.0)
    box = watching().box(login, line.port).open()
    for sessions in range(1, 5):
        wait_for(lambda: box.states().count("idle") == sessions, f"session {sessions}")  # noqa: B023
        line.cut()
    wait_for(lambda: box.states()[-1] == "idle", "the last session")
    assert attempts == list(range(1, len(attempts) + 1))


def test_a_server_that_stalls_with_all_its_mailboxes_holds_up_no_other_servers(
    watching: Make, dovecot: Dovecot, login: Login, line: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "READ_TIMEOUT_S", 60.0)
    watch = watching(workers=2, renew_s=0.2)
    stalling = [watch.box(dovecot.add_user(), line.port).open() for _ in range(4)]
    well = watch.box(login, dovecot.imap).open()
    for box in (*stalling, well):
        box.wait("idle")
    line.stall()
    for number in (1, 2, 3):
        dovecot.deliver(login.user, mail(number))
        well.wait_for_mail(*range(1, number + 1), within=15)


def test_a_server_that_does_not_answer_when_idle_is_renewed_is_left(
    watching: Make, dovecot: Dovecot, login: Login, line: Proxy
) -> None:
    box = watching(renew_s=0.2).box(login, line.port).open()
    box.wait("idle")
    line.stall()
    assert "stopped answering" in box.wait("reconnecting").detail
    line.behave()
    box.wait("idle")
