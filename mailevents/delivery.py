"""One message from fetch to log entry: parse, judge, decide, journal, perform, record. Knows nothing of asyncio.

The journal (DESIGN section 2): what has side effects is first committed as a `Delivery` that holds the whole event
to be; then it is done; then one transaction appends the event, drops the row and moves the mailbox's cursor on.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import F
from django.db.utils import DatabaseError, InterfaceError

from agenticmail.message import Message, parse_message
from mailevents import log
from mailevents.entry import NewEntry
from mailevents.events import Arrival, Draft, Whose, draft, entry
from mailevents.mailbox import Fetched, Session
from mailevents.models import Delivery
from mailevents.perform import Performance
from mailevents.writer import Writer
from rules.actions import Action, action_from_dict
from rules.decide import decide
from rules.decision import Decision
from rules.lookup import ruleset_for
from spamfilter.judge import judge
from spamfilter.lookup import policy_for
from spamfilter.verdict import Hit, Verdict

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 5  # at one message's steps, across restarts


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Whose messages these are, and by what they are judged."""

    whose: Whose
    threshold: float
    authserv_id: str


class Deliverer:
    """Delivers one mailbox's messages, in UID order, over its session."""

    def __init__(self, terms: Terms, session: Session, writer: Writer) -> None:
        self._terms = terms
        self._whose = terms.whose
        self._session = session
        self._writer = writer

    def deliver(self, batch: Sequence[Fetched], upto: int) -> int:
        """Everything in `batch` becomes an event; the cursor then stands at `upto`. How many events there are.

        Raises ConnectionLost or a DatabaseError; then what was not recorded is delivered again later.
        """
        waiting: list[NewEntry] = []
        count = 0
        for fetched in batch:
            event, decision = self._decided(fetched)
            if not decision.steps:
                waiting.append(entry(self._whose, event))
                continue
            count += self._record(waiting, fetched.uid - 1)
            waiting = []
            actions = [step.action for step in decision.steps]
            count += self._carry_out(self._journal(event, actions, fetched.uid), again=False)
        return count + self._record(waiting, upto)

    def finish_open(self) -> int:
        """Finishes what an earlier session began and could not record."""
        rows = Delivery.objects.filter(mailbox_id=self._whose.mailbox_id).order_by("generation", "uid")
        return sum(self._carry_out(row, again=True) for row in rows)

    # -- deciding

    def _decided(self, fetched: Fetched) -> tuple[Draft, Decision]:
        arrival = Arrival(folder=self._session.folder, uid=fetched.uid, uidvalidity=self._session.uidvalidity)
        message = parsed(fetched)
        verdict = self._judged(message)
        decision = self._ruled(message, verdict)
        return draft(self._whose, arrival, message, verdict, decision), decision

    def _judged(self, message: Message) -> Verdict:
        try:
            policy = policy_for(
                message,
                agent_id=self._whose.agent_id,
                threshold=self._terms.threshold,
                authserv_id=self._terms.authserv_id,
            )
            return judge(message, policy)
        except (DatabaseError, InterfaceError):
            raise
        except Exception:  # a mailbox's service must live, and no event goes out without a verdict
            logger.exception("The spam filter failed on a message of %s", self._whose.agent)
            half = self._terms.threshold / 2
            hit = Hit(check="UNJUDGED", category="error", score=half, description="the spam filter failed on it")
            return Verdict(
                verdict="suspicious", score=half, threshold=self._terms.threshold, categories=("error",), hits=(hit,)
            )

    def _ruled(self, message: Message, verdict: Verdict) -> Decision:
        try:
            return decide(message, verdict, ruleset_for(self._whose.agent_id))
        except (DatabaseError, InterfaceError):
            raise
        except Exception:  # as above: the event goes out, without rules
            logger.exception("The rules of %s failed on a message", self._whose.agent)
            return Decision(priority=message.priority)

    # -- recording

    def _record(self, entries: Sequence[NewEntry], upto: int) -> int:
        ids = self._writer.run(
            lambda: log.append_for_mailbox(
                entries, mailbox_id=self._whose.mailbox_id, generation=self._whose.generation, last_uid=upto
            )
        )
        return len(ids)

    def _journal(self, event: Draft, actions: Sequence[Action], uid: int) -> Delivery:
        def work() -> Delivery:
            row, _created = Delivery.objects.get_or_create(
                mailbox_id=self._whose.mailbox_id,
                generation=self._whose.generation,
                uid=uid,
                defaults={"event": event.as_dict(), "steps": [action.as_dict() for action in actions]},
            )
            return row

        return self._writer.run(work)

    def _carry_out(self, row: Delivery, *, again: bool) -> int:
        event = Draft(event=row.event["event"], columns=row.event["columns"])
        actions = [action_from_dict(step) for step in row.steps]
        if row.attempts >= MAX_ATTEMPTS:
            logger.error("Giving up on the steps of %s after %d attempts", row, row.attempts)
            reports = [action.as_dict() | {"status": "failed", "reason": "given up"} for action in actions]
        else:
            if again:
                Delivery.objects.filter(pk=row.pk).update(attempts=F("attempts") + 1)
            reports = Performance(self._session, event, actions, again=again).run()
        event.rules["actions"] = reports
        ids = self._writer.run(
            lambda: log.append_for_mailbox(
                [entry(replace(self._whose, generation=row.generation), event)],
                mailbox_id=row.mailbox_id,
                generation=row.generation,
                last_uid=row.uid,
                close=row.pk,
            )
        )
        return len(ids)


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
