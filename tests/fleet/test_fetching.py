"""Fetching for many at once: bounded, kept for a while, and one stalled server holds up nobody else's mail."""

import asyncio
import threading
from collections.abc import Iterator

import pytest

from mailevents.errors import ConnectionLost
from mailevents.imap.connecting import Account
from mailevents.retrieval import fetching
from mailevents.retrieval.fetching import Busy, Fetching
from mailevents.retrieval.reading import Sought
from tests.servers.dovecot import Dovecot, Login
from tests.servers.proxy import Proxy
from tests.servers.waiting import wait_for

RAW = b"Message-ID: <a@b>\r\n\r\ntext\r\n"
SOUGHT = Sought(folder="INBOX", uid=None, uidvalidity=None, message_id="<a@b>", size=len(RAW), received_at=None)


@pytest.fixture
def login(dovecot: Dovecot) -> Login:
    login = dovecot.add_user()
    dovecot.append(login.user, RAW)
    return login


@pytest.fixture
def proxy(dovecot: Dovecot) -> Iterator[Proxy]:
    with Proxy(dovecot.imap) as proxy:
        yield proxy


def account(port: int, login: Login) -> Account:
    return Account(host="127.0.0.1", port=port, security="plain", user=login.user, password=login.password)


def test_a_session_is_kept_for_the_next_message_and_then_logged_out(
    dovecot: Dovecot, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "KEEP_S", 0.2)

    async def work() -> None:
        desk = Fetching()
        where = account(dovecot.imap, login)
        threads = [await desk.message(where, SOUGHT, lambda _found: threading.get_ident()) for _ in range(3)]
        assert threading.get_ident() not in threads
        assert dovecot.sessions(login.user) == 1
        await asyncio.to_thread(wait_for, lambda: dovecot.sessions(login.user) == 0, "the logout")
        desk.close()

    asyncio.run(work())


def test_requests_for_one_mailbox_share_one_session(dovecot: Dovecot, login: Login) -> None:
    async def work() -> None:
        desk = Fetching()
        where = account(dovecot.imap, login)
        raws = await asyncio.gather(*(desk.message(where, SOUGHT, lambda found: found.message.raw) for _ in range(10)))
        assert raws == [RAW] * 10
        assert dovecot.sessions(login.user) == 1
        await asyncio.to_thread(desk.close)
        await asyncio.to_thread(wait_for, lambda: dovecot.sessions(login.user) == 0, "the logout at the end")

    asyncio.run(work())


def test_a_stalled_mailbox_holds_up_nobody_else_and_is_cut_off_in_the_end(
    dovecot: Dovecot, login: Login, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "LIMIT_S", 1.0)

    async def work() -> None:
        desk = Fetching()
        slow, quick = account(proxy.port, login), account(dovecot.imap, login)
        await desk.message(slow, SOUGHT, lambda found: found)
        proxy.stall()
        stalled = [
            asyncio.create_task(desk.message(slow, SOUGHT, lambda found: found)) for _ in range(fetching.FETCHERS * 2)
        ]
        for _ in range(5):
            assert (await desk.message(quick, SOUGHT, lambda found: found.message.raw)) == RAW
        assert not any(task.done() for task in stalled)
        stalled[0].cancel()  # a client that leaves
        proxy.behave()
        proxy.cut()
        answers = await asyncio.gather(*stalled, return_exceptions=True)
        assert isinstance(answers[0], asyncio.CancelledError)
        assert all(not isinstance(answer, BaseException) for answer in answers[1:])
        proxy.stall()
        with pytest.raises(ConnectionLost):
            await desk.message(slow, SOUGHT, lambda found: found)
        proxy.cut()
        await asyncio.to_thread(desk.close)

    asyncio.run(work())


def test_more_requests_than_may_wait_are_refused(
    dovecot: Dovecot, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "MAX_ASKED", 3)

    async def work() -> None:
        desk = Fetching()
        where = account(dovecot.imap, login)
        waiting = [asyncio.create_task(desk.message(where, SOUGHT, lambda found: found)) for _ in range(5)]
        answers = await asyncio.gather(*waiting, return_exceptions=True)
        assert sum(isinstance(answer, Busy) for answer in answers) == 2
        await desk.message(where, SOUGHT, lambda found: found)
        await asyncio.to_thread(desk.close)

    asyncio.run(work())


def test_no_more_sessions_are_kept_than_may_be(dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MAX_KEPT", 2)
    logins = [dovecot.add_user() for _ in range(4)]
    for login in logins:
        dovecot.append(login.user, RAW)

    async def work() -> None:
        desk = Fetching()
        for login in logins:
            await desk.message(account(dovecot.imap, login), SOUGHT, lambda found: found)

        def kept() -> list[int]:
            return [dovecot.sessions(login.user) for login in logins]

        await asyncio.to_thread(wait_for, lambda: kept() == [0, 0, 1, 1], "the oldest to be logged out")
        await asyncio.to_thread(desk.close)

    asyncio.run(work())
