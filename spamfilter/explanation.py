"""Why a verdict is what it is, and what would change it. Pure: asks the judge again, under other circumstances."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal

from agenticmail.message import Message
from spamfilter.judge import judge
from spamfilter.keys import lookup_keys
from spamfilter.policy import Listed, Policy
from spamfilter.verdict import Hit, Outcome, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One hit, and how long its bar is: in percent of the longest."""

    hit: Hit
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What could be done, and the verdict that the message would then get."""

    what: str
    verdict: Outcome
    score: float
    same: bool  # it would change nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """`decisive`: the hits without which, together, the verdict would be a milder one (`milder`); none for ham."""

    message: Message
    policy: Policy
    verdict: Verdict
    shares: tuple[Share, ...]
    decisive: tuple[Hit, ...]
    milder: Outcome
    missing: float  # points to the next harder verdict; 0 for spam
    changes: tuple[Change, ...]


def explain(message: Message, policy: Policy) -> Explanation:
    verdict = judge(message, policy)
    longest = max((abs(hit.score) for hit in verdict.hits), default=0) or 1
    bound = policy.threshold if verdict.verdict == "spam" else policy.threshold / 2
    decisive = _decisive(verdict, bound)
    left = verdict.score - sum(hit.score for hit in decisive)
    return Explanation(
        message=message,
        policy=policy,
        verdict=verdict,
        shares=tuple(Share(hit=hit, percent=round(100 * abs(hit.score) / longest)) for hit in verdict.hits),
        decisive=decisive,
        milder="suspicious" if left >= policy.threshold / 2 else "ham",
        missing=max(0.0, (policy.threshold if verdict.verdict == "suspicious" else bound) - verdict.score),
        changes=tuple(_changes(message, policy, verdict)),
    )


def _decisive(verdict: Verdict, bound: float) -> tuple[Hit, ...]:
    """The fewest hits, the heaviest first, without which the score would be under `bound`."""
    if verdict.verdict == "ham":
        return ()
    heaviest = sorted((hit for hit in verdict.hits if hit.score > 0), key=lambda hit: -hit.score)
    left = accumulate((-hit.score for hit in heaviest), initial=verdict.score)
    count = next((n for n, score in enumerate(left) if score < bound), 0)
    return tuple(heaviest[:count])


def _changes(message: Message, policy: Policy, verdict: Verdict) -> Iterator[Change]:
    """What single entries of the lists, and the lack of those that apply, would do."""
    for entry in policy.listed:
        without = tuple(other for other in policy.listed if other != entry)
        yield _change(f"without the {entry.kind} entry {entry.value}", message, verdict, policy, without)
    kind: Literal["allow", "block"] = "block" if verdict.verdict == "ham" else "allow"
    for entry in _possible(message, kind):
        if entry not in policy.listed:
            yield _change(f"with {entry.value} on the {kind} list", message, verdict, policy, (*policy.listed, entry))


def _possible(message: Message, kind: Literal["allow", "block"]) -> Iterator[Listed]:
    """The entries that would be made for this message: its From, the domain of that, the client."""
    keys = lookup_keys(message)
    yield from (Listed(kind=kind, what="sender", value=sender) for sender in keys.senders[:1])
    yield from (Listed(kind=kind, what="domain", value=f"@{domain}") for domain in keys.domains[:1])
    yield from (Listed(kind=kind, what="ip", value=ip) for ip in keys.ips[:1])


def _change(what: str, message: Message, now: Verdict, policy: Policy, listed: tuple[Listed, ...]) -> Change:
    then = judge(message, replace(policy, listed=listed))
    return Change(what=what, verdict=then.verdict, score=then.score, same=then.score == now.score)
