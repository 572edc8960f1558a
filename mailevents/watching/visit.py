"""One mailbox from login to logout: find the place in it, catch up, deliver, idle. On a worker thread.

Joins the session (IMAP) with the row (the cursor) and the delivery; every failure ends the visit.
"""

import logging
import socket
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import takewhile

from django.conf import settings

from mailevents.accounts import account_of
from mailevents.delivering.delivery import Deliverer, Sending
from mailevents.delivering.events import Whose
from mailevents.delivering.outbox import Outbox
from mailevents.delivering.terms import terms_of
from mailevents.errors import CommandRefused, ConnectionLost
from mailevents.eventlog.writer import Writer
from mailevents.imap.answers import Fetched, News, batches
from mailevents.imap.mailbox import Session
from mailevents.logs import about
from mailevents.watching import rebaseline
from mailevents.watching.changes import Changes
from mailevents.watching.row import Row, bring_in_line

# Fetches of one message that fail, each on a connection of its own, before less of it is asked for. With the waits
# between them that takes about a minute of a server that lets us in: a restart or a bad line is no fault of a message.
MAX_SPOILT = 12
UNTOLD = 2  # times in a row that mail came while it idled, and the server did not say so, until it is taken for deaf
AHEAD = 0  # no message has this UID: among the spoilt, it says that the server is to be asked one by one

logger = logging.getLogger(__name__)


def open_visit(
    row: Row,
    writer: Writer,
    outbox: Outbox,
    spoilt: dict[int, int],
    *,
    opened: Callable[[socket.socket], None],
) -> "Visit":
    """Connects, and brings the row in line. Raises a MailEventsError or a DatabaseError.

    `opened` is given the connection before anything is said over it.
    """
    session = Session.open(account_of(row), opened=opened)
    try:
        bring_in_line(row, session)
        return Visit(row, session, writer, outbox, spoilt)
    except BaseException:
        session.abandon()
        raise


class Visit:
    """A session with its row.

    After a turn: `settled`, it has caught up and idles, `due_s`, seconds until it is to be asked all the same; `more`,
    there is more to do at once; `waiting`, for a mail that is being sent, before anything else can be done.
    """

    def __init__(self, row: Row, session: Session, writer: Writer, outbox: Outbox, spoilt: dict[int, int]) -> None:
        self.session = session
        self.settled = self.more = self.told = False
        self.waiting: Sending | None = None
        self.due_s: float | None = None
        self._mailbox_id = row.mailbox_id
        self._spoilt = spoilt
        whose = Whose(agent_id=row.agent_id, agent=row.agent, mailbox_id=row.mailbox_id, generation=row.generation)
        self._deliverer = Deliverer(whose, row.last_uid or 0, session, writer, outbox)
        self._writer = writer
        self._generation = row.generation
        self._backlog: Sequence[int] = ()  # found by an earlier turn, not delivered yet
        self._changes = Changes(session, whose, row.modseq, row.modseq_uid)
        self._listening = False
        self._untold = 0

    @property
    def is_told(self) -> bool:
        """Whether the server tells of new mail by itself: it idles, and has not been found to forget it."""
        return self.session.idling and self._untold < UNTOLD

    def listen(self, woken_at: float) -> None:
        """One turn: end IDLE, finish what is open, deliver a batch of what came; idle again if that was all.

        `woken_at`: when the server's word came, in monotonic seconds.
        """
        news = self._end_idle() if self._listening else None
        self._listening = False
        self.settled = self.more = False
        self._deliverer.woken_at = woken_at
        self.waiting = self._deliverer.finish_open()
        if self.waiting is None:
            self.more = self._catch_up(news)
        if self.more or self.waiting is not None:
            return
        self.due_s = self._report_changes()
        if self.due_s == 0:
            self.more = True  # a slice was told, and new mail comes before the next
            return
        self._listening = True
        self.more = self.session.begin_idle()
        self.settled = True

    def ask(self, *, read: bool = False) -> None:
        """Asks, without a wait, what came while it idled; the turn that follows hears the answer.

        `read`: and for what the server has just spoken of. One by one where it did not stand that before, and where
        a message broke the connection.
        """
        if self._spoilt:
            self.session.ask()
        else:
            self.session.ask_news(self._deliverer.cursor, settings.AGENTICMAIL_FETCH_BYTES, read=read)

    def _end_idle(self) -> News | None:
        """What came meanwhile, where that was asked for in the same breath."""
        spoke = not self.session.has_asked
        if spoke:
            self.ask(read=True)
        self.session.end_idle()
        self.session.announced()
        try:
            news = self.session.news(self._deliverer.cursor, settings.AGENTICMAIL_FETCH_BYTES)
        except CommandRefused:
            self._spoilt[AHEAD] = 1
            return None
        except ConnectionLost:
            self._spoilt[AHEAD] = 1
            raise
        if news is not None and news.uids:
            self._heard_of_mail(spoke)
        return news

    def _heard_of_mail(self, spoke: bool) -> None:
        """`spoke`: the server said something first; else it was asked."""
        self._untold = 0 if spoke else self._untold + 1
        if self._untold == UNTOLD:
            logger.warning(
                "The server does not tell of new mail while it idles: it is asked again and again",
                extra=about(mailbox=self._mailbox_id),
            )

    def _catch_up(self, news: News | None) -> bool:
        """Delivers the first batch of what is past the cursor. Whether there may be more."""
        backlog, self._backlog = self._backlog, ()
        if news is None and backlog:
            news = News(uids=backlog)
        elif news is None:
            self.session.announced()
            news = News(uids=self.session.uids_after(self._deliverer.cursor))
        uids = [uid for uid in news.uids if uid > self._deliverer.cursor]
        if not uids:
            return self.session.announced()
        batch: Sequence[int] = [uid for uid in uids if uid <= news.read_to]
        if batch:
            fetched = [one for one in news.messages if one.uid >= batch[0]]
            if self._withholds(batch, fetched):
                fetched = self._fetch(batch)
        else:
            batch = self._batch(uids)
            fetched = self._fetch(batch)
        fetched = self._unknown(fetched)
        self.waiting = self._deliverer.deliver(fetched, upto=batch[-1], terms=terms_of(self._mailbox_id))
        self._backlog = uids[len(batch) :] if self.waiting is None else ()
        for one in fetched:
            self._changes.arrived(one.uid, (one.flags, one.labels))
        return self.waiting is None and (uids[-1] > self._deliverer.cursor or self.session.announced())

    def _unknown(self, fetched: list[Fetched]) -> list[Fetched]:
        """Those that are news: of a mailbox that was numbered anew, what lay there as it was opened may be known."""
        old = [one.uid for one in fetched if one.uid < self.session.uidnext] if self._generation else []
        known = rebaseline.known_before(self.session, self._mailbox_id, self._generation, old) if old else ()
        return [one for one in fetched if one.uid not in known]

    def _withholds(self, batch: Sequence[int], fetched: Sequence[Fetched]) -> bool:
        """Whether the server still lists what it did not hand out. Mostly that has been removed meanwhile."""
        missing = set(batch) - {one.uid for one in fetched}
        if not missing:
            return False
        self.session.refresh()
        return not missing.isdisjoint(self.session.uids_after(min(missing) - 1))

    def _report_changes(self) -> float | None:
        """Tells a slice of what changed, where that is due. Seconds until more is, None where nothing is."""
        if self.session.changes_hinted():
            self._changes.hinted(time.monotonic())
        if self._changes.due_in(time.monotonic()) == 0:
            self._changes.tell(self._deliverer.cursor, self._writer)
        return self._changes.due_in(time.monotonic())

    def _batch(self, uids: Sequence[int]) -> Sequence[int]:
        """The first of `uids` that fit into one fetch; one whose fetch failed before is fetched alone."""
        if uids[0] in self._spoilt:
            return uids[:1]
        fitting = batches(uids, settings.AGENTICMAIL_FETCH_BYTES)[0]
        return list(takewhile(lambda uid: uid not in self._spoilt, fitting))

    def _fetch(self, batch: Sequence[int]) -> list[Fetched]:
        """Fetches a batch; where that fails, each of it is suspected of having broken the connection."""
        try:
            fetched = self._attempt(batch)
            if self._withholds(batch, fetched):
                raise CommandRefused("it lists what it does not fetch")
        except (ConnectionLost, CommandRefused) as error:
            for uid in batch:
                self._spoilt[uid] = self._spoilt.get(uid, 0) + 1
            if isinstance(error, CommandRefused):
                raise ConnectionLost(f"The server does not hand a message out: {error}.") from None
            raise
        for uid in batch:
            self._spoilt.pop(uid, None)
        return fetched

    def _attempt(self, batch: Sequence[int]) -> list[Fetched]:
        """Of a message that keeps failing less and less is asked for: one message must not hold up the others."""
        failed = self._spoilt.get(batch[0], 0)
        if failed <= MAX_SPOILT:
            return self.session.fetch(batch, settings.AGENTICMAIL_FETCH_BYTES, structure=not failed)
        if failed <= 2 * MAX_SPOILT:
            return self.session.fetch_unread(batch[0])
        logger.error(
            "It cannot be fetched; its event says no more", extra=about(mailbox=self._mailbox_id, uid=batch[0])
        )
        return [
            Fetched(uid=batch[0], raw=b"", size=0, flags=(), labels=(), received_at=datetime.now(UTC), truncated=True)
        ]
