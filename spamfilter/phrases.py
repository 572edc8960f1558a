"""Finds which phrases of many stand in a text, in one linear pass (RE2), however many there are. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from spamfilter.folding import WITHOUT_WORD_ENDS, without_marks
from spamfilter.patterns import LARGE, together

FEW = 100  # phrases up to which one pass for all is quicker
_SIGNS = re.compile(r"\\p\{\w+\}|\{[\d,]+\}")  # classes and counts, which are no letters
_LATIN = re.compile("[a-z0-9]")
_REPEATING = re.compile(r"[*+{]")
_WITHOUT_WORD_ENDS = re.compile(f"[{WITHOUT_WORD_ENDS}]")


class _Bundle:
    """Phrases that are looked for in one pass: alike, so that RE2's memory of them stays small and quick.

    What can be in several places of a phrase at once (it repeats, it leaves out) multiplies what RE2 has to tell apart:
    of new texts, that is most of the time.
    """

    def __init__(self, phrases: list[tuple[str, int]]) -> None:
        self._set = together(*(pattern for pattern, _place in phrases), memory=LARGE)
        self._places = [place for _pattern, place in phrases]

    def found(self, octets: bytes) -> list[int]:
        return [self._places[index] for index in self._set.Match(octets) or ()]


class Lexicon:
    """Groups of phrases, compiled once; `count` says how many different phrases of each group a text holds."""

    def __init__(self, groups: Mapping[str, str]) -> None:
        self._groups: list[str] = []
        self.phrases: list[str] = []
        for group, lines in groups.items():
            for line in lines.strip().splitlines():
                self._groups.append(group)
                self.phrases.append(without_marks(line).replace("ß", "ss").replace("ς", "σ"))
        many = len(self.phrases) > FEW
        alike: dict[tuple[bool, str], list[tuple[str, int]]] = {}
        for place, phrase in enumerate(self.phrases):
            latin = bool(_LATIN.search(_SIGNS.sub("", phrase)))
            alike.setdefault((latin, _shape(phrase) if many else ""), []).append((_pattern(phrase), place))
        bundles = {kind: _Bundle(phrases) for kind, phrases in alike.items()}
        self._latin = [bundle for (latin, _), bundle in bundles.items() if latin]
        self._every = list(bundles.values())

    def found(self, folded: str) -> list[int]:
        """Indices of the phrases in `folded`, a text from `fold` with a space at both ends."""
        return [place for found in self._by_bundle(folded) for place in found]

    def holds(self, folded: str) -> bool:
        """Whether any of the phrases stands in `folded`."""
        return any(self._by_bundle(folded))

    def _by_bundle(self, folded: str) -> Iterator[list[int]]:
        if folded and not folded.isspace():
            octets = folded.encode()
            for bundle in self._latin if folded.isascii() else self._every:
                yield bundle.found(octets)

    def count(self, folded: str) -> Counter[str]:
        """How many different phrases of each group stand in `folded`."""
        counts = Counter[str]()
        for index in self.found(folded):
            counts[self._groups[index]] += 1
        return counts


def _shape(phrase: str) -> str:
    """What makes a phrase costly: that it repeats, or leaves out."""
    return "repeats" if _REPEATING.search(phrase) else "leaves out" if "?" in phrase else ""


def _pattern(phrase: str) -> str:
    """Words end at spaces; a script without spaces has no word ends to wait for."""
    return phrase.strip() if _WITHOUT_WORD_ENDS.search(phrase) else f" {phrase.strip()} "
