"""What is searched for beforehand never misses a text that the pattern itself is found in."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rules.literals import piece_of_glob, piece_of_regex
from rules.patterns import Pattern, PatternInvalid, caseless_source, glob_source, line_source, regex_source

PARTS = [
    "abc", "Abd", "x", "é", "^", "$", ".*", ".+", ".", "a*", "bc?", "c{0,2}", "d+", r"\.", r"\b", r"\d", r"\w*", r"\S+",
    "[ab]", "[^a]*", "[]a]", r"\x41", r"\101", "(a|b)", "(?i:ABC)", r"\A", r"\z", r"\pL", "_", r"\QabC\E", "(?-s:.)*",
]  # fmt: skip
texts = st.lists(st.sampled_from(["abc", "ABD", "x", "é", "É", ".", "1", "\n", " ", "A", "_"]), max_size=8).map("".join)


def never_misses(pattern: str, source: bytes, piece: str, lines: list[str]) -> None:
    """Whatever text `source` is found in, what stands for it is found in that text among others."""
    try:
        found_in = Pattern(source).found_in
    except PatternInvalid:
        return
    standing_for = caseless_source(piece) if piece else line_source(source)
    if standing_for is not None and any(found_in(line.encode()) for line in lines):
        assert Pattern(standing_for).found_in("\n".join(lines).encode()), (pattern, standing_for, lines)


@example(r"x\z", ["x"])
@given(st.lists(st.sampled_from(PARTS), max_size=6).map("".join), st.lists(texts, max_size=3))
def test_what_stands_for_a_regex_never_misses(pattern: str, lines: list[str]) -> None:
    never_misses(pattern, regex_source(pattern), piece_of_regex(pattern), lines)


@given(st.text("ab*?\\.c", max_size=12), st.lists(texts, max_size=3))
def test_what_stands_for_a_glob_never_misses(glob: str, lines: list[str]) -> None:
    never_misses(glob, glob_source(glob), piece_of_glob(glob), lines)


@pytest.mark.parametrize(
    ("pattern", "piece"),
    [
        ("invoice.*2026", "invoice"),
        (r"no\.reply.+xy", "no.reply"),
        ("colou?r.*blue", "colo"),
        (r"\d+ of .* pages", " pages"),
        ("invoice", ""),
        ("^invoice.*2026", ""),
        ("(invoice|bill).*2026", ""),
        ("ab.*cd", ""),
    ],
)
def test_the_longest_sure_piece_of_a_pattern_with_gaps_is_named(pattern: str, piece: str) -> None:
    assert piece_of_regex(pattern) == piece


@pytest.mark.parametrize(
    ("glob", "piece"),
    [("*foo*barb*", "barb"), ("*foo?bar*x", "foo"), ("foo*bar", ""), ("*foo", ""), (r"*a\*bcd*e", "")],
)
def test_the_longest_sure_piece_of_a_glob_with_gaps_is_named(glob: str, piece: str) -> None:
    assert piece_of_glob(glob) == piece
