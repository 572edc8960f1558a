"""One message from fetch to log entry: parse, judge, decide, journal, perform, record. Knows nothing of asyncio.

The journal (DESIGN section 2): what has side effects is first committed as a `Delivery` that holds the whole event
to be; then it is done; then one transaction appends the event, drops the row and moves the mailbox's cursor on.
Mails are sent by the outbox meanwhile; a delivery that waits for one is taken up again as after a crash.
"""

import logging
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import F, Q
from django.db.utils import DatabaseError, InterfaceError
from django.utils import timezone

from agenticmail.message import Message, parse_message
from mailevents import metrics, queries
from mailevents.delivering.events import Arrival, Draft, Whose, draft, entry
from mailevents.delivering.faults import reach
from mailevents.delivering.outbox import Outbox
from mailevents.delivering.perform import Performance
from mailevents.delivering.planning import Planner
from mailevents.delivering.tasks import OPEN, SENDING, UNKNOWN, Task, auto_reply
from mailevents.delivering.terms import Terms
from mailevents.errors import LeaseLost
from mailevents.eventlog import log
from mailevents.eventlog.entry import NewEntry
from mailevents.eventlog.writer import Writer
from mailevents.imap.answers import Fetched
from mailevents.imap.mailbox import Session
from mailevents.logs import about
from mailevents.models import Delivery, Mailbox
from mailevents.process import OWNER
from rules.decide import decide
from rules.decision import Decision
from rules.lookup import count_matches, note_errors, ruleset_for
from spamfilter.judge import judge
from spamfilter.lookup import policy_for
from spamfilter.verdict import Hit, Verdict

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 5  # at one message's steps, across restarts
IN_WORK = f"SELECT 1 FROM {Delivery._meta.db_table} WHERE mailbox_id = %s LIMIT 1"  # noqa: S608 - our own name

Sending = Future[None]


@dataclass(slots=True)
class _Batch:
    """Messages without side effects, to be recorded together."""

    entries: list[NewEntry] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)


class Deliverer:
    """Delivers one mailbox's messages, in UID order, over its session."""

    def __init__(self, whose: Whose, cursor: int, session: Session, writer: Writer, outbox: Outbox) -> None:
        self.cursor = cursor  # every message up to this UID has its event
        self.woken_at = time.monotonic()  # when the server's word came
        self._whose = whose
        self._session = session
        self._writer = writer
        self._outbox = outbox
        self._open_rows = True  # perhaps: an earlier session may have left some

    def deliver(self, batch: Sequence[Fetched], upto: int, terms: Terms) -> Sending | None:
        """What of `batch` can be, becomes events, and the cursor moves on. What the next message waits for, if it does.

        Raises a MailboxError or a DatabaseError; then what was not recorded is delivered again later.
        """
        reach("fetched")
        waiting = _Batch()
        for fetched in batch:
            event, decision, tasks = self._decided(fetched, terms)
            if any(task.status == OPEN for task in tasks):
                self._record(waiting, fetched.uid - 1)
                waiting = _Batch()
                sending = self._begin(event, decision, tasks, fetched.uid)
                if sending is not None:
                    return sending
            else:
                _tell(event, tasks)
                waiting.entries.append(entry(self._whose, event))
                waiting.decisions.append(decision)
        self._record(waiting, upto)
        return None

    def finish_open(self) -> Sending | None:
        """Finishes what was begun and not recorded. What it waits for, if a mail is still under way."""
        if not self._open_rows:
            return None
        for row in self._journalled():
            sending = self._carry_out(row, again=True)
            if sending is not None:
                return sending
        self._open_rows = False
        return None

    def _journalled(self) -> Iterable[Delivery]:
        """Mostly none."""
        mailbox_id = self._whose.mailbox_id
        if queries.row(IN_WORK, mailbox_id) is None:
            return ()
        return Delivery.objects.filter(mailbox_id=mailbox_id).order_by("generation", "uid")

    # -- deciding

    def _decided(self, fetched: Fetched, terms: Terms) -> tuple[Draft, Decision, list[Task]]:
        arrival = Arrival(folder=self._session.folder, uid=fetched.uid, uidvalidity=self._session.uidvalidity)
        message = parsed(fetched)
        verdict = self._judged(message, terms)
        decision = self._ruled(message, verdict)
        planner = Planner(
            message=message,
            verdict=verdict,
            sender=terms.sender,
            whole=lambda: self._session.whole(fetched.uid) if fetched.truncated else fetched.raw,
            now=timezone.now(),
        )
        return draft(self._whose, arrival, message, verdict, decision), decision, planner.tasks(decision)

    def _judged(self, message: Message, terms: Terms) -> Verdict:
        try:
            policy = policy_for(
                message,
                agent_id=self._whose.agent_id,
                threshold=terms.threshold,
                authserv_id=terms.authserv_id,
            )
            return judge(message, policy)
        except (DatabaseError, InterfaceError):
            raise
        except Exception:  # a mailbox's service must live, and no event goes out without a verdict
            logger.exception("The spam filter failed on a message", extra=self._about())
            half = terms.threshold / 2
            hit = Hit(check="UNJUDGED", category="error", score=half, description="the spam filter failed on it")
            return Verdict(
                verdict="suspicious", score=half, threshold=terms.threshold, categories=("error",), hits=(hit,)
            )

    def _ruled(self, message: Message, verdict: Verdict) -> Decision:
        try:
            return decide(message, verdict, ruleset_for(self._whose.agent_id), folder=self._session.folder)
        except (DatabaseError, InterfaceError):
            raise
        except Exception:  # as above: the event goes out, without rules
            logger.exception("The rules failed on a message", extra=self._about())
            return Decision(priority=message.priority)

    # -- recording

    def _record(self, batch: "_Batch", upto: int) -> None:
        def work() -> list[int]:
            ids = log.append_for_mailbox(
                batch.entries, mailbox_id=self._whose.mailbox_id, generation=self._whose.generation, last_uid=upto
            )
            _count_matches(batch.decisions)
            return ids

        ids = self._writer.run(work)
        self.cursor = max(self.cursor, upto)
        self._count(batch.entries, ids)
        if batch.entries:
            reach("recorded")

    def _count(self, entries: Sequence[NewEntry], ids: Sequence[int]) -> None:
        """`ids`: of those that were not in the log yet; where another process was quicker, it was so with the first."""
        for one, id in zip(entries[len(entries) - len(ids) :], ids, strict=True):
            metrics.delivered.labels(one.verdict).inc()
            metrics.to_event.observe(time.monotonic() - self.woken_at)
            logger.info(
                "delivered as %s",
                one.verdict,
                extra=self._about(one.arrival_uid, id),
            )

    def _about(self, uid: int | None = None, event: int | None = None) -> dict[str, Any]:
        return about(agent=self._whose.agent, mailbox=self._whose.mailbox_id, uid=uid, event=event)

    def _begin(self, event: Draft, decision: Decision, tasks: Sequence[Task], uid: int) -> Sending | None:
        """Journals a message's steps and carries them out, as far as another process has not begun to."""

        def journal() -> tuple[Delivery, bool] | None:
            if log.has_new(self._whose.mailbox_id, self._whose.generation, uid):
                return None
            row, created = Delivery.objects.get_or_create(
                mailbox_id=self._whose.mailbox_id,
                generation=self._whose.generation,
                uid=uid,
                defaults={"event": event.as_dict(), "steps": [task.as_dict() for task in tasks]},
            )
            if created:
                _count_matches([decision])
            return row, created

        journalled = self._writer.run(journal)
        self._open_rows = True
        reach("journalled")
        if journalled is None:
            return None
        row, created = journalled
        return self._carry_out(row, again=not created)

    def _carry_out(self, row: Delivery, *, again: bool) -> Sending | None:
        """Mails first, then the mailbox, then the event. What it waits for, if a mail is under way."""
        tasks = [Task.of(step) for step in row.steps]
        sending = self._outbox.pending(row.pk)
        if sending is None and any(task.to_send for task in tasks):
            sending = self._outbox.submit(row.pk)
        if sending is not None:
            return sending
        for task in tasks:
            if task.status == SENDING:
                task.settle(UNKNOWN, "The process ended, or the mail server fell silent, while it was being sent.")
        self._perform(row, tasks, again=again)
        return None

    def _perform(self, row: Delivery, tasks: list[Task], *, again: bool) -> None:
        if Mailbox.objects.filter(pk=row.mailbox_id).exclude(Q(lease=None) | Q(lease=OWNER)).exists():
            raise LeaseLost
        event = Draft(event=row.event["event"], columns=row.event["columns"])
        if row.attempts >= MAX_ATTEMPTS:
            logger.error("Given up after %d attempts", row.attempts, extra=self._about(row.uid))
            for task in tasks:
                if task.status == OPEN:
                    task.settle("failed", f"Given up after {row.attempts} attempts.")
        if again:
            Delivery.objects.filter(pk=row.pk).update(attempts=F("attempts") + 1)
        renumbered = row.generation != self._whose.generation
        Performance(self._session, event, tasks, again=again, renumbered=renumbered).run()
        reach("performed")
        _tell(event, tasks)
        finished = entry(replace(self._whose, generation=row.generation), event)
        ids = self._writer.run(
            lambda: log.append_for_mailbox(
                [finished],
                mailbox_id=row.mailbox_id,
                generation=row.generation,
                last_uid=row.uid,
                close=row.pk,
            )
        )
        if row.generation == self._whose.generation:
            self.cursor = max(self.cursor, row.uid)
        self._count([finished], ids)
        reach("recorded")


def _tell(event: Draft, tasks: Sequence[Task]) -> None:
    event.rules["actions"] = [task.report() for task in tasks]
    event.rules["auto_reply"] = auto_reply(tasks)
    for task in tasks:
        metrics.steps.labels(task.action.name, task.status).inc()


def _count_matches(decisions: Sequence[Decision]) -> None:
    """How the rules fared, on their rows. Inside the writer's transaction."""
    matched = [rule.id for decision in decisions for rule in decision.matched]
    errors = [error for decision in decisions for error in decision.errors]
    metrics.rule_hits.inc(len(matched))
    metrics.rule_errors.inc(len(errors))
    now = timezone.now()
    count_matches(matched, now)
    note_errors(errors, now)


def parsed(fetched: Fetched) -> Message:
    """The message of what was fetched."""
    return parse_message(
        fetched.raw,
        received_at=fetched.received_at,
        size=fetched.size,
        flags=fetched.flags,
        labels=fetched.labels,
        truncated=fetched.truncated,
        structure=fetched.structure,
    )
