"""How much a text reads like an order to the machine that reads it: words and their neighbours, weighed. Pure.

The other way beside `spamfilter.acts`, which knows what an order is made of, but only in words that somebody thought
of. A text is a row of beginnings of words, of single characters where a script has no spaces. Every run of some of them
is weighed: each word, pair, and pair with one word between, counts once for what regression on some thousand texts
found it to mean (`benchmarks/spam/fit_orders.py`, which writes the table). Most texts are far from it by their words
alone, and are read no further.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, islice, pairwise, repeat
from math import sqrt
from operator import add, sub
from pathlib import Path
from typing import Any

from spamfilter.folding import WITHOUT_WORD_ENDS

TABLE = Path(__file__).parent / "lexicon" / "orders.tsv"
MOST_WORDS = 4_000
RUNS = (12, 24, 40)  # words; a text as short as the longest is also a run by itself
STEP = 5
FEW = 12  # words up to which a run is not taken for shorter
GLANCE = 24  # words whose meanings alone, without neighbours, tell whether it is worth reading on
LITTLE = -1.6  # log-odds of these up to which it is not
AROUND = 8  # words before and after that are read with them
MUCH = 1.0  # log-odds from which a run is weighed exactly
EARNEST = 1.0  # log-odds from which what may be talk is meant
LETTERS = 6  # of a word that are compared

_BEGINNING = re.compile(
    rf"([{WITHOUT_WORD_ENDS}]|[^ {WITHOUT_WORD_ENDS}]{{1,{LETTERS}}})[^ {WITHOUT_WORD_ENDS}]*"  # the rest of the word
)

Feature = tuple[str, ...]
Pair = tuple[str, str]
Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """How much the most telling run of a text is like an order (log-odds), and which words of the folded text it is."""

    likeness: float
    words: str


NOTHING = Reading(-99.0, "")


def read(folded: str, *, thoroughly: bool = False) -> Reading:
    """The most order-like run of a folded text, in words where it is likely one.

    NOTHING where no run is worth reading by its words alone; `thoroughly`: only where there are no words.
    """
    words = beginnings(folded)
    if not words:
        return NOTHING
    areas = [(0, len(words))] if thoroughly else _worth_reading(words)
    found = [(*_most_likely(words[begin:end]), begin) for begin, end in areas]
    if not found:
        return NOTHING
    likeness, (begin, end), before = max(found)
    return Reading(likeness, "" if likeness < MUCH else _words_of(folded, before + begin, before + end))


def _worth_reading(words: Sequence[str]) -> Sequence[Run]:
    """Where words alone say that there may be an order."""
    learnt = _learnt()
    size = min(GLANCE, len(words))
    sums = _sums([0.0, *accumulate(map(learnt.tables[0].get, words, repeat(0.0)))], size)
    least = (LITTLE - learnt.bias) / scale(size)
    if max(sums) < least:
        return ()
    areas: list[Run] = []
    for begin in (place * STEP for place, total in enumerate(sums) if total >= least):
        begin = min(begin, len(words) - size)
        around = max(0, begin - AROUND), begin + size + AROUND
        if areas and around[0] <= areas[-1][1]:
            around = areas.pop()[0], around[1]
        areas.append(around)
    return areas


def _most_likely(words: Sequence[str]) -> tuple[float, Run]:
    """The most order-like run, and how much it is like one."""
    rough = _rough(words)
    if max(rough)[0] < MUCH:
        return max(rough)
    return max((_weigh(words[begin:end]), (begin, end)) for _, (begin, end) in rough)


def prepare() -> None:
    """Reads the table, once."""
    _learnt()


def _rough(words: Sequence[str]) -> list[tuple[float, Run]]:
    """The best run of each size, what it repeats counted each time."""
    totals = [0.0, *accumulate(_meanings(words))]
    return [_best(totals, size) for size in sizes(len(totals) - 1)]


def _best(totals: list[float], size: int) -> tuple[float, Run]:
    sums = _sums(totals, size)
    most = max(sums)
    begin = min(sums.index(most) * STEP, len(totals) - 1 - size)
    return _learnt().bias + most * scale(size), (begin, begin + size)


def _sums(totals: list[float], size: int) -> list[float]:
    """What the runs of a size mean; the last is that at the end, wherever it begins."""
    return [*map(sub, totals[size::STEP], totals[::STEP]), totals[-1] - totals[-1 - size]]


def beginnings(folded: str) -> list[str]:
    """The words of a folded text as they are compared."""
    if folded.isascii():
        return [word[:LETTERS] for word in folded.split(" ") if word][:MOST_WORDS]
    return _BEGINNING.findall(folded)[:MOST_WORDS]


def features(words: Sequence[str]) -> Iterable[Feature]:
    """Words, pairs, and pairs with a gap, of a run."""
    return chain(zip(words), pairwise(words), zip(words, repeat("*"), words[2:]))


def _kinds(words: Sequence[str]) -> tuple[Iterable[str], Iterable[Pair], Iterable[Pair]]:
    """The same, as the tables of what was learnt know them."""
    return words, pairwise(words), zip(words, words[2:], strict=False)


def sizes(count: int) -> tuple[int, ...]:
    """The sizes of the runs of a text of so many words."""
    return (*(size for size in RUNS if size < count), *([count] if count <= RUNS[-1] else []))


def runs(count: int) -> Iterator[Run]:
    """Where the runs of a text of so many words begin and end."""
    for size in sizes(count):
        for begin in (*range(0, count - size, STEP), count - size):
            yield begin, begin + size


def scale(size: int) -> float:
    """What the meanings of a run of so many words are multiplied by: much text says much by chance."""
    return 1 / sqrt(max(size, FEW))


def _weigh(words: Sequence[str]) -> float:
    """A run exactly: what it repeats counts once."""
    meaning = chain(*_looked_up(map(set, _kinds(words))))
    return _learnt().bias + sum(meaning) * scale(len(words))


def _meanings(words: Sequence[str]) -> Iterator[float]:
    """What begins at each word means: itself and, but for the last, its pairs."""
    alone, pairs, gapped = _looked_up(_kinds(words))
    nothing = repeat(0.0)
    return map(add, map(add, alone, chain(pairs, nothing)), chain(gapped, nothing))


def _looked_up(kinds: Iterable[Iterable[Any]]) -> Iterator[Iterator[float]]:
    tables: tuple[dict[Any, float], ...] = _learnt().tables
    return (map(table.get, kind, repeat(0.0)) for table, kind in zip(tables, kinds, strict=True))


def _words_of(folded: str, begin: int, end: int) -> str:
    found = list(islice(_BEGINNING.finditer(folded), begin, end))
    return folded[found[0].start() : found[-1].end()]


@dataclass(frozen=True, slots=True)
class _Learnt:
    bias: float
    tables: tuple[dict[str, float], dict[Pair, float], dict[Pair, float]]  # words, pairs, pairs with a gap


@lru_cache(maxsize=1)
def _learnt() -> _Learnt:
    """The table: a line is a weight, a tab, and a feature, its words with spaces between; the first is the bias."""
    bias, *lines = TABLE.read_text("utf-8").splitlines()
    alone, pairs, gapped = {}, {}, {}
    for line in lines:
        weight, _, feature = line.partition("\t")
        match feature.split(" "):
            case [word]:
                alone[word] = float(weight)
            case [word, following]:
                pairs[word, following] = float(weight)
            case [word, _, second]:
                gapped[word, second] = float(weight)
    return _Learnt(float(bias), (alone, pairs, gapped))
