"""Finds the few of many rules that a message could match, before any of them is asked.

Most conditions can only pass where the message holds a certain thing: a sender, a domain, a word. Such clues
are looked up in tables, or searched for together, so that the cost grows with what is found and not with the rules.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rules.facts import holds_words
from rules.patterns import PATTERNS_TOGETHER, WORDS_TOGETHER, Bank

# A view of the facts, and what must be in it: a text that is one of its values, or the source of a pattern that
# is found in one of them.
Clue = tuple[str, str | bytes]

_FEWEST_PATTERNS = 8  # with fewer, asking each is as quick


@dataclass(frozen=True, slots=True)
class _PatternBank:
    bank: Bank
    owners: tuple[int, ...]


class Selection:
    """Which rules could match, by their place in the set."""

    __slots__ = ("_always", "_banks", "_tables")

    def __init__(self, clues: Sequence[Sequence[Clue]]) -> None:
        """`clues[n]` are those of rule n, of which one is needed; one without any could always match."""
        self._always = [place for place, needed in enumerate(clues) if not needed]
        tables: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        banks: dict[str, list[tuple[bytes, int]]] = defaultdict(list)
        for place, needed in enumerate(clues):
            for view, sought in needed:
                if isinstance(sought, bytes):
                    banks[view].append((sought, place))
                else:
                    tables[view][sought].append(place)
        self._tables = tables
        self._banks: dict[str, _PatternBank] = {}
        for view, entries in banks.items():
            owners = tuple(place for _, place in entries)
            if len(entries) < _FEWEST_PATTERNS:
                self._always = sorted({*self._always, *owners})
            else:
                together = WORDS_TOGETHER if holds_words(view) else PATTERNS_TOGETHER
                self._banks[view] = _PatternBank(Bank([source for source, _ in entries], together), owners)

    def places(self, facts: Mapping[str, Any]) -> Sequence[int]:
        """The places of the rules that could match, in order; all others certainly do not."""
        found: set[int] = set()
        for view, table in self._tables.items():
            for value in facts[view]:
                if value in table:
                    found.update(table[value])
        for view, patterns in self._banks.items():
            for text in facts[view]:
                found.update(patterns.owners[place] for place in patterns.bank.found_in(text))
        return sorted(found.union(self._always)) if found else self._always
