"""Where to begin in a mailbox that has no cursor, or whose cursor is worthless: by arrival time and Message-ID.

A mailbox seen for the first time has none. A UIDVALIDITY that changed (RFC 9051 section 2.3.1.1), or UIDs that went
back (a restored backup), make it worthless: what the log knows by Message-ID is not news; what came later is.
"""

from datetime import datetime

from django.utils import timezone

from mailevents.eventlog import log
from mailevents.imap.mailbox import Session
from mailevents.models import MailEvent

SLICE = 500


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


def last_known(session: Session, mailbox_id: int, wanted_since: datetime) -> int:
    """The UID after which everything is new to the log; where it holds none, later than all that it dropped."""
    known = MailEvent.objects.filter(mailbox_id=mailbox_id, type="new")
    last = known.order_by("-received_at").values_list("received_at", flat=True).first()
    if last is None:
        dropped = log.pruned().occurred_at
        return last_before(session, max(wanted_since, dropped) if dropped else wanted_since)
    for uids in log.batched(session.uids_since(last.date()), SLICE):
        identities = session.identities(uids)
        ids = [message_id for _at, message_id in identities.values() if message_id]
        logged = set(known.filter(message_id__in=ids).values_list("message_id", flat=True))
        for uid in uids:
            if uid in identities and _is_new(*identities[uid], last, logged):
                return uid - 1
    return session.uidnext - 1


def _is_new(received_at: datetime, message_id: str, last: datetime, logged: set[str]) -> bool:
    if message_id:
        return message_id not in logged and received_at >= last
    return received_at > last
