"""Who an agent is as an author of automatic mails: the addresses, from their rows, that must not answer each other."""

from dataclasses import dataclass
from typing import Any

from agenticmail.message import Message
from rules.actions import AutoReply, Forward
from rules.decision import Step
from rules.models import Rule
from rules.replies import Allowed, Suppressed, may_forward, may_reply
from spamfilter.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """An agent as the author of automatic mails. `own` and `agents` are addresses in lower case."""

    agent_id: int
    own: frozenset[str]
    agents: frozenset[str]

    @classmethod
    def of(cls, agent: Any) -> "Sender":
        """Of an agent's row, with the addresses of all agents."""
        others: Any = Rule._meta.get_field("agent").related_model
        known = others.objects.exclude(email="").values_list("email", flat=True)
        return cls(
            agent_id=agent.pk,
            own=frozenset({agent.email.lower()} - {""}),
            agents=frozenset(address.lower() for address in known),
        )

    def may_send(self, step: Step, message: Message, verdict: Verdict) -> Allowed | Suppressed:
        """Whether the mail of `step`, an auto_reply or a forward, could go out when the message arrives.

        What went out before (once per period, the hourly cap) is not counted: only a claim can tell.
        """
        action, now = step.action, message.received_at
        if isinstance(action, AutoReply):
            return may_reply(action, message, verdict, own_addresses=self.own, agent_addresses=self.agents, now=now)
        assert isinstance(action, Forward)
        return may_forward(action, message, own_addresses=self.own, now=now)
