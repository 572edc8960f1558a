"""Finds the points of the checks: `python -m benchmarks.spam.fit FOLDER [--write] [--fresh]`. Needs numpy and scipy.

Logistic regression straight on the points: the loss of a message depends on how far its sum lies from CENTRE.
Points are bounded (no check decides alone, and none that accuses can excuse), drawn to what one would give by hand
(EXPECTED): a check that the collections hardly know is not thrown away for that, next year's mail may know it. Each
collection weighs by a root of its size, so that the largest does not speak for all. phishing_pot is never fitted on.
"""

import argparse
import pickle
import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

import spamfilter.weights
from benchmarks.spam.features import INNOCENT, Row, rows
from spamfilter.weights import WEIGHTS

MEASURED_ONLY = frozenset({"phishing_pot"})
OLD = frozenset({"spamassassin", "csdmc2010"})
THRESHOLD = 5.0
CENTRE = 4.0  # below the threshold: wanted mail is to keep its distance
STEEPNESS = 1.6  # of the loss, by point
WANTED_WEIGHT = 8.0  # a wanted message called spam costs as much as so many spam messages missed
PULL = 0.002  # towards what is expected, by squared point
EXPECTED = {"lure": 2.2, "combination": 1.0, "subject": 0.5, "credit": -1.0}  # points, by category
EXPECTED_ELSE = 0.3
MOST, LEAST = 3.0, -1.5
# Signs of a small server or a household's line, which come in company: where only spam of a collection has them, each
# would weigh so much that a club's newsletter is spam by these alone.
TRACES = frozenset(
    "MESSAGE_ID_NO_DOMAIN MESSAGE_ID_BY_SERVER MESSAGE_ID_ELSEWHERE MESSAGE_ID_MALFORMED MESSAGE_ID_MISSING HELO_IP "
    "HELO_NO_DOMAIN HELO_USER HELO_PRETENDS CLIENT_DYNAMIC CLIENT_NAMELESS".split()
)
MOST_OF_A_TRACE = 0.8
NOTHING = 0.1  # points below which a check is not worth asking
CACHE = Path("var/spam-features.pickle")


class Table:
    """The rows as a matrix of shares by check, for those checks whose points are fitted."""

    def __init__(self, found: list[Row]) -> None:
        self.symbols = [symbol for symbol, weight in WEIGHTS.items() if weight.fitted]
        place = {symbol: index for index, symbol in enumerate(self.symbols)}
        self.shares = np.zeros((len(found), len(self.symbols)))
        self.given = np.zeros(len(found))  # points of the checks that are not fitted
        self.corpus = np.array([row.corpus for row in found])
        self.sign = np.array([1.0 if row.spam else -1.0 for row in found])
        for index, row in enumerate(found):
            for symbol, share in row.shares.items():
                if symbol in place:
                    self.shares[index, place[symbol]] = share
                elif symbol in WEIGHTS:
                    self.given[index] += WEIGHTS[symbol].points * share

    def expected(self) -> Any:
        """What one would give each check by hand."""
        return np.array([EXPECTED.get(WEIGHTS[symbol].category, EXPECTED_ELSE) for symbol in self.symbols])

    def bounds(self) -> list[tuple[float, float]]:
        return [
            (LEAST, 0.0)
            if WEIGHTS[symbol].category == "credit"
            else (0.0, MOST_OF_A_TRACE if symbol in TRACES else MOST)
            for symbol in self.symbols
        ]


def fit(table: Table, chosen: Any) -> Any:
    """The points, by `table.symbols`, that part spam from wanted mail among the chosen rows."""
    weights = _weights(table, chosen)[chosen]
    shares, given, sign = table.shares[chosen], table.given[chosen], table.sign[chosen]
    expected = table.expected()

    def loss(points: Any) -> tuple[float, Any]:
        distance = STEEPNESS * (shares @ points + given - CENTRE) * sign
        slope = -(weights * sign * STEEPNESS / (1 + np.exp(np.clip(distance, -50, 50))))
        value = (weights * np.logaddexp(0, -distance)).sum() + PULL * ((points - expected) @ (points - expected))
        return value, shares.T @ slope + 2 * PULL * (points - expected)

    found = minimize(loss, expected, jac=True, bounds=table.bounds(), method="L-BFGS-B", options={"maxiter": 800}).x
    return np.where(np.abs(found) < NOTHING, 0.0, found)


def _weights(table: Table, chosen: Any) -> Any:
    weights = np.zeros(len(table.sign))
    kinds = Counter((c, s) for c, s, take in zip(table.corpus, table.sign, chosen, strict=True) if take)
    for (corpus, sign), count in kinds.items():
        weights[(table.corpus == corpus) & (table.sign == sign) & chosen] = count**-0.5
    for sign, whole in ((1.0, 1.0), (-1.0, WANTED_WEIGHT)):
        side = chosen & (table.sign == sign)
        weights[side] *= whole / weights[side].sum()
    return weights


def report(table: Table, points: Any, title: str, corpora: list[str] | None = None) -> None:
    """Prints recall and false positives by collection."""
    score = table.shares @ points + table.given
    groups = {name: table.corpus == name for name in corpora or sorted(set(table.corpus))}
    if corpora is None:
        real = table.corpus != INNOCENT
        old = np.isin(table.corpus, list(OLD))
        groups |= {"old": old, "modern": ~old & real, "all": real}
    for name, members in groups.items():
        spam, wanted = score[members & (table.sign > 0)], score[members & (table.sign < 0)]
        print(f"{title:22} {name:14} recall {_share(spam)}  false positives {_share(wanted)} of {len(wanted)}")


def _share(scores: Any) -> str:
    if not len(scores):
        return "      -               "
    return f"{100 * (scores >= THRESHOLD).mean():6.2f} % (suspicious {100 * (scores >= THRESHOLD / 2).mean():5.1f} %)"


def write(table: Table, points: Any) -> None:
    """Puts the points into the table of the product."""
    path = Path(spamfilter.weights.__file__)
    text = path.read_text(encoding="utf-8")
    for symbol, value in zip(table.symbols, points, strict=True):
        text, count = re.subn(rf'("{symbol}",\s+)-?[\d.]+,', rf"\g<1>{round(float(value), 2) + 0.0},", text)
        if count != 1:
            raise SystemExit(f"{path} holds {symbol} {count} times")
    path.write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="put the points into spamfilter/weights.py")
    parser.add_argument(
        "--fresh", action="store_true", help="ask the checks again instead of reading their last answers"
    )
    parser.add_argument("--table", action="store_true", help="print the points, with how often each check answers")
    options = parser.parse_args()
    if options.fresh or not CACHE.exists():
        CACHE.parent.mkdir(exist_ok=True)
        CACHE.write_bytes(pickle.dumps(list(rows(options.folder))))
    table = Table(pickle.loads(CACHE.read_bytes()))
    allowed = ~np.isin(table.corpus, list(MEASURED_ONLY))
    points = fit(table, allowed)
    report(table, points, "fitted on all")
    for corpus in sorted(set(table.corpus) - MEASURED_ONLY):
        report(table, fit(table, allowed & (table.corpus != corpus)), f"without {corpus}", [corpus, *MEASURED_ONLY])
    if options.table:
        _print_points(table, points, allowed)
    if options.write:
        write(table, points)


def _print_points(table: Table, points: Any, allowed: Any) -> None:
    spam, wanted = allowed & (table.sign > 0), allowed & (table.sign < 0)
    for index in np.argsort(-np.abs(points)):
        answers = table.shares[:, index] > 0
        innocent = answers[table.corpus == INNOCENT].mean()
        print(
            f"{table.symbols[index]:28} {points[index]:6.2f}  spam {100 * answers[spam].mean():5.1f} %"
            f"  wanted {100 * answers[wanted].mean():5.2f} %  innocents {100 * innocent:5.1f} %"
        )


if __name__ == "__main__":
    main()
