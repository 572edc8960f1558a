"""A raw message's verdict as an agent would get it: what applies is looked up, then it is judged."""

from typing import Any

from agenticmail.message import Message
from spamfilter.judge import judge
from spamfilter.lookup import policy_for
from spamfilter.verdict import Verdict


def verdict_for(message: Message, agent: Any | None) -> Verdict:
    """The verdict on `message` to `agent`, by its threshold, lists and weights; None: to nobody in particular."""
    mailbox = getattr(agent, "mailbox", None)
    policy = policy_for(
        message,
        agent_id=agent.pk if agent else 0,
        threshold=agent.spam_threshold if agent else None,
        authserv_id=mailbox.authserv_id if mailbox else "",
    )
    return judge(message, policy)
