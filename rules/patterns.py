"""Patterns through RE2: linear in the text whatever the pattern, and bounded in memory."""

import re
from collections.abc import Iterator, Sequence

import re2

_MEMORY = 1 << 21  # bytes for a pattern's, or a bank's, program and automaton; beyond it RE2 goes on without a cache
# How many share an automaton: for more of them it grows faster than it saves, for words later than for patterns.
WORDS_TOGETHER = 512
PATTERNS_TOGETHER = 128


class PatternInvalid(ValueError):
    """A pattern that RE2 refuses, in RE2's words."""


def regex_source(pattern: str) -> bytes:
    """`pattern` (RE2 syntax), to be searched for anywhere in a text, without case."""
    return b"(?i:" + _encoded(pattern) + b")"


def glob_source(glob: str) -> bytes:
    """`glob` against a whole text: `*` any run, `?` one character, a backslash takes the next one literally."""
    source: list[str] = []
    characters = iter(glob)
    for character in characters:
        if character == "*":
            if source[-1:] != [".*"]:
                source.append(".*")
        elif character == "?":
            source.append(".")
        else:
            source.append(re2.escape(next(characters, "\\") if character == "\\" else character))
    return rb"(?is:\A" + _encoded("".join(source)) + rb"\z)"


_GLOB = re.compile(rb"\(\?is:\\A(.*)\\z\)", re.DOTALL)  # as `glob_source` writes it
_OF_THE_WHOLE_TEXT = re.compile(rb"\\[AzZ]|\(\?[A-Za-z]*-")  # anchors that no flag moves, and flags turned off


def line_source(source: bytes) -> bytes | None:
    """A pattern that is found in lines of text wherever `source` is in one of them; None where that is not sure."""
    if glob := _GLOB.fullmatch(source):
        return rb"(?ims:^" + glob[1] + rb"$)"
    return None if _OF_THE_WHOLE_TEXT.search(source) else rb"(?m:" + source + rb")"


def literal_source(text: str) -> bytes:
    """Just `text`, with its case."""
    return bytes(re2.escape(_encoded(text)))


def caseless_source(text: str) -> bytes:
    """Just `text`, whatever its case."""
    return b"(?i:" + literal_source(text) + b")"


class Pattern:
    """One compiled pattern, asked about UTF-8."""

    __slots__ = ("_regexp",)

    def __init__(self, source: bytes) -> None:
        try:
            self._regexp = re2.compile(source, _options())
        except re2.error as error:
            words = error.args[0] if error.args else error
            raise PatternInvalid(
                words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
            ) from error

    def found_in(self, text: bytes) -> bool:
        return self._regexp.search(text) is not None


class Bank:
    """Many patterns asked at once: a text is read once for each few dozen of them, not once for each."""

    __slots__ = ("_sets",)

    def __init__(self, sources: Sequence[bytes], together: int) -> None:
        self._sets = [
            (start, len(chunk), _set(chunk))
            for start in range(0, len(sources), together)
            for chunk in (sources[start : start + together],)
        ]

    def found_in(self, text: bytes) -> Iterator[int]:
        """The places of the patterns that `text` holds; of all that share a set, where RE2 ran out of memory."""
        for start, size, patterns in self._sets:
            found = patterns.Match(text) if patterns else None
            if found is None:  # not even the empty pattern, which is everywhere
                yield from range(start, start + size)
            else:
                yield from (start + place for place in found if place < size)


def _set(sources: Sequence[bytes]) -> "re2.Set | None":
    """The set of `sources` and the empty pattern; None where it is too large for RE2."""
    patterns = re2.Set.SearchSet(_options())
    try:
        for source in (*sources, b""):
            patterns.Add(source)
        patterns.Compile()
    except re2.error:
        return None
    return patterns


def _options() -> "re2.Options":
    options = re2.Options()
    options.max_mem = _MEMORY
    options.never_capture = True
    options.log_errors = False
    return options


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise PatternInvalid("it holds half of a character (a lone surrogate)") from error
