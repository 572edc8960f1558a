"""Finds what `spamfilter.orders` weighs by: `python -m benchmarks.spam.fit_orders FOLDER [--write]`.

Needs numpy and scipy. Logistic regression on runs of words: of the texts in `orders/` (each tries to steer the machine
that reads it, or does not), of the golden messages that may be learnt from, and of half of the wanted mail of the
collections in FOLDER. Of a text that gives orders it is not known which runs do: those that look most so are taken, and
all is fitted anew, some times. Only words of our own texts count, so that no collection is learnt by heart.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from benchmarks.spam.accuracy import half_of, message_of
from spamfilter import orders
from spamfilter.evidence import Evidence
from spamfilter.folding import fold, plain
from spamfilter.hearsay import without_quotes
from spamfilter.injection import talks_about

TEXTS = Path(__file__).parent / "orders"
MESSAGES = Path(__file__).parents[2] / "tests" / "messages"
LEARNT_FROM = ("", "more_", "third_", "fourth_", "sixth_")  # their halves `working`, where others are held out
SEEN_IN = 3  # texts that a feature must be in
RUNS_OF_A_MAIL = 40  # of wanted mail of the collections, drawn at random
ROUNDS, MOST_LIKELY, NEARLY = 5, 3, 1.5
PULL, MOST = 0.2, 5.0  # towards nothing, by squared weight; no word decides alone, nor tells a language from orders
INVENTED = frozenset(("exampl", "test"))  # of invented addresses
ORDER_WEIGHT, COLLECTED_WEIGHT = 2.0, 0.5  # of a run of an order; of one of collected mail
HARDEST, AT_RANDOM = 30_000, 15_000  # runs without orders that a round is fitted on
LEAST = 1.0  # a weight that is worth a line: with the many lesser ones nothing more is found


@dataclass(frozen=True, slots=True)
class Text:
    """A text as words; `collected`: of other people's mail."""

    words: list[str]
    order: bool
    collected: bool = False


def texts_of(folder: Path) -> Iterator[Text]:
    """Everything to learn from."""
    for file in sorted(TEXTS.glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            entry = json.loads(line)
            yield Text(orders.beginnings(_meant(entry["text"])), order=entry["label"] == 1)
    for set_ in LEARNT_FROM:
        for kind in ("injections", "ai_talk"):
            golden = MESSAGES / f"{set_}{kind}"
            half = golden / "working"
            yield from _of_messages(half if half.exists() else golden, kind == "injections")
    for path in sorted(folder.glob("*/ham/*.eml")):
        if half_of(path) == 0:
            yield from (Text(words, order=False, collected=True) for words in _said_in(path))


def _meant(text: str) -> str:
    """As the filter reads it: without quotes where such orders are talked about."""
    text = plain(text)
    folded = fold(text)
    return fold(without_quotes(text, always=True)) if talks_about(f" {folded} ") else folded


def _of_messages(folder: Path, order: bool) -> Iterator[Text]:
    """Of an injection one of all places gives the order: they are one text."""
    for path in sorted(folder.rglob("*.eml")):
        places = _said_in(path)
        if order:
            yield Text([word for words in places for word in words], order=True)
        else:
            yield from (Text(words, order=False) for words in places)


def _said_in(path: Path) -> list[list[str]]:
    evidence = Evidence(message_of(path.read_bytes()))
    places = (evidence.meant_folded, evidence.unseen_folded, evidence.filed_folded)
    return [words for place in places if (words := orders.beginnings(place))]


def vocabulary(texts: Iterable[Text]) -> dict[orders.Feature, int]:
    """The features that several of our own texts have, numbered."""
    seen: Counter[orders.Feature] = Counter()
    for text in texts:
        if not text.collected:
            seen.update(set(orders.features(text.words)))
    several = (feature for feature, count in seen.items() if count >= SEEN_IN and not any(map(_says_nothing, feature)))
    return {feature: place for place, feature in enumerate(several)}


def _says_nothing(word: str) -> bool:
    return word in INVENTED or any(map(str.isdigit, word))


def matrix(texts: Iterable[Text], known: dict[orders.Feature, int]) -> Any:
    """A row a run."""
    values: list[float] = []
    columns: list[int] = []
    ends = [0]
    for text in texts:
        spans = list(orders.runs(len(text.words)))
        if text.collected and len(spans) > RUNS_OF_A_MAIL:
            spans = random.sample(spans, RUNS_OF_A_MAIL)
        for begin, end in spans:
            found = [known[f] for f in set(orders.features(text.words[begin:end])) if f in known]
            columns += found
            values += [orders.scale(end - begin)] * len(found)
            ends.append(len(columns))
    return sparse.csr_matrix((values, columns, ends), shape=(len(ends) - 1, len(known)))


def regress(rows: Any, signs: Any, weights: Any) -> tuple[Any, float]:
    """Weights and bias by logistic regression, each row with its own weight."""

    def loss(point: Any) -> tuple[float, Any]:
        margin = signs * (rows @ point[:-1] + point[-1])
        slope = -weights * signs / (1 + np.exp(np.clip(margin, -50, 50)))
        value = weights @ np.logaddexp(0, -margin) + PULL * (point[:-1] @ point[:-1]) / 2
        return value, np.append(rows.T @ slope + PULL * point[:-1], slope.sum())

    bounds = [(-MOST, MOST)] * rows.shape[1] + [(None, None)]
    start = np.zeros(rows.shape[1] + 1)
    point = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 200}).x
    return point[:-1], float(point[-1])


def fit(texts: Sequence[Text], known: dict[orders.Feature, int]) -> tuple[Any, float]:
    """In rounds: what of each order to learn from, and which other runs are hardest, is told by the round before."""
    given = [matrix([text], known) for text in texts if text.order]
    own = matrix((text for text in texts if not text.order and not text.collected), known)
    collected = matrix((text for text in texts if text.collected), known)
    others = sparse.vstack([own, collected]).tocsr()
    cost = np.r_[np.ones(own.shape[0]), np.full(collected.shape[0], COLLECTED_WEIGHT)]
    draw = np.random.default_rng(0)
    found, bias = np.zeros(len(known)), 0.0
    for turn in range(ROUNDS):
        ordering = sparse.vstack([_most_likely(rows, found) if turn else rows for rows in given])
        some = draw.choice(others.shape[0], min(AT_RANDOM, others.shape[0]), replace=False)
        chosen = np.unique(np.r_[np.argsort(-(others @ found))[: HARDEST if turn else 0], some])
        rows = sparse.vstack([ordering, others[chosen]]).tocsr()
        signs = np.r_[np.ones(ordering.shape[0]), -np.ones(len(chosen))]
        found, bias = regress(rows, signs, np.r_[np.full(ordering.shape[0], ORDER_WEIGHT), cost[chosen]])
    return found, bias


def _most_likely(rows: Any, weights: Any) -> Any:
    likeness = rows @ weights
    best = np.argsort(-likeness)[:MOST_LIKELY]
    return rows[best[likeness[best] > likeness[best[0]] - NEARLY]] if len(best) else rows


def written(known: dict[orders.Feature, int], weights: Any, bias: float) -> str:
    """The table that `spamfilter.orders` reads, heaviest first."""
    lines = sorted((-abs(weights[at]), " ".join(feature), weights[at]) for feature, at in known.items())
    kept = (f"{weight:.2f}\t{feature}" for size, feature, weight in lines if -size >= LEAST)
    return "\n".join([f"{bias:.3f}", *kept, ""])


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--write", action="store_true", help=f"write {orders.TABLE.name}")
    asked = arguments.parse_args()
    random.seed(0)
    texts = list(texts_of(asked.folder))
    known = vocabulary(texts)
    table = written(known, *fit(texts, known))
    print(f"{len(texts)} texts, {len(known)} features, {table.count(chr(10)) - 1} of them worth a line")
    if asked.write:
        orders.TABLE.write_text(table, "utf-8")


if __name__ == "__main__":
    main()
