"""Reads the message of an event from the mailbox, by its present place, else by its Message-ID. Blocking.

Opens a session of its own that only looks: flags stay as they are, and nothing idles on it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from mailevents.accounts import account_of
from mailevents.errors import CommandRefused, ConnectionLost, MailEventsError
from mailevents.eventlog import log
from mailevents.eventlog.entry import Entry
from mailevents.imap.answers import Fetched
from mailevents.imap.connecting import Account
from mailevents.imap.mailbox import Session
from mailevents.models import Mailbox

MAX_BYTES = 50 << 20  # of one message; most mail servers take half of that
MAX_FOLDERS = 50  # searched for a message that has moved
MAX_ALIKE = 20  # messages with the same Message-ID that are looked at in a folder


class MessageGone(MailEventsError):
    """The message is no longer in the mailbox."""


class MessageTooLarge(MailEventsError):
    """The message is larger than what is read."""


class MailboxGone(MailEventsError):
    """The mailbox that the event came from is no longer configured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """A message that an event told of: where it was last, and what tells it from others wherever it is now."""

    folder: str
    uid: int | None
    uidvalidity: int | None
    message_id: str
    size: int | None
    received_at: datetime | None

    @classmethod
    def of(cls, entry: Entry) -> "Sought":
        """Of an event. `flags` and `expunge` name only a place: the rest is told by the `new` event of the message."""
        place = json.loads(entry.json)["message"]
        arrival = entry if entry.type == "new" else log.arrival_of(entry.id, place["uid"])
        message = json.loads(arrival.json)["message"] if arrival else {}
        received_at = message.get("received_at")
        return cls(
            folder=place["folder"],
            uid=place["uid"],
            uidvalidity=place["uidvalidity"],
            message_id=message.get("message_id") or "",
            size=message.get("size"),
            received_at=datetime.fromisoformat(received_at) if received_at else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A message, and where it is now."""

    message: Fetched
    folder: str
    uidvalidity: int


def fetch_message(event_id: int) -> bytes:
    """The whole message of an event, over a session that is opened for it.

    Raises MailboxGone, MessageGone, MessageTooLarge, SecretUnreadable or a MailboxError: each with plain words.
    """
    entry = log.one(event_id)
    if entry is None:
        raise MessageGone("There is no such event, or it is no longer kept.")
    account, sought = whereabouts(entry)
    session = Session.open(account, looking=True)
    try:
        return read(session, sought).message.raw
    finally:
        session.log_out()


def whereabouts(entry: Entry) -> tuple[Account, Sought]:
    """How to reach the mailbox, and what to look for there. Reads rows. Raises MailboxGone or SecretUnreadable."""
    mailbox = Mailbox.objects.filter(pk=log.mailbox_of(entry.id) or 0).first()
    if mailbox is None:
        raise MailboxGone("The mailbox that this event came from is no longer configured.")
    return account_of(mailbox), Sought.of(entry)


def read(session: Session, sought: Sought) -> Found:
    """The message, whole. Raises MessageGone, MessageTooLarge or a MailboxError."""
    try:
        for uid, size in _places(session, sought):
            if size > MAX_BYTES:
                raise MessageTooLarge(f"The message has {size} bytes; at most {MAX_BYTES} are read.")
            if fetched := session.fetch([uid], MAX_BYTES, structure=False):
                return Found(message=fetched[0], folder=session.folder, uidvalidity=session.uidvalidity)
    except CommandRefused as refusal:
        raise ConnectionLost(f"The server refuses to show the message: {refusal}.") from None
    raise MessageGone(
        "The message is no longer in the mailbox: it was deleted, or moved to where it cannot be found."
        if sought.message_id
        else "The message is no longer where it was, and has no Message-ID that it could be found by."
    )


def _places(session: Session, sought: Sought) -> Iterator[tuple[int, int]]:
    """UID and size in the folder that is then selected: where the message was, then wherever one like it is found."""
    if sought.uid is not None and session.go_to(sought.folder) and session.uidvalidity == sought.uidvalidity:
        yield from ((uid, size) for uid, (size, _at) in session.sizes([sought.uid]).items())
    if sought.message_id:
        for folder in islice(_folders(session, sought.folder), MAX_FOLDERS):
            yield from _alike(session, folder, sought)


def _folders(session: Session, last: str) -> Iterator[str]:
    """All folders, those first where the message is likeliest to be."""
    near = list(dict.fromkeys([last, "INBOX"]))
    yield from near
    yield from (folder for folder in session.folders() if folder not in near)


def _alike(session: Session, folder: str, sought: Sought) -> Iterator[tuple[int, int]]:
    """Messages of `folder` that are the one sought, by Message-ID and size; first those that arrived when it did.

    Anybody can send a message under another's Message-ID: it must not pass for the one that was judged.
    """
    if not session.go_to(folder):
        return
    try:
        found = session.sizes(session.uids_with(sought.message_id)[-MAX_ALIKE:])
    except CommandRefused:  # a folder that cannot be searched hides no other
        return
    same = [uid for uid, (size, _at) in found.items() if sought.size in (None, size)]
    for uid in sorted(same, key=lambda uid: (found[uid][1] != sought.received_at, -uid)):
        yield uid, found[uid][0]
