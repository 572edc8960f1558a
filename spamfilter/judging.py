"""A raw message's verdict as an agent would get it: what applies is looked up, then it is judged."""

from typing import Any

from agenticmail.message import Message
from spamfilter.judge import judge
from spamfilter.lookup import policy_for
from spamfilter.policy import Policy
from spamfilter.verdict import Verdict


def verdict_for(message: Message, agent: Any | None) -> Verdict:
    """The verdict on `message` to `agent`; None: to nobody in particular."""
    return judge(message, policy_of(message, agent))


def policy_of(message: Message, agent: Any | None) -> Policy:
    """By what `message` to `agent` is judged: its threshold, lists and weights."""
    mailbox = getattr(agent, "mailbox", None)
    return policy_for(
        message,
        agent_id=agent.pk if agent else 0,
        threshold=agent.spam_threshold if agent else None,
        authserv_id=mailbox.authserv_id if mailbox else "",
    )
