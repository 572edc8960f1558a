"""Judges a message. Pure: no rows, no network, no clock."""

from agenticmail.message import Message
from spamfilter.policy import Policy
from spamfilter.verdict import Verdict


def judge(message: Message, policy: Policy) -> Verdict:
    """The verdict on `message`. Never raises."""
    score = 0.0
    return Verdict(verdict="suspicious" if message.unparseable else "ham", score=score, threshold=policy.threshold)
