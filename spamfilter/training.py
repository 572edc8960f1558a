"""Teaches the Bayesian part: counts of tokens, each message once. Sole writer of what is learnt.

A message that was learnt on the other side changes sides; one that was learnt on this side is left as it is.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import transaction

from agenticmail.message import Message
from spamfilter.bulk import insert_many
from spamfilter.digests import stable_hash
from spamfilter.keys import lookup_keys
from spamfilter.models import BayesToken, LearntMessage, State

CHUNK = 500  # messages a transaction
TOKENS_AT_ONCE = 10_000  # parameters of one statement
DIGESTED_CHARACTERS = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What one call of `learn` did: messages counted, and those left as they were."""

    counted: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """How much is learnt: messages of each side, and distinct tokens."""

    spam: int
    ham: int
    tokens: int


@dataclass(frozen=True, slots=True)
class _Pupil:
    digest: int
    tokens: tuple[int, ...]


def learn(messages: Iterable[Message], spam: bool, forget: bool = False) -> Lesson:
    """Learns `messages` as spam or as ham; with `forget` takes back those that were learnt so."""
    stream, lesson = iter(messages), Lesson()
    while chunk := [_pupil(message) for message in islice(stream, CHUNK)]:
        with transaction.atomic():
            counted = _forget(chunk, spam) if forget else _learn(chunk, spam)
        lesson = Lesson(
            counted=lesson.counted + counted,
            unchanged=lesson.unchanged + len(chunk) - counted,
        )
    return lesson


def knowledge() -> Knowledge:
    state = State.objects.filter(pk=1).first() or State()
    return Knowledge(spam=state.spam_learnt, ham=state.ham_learnt, tokens=BayesToken.objects.count())


def _pupil(message: Message) -> _Pupil:
    """The message as its tokens, and by a digest that knows it again wherever it was moved since."""
    told = (message.message_id or "", message.from_.address, message.subject, message.text[:DIGESTED_CHARACTERS])
    return _Pupil(stable_hash("\0".join(told)), lookup_keys(message).tokens)


def _learn(chunk: Sequence[_Pupil], spam: bool) -> int:
    state, known = _locked(chunk)
    fresh = {pupil.digest: pupil for pupil in chunk if known.get(pupil.digest) is not spam}
    changed_sides = [pupil for digest, pupil in fresh.items() if digest in known]
    _count(changed_sides, not spam, -1)
    _count(fresh.values(), spam, +1)
    LearntMessage.objects.filter(digest__in=[pupil.digest for pupil in changed_sides]).update(spam=spam)
    LearntMessage.objects.bulk_create(
        LearntMessage(digest=digest, spam=spam) for digest in fresh if digest not in known
    )
    _add(state, not spam, -len(changed_sides))
    _add(state, spam, len(fresh))
    state.save(update_fields=("spam_learnt", "ham_learnt"))
    return len(fresh)


def _forget(chunk: Sequence[_Pupil], spam: bool) -> int:
    state, known = _locked(chunk)
    gone = {pupil.digest: pupil for pupil in chunk if known.get(pupil.digest) is spam}
    _count(gone.values(), spam, -1)
    LearntMessage.objects.filter(digest__in=list(gone)).delete()
    _add(state, spam, -len(gone))
    state.save(update_fields=("spam_learnt", "ham_learnt"))
    return len(gone)


def _locked(chunk: Sequence[_Pupil]) -> tuple[State, Mapping[int, bool]]:
    """The state, held until the transaction ends (one learner at a time), and which of the chunk are known as what."""
    State.objects.get_or_create(pk=1)
    state = State.objects.select_for_update().get(pk=1)
    known = LearntMessage.objects.filter(digest__in=[pupil.digest for pupil in chunk])
    return state, dict(known.values_list("digest", "spam"))


def _add(state: State, spam: bool, number: int) -> None:
    if spam:
        state.spam_learnt = max(0, state.spam_learnt + number)
    else:
        state.ham_learnt = max(0, state.ham_learnt + number)


def _count(pupils: Iterable[_Pupil], spam: bool, step: int) -> None:
    """Adds `step` on one side for every token of every message."""
    counts: Counter[int] = Counter()
    for pupil in pupils:
        counts.update(pupil.tokens)
    if not counts:
        return
    side, table = ("spam" if spam else "ham"), BayesToken._meta.db_table
    sums = ", ".join(
        f'{column} = CASE WHEN "{table}".{column} + excluded.{column} > 0 '
        f'THEN "{table}".{column} + excluded.{column} ELSE 0 END'
        for column in ("spam", "ham")
    )
    rows = [
        (token, step * number * (side == "spam"), step * number * (side == "ham")) for token, number in counts.items()
    ]
    insert_many(
        table,
        (("hash", "bigint"), ("spam", "integer"), ("ham", "integer")),
        rows,
        on_conflict=f"(hash) DO UPDATE SET {sums}",
    )
    if step < 0:
        tokens = list(counts)
        for start in range(0, len(tokens), TOKENS_AT_ONCE):
            some = tokens[start : start + TOKENS_AT_ONCE]
            BayesToken.objects.filter(hash__in=some, spam__lte=0, ham__lte=0).delete()
