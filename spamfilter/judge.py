"""Judges a message. Pure: no rows, no network, no clock."""

import logging
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from operator import itemgetter

from agenticmail.message import Message
from spamfilter import orders
from spamfilter.checks.every import CHECKS
from spamfilter.checks.registry import NEEDS, Answer, Check
from spamfilter.evidence import Evidence, evidence_of
from spamfilter.patterns import compile_all
from spamfilter.policy import Known, Pattern, Policy
from spamfilter.verdict import Hit, Outcome, Verdict
from spamfilter.weights import WEIGHTS, Weight

MAX_DETAIL = 120
_HOW = {"exact": "the same text", "fuzzy": "nearly the same text", "url": "a link to it"}

Asked = tuple[int, str, Check, Weight, Hit]  # its place among all, and the hit of a plain yes, which is always the same

log = logging.getLogger(__name__)

failures: Counter[str] = Counter()
"""How often each check raised, by its symbol, since the process began."""


def judge(message: Message, policy: Policy) -> Verdict:
    """The verdict on `message`. Never raises: a check that does is logged, counted and skipped."""
    evidence = evidence_of(message)
    hits = _hits(evidence, policy)
    if message.unparseable:  # that this and that is missing says nothing more then; the administrator's lists do
        hits = [hit for hit in hits if hit.check == "UNPARSEABLE" or hit.category == "reputation"]
    if _links_to_harmless_hosts_only(evidence, policy):
        hits = [hit for hit in hits if hit.category != "links"]
    hits += _signatures(evidence, policy)
    score = round(sum(hit.score for hit in hits), 4)
    hits.sort(key=lambda hit: -abs(hit.score))
    outcome = _outcome(score, policy.threshold, hits)
    speaking = [hit for hit in hits if hit.score > 0 and hit.category != "credit" and outcome != "ham"]
    return Verdict(
        verdict=outcome,
        score=score,
        threshold=policy.threshold,
        categories=tuple(dict.fromkeys(hit.category for hit in speaking)),
        hits=tuple(hits),
    )


def prepare() -> None:
    """Does beforehand what else the first judgement would have to: patterns compiled, the table of orders read."""
    compile_all()
    orders.prepare()


def _outcome(score: float, threshold: float, hits: list[Hit]) -> Outcome:
    if score >= threshold:
        return "spam"
    if score >= threshold / 2 or any(hit.check == "UNPARSEABLE" for hit in hits):
        return "suspicious"
    return "ham"


def _hits(evidence: Evidence, policy: Policy) -> list[Hit]:
    """What the checks say, in their order."""
    found: list[tuple[int, Hit]] = []
    for needs, group in _asked(policy):
        if needs and not _has(evidence, needs):
            continue
        for place, symbol, check, weight, plain in group:
            try:
                answer = check(evidence, policy)
            except Exception:
                failures[symbol] += 1
                log.exception("the check %s raised and is skipped", symbol)
                continue
            if answer:
                found.append((place, plain if answer is True else _hit(symbol, weight, answer)))
    found.sort(key=itemgetter(0))
    return [hit for _place, hit in found]


def _links_to_harmless_hosts_only(evidence: Evidence, policy: Policy) -> bool:
    if all(entry.kind != "allow" or entry.what != "host" for entry in policy.listed):
        return False
    return all(policy.is_harmless(link.host) for link in evidence.linked_hosts)


def _has(evidence: Evidence, needs: str) -> bool:
    """Whether the message has what some checks need; where that cannot be told, each of them finds out itself."""
    try:
        return bool(getattr(evidence, needs))
    except Exception:  # noqa: BLE001  each of the checks says so itself
        return True


def _hit(symbol: str, weight: Weight, answer: Answer) -> Hit:
    share = answer if isinstance(answer, float) else 1.0
    return Hit(
        check=symbol,
        category=weight.category,
        score=round(weight.points * share, 4),
        description=_said(weight.description, answer),
    )


def _groups(weights: Mapping[str, Weight]) -> list[tuple[str, list[Asked]]]:
    """The checks that are worth something, those that need the same together."""
    groups: dict[str, list[Asked]] = {}
    for place, (symbol, check) in enumerate(CHECKS.items()):
        weight = weights[symbol]
        if weight.points:
            asked = (place, symbol, check, weight, _hit(symbol, weight, True))
            groups.setdefault(NEEDS.get(symbol, ""), []).append(asked)
    return list(groups.items())


def _asked(policy: Policy) -> list[tuple[str, list[Asked]]]:
    """The checks that count, with their weights: an administrator's own points, none worth nothing."""
    return _groups_with(frozenset(policy.weights.items())) if policy.weights else _USUAL


@lru_cache(maxsize=64)
def _groups_with(points: frozenset[tuple[str, float | None]]) -> list[tuple[str, list[Asked]]]:
    """The same with some points changed; few agents have points of their own, and for long."""
    own = {symbol: replace(WEIGHTS[symbol], points=own or 0.0) for symbol, own in points if symbol in WEIGHTS}
    return _groups({**WEIGHTS, **own})


def _said(description: str, answer: Answer) -> str:
    return f"{description}: {answer[:MAX_DETAIL]}" if isinstance(answer, str) else description


def _signatures(evidence: Evidence, policy: Policy) -> Iterator[Hit]:
    for known in policy.known:
        yield _signature_hit(known, _HOW[known.how])
    for pattern in policy.patterns:
        try:
            found = pattern.regex.search(evidence.searched)
        except Exception:
            failures["SIGNATURE"] += 1
            log.exception("the pattern of signature %s raised and is skipped", pattern.name)
            continue
        if found:
            yield _signature_hit(pattern, "its pattern is found")


def _signature_hit(signature: Known | Pattern, how: str) -> Hit:
    return Hit(
        check="SIGNATURE",
        category="signature",
        score=signature.score,
        description=f"known spam “{signature.name}”: {how}",
    )


_USUAL = _groups(WEIGHTS)
