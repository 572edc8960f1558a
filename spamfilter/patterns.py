"""Patterns compiled by RE2: linear in the text, whatever an administrator or a stranger writes."""

from functools import lru_cache
from typing import Any

import re2

MAX_PATTERN_CHARACTERS = 2_000
MAX_MEMORY_BYTES = 1 << 20


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


def linear(pattern: str, *, ignore_case: bool = False, memory: int = 8 << 20) -> Any:
    """One of our own patterns, by RE2: also faster than `re` on long texts.

    `memory`: octets that RE2 may use for it at most; one that has too little is slow.
    """
    options = re2.Options()
    options.max_mem = memory
    options.case_sensitive = not ignore_case
    options.log_errors = False
    return re2.compile(pattern, options)
