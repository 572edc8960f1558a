"""One mailbox from login to logout: find the place in it, catch up, deliver, idle. On a worker thread.

Joins the session (IMAP) with the row (the cursor) and the delivery; every failure ends the visit.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.conf import settings

from mailevents import lease, rebaseline
from mailevents.changes import Changes
from mailevents.connecting import Account
from mailevents.delivery import Deliverer, Terms
from mailevents.errors import ConnectionLost, MailEventsError
from mailevents.events import Whose
from mailevents.mailbox import Fetched, Session, batches
from mailevents.models import Mailbox
from mailevents.secrets import decrypt
from mailevents.writer import Writer

MAX_SPOILT = 2  # fetches of one message that break the connection, before it is taken without being read

logger = logging.getLogger(__name__)


class Gone(MailEventsError):
    """The mailbox is not to be watched any more."""


def account_of(mailbox: Mailbox) -> Account:
    """How to reach it, password decrypted. SecretUnreadable where no key fits."""
    return Account(
        host=mailbox.host,
        port=mailbox.port,
        security=mailbox.security,
        user=mailbox.user,
        password=decrypt(mailbox.password_encrypted) if mailbox.password_encrypted else "",
        folder=mailbox.folder,
    )


def open_visit(mailbox_id: int, writer: Writer, spoilt: dict[int, int]) -> "Visit":
    """Connects, finds its place, finishes what was begun. Raises Gone, MailboxError or a DatabaseError."""
    mailbox = Mailbox.objects.select_related("agent").filter(pk=mailbox_id).first()
    if mailbox is None:
        raise Gone("The mailbox was deleted.")
    if not mailbox.agent.enabled:
        raise Gone("The agent is disabled.")
    session = Session.open(account_of(mailbox))
    try:
        _find_place(mailbox, session)
        visit = Visit(mailbox, session, writer, spoilt)
        visit.finish_open()
    except BaseException:
        session.abandon()
        raise
    return visit


def _find_place(mailbox: Mailbox, session: Session) -> None:
    """Brings the row's cursor in line with the session. What lay in a mailbox seen for the first time is not news."""
    first_time = mailbox.uidvalidity is None or mailbox.last_uid is None
    renumbered = not first_time and (
        mailbox.uidvalidity != session.uidvalidity or session.uidnext <= (mailbox.last_uid or 0)
    )
    if first_time:
        mailbox.uidvalidity, mailbox.last_uid = session.uidvalidity, session.uidnext - 1
        mailbox.modseq = session.modseq or None
    elif renumbered:
        logger.warning("mailbox %d: the server numbered its messages anew", mailbox.pk)
        mailbox.last_uid = rebaseline.first_unknown(session, mailbox.pk)
        mailbox.uidvalidity, mailbox.generation = session.uidvalidity, mailbox.generation + 1
        mailbox.modseq = session.modseq or None
    else:
        return
    mailbox.save(update_fields=["uidvalidity", "last_uid", "generation", "modseq"])


@dataclass(slots=True)
class _Cursor:
    uid: int


class Visit:
    """A session with its place. `settled`: caught up and idle; `more`: there is more to do at once."""

    def __init__(self, mailbox: Mailbox, session: Session, writer: Writer, spoilt: dict[int, int]) -> None:
        agent = mailbox.agent
        self.session = session
        self.settled = self.more = self.told = False
        self._mailbox_id = mailbox.pk
        self._spoilt = spoilt
        self._cursor = _Cursor(mailbox.last_uid or 0)
        whose = Whose(agent_id=agent.pk, agent=agent.name, mailbox_id=mailbox.pk, generation=mailbox.generation)
        terms = Terms(
            whose=whose,
            threshold=agent.spam_threshold or settings.AGENTICMAIL_SPAM_THRESHOLD,
            authserv_id=mailbox.authserv_id,
        )
        self._deliverer = Deliverer(terms, session, writer)
        self._writer = writer
        self._changes = Changes(session, whose, mailbox.modseq)
        self._listening = False

    def finish_open(self) -> None:
        self._deliverer.finish_open()

    def listen(self) -> None:
        """One turn: end IDLE, deliver a batch of what came; idle again if that was all."""
        if self._listening:
            self.session.end_idle()
            self._listening = False
        self.settled = False
        self.more = self._catch_up()
        if self.more:
            return
        self._report_changes()
        self._listening = True
        self.more = self.session.begin_idle()
        self.settled = True

    def _catch_up(self) -> bool:
        """Delivers the first batch of what is past the cursor. Whether there may be more."""
        self.session.announced()
        uids = self.session.uids_after(self._cursor.uid)
        if not uids:
            return self.session.announced()
        limit = settings.AGENTICMAIL_FETCH_BYTES
        batch = [uids[0]] if self._spoilt else batches(uids, limit)[0]
        fetched = self._fetch(batch, limit)
        self._deliverer.deliver(fetched, upto=batch[-1])
        for one in fetched:
            self._changes.arrived(one.uid, (one.flags, one.labels))
        self._cursor.uid = batch[-1]
        return len(uids) > len(batch) or self.session.announced()

    def _report_changes(self) -> None:
        if self.session.changes_hinted() or self._changes.pending:
            entries = self._changes.entries(self._cursor.uid)
            self._writer.run(partial(self._changes.record, entries))

    def _fetch(self, batch: Sequence[int], limit: int) -> list[Fetched]:
        """A message that breaks the connection whenever it is fetched is fetched alone, then not read at all."""
        first = batch[0]
        broken = self._spoilt.get(first, 0)
        try:
            if broken > MAX_SPOILT:
                fetched = self.session.fetch_unread(first)
            else:
                fetched = self.session.fetch(batch, limit, structure=not broken)
        except ConnectionLost:
            self._spoilt[first] = broken + 1
            raise
        self._spoilt.pop(first, None)
        return fetched

    def end(self) -> None:
        """Says goodbye to the server, and lets the mailbox go."""
        self.session.log_out()
        lease.release(self._mailbox_id)
