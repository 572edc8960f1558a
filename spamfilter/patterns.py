"""Patterns compiled by RE2: linear in the text, whatever an administrator or a stranger writes."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import re2

MAX_PATTERN_CHARACTERS = 2_000
MAX_MEMORY_BYTES = 1 << 20
LARGE = 64 << 20  # octets for a table of hundreds of words


class PatternError(ValueError):
    """The pattern cannot be used; the message says why and what would do."""


@lru_cache(maxsize=2_048)
def compile_pattern(pattern: str) -> Any:
    """`pattern` as a case-insensitive RE2 object (`.search(text)`). Raises PatternError."""
    if not pattern:
        raise PatternError("the pattern is empty: write an RE2 expression")
    if len(pattern) > MAX_PATTERN_CHARACTERS:
        raise PatternError(f"the pattern has {len(pattern)} characters: at most {MAX_PATTERN_CHARACTERS}")
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = MAX_MEMORY_BYTES
    try:
        compiled = re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0] if error.args else error
        text = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
        raise PatternError(f"RE2 does not take the pattern: {text}") from error
    if compiled.search(""):
        raise PatternError("the pattern matches an empty text, and so every message")
    return compiled


class PatternSet:
    """Patterns of our own that are looked for in one pass: `.Match(text)` gives the numbers of those found, or None.

    Compiled when it is first asked, or by `compile_all`: most commands judge no mail.
    """

    __slots__ = ("Match", "_options", "_patterns")

    def __init__(self, patterns: Iterable[str], options: Any) -> None:
        self._patterns: list[str] | None = list(patterns)
        self._options = options
        self.Match: Callable[[str | bytes], Any] = self._first
        _OURS.append(self)

    def compile(self) -> None:
        patterns = self._patterns
        if patterns is None:
            return
        found = re2.Set.SearchSet(self._options)
        for pattern in patterns:
            found.Add(pattern)
        found.Compile()
        self.Match = found.Match
        self._patterns = None

    def _first(self, text: str | bytes) -> Any:
        self.compile()
        return self.Match(text)


_OURS: list[PatternSet] = []


def compile_all() -> None:
    """Compiles every set that there is: the first mail need not wait for it."""
    for ours in _OURS:
        ours.compile()


class Linear:
    """One of our own patterns. Most texts do not match, and a set of one says so in half the time of a search."""

    __slots__ = ("_compiled", "_options", "_set", "pattern")

    def __init__(self, pattern: str, options: Any) -> None:
        self.pattern, self._options, self._compiled = pattern, options, None
        self._set = PatternSet([pattern], options)

    def holds(self, text: str) -> Any:
        """Whether a text matches."""
        return self._set.Match(text)

    def search(self, text: str) -> Any:
        return self._finder.search(text) if text and self._set.Match(text) else None

    def findall(self, text: str) -> list[Any]:
        return self._finder.findall(text) if text and self._set.Match(text) else []

    @property
    def _finder(self) -> Any:
        """What finds the place; many are never asked for it."""
        if self._compiled is None:
            self._compiled = re2.compile(self.pattern, self._options)
        return self._compiled


def linear(pattern: str, *, ignore_case: bool = False, memory: int = 8 << 20) -> Linear:
    """One of our own patterns, by RE2: also faster than `re` on long texts. It must not match an empty text.

    `memory`: octets that RE2 may use for it at most; one that has too little is slow.
    """
    options = _options(memory)
    options.case_sensitive = not ignore_case
    return Linear(pattern, options)


def together(*patterns: str, memory: int = 8 << 20) -> PatternSet:
    """Patterns of our own that are looked for in one pass; `memory` as for `linear`."""
    options = _options(memory)
    options.never_capture = True
    return PatternSet(patterns, options)


def _options(memory: int) -> Any:
    options = re2.Options()
    options.max_mem = memory
    options.log_errors = False
    return options
