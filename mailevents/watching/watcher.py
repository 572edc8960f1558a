"""Keeps the mailboxes that somebody wants open, each by one session: opens, idles, retries, closes. Threads only.

A mailbox is acquired by its first stream and released, after a linger, by its last. Its work is a series of turns
on a bounded pool, never two at a time; between turns its socket is with the idle thread.
"""

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from django.db import connections
from django.db.utils import DatabaseError, InterfaceError
from django.utils import timezone

from mailevents import metrics
from mailevents.delivering.delivery import Sending
from mailevents.delivering.outbox import LIMIT_S, Outbox
from mailevents.errors import CommandRefused, LoginRefused, MailboxError, MailEventsError, SecretUnreadable
from mailevents.eventlog.writer import Writer
from mailevents.imap import connecting
from mailevents.imap.idle import IdleThread
from mailevents.logs import about
from mailevents.models import MailboxState
from mailevents.states import State
from mailevents.telling import StateTeller, tell_all_unwatched
from mailevents.watching import lease
from mailevents.watching.backoff import counted, delay
from mailevents.watching.house import House
from mailevents.watching.opening import OpeningLanes
from mailevents.watching.row import Gone, row_of
from mailevents.watching.visit import Visit, open_visit
from mailevents.watching.watched import Watched

LINGER_S = 5.0
POLL_S = 10.0  # between questions, where a server has no IDLE, or says nothing while it idles
TURN_LIMIT_S = 120.0
OPEN_LIMIT_S = 45.0
GONE_S = 15.0  # between looks at whether a disabled agent is enabled again, while somebody still wants its mailbox

logger = logging.getLogger(__name__)


class Watcher:
    """All mailboxes of this process."""

    def __init__(
        self,
        idle: IdleThread,
        writer: Writer,
        teller: StateTeller,
        *,
        workers: int,
        renew_s: float,
        freed: Callable[[], None] = lambda: None,
    ) -> None:
        """`freed` is called when other processes may take what this one held."""
        self._idle, self._writer, self._teller, self._freed = idle, writer, teller, freed
        self._outbox = Outbox(writer)
        self._renew_s, self._workers = renew_s, workers
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="imap")
        self._lanes = OpeningLanes(max(1, workers * 3 // 4))  # logins at a time: workers are left for what is open
        self._watched: dict[int, Watched] = {}
        self._lock = threading.Lock()
        self._house = House(
            self._watched,
            self._lock,
            self._lanes,
            open_anew=self._start,
            recall=self._wake,
            placed=self._open_some,
        )
        self._quiet = threading.Condition(self._lock)
        self._closing = False
        idle.later(lease.RENEW_S, self._keep_house)

    # -- from any thread; nothing here blocks

    def acquire(self, mailbox_ids: Iterable[int]) -> None:
        """Wants these mailboxes once more."""
        with self._lock:
            for mailbox_id in mailbox_ids:
                watched = self._watched.setdefault(mailbox_id, Watched(mailbox_id))
                watched.wanted += 1
                if watched.linger:
                    watched.linger.cancel()
                    watched.linger = None
                if watched.wanted == 1:
                    self._start(watched)

    def release(self, mailbox_ids: Iterable[int], linger_s: float = LINGER_S) -> None:
        """Wants these mailboxes once less. The last to leave closes the session, after a linger."""
        with self._lock:
            for mailbox_id in mailbox_ids:
                watched = self._watched.get(mailbox_id)
                if watched is None or not watched.wanted:  # closed meanwhile, with everything else
                    continue
                watched.wanted -= 1
                if not watched.wanted:
                    watched.linger = self._idle.later(linger_s, lambda watched=watched: self._leave(watched))  # type: ignore[misc]

    def reopen(self, changed: Mapping[int, datetime]) -> None:
        """Accounts that changed, and when: what is open is opened anew, and what waits for a retry waits no more.

        What was opened since, with the account as it is now, stays open: a new mailbox is opened once.
        """
        with self._lock:
            for mailbox_id, at in changed.items():
                watched = self._watched.get(mailbox_id)
                if watched is None or not watched.wanted or watched.changed_at == at:
                    continue
                watched.attempt = 0
                watched.stale = watched.visit is not None or watched.turning
                if watched.stale:
                    self._wake(watched)
                else:
                    self._start(watched)

    def has_opened(self, mailbox_ids: Iterable[int]) -> bool:
        """Whether all of these have a session: it is decided what is news in them."""
        with self._lock:
            found = map(self._watched.get, mailbox_ids)
            return all(watched is not None and watched.visit is not None for watched in found)

    def states(self) -> dict[str, int]:
        """How many mailboxes are wanted, have a session, and wait to be opened."""
        with self._lock:
            sessions = sum(watched.visit is not None for watched in self._watched.values())
            return {
                "wanted": len(self._watched),
                "sessions": sessions,
                "queued": len(self._lanes) + len(self._house),
            }

    def turns(self) -> dict[str, int]:
        """How many mailboxes are worked on by the pool's threads, and how many wait for one."""
        with self._lock:
            turning = sum(watched.turning for watched in self._watched.values())
        busy = min(turning, self._workers)
        return {"busy": busy, "waiting": turning - busy}

    def close(self, timeout_s: float = 10.0) -> None:
        """Ends every session with LOGOUT; waits until that is done, at most `timeout_s`."""
        with self._lock:
            self._closing = True
            for watched in list(self._watched.values()):
                watched.wanted, watched.linger = 0, None
                if watched.visit is not None and not watched.turning:
                    watched.visit.session.say_goodbye()  # to all at once: servers take their time to answer
                self._wake(watched)
            if not self._quiet.wait_for(lambda: not self._watched, timeout_s / 2):
                for watched in self._watched.values():
                    watched.cut()
                self._quiet.wait_for(lambda: not self._watched, timeout_s / 2)
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._house.close()
        self._outbox.close()
        self._teller.close()
        try:
            tell_all_unwatched()
            lease.leave()
            self._freed()
        except (DatabaseError, InterfaceError):  # then it takes others a few seconds to know
            pass
        finally:
            connections.close_all()

    def look_round(self) -> None:
        """Other processes may have freed what is wanted here."""
        with self._lock:
            if not self._closing:
                self._house.look()

    # -- with the lock held

    def _start(self, watched: Watched) -> None:
        if watched.visit is not None or watched.turning or watched.mailbox_id in self._lanes or self._closing:
            return
        watched.elsewhere = False
        if watched.again:
            watched.again.cancel()
            watched.again = None
        self._house.place(watched)

    def _open_some(self) -> None:
        while not self._closing and (mailbox_id := self._lanes.take(time.monotonic())) is not None:
            watched = self._watched[mailbox_id]
            watched.opening = watched.turning = True
            self._submit(watched, self._open)

    def _wake(self, watched: Watched) -> None:
        """Gets an unwanted mailbox to its end, wherever it is now."""
        if watched.turning:
            return  # its turn will see that it is not wanted
        if watched.visit is not None:
            self._idle.recall(watched.visit.session.socket)
            return
        if watched.again:
            watched.again.cancel()
        if self._closing:
            watched.leased = False  # all are freed together
        self._house.withdraw(watched)
        self._forget(watched)

    def _forget(self, watched: Watched) -> None:
        self._watched.pop(watched.mailbox_id, None)
        self._quiet.notify_all()

    # -- on the idle thread; nothing here blocks

    def _leave(self, watched: Watched) -> None:
        with self._lock:
            if not watched.wanted and self._watched.get(watched.mailbox_id) is watched:
                watched.linger = None
                self._wake(watched)

    def _spoke(self, watched: Watched) -> None:
        with self._lock:
            watched.turning = True
            self._submit(watched, self._listen)

    def _renewal_due(self, watched: Watched, visit: Visit) -> None:
        """The server is asked, and no worker waits for its answer: where it stalls, others' mailboxes do not."""
        with contextlib.suppress(MailEventsError):  # the turn that follows meets the same
            visit.ask()
        with self._lock:
            spoke, silent = partial(self._spoke, watched), partial(self._stayed_silent, watched, visit)
            self._idle.wait(visit.session.socket, connecting.READ_TIMEOUT_S, spoke, silent)
            if not watched.is_kept or watched.stale or watched.elsewhere:  # said while the socket was in no hands
                self._wake(watched)

    def _stayed_silent(self, watched: Watched, visit: Visit) -> None:
        visit.session.give_up()
        self._spoke(watched)

    def _retry(self, watched: Watched) -> None:
        with self._lock:
            watched.again = None
            if watched.is_kept:
                self._start(watched)

    def _keep_house(self) -> None:
        """Has the leases renewed, and ends what has been stuck for too long."""
        if self._closing:
            return
        now = time.monotonic()
        with self._lock:
            for watched in self._watched.values():
                if watched.turning and now - watched.began > (OPEN_LIMIT_S if watched.line else TURN_LIMIT_S):
                    logger.warning("It takes too long; the connection is cut", extra=about(mailbox=watched.mailbox_id))
                    watched.cut()
        self.look_round()
        self._idle.later(lease.RENEW_S, self._keep_house)

    # -- on a worker

    def _submit(self, watched: Watched, turn: Callable[[Watched], None]) -> None:
        watched.began = time.monotonic()
        with suppress(RuntimeError):  # the process ends, and takes no work any more
            self._pool.submit(self._turn, watched, turn)

    def _turn(self, watched: Watched, turn: Callable[[Watched], None]) -> None:
        try:
            if watched.is_kept:
                turn(watched)
        except CommandRefused as refusal:
            self._failed(watched, MailboxError(f"The server refuses a command that is needed: {refusal}."))
        except MailEventsError as error:
            self._failed(watched, error)
        except (DatabaseError, InterfaceError) as error:
            connections.close_all()
            self._failed(watched, MailboxError(f"The database does not answer: {str(error).strip()[:200]}"))
        except Exception as error:  # one mailbox must not end the service of the others
            logger.exception("Unexpected failure", extra=about(mailbox=watched.mailbox_id))
            self._failed(watched, MailboxError(f"Unexpected: {type(error).__name__}: {error}"))
        self._after(watched)

    def _after(self, watched: Watched) -> None:
        """The end of a turn: what comes next is decided by what it left behind."""
        visit = watched.visit
        unwanted = not watched.is_kept
        if (unwanted or watched.stale or watched.elsewhere) and visit is not None:
            visit.session.log_out()
            watched.visit = visit = None
            self._let_go(watched)
            if unwanted and not self._closing:  # then all are told of together
                self._tell(watched, MailboxState.UNWATCHED)
        with self._lock:
            self._opened(watched)
            if unwanted and not watched.is_kept:
                watched.turning = False
                self._forget(watched)
            elif visit is None:
                watched.turning = False
                stale, watched.stale = watched.stale, False
                if not watched.is_kept:
                    self._wake(watched)
                elif stale or not (watched.again or watched.elsewhere):
                    self._start(watched)
            elif visit.more:
                self._submit(watched, self._listen)
            elif visit.waiting is not None:
                self._resume_after(watched, visit.waiting)
            else:
                watched.turning = False
                renew_s = self._renew_s if visit.is_told else POLL_S
                renew_s = renew_s if visit.due_s is None else min(renew_s, visit.due_s)
                spoke, due = partial(self._spoke, watched), partial(self._renewal_due, watched, visit)
                self._idle.wait(visit.session.socket, renew_s, spoke, due)
                if not watched.is_kept or watched.stale or watched.elsewhere:
                    self._wake(watched)

    def _resume_after(self, watched: Watched, sending: Sending) -> None:
        """The turn goes on when the mail is sent, or has taken too long; no worker waits for it."""
        once = threading.Lock()

        def resume(_: object = None) -> None:
            if once.acquire(blocking=False):
                too_long.cancel()
                self._submit(watched, self._listen)

        watched.began = float("inf")  # not stuck, and in no turn
        too_long = self._idle.later(LIMIT_S, resume)
        sending.add_done_callback(lambda done: self._idle.later(0, resume))

    def _opened(self, watched: Watched) -> None:
        if watched.opening:
            watched.opening = False
            self._lanes.done(watched.mailbox_id, time.monotonic(), well=watched.visit is not None)
            self._open_some()

    def _open(self, watched: Watched) -> None:
        watched.leased = watched.leased or bool(lease.claim([watched.mailbox_id]))
        if not watched.leased:
            watched.elsewhere = True
            return
        watched.stands_since = None
        self._tell(watched, MailboxState.RECONNECTING if watched.attempt else MailboxState.CONNECTING)
        try:
            row = row_of(watched.mailbox_id, watched.since)
            watched.changed_at = row.changed_at
            watched.visit = open_visit(row, self._writer, self._outbox, watched.spoilt, opened=watched.note)
        except Gone as gone:
            self._let_go(watched)
            self._tell(watched, MailboxState.DISABLED, str(gone))
            self._again(watched, GONE_S)
            return
        finally:
            line, watched.line = watched.line, None
            if line is not None:
                line.close()
        watched.began = time.monotonic()
        self._listen(watched)

    def _listen(self, watched: Watched) -> None:
        assert watched.visit is not None
        watched.visit.listen(watched.began)
        watched.stands_since = watched.stands_since or time.monotonic()
        if watched.visit.settled and not watched.visit.told:
            watched.visit.told = True
            self._tell(watched, MailboxState.IDLE)

    def _failed(self, watched: Watched, error: MailEventsError) -> None:
        logger.warning("%s", error, extra=about(mailbox=watched.mailbox_id))
        metrics.failures.labels(type(error).__name__).inc()
        if watched.visit is not None:
            watched.visit.session.abandon()
            watched.visit = None
        self._let_go(watched)
        if watched.stands_since is not None:
            held_s = time.monotonic() - watched.stands_since
            watched.attempt = counted(watched.attempt, held_s=held_s, waited_s=watched.waited_s)
        watched.attempt += 1
        refused = isinstance(error, (LoginRefused, SecretUnreadable))
        wait_s = watched.waited_s = delay(watched.attempt, refused=refused)
        state = MailboxState.AUTH_FAILED if refused else MailboxState.RECONNECTING
        self._tell(watched, state, str(error), wait_s)
        self._again(watched, wait_s)

    def _let_go(self, watched: Watched) -> None:
        """Another process may have better luck with it."""
        watched.leased = False
        if not self._closing:  # then all are freed together
            self._house.release(watched.mailbox_id)

    def _again(self, watched: Watched, wait_s: float) -> None:
        with self._lock:  # it may be due before it is noted
            watched.again = self._idle.later(wait_s, lambda: self._retry(watched))

    def _tell(self, watched: Watched, state: str, detail: str = "", wait_s: float | None = None) -> None:
        at = None if wait_s is None else timezone.now() + timedelta(seconds=wait_s)
        self._teller.tell(State(mailbox_id=watched.mailbox_id, state=state, detail=detail, next_attempt_at=at))
