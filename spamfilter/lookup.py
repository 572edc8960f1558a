"""The only reader of rows on the way of a message: what applies to one message, as a `Policy`.

At most four indexed queries, however many entries there are: the state (with the agent's own address), the
lists, the signatures found by key, the learnt tokens. Patterns and weights, which have to be tried on every
message, are kept in the process until `State.revision` moves.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection

from agenticmail.message import Message
from spamfilter import lists
from spamfilter.bayes import MIN_LEARNT
from spamfilter.bulk import rows_for
from spamfilter.digests import FUZZY_ENOUGH
from spamfilter.keys import Keys, lookup_keys
from spamfilter.models import Signature, WeightOverride
from spamfilter.patterns import PatternError, compile_pattern
from spamfilter.policy import BayesCounts, Known, Listed, Pattern, Policy
from spamfilter.signature_keys import keys_of_digests, keys_of_urls

logger = logging.getLogger(__name__)

MOST_KEYS = 2000  # asked for at once; a message with more has them in its thousandth link

ENTRIES = "SELECT kind, key FROM spamfilter_listentry WHERE key IN {values} AND COALESCE(agent_id, 0) IN (0, %s)"
SIGNATURES = (
    "SELECT s.name, s.score, k.key FROM spamfilter_signaturekey k JOIN spamfilter_signature s ON s.id = k.signature_id "
    "WHERE k.key IN {values} AND s.enabled"
)
TOKENS = "SELECT hash, spam, ham FROM spamfilter_bayestoken WHERE hash IN {values}"
_AGENTS = apps.get_model("mailevents", "Agent")._meta.db_table
_STATE = (
    "SELECT s.revision, s.spam_learnt, s.ham_learnt, a.email FROM (SELECT 1 AS one) AS always "  # noqa: S608
    f"LEFT JOIN spamfilter_state s ON s.id = 1 LEFT JOIN {_AGENTS} a ON a.id = %s"
)

_WHAT = {"a": "sender", "d": "domain", "h": "host", "n": "network"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What is tried on every message, as of one revision."""

    revision: int
    patterns: tuple[Pattern, ...]
    weights: Mapping[int, Mapping[str, float | None]]  # by agent; 0: the installation's


_remembered = Remembered(revision=-1, patterns=(), weights={})


def policy_for(message: Message, *, agent_id: int, threshold: float | None, authserv_id: str = "") -> Policy:
    """What `message` to the agent is judged against. `agent_id` 0: to nobody in particular.

    `threshold` None: AGENTICMAIL_SPAM_THRESHOLD.
    """
    keys = lookup_keys(message)
    revision, spam, ham, owner = _state(agent_id)
    kept = remembered(revision)
    return Policy(
        threshold=settings.AGENTICMAIL_SPAM_THRESHOLD if threshold is None else threshold,
        weights={**kept.weights.get(0, {}), **kept.weights.get(agent_id, {})},
        listed=_listed(keys, agent_id),
        patterns=kept.patterns,
        known=_known(keys),
        bayes=_bayes(keys, spam, ham) if min(spam, ham) >= MIN_LEARNT else None,
        authserv_id=authserv_id,
        owner=(owner.lower(),) if owner else (),
    )


def remembered(revision: int) -> Remembered:
    """Patterns and weights as of `revision`, read again where those in memory are of another."""
    global _remembered
    kept = _remembered
    if kept.revision != revision:
        kept = _remembered = Remembered(revision=revision, patterns=tuple(_patterns()), weights=_weights())
    return kept


def _state(agent_id: int) -> tuple[int, int, int, str]:
    """Revision, messages of spam and ham learnt, and the agent's own address."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE, [agent_id])
        revision, spam, ham, owner = cursor.fetchone()
    return revision or 0, spam or 0, ham or 0, owner or ""


def _patterns() -> Iterator[Pattern]:
    rows = Signature.objects.filter(kind="regex", enabled=True).order_by("pk").values_list("name", "value", "score")
    for name, value, score in rows:
        try:
            yield Pattern(name=name, regex=compile_pattern(value), score=score)
        except PatternError:
            logger.exception("signature %r is left out", name)


def _weights() -> Mapping[int, Mapping[str, float | None]]:
    weights: dict[int, dict[str, float | None]] = defaultdict(dict)
    for agent_id, symbol, points in WeightOverride.objects.values_list("agent_id", "check_symbol", "points"):
        weights[agent_id or 0][symbol] = points
    return dict(weights)


def _listed(keys: Keys, agent_id: int) -> tuple[Listed, ...]:
    asked = lists.keys_of(senders=keys.senders, domains=keys.domains, ips=keys.ips, hosts=keys.hosts)
    rows = rows_for(ENTRIES, tuple(asked)[:MOST_KEYS], agent_id)
    return tuple(_as_listed(kind, key) for kind, key in sorted(set(rows)))


def _as_listed(kind: Any, key: str) -> Listed:
    what: Any = _WHAT[key[0]]
    value = lists.readable(key)
    if what == "network" and "/" not in value:
        what = "ip"
    return Listed(kind=kind, what=what, value=value)


def _known(keys: Keys) -> tuple[Known, ...]:
    wanted = (*keys_of_digests(keys.digests), *keys_of_urls(keys.urls))
    return tuple(_as_known(rows_for(SIGNATURES, wanted[:MOST_KEYS]), keys.digests.runs_enough))


def _as_known(rows: Iterable[tuple[Any, ...]], runs_enough: int) -> Iterator[Known]:
    """One `Known` a signature, the surest way it was found."""
    found: dict[str, tuple[float, Counter[str]]] = {}
    for name, score, key in rows:
        found.setdefault(name, (score, Counter()))[1][key[0]] += 1
    for name, (score, ways) in sorted(found.items()):
        if ways["x"]:
            yield Known(name=name, how="exact", score=score)
        elif ways["f"] >= FUZZY_ENOUGH or ways["s"] >= runs_enough:
            yield Known(name=name, how="fuzzy", score=score)
        elif ways["u"]:
            yield Known(name=name, how="url", score=score)


def _bayes(keys: Keys, spam: int, ham: int) -> BayesCounts:
    rows = rows_for(TOKENS, keys.tokens)
    return BayesCounts(spam=spam, ham=ham, tokens={token: (in_spam, in_ham) for token, in_spam, in_ham in rows})
