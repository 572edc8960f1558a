"""Finds which phrases of many stand in a text, in one linear pass (RE2), however many there are. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import re2

from spamfilter.folding import without_marks

MEMORY_BYTES = 64 << 20
_WITHOUT_SPACES = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Lexicon:
    """Groups of phrases, compiled once; `count` says how many different phrases of each group a text holds."""

    def __init__(self, groups: Mapping[str, str]) -> None:
        options = re2.Options()
        options.max_mem = MEMORY_BYTES
        options.log_errors = False
        options.never_capture = True
        self._set: Any = re2.Set.SearchSet(options)
        self._groups: list[str] = []
        self.phrases: list[str] = []
        for group, lines in groups.items():
            for line in lines.strip().splitlines():
                self._add(group, line)
        self._set.Compile()

    def _add(self, group: str, phrase: str) -> None:
        # Words end at spaces; a script without spaces has no word ends to wait for.
        phrase = without_marks(phrase).replace("ß", "ss").replace("ς", "σ")
        pattern = phrase.strip() if _WITHOUT_SPACES.search(phrase) else f" {phrase.strip()} "
        self._set.Add(pattern)
        self._groups.append(group)
        self.phrases.append(phrase)

    def found(self, folded: str) -> list[int]:
        """Indices of the phrases in `folded`, a text from `fold` with a space at both ends."""
        return list(self._set.Match(folded) or ()) if folded.strip() else []

    def count(self, folded: str) -> Counter[str]:
        """How many different phrases of each group stand in `folded`."""
        return Counter(self._groups[index] for index in self.found(folded))


class Shelf:
    """Lexicons side by side: for phrases so long and loose that together they would outgrow RE2's memory."""

    def __init__(self, groups: Mapping[str, str]) -> None:
        self._lexicons = {group: Lexicon({group: lines}) for group, lines in groups.items()}

    def count(self, folded: str, groups: Iterable[str]) -> Counter[str]:
        """How many different phrases of each of `groups` stand in `folded`; groups without any are left out."""
        counts = ((group, len(self._lexicons[group].found(folded))) for group in groups)
        return Counter({group: count for group, count in counts if count})
