"""Digests of a body: one that only the same text has, and sixteen that a similar text mostly shares. Pure.

What a sender changes from copy to copy is left out first: case, digits, punctuation, addresses, links, white
space. The fuzzy digest is a one-permutation MinHash over runs of three words: the share of equal values
estimates how much of two texts is the same, and each value can be looked up in an index. A text of few words is
compared by all of its runs.
"""

import re
import zlib
from dataclasses import dataclass
from hashlib import blake2b
from math import ceil

from spamfilter.folding import WITHOUT_SPACES, fold

MAX_CHARACTERS = 10_000
MIN_WORDS_EXACT = 5
MIN_SHINGLES = 24
MOST_RUNS = 36  # of a message that is compared with short texts
MIN_RUNS, MOSTLY = 6, 2 / 3  # of its runs that have to be a known text's
BUCKETS = 16
FUZZY_ENOUGH = 8  # equal values of the sixteen from which two texts count as the same campaign

_VARIABLE = re.compile(r"(?:https?://|www\.)\S++|\S{1,64}@\S++|\d++")
_UNSPACED = re.compile(f"([{WITHOUT_SPACES}])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Digests:
    """`exact` is None where the text is too short to mean anything, `fuzzy` empty where it is too short to estimate
    by, `runs`, the hashes of all its runs of three words, where it is too long for that."""

    exact: int | None
    fuzzy: tuple[int, ...] = ()
    runs: tuple[int, ...] = ()

    @property
    def runs_enough(self) -> int:
        """How many of `runs` have to be a known text's, for this to be nearly that."""
        return max(MIN_RUNS, ceil(len(self.runs) * MOSTLY))


def stable_hash(text: str) -> int:
    """A signed 64-bit hash, the same in every process (fits a database's big integer)."""
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)


def digests_of_text(text: str) -> Digests:
    """The digests of a body as a reader reads it."""
    words = _words(text[:MAX_CHARACTERS])
    if len(words) < MIN_WORDS_EXACT:
        return Digests(exact=None)
    shingles = _shingles(words)
    return Digests(
        exact=stable_hash(" ".join(words)),
        fuzzy=_fuzzy(shingles) if len(shingles) >= MIN_SHINGLES else (),
        runs=tuple(sorted(shingles)) if len(shingles) <= MOST_RUNS else (),
    )


def similarity(one: Digests, other: Digests) -> int:
    """How many of the sixteen values two texts share; `FUZZY_ENOUGH` of them make them one campaign."""
    return len(set(one.fuzzy) & set(other.fuzzy))


def _words(text: str) -> list[str]:
    text = fold(_VARIABLE.sub(" ", text))
    if not text.isascii():
        text = _UNSPACED.sub(r" \1 ", text)
    return text.split()


def _shingles(words: list[str]) -> set[int]:
    octets = " ".join(words).encode().split(b" ")
    return {zlib.crc32(b"%b %b %b" % run) for run in zip(octets, octets[1:], octets[2:], strict=False)}


def _fuzzy(shingles: set[int]) -> tuple[int, ...]:
    lowest: dict[int, int] = {}
    for value in shingles:
        bucket = value % BUCKETS
        if value < lowest.get(bucket, 1 << 32):
            lowest[bucket] = value
    return tuple(sorted((bucket << 32) | value for bucket, value in lowest.items()))
