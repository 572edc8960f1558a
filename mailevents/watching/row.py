"""One mailbox's row as a visit needs it: whose it is, how to reach it, and the place in it, brought in line with what
the server says. Blocking."""

import logging
from dataclasses import dataclass
from datetime import datetime

from mailevents import queries
from mailevents.errors import MailEventsError
from mailevents.imap.mailbox import Session
from mailevents.logs import about
from mailevents.models import Agent, Mailbox
from mailevents.watching import rebaseline

logger = logging.getLogger(__name__)

ROW = (
    "SELECT m.host, m.port, m.security, m.user, m.password_encrypted, m.folder, a.id, a.name, a.enabled, "  # noqa: S608 - ours
    "m.wanted_since, m.uidvalidity, m.last_uid, m.modseq, m.modseq_uid, m.generation, m.changed_at "
    f"FROM {Mailbox._meta.db_table} m JOIN {Agent._meta.db_table} a ON a.id = m.agent_id WHERE m.id = %s"
)


class Gone(MailEventsError):
    """The mailbox is not to be watched any more."""


@dataclass(slots=True)
class Row:
    """The columns of ROW. (`uidvalidity`, `last_uid`) is the cursor; None before the first visit."""

    mailbox_id: int
    host: str
    port: int
    security: str
    user: str
    password_encrypted: str
    folder: str
    agent_id: int
    agent: str
    enabled: bool
    wanted_since: datetime
    uidvalidity: int | None
    last_uid: int | None
    modseq: int | None
    modseq_uid: int | None
    generation: int
    changed_at: datetime


def row_of(mailbox_id: int, since: datetime) -> Row:
    """As the row says now. Raises Gone.

    `since`: when somebody first wanted it; of a mailbox never seen before, what arrived later is news, however long
    the way to its server takes.
    """
    found = queries.row(ROW, mailbox_id)
    if found is None:
        raise Gone("The mailbox was deleted.")
    row = Row(mailbox_id, *found)
    if not row.enabled:
        raise Gone("The agent is disabled.")
    row.changed_at = queries.moment(row.changed_at)
    row.wanted_since = queries.moment(row.wanted_since) or _wanted(row, since)
    return row


def _wanted(row: Row, since: datetime) -> datetime:
    """Of an account that was changed nothing was wanted before that."""
    if row.generation:
        since = max(since, row.changed_at)
    Mailbox.objects.filter(pk=row.mailbox_id).update(wanted_since=since)
    return since


def bring_in_line(row: Row, session: Session) -> None:
    """What lay in a mailbox before it was wanted is not news; and a server may number its messages anew."""
    if row.uidvalidity is None or row.last_uid is None:
        _begin(row, session, rebaseline.last_before(session, row.wanted_since))
    elif row.uidvalidity != session.uidvalidity or (session.tells_uidnext and session.uidnext <= row.last_uid):
        logger.warning("The server numbered its messages anew", extra=about(agent=row.agent, mailbox=row.mailbox_id))
        row.generation += 1
        _begin(row, session, rebaseline.last_known(session, row.mailbox_id, row.generation, row.wanted_since))


def _begin(row: Row, session: Session, last_uid: int) -> None:
    """The cursor is here from now on."""
    row.uidvalidity, row.last_uid = session.uidvalidity, last_uid
    row.modseq, row.modseq_uid = (session.modseq, session.uidnext - 1) if session.modseq else (None, None)
    Mailbox.objects.filter(pk=row.mailbox_id).update(
        uidvalidity=row.uidvalidity,
        last_uid=row.last_uid,
        generation=row.generation,
        modseq=row.modseq,
        modseq_uid=row.modseq_uid,
    )
