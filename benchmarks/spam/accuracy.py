"""How well the filter tells spam from wanted mail: judgements of a collection, untrained and trained. Pure of rows."""

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from agenticmail.message import Message, parse_message
from mailevents.garbage import keep_searches_short
from spamfilter.judge import judge
from spamfilter.keys import lookup_keys
from spamfilter.policy import BayesCounts, Policy

FETCHED = 262_144
WARMING = 10  # of so many messages one is judged before times are taken: patterns get quick by being used
OLD = frozenset({"spamassassin", "csdmc2010"})
_ANY_TIME = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One message of the collection, its verdict, and what it cost."""

    path: str
    corpus: str
    is_spam: bool
    score: float
    called_spam: bool
    parse_s: float
    judge_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Of `spam` messages `found`, of `wanted` ones `alarms`."""

    spam: int
    found: int
    wanted: int
    alarms: int

    def __str__(self) -> str:
        recall = f"{100 * self.found / self.spam:.1f} %" if self.spam else "–"
        alarms = f"{100 * self.alarms / self.wanted:.2f} % of {self.wanted}" if self.wanted else "–"
        return f"{recall} / {alarms}"


def messages_below(root: Path) -> list[Path]:
    """The messages of `root`/CORPUS/{ham,spam}; SystemExit where there are none."""
    paths = sorted(root.glob("*/*/*.eml"))
    if not paths:
        raise SystemExit(f"no messages below {root}: give the folder that holds CORPUS/ham and CORPUS/spam")
    return paths


def untrained(paths: list[Path]) -> list[Judged]:
    """Each message judged by the built-in points alone, one after the other in this process, which is warm."""
    keep_searches_short()  # as what serves does
    for path in paths[::WARMING]:
        _judged(path, Policy())
    return [_judged(path, Policy()) for path in paths]


def trained(paths: list[Path], *, learn: Callable[[Path], bool], ask: Callable[[Path], bool]) -> Iterator[Judged]:
    """Those to `ask` about, judged after all those to `learn` from were learnt."""
    with ProcessPoolExecutor(2) as pool:
        tokens = dict(zip(paths, pool.map(_tokens, paths, chunksize=50), strict=True))
    spam, ham, sides = Counter[int](), Counter[int](), Counter[bool]()
    for path in filter(learn, paths):
        (spam if is_spam(path) else ham).update(tokens[path])
        sides[is_spam(path)] += 1
    for path in filter(ask, paths):
        seen = {token: (spam[token], ham[token]) for token in tokens[path] if token in spam or token in ham}
        yield _judged(path, Policy(bayes=BayesCounts(spam=sides[True], ham=sides[False], tokens=seen)))


def rates(judged: list[Judged]) -> Rates:
    spam = [one for one in judged if one.is_spam]
    wanted = [one for one in judged if not one.is_spam]
    return Rates(
        spam=len(spam),
        found=sum(one.called_spam for one in spam),
        wanted=len(wanted),
        alarms=sum(one.called_spam for one in wanted),
    )


def is_spam(path: Path) -> bool:
    return path.parts[-2] == "spam"


def is_old(path: Path) -> bool:
    return path.parts[-3] in OLD


def half_of(path: Path) -> int:
    """0 or 1, by the message's name: the same half every time."""
    return hashlib.sha256(path.name.encode()).digest()[0] & 1


def message_of(raw: bytes) -> Message:
    """A message as a mailbox would have it fetched. When it came is not known."""
    return parse_message(raw[:FETCHED], received_at=_ANY_TIME, size=len(raw))


def _tokens(path: Path) -> tuple[int, ...]:
    return lookup_keys(message_of(path.read_bytes())).tokens


def _judged(path: Path, policy: Policy) -> Judged:
    raw = path.read_bytes()
    began = time.process_time()
    message = message_of(raw)
    parsed = time.process_time()
    verdict = judge(message, policy)
    ended = time.process_time()
    return Judged(
        path=str(path),
        corpus=path.parts[-3],
        is_spam=is_spam(path),
        score=verdict.score,
        called_spam=verdict.spam,
        parse_s=parsed - began,
        judge_s=ended - parsed,
    )
