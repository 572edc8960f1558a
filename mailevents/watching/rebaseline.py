"""Where to go on when the server has numbered a mailbox's messages anew: by arrival time and Message-ID.

A UIDVALIDITY that changed (RFC 9051 section 2.3.1.1), or UIDs that went back (a restored backup), make the cursor
worthless. What the log knows by Message-ID is not news; what came since its last message is.
"""

from datetime import datetime

from mailevents.eventlog.log import batched
from mailevents.imap.mailbox import Session
from mailevents.models import MailEvent

SLICE = 500


def first_unknown(session: Session, mailbox_id: int) -> int:
    """The UID after which everything is new to the log; UIDNEXT - 1 where it knows nothing of the mailbox."""
    known = MailEvent.objects.filter(mailbox_id=mailbox_id, type="new")
    last = known.order_by("-received_at").values_list("received_at", flat=True).first()
    if last is None:
        return session.uidnext - 1
    for uids in batched(session.uids_since(last.date()), SLICE):
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
