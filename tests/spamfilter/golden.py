"""The golden mail in `tests/messages/`, judged as an installation without any row would judge it."""

from functools import cache
from pathlib import Path

from spamfilter.judge import judge
from spamfilter.mailfiles import mail_files
from spamfilter.policy import Policy
from spamfilter.verdict import Verdict

MESSAGES = Path(__file__).parent.parent / "messages"
POLICY = Policy(authserv_id="mx1.example.org", owner=("agent@example.org",))


@cache
def verdicts(kind: str) -> dict[str, Verdict]:
    """By file: the verdict on every message of `tests/messages/<kind>`."""
    files = mail_files([str(MESSAGES / kind)], most_bytes=262144)
    return {str(Path(file.path).relative_to(MESSAGES)): judge(file.message(), POLICY) for file in files}


def told(verdict: Verdict) -> str:
    return f"{verdict.verdict} {verdict.score:.1f}: " + ", ".join(f"{h.check} {h.score:.1f}" for h in verdict.hits)
