"""Which checks answer to which messages, with what share: what points are fitted on."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.spam.accuracy import message_of
from benchmarks.spam.innocents import innocents
from spamfilter.checks.every import CHECKS
from spamfilter.evidence import Evidence
from spamfilter.policy import Policy

INNOCENT = "innocents"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One message: where it is from, what it is, and the share of each check that answers."""

    corpus: str
    spam: bool
    name: str
    shares: dict[str, float]


def rows(root: Path, workers: int = 2) -> Iterator[Row]:
    """The messages below `root`/CORPUS/{ham,spam}, and the wanted mail we write ourselves."""
    paths = sorted(root.glob("*/*/*.eml"))
    if not paths:
        raise SystemExit(f"no messages below {root}: give the folder that holds CORPUS/ham and CORPUS/spam")
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(_row, paths, chunksize=50)
    for name, raw in innocents():
        yield Row(corpus=INNOCENT, spam=False, name=name, shares=shares_of(raw))


def _row(path: Path) -> Row:
    corpus, label = path.parts[-3:-1]
    return Row(corpus=corpus, spam=label == "spam", name=str(path), shares=shares_of(path.read_bytes()))


def shares_of(raw: bytes) -> dict[str, float]:
    """What each check that speaks answers to a raw message: 1.0 for a plain yes."""
    evidence = Evidence(message_of(raw))
    answers = ((symbol, check(evidence, Policy())) for symbol, check in CHECKS.items())
    return {symbol: answer if isinstance(answer, float) else 1.0 for symbol, answer in answers if answer}
