"""Where to begin in a mailbox that has no cursor, or whose cursor is worthless: by arrival time and Message-ID.

A mailbox seen for the first time has none. A UIDVALIDITY that changed (RFC 9051 section 2.3.1.1), or UIDs that went
back (a restored backup), make it worthless: what the log or the journal knows by Message-ID is not news; what came
later is.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from mailevents.eventlog import log
from mailevents.imap.mailbox import Session
from mailevents.models import Delivery, MailEvent

SLICE = 500

Identity = tuple[datetime, str]  # INTERNALDATE and Message-ID


def last_before(session: Session, moment: datetime) -> int:
    """The UID after which everything arrived (INTERNALDATE, whole seconds) later than `moment`."""
    first = session.uidnext
    if timezone.now().replace(microsecond=0) <= moment:
        return first - 1  # no second has begun since
    for uids in reversed(list(log.batched(session.uids_since(moment.date()), SLICE))):
        later = [uid for uid, (received_at, _id) in session.identities(uids).items() if received_at > moment]
        if not later:
            break
        first = min(first, *later)
    return first - 1


def last_known(session: Session, mailbox_id: int, generation: int, wanted_since: datetime) -> int:
    """Where `generation` begins: the UID after which there is something new to the log; where it holds none, later
    than all that it dropped."""
    journalled = _journalled(mailbox_id, generation)
    logged = MailEvent.objects.filter(mailbox_id=mailbox_id, type="new").aggregate(last=Max("received_at"))["last"]
    times = [*(received_at for received_at, _id in journalled), *([logged] if logged else ())]
    if not times:
        dropped = log.pruned().occurred_at
        return last_before(session, max(wanted_since, dropped) if dropped else wanted_since)
    last = max(times)
    for uids in log.batched(session.uids_since(last.date()), SLICE):
        identities = session.identities(uids)
        known = {message_id for _at, message_id in journalled | _logged(mailbox_id, generation, identities.values())}
        for uid in uids:
            if uid in identities and _is_new(*identities[uid], last, known):
                return uid - 1
    return session.uidnext - 1


def known_before(session: Session, mailbox_id: int, generation: int, uids: Sequence[int]) -> set[int]:
    """Those of these that are known from before this generation: a server that restores a mailbox may number new mail
    before the old."""
    identities = session.identities(uids)
    before = _journalled(mailbox_id, generation) | _logged(mailbox_id, generation, identities.values())
    return {uid for uid, identity in identities.items() if identity in before}


def _logged(mailbox_id: int, generation: int, identities: Iterable[Identity]) -> set[Identity]:
    """What the log holds, from before this generation, under one of these Message-IDs."""
    ids = {message_id for _at, message_id in identities if message_id}
    rows = MailEvent.objects.filter(mailbox_id=mailbox_id, type="new", generation__lt=generation, message_id__in=ids)
    return {(at, message_id) for at, message_id in rows.values_list("received_at", "message_id") if at}


def _journalled(mailbox_id: int, generation: int) -> set[Identity]:
    """What is in work, from before this generation."""
    rows = Delivery.objects.filter(mailbox_id=mailbox_id, generation__lt=generation).values_list("event", flat=True)
    columns = [event["columns"] for event in rows]
    return {(datetime.fromisoformat(one["received_at"]), one["message_id"]) for one in columns if one["message_id"]}


def _is_new(received_at: datetime, message_id: str, last: datetime, logged: set[str]) -> bool:
    if message_id:
        return message_id not in logged and received_at >= last
    return received_at > last
