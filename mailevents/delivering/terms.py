"""By what a mailbox's messages are judged, and who answers them: as the rows say now."""

from dataclasses import dataclass

from django.conf import settings

from mailevents import queries
from mailevents.delivering.planning import Sender
from mailevents.errors import MailboxError
from mailevents.models import Agent, Mailbox

# Asked for each batch, mostly of one message: Django's way to build it costs more than the query.
ROW = (
    "SELECT a.email, a.spam_threshold, m.authserv_id, m.user "  # noqa: S608 - our own names
    f"FROM {Mailbox._meta.db_table} m JOIN {Agent._meta.db_table} a ON a.id = m.agent_id WHERE m.id = %s"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """They hold for one batch of messages."""

    threshold: float
    authserv_id: str
    sender: Sender


def terms_of(mailbox_id: int) -> Terms:
    """Read anew for each batch: a threshold that an administrator changes holds for the next message."""
    row = queries.row(ROW, mailbox_id)
    if row is None:
        raise MailboxError("The mailbox was deleted.")
    email, threshold, authserv_id, user = row
    return Terms(
        threshold=threshold or settings.AGENTICMAIL_SPAM_THRESHOLD,
        authserv_id=authserv_id,
        sender=_sender(email, user),
    )


def _sender(email: str, user: str) -> Sender:
    """An agent writes from its own address; without one, from its login where that is an address."""
    login = user if "@" in user else ""
    return Sender(address=email or login, own=frozenset({email, login} - {""}))
