"""The message of an event is found where it is now, on a real server."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mailevents.enrolment import enrol
from mailevents.errors import Unreachable
from mailevents.eventlog import log
from mailevents.eventlog.entry import Entry, NewEntry
from mailevents.imap.connecting import Account
from mailevents.imap.mailbox import Session
from mailevents.models import Agent, Mailbox
from mailevents.retrieval.reading import MailboxGone, MessageGone, MessageTooLarge, Sought, fetch_message, read
from tests.servers.dovecot import Dovecot, Login

RAW = b"From: ann@example.com\r\nTo: bob@example.com\r\nMessage-ID: <%s>\r\nSubject: hello\r\n\r\n%s\r\n"


def mail(message_id: str = "a@b", body: str = "text") -> bytes:
    return RAW % (message_id.encode(), body.encode())


@pytest.fixture
def login(dovecot: Dovecot) -> Login:
    return dovecot.add_user()


def account(dovecot: Dovecot, login: Login) -> Account:
    return Account(host="127.0.0.1", port=dovecot.imap, security="plain", user=login.user, password=login.password)


@pytest.fixture
def session(dovecot: Dovecot, login: Login) -> Iterator[Session]:
    session = Session.open(account(dovecot, login), looking=True)
    yield session
    session.log_out()


def sought(session: Session, raw: bytes, uid: int | None = 1) -> Sought:
    return Sought(
        folder="INBOX",
        uid=uid,
        uidvalidity=session.uidvalidity,
        message_id=raw.partition(b"Message-ID: ")[2].partition(b"\r\n")[0].decode(),
        size=len(raw),
        received_at=None,
    )


def test_a_message_is_read_byte_for_byte_and_stays_unseen(dovecot: Dovecot, login: Login, session: Session) -> None:
    dovecot.append(login.user, mail())
    assert read(session, sought(session, mail())).message.raw == mail()
    assert session.flags(1) == ((), ())


@pytest.mark.parametrize("folder", ["Archive", "Entwürfe/Ältere", 'odd "name" (1)'])
def test_a_message_that_was_moved_is_found_by_its_message_id(
    dovecot: Dovecot, login: Login, session: Session, folder: str
) -> None:
    dovecot.append(login.user, mail())
    with dovecot.client(login.user, "INBOX") as client:
        folder = folder.replace("/", ".")
        client.create_folder(folder)
        client.move([1], folder)
    assert read(session, sought(session, mail())).message.raw == mail()


@pytest.mark.parametrize("message_id", ['quo"ted\\(x)@b', "grün@b", "%*@b", "{5}@b"])
def test_an_odd_message_id_is_found_too(dovecot: Dovecot, login: Login, session: Session, message_id: str) -> None:
    dovecot.append(login.user, mail(message_id))
    assert read(session, sought(session, mail(message_id), uid=None)).message.raw == mail(message_id)


def test_a_message_under_the_same_message_id_does_not_pass_for_the_one_sought(
    dovecot: Dovecot, login: Login, session: Session
) -> None:
    dovecot.append(login.user, mail(body="another"))
    with pytest.raises(MessageGone):
        read(session, sought(session, mail(), uid=None))


def test_of_two_copies_the_one_that_arrived_at_that_time_is_read(
    dovecot: Dovecot, login: Login, session: Session
) -> None:
    at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    dovecot.append(login.user, mail(body="aaaa"), at=at)
    dovecot.append(login.user, mail(body="bbbb"))
    wanted = replace(sought(session, mail(body="aaaa"), uid=None), received_at=at)
    assert read(session, wanted).message.raw == mail(body="aaaa")


def test_after_new_uids_were_given_a_message_is_found_by_its_message_id(
    dovecot: Dovecot, login: Login, session: Session
) -> None:
    dovecot.append(login.user, mail("other@b", "12345"))
    dovecot.append(login.user, mail())
    wanted = replace(sought(session, mail()), uidvalidity=session.uidvalidity - 1)
    assert read(session, wanted).message.raw == mail()


def test_a_deleted_message_is_gone(dovecot: Dovecot, login: Login, session: Session) -> None:
    dovecot.append(login.user, mail())
    with dovecot.client(login.user, "INBOX") as client:
        client.delete_messages([1])
        client.expunge()
    with pytest.raises(MessageGone, match="deleted, or moved"):
        read(session, sought(session, mail()))
    with pytest.raises(MessageGone, match="no Message-ID"):
        read(session, replace(sought(session, mail()), message_id=""))


def test_a_message_that_is_too_large_is_not_read(
    dovecot: Dovecot, login: Login, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    dovecot.append(login.user, mail())
    monkeypatch.setattr("mailevents.retrieval.reading.MAX_BYTES", 50)
    with pytest.raises(MessageTooLarge, match=f"has {len(mail())} bytes; at most 50"):
        read(session, sought(session, mail()))


# -- by an event


@pytest.fixture
def recorded(db: None) -> Callable[..., int]:
    """Records an event of an agent with a mailbox, and gives its id."""

    def record(where: Account, type: str = "new", uid: int = 1, **message: object) -> int:
        agent = Agent.objects.filter(name="billing").first() or enrol("billing", where)
        place = {"folder": "INBOX", "uid": uid, "uidvalidity": 1, **message}
        entry = NewEntry(
            type=type,
            agent_id=agent.pk,
            mailbox_id=Mailbox.objects.get(agent=agent).pk,
            data=json.dumps({"agent": agent.name, "message": place}),
            generation=0 if type == "new" else None,
            arrival_uid=uid if type == "new" else None,
        )
        return log.append([entry])[0]

    return record


def test_the_message_of_an_event_is_fetched_by_its_id(
    dovecot: Dovecot, login: Login, recorded: Callable[..., int]
) -> None:
    dovecot.append(login.user, mail())
    id = recorded(account(dovecot, login), message_id="<a@b>", size=len(mail()))
    assert fetch_message(id) == mail()


@pytest.mark.parametrize("type", ["flags", "expunge"])
def test_the_message_of_a_flags_or_expunge_event_is_the_one_that_arrived_there(
    dovecot: Dovecot, login: Login, recorded: Callable[..., int], type: str
) -> None:
    dovecot.append(login.user, mail())
    with dovecot.client(login.user, "INBOX") as client:
        client.create_folder("Away")
        client.move([1], "Away")
    recorded(account(dovecot, login), message_id="<a@b>", size=len(mail()))
    id = recorded(account(dovecot, login), type=type, flags=[])
    assert fetch_message(id) == mail()


def test_an_event_whose_mailbox_is_gone_says_so(dovecot: Dovecot, login: Login, recorded: Callable[..., int]) -> None:
    id = recorded(account(dovecot, login))
    Mailbox.objects.all().delete()
    with pytest.raises(MailboxGone, match="no longer configured"):
        fetch_message(id)


def test_a_server_that_is_down_says_so(recorded: Callable[..., int]) -> None:
    id = recorded(Account(host="127.0.0.1", port=1, security="plain", user="u", password="p"))
    with pytest.raises(Unreachable, match="refuses the connection"):
        fetch_message(id)


def test_an_event_that_is_unknown_has_no_message(db: None) -> None:
    with pytest.raises(MessageGone, match="no such event"):
        fetch_message(12345)


def test_what_a_message_was_is_read_from_its_event() -> None:
    entry = Entry(
        id=1,
        type="new",
        agent_id=1,
        occurred_at=datetime.now(UTC),
        json='{"message": {"folder": "F", "uid": null, "uidvalidity": null, "message_id": null, "size": 7,'
        ' "received_at": "2026-11-22T10:11:11Z"}}',
    )
    assert Sought.of(entry) == Sought(
        folder="F",
        uid=None,
        uidvalidity=None,
        message_id="",
        size=7,
        received_at=datetime(2026, 11, 22, 10, 11, 11, tzinfo=UTC),
    )
