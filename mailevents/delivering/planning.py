"""From a decision to tasks: what deciding alone has settled, what is suppressed, and the mails to be sent, composed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import make_msgid

from django.db.models.functions import Lower

from agenticmail.message import Message
from mailevents.delivering.tasks import DONE, FAILED, SKIPPED, SUPPRESSED, Mail, Task
from mailevents.models import Agent
from rules.actions import AutoReply, Forward
from rules.composing import compose_forward, compose_reply
from rules.decision import Decision, Step
from rules.replies import Allowed, Suppressed, may_forward, may_reply
from spamfilter.verdict import Verdict

NO_ADDRESS = "The agent has no email address to write from: set it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who writes: `address` is "" where none is known; `own` are all addresses of the mailbox."""

    address: str
    own: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planner:
    """Plans for one message. `whole` fetches it in full, None where it is gone; `now` is the time."""

    message: Message
    verdict: Verdict
    sender: Sender
    whole: Callable[[], bytes | None]
    now: datetime

    def tasks(self, decision: Decision) -> list[Task]:
        """Every action that was asked for, in order."""
        return [self._task(step) for step in decision.plan]

    def _task(self, step: Step) -> Task:
        task = Task(action=step.action, rule_id=step.rule.id)
        if step.superseded:
            task.settle(SUPPRESSED if isinstance(step.action, AutoReply | Forward) else SKIPPED, step.superseded)
        elif step.settled:
            task.settle(DONE)
        elif isinstance(step.action, AutoReply | Forward):
            self._address(task, step.action)
        return task

    def _address(self, task: Task, action: AutoReply | Forward) -> None:
        if not self.sender.address:
            task.settle(FAILED, NO_ADDRESS)
            return
        answer = self._may(action)
        if isinstance(answer, Suppressed):
            task.settle(SUPPRESSED, answer.reason)
            return
        raw = self._composed(action, answer.to, message_id := make_msgid(domain=self.sender.address.rpartition("@")[2]))
        if raw is None:
            task.settle(FAILED, "The message was gone before it could be sent on.")
        else:
            task.mail = Mail(to=answer.to, message_id=message_id, raw=raw)

    def _may(self, action: AutoReply | Forward) -> Suppressed | Allowed:
        if isinstance(action, AutoReply):
            senders = {self.message.from_.address.lower(), (self.message.return_path or "").lower()} - {""}
            agents = Agent.objects.annotate(folded=Lower("email")).filter(folded__in=senders)
            return may_reply(
                action,
                self.message,
                self.verdict,
                own_addresses=self.sender.own,
                agent_addresses=frozenset(agents.values_list("email", flat=True)),
                now=self.now,
            )
        return may_forward(action, self.message, own_addresses=self.sender.own, now=self.now)

    def _composed(self, action: AutoReply | Forward, to: str, message_id: str) -> bytes | None:
        address = self.sender.address
        if isinstance(action, AutoReply):
            reply = compose_reply(
                action, self.message, to=to, from_address=address, message_id=message_id, now=self.now
            )
            return reply.as_bytes()
        raw = self.whole()
        if raw is None:
            return None
        forward = compose_forward(action, self.message, raw, from_address=address, message_id=message_id, now=self.now)
        return forward.as_bytes()
