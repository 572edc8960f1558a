"""A condition: what it looks at, how, and against what; compiled once into a test of a message's facts.

All comparisons ignore case and look at decoded text. A field with several values (recipients, attachments) passes
when any value does; `is_not` and `not_contains` are the opposites of `is` and `contains`, so they also pass
where the message has no such field. `domain_is` takes the domain itself and all below it.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from agenticmail.mail.domains import ascii_domain, readable_domain
from rules.errors import Problem, RuleInvalid
from rules.facts import (
    EDGE,
    Facts,
    domains_view,
    encoded_view,
    fold,
    joined_view,
    lines_view,
    number_view,
    scanned_view,
    values_view,
)
from rules.fields import PRESENCE_OPS, Field, field_named
from rules.literals import piece_of_glob, piece_of_regex
from rules.patterns import (
    Pattern,
    PatternInvalid,
    caseless_source,
    glob_source,
    line_source,
    literal_source,
    regex_source,
)
from rules.selection import Clue

Predicate = Callable[[Facts], bool]

LONGEST_VALUE = 1000
_MULTIPLES = {"": 1, "k": 1024, "m": 1024**2, "g": 1024**3}  # as RFC 5228 section 2.4.1
_NUMBER = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?)\s*([kmg]?)b?", re.IGNORECASE)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_DOMAIN = re.compile(r"[^\s@<>.,;:/\\\0]+(\.[^\s@<>.,;:/\\\0]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One line of a rule. `value` is text even for numbers, and empty for `exists` and `absent`."""

    field: str
    op: str
    value: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The form in a configuration file."""
        entry: dict[str, Any] = {"field": self.field, "op": self.op}
        if self.op not in PRESENCE_OPS:
            entry["value"] = self.value
        return entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """A compiled condition. Where there are clues, one of them is needed to pass: see `Clue`."""

    passes: Predicate
    clues: tuple[Clue, ...] = ()


def compile_condition(condition: Condition) -> Test:
    """The test that `condition` stands for. RuleInvalid names the field of the condition and what it takes."""
    field = check_op(condition.field, condition.op)
    if condition.op in PRESENCE_OPS:
        return _presence(condition, field)
    if field.numeric:
        return _comparison(condition, number(condition.value, field))
    _check_text(condition, field)
    return _TESTS[condition.op](condition.field, condition.value)


def check_op(name: str, op: str) -> Field:
    """The field of that name, which has this op. RuleInvalid says what there is."""
    field = field_named(name)
    if op not in field.ops:
        raise _invalid("op", f"{name} has no op {op!r}; it takes one of {', '.join(field.ops)}")
    return field


def number(value: str, field: Field) -> float:
    """`value` as a number, with K, M or G for sizes. RuleInvalid says what it takes."""
    found = _NUMBER.fullmatch(value.strip())
    sized = field.unit == "octets"
    if not found or (found[2] and not sized) or not math.isfinite(float(found[1])):
        form = (
            "a number of octets, such as 20000, 500K or 2M" if sized else f"a number of {field.unit}, such as 5 or 2.5"
        )
        raise _invalid("value", f"{value!r} is not a number; it takes {form}")
    return float(found[1]) * _MULTIPLES[found[2].lower()]


def _check_text(condition: Condition, field: Field) -> None:
    if not condition.value:
        raise _invalid(
            "value", f"is missing; {condition.op} takes a text (to ask for an empty field there is `absent`)"
        )
    if len(condition.value) > LONGEST_VALUE:
        raise _invalid("value", f"is {len(condition.value)} characters long; it takes at most {LONGEST_VALUE}")
    if EDGE in condition.value or _SURROGATE.search(condition.value):
        raise _invalid("value", "holds a NUL character or half of one (a lone surrogate), which no message does")
    if field.choices and condition.op in ("is", "is_not") and fold(condition.value) not in field.choices:
        raise _invalid(
            "value", f"{condition.field} is never {condition.value!r}; it takes one of {', '.join(field.choices)}"
        )


def _presence(condition: Condition, field: Field) -> Test:
    if condition.value:
        raise _invalid("value", f"{condition.op} takes no value")
    wanted = condition.op == "exists"
    if field.numeric:
        return Test(passes=lambda facts: wanted)
    view = joined_view(condition.field)
    return Test(passes=lambda facts: bool(facts[view]) is wanted)


def _comparison(condition: Condition, bound: float) -> Test:
    view = number_view(condition.field)
    if condition.op == "over":
        return Test(passes=lambda facts: facts[view] > bound)
    return Test(passes=lambda facts: facts[view] < bound)


def _is(field: str, value: str) -> Test:
    view, key = values_view(field), fold(value)
    return Test(passes=lambda facts: key in facts[view], clues=((view, key),))


def _domain_is(field: str, value: str) -> Test:
    domain = value.strip().removeprefix("@").removeprefix("*.").rstrip(".")
    if not _DOMAIN.fullmatch(domain):
        raise _invalid(
            "value", f"{value!r} is not a domain; it takes one such as example.com (those below it included)"
        )
    view, keys = domains_view(field), _spellings(fold(domain))
    return Test(
        passes=lambda facts: not facts[view].isdisjoint(keys),
        clues=tuple((view, key) for key in keys),
    )


def _spellings(domain: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((domain, ascii_domain(domain), fold(readable_domain(domain)))))


def _within(field: str, needle: str) -> Test:
    view = joined_view(field)
    return Test(
        passes=lambda facts: needle in facts[view],
        clues=((scanned_view(field), literal_source(needle)),),
    )


def _pattern(field: str, value: str, make: Callable[[str], bytes], piece_of: Callable[[str], str], kind: str) -> Test:
    view = encoded_view(field)
    try:
        source = make(value)
        found_in = Pattern(source).found_in
    except PatternInvalid as error:
        raise _invalid("value", f"{value!r} is no {kind}: {error}") from error
    piece = piece_of(value)
    in_lines = caseless_source(piece) if piece else line_source(source)
    return Test(
        passes=lambda facts: any(map(found_in, facts[view])),
        clues=((view, source) if in_lines is None else (lines_view(field), in_lines),),
    )


def _opposite(test: Test) -> Test:
    passes = test.passes
    return Test(passes=lambda facts: not passes(facts))


_TESTS: dict[str, Callable[[str, str], Test]] = {
    "is": _is,
    "is_not": lambda field, value: _opposite(_is(field, value)),
    "contains": lambda field, value: _within(field, fold(value)),
    "not_contains": lambda field, value: _opposite(_within(field, fold(value))),
    "starts_with": lambda field, value: _within(field, EDGE + fold(value)),
    "ends_with": lambda field, value: _within(field, fold(value) + EDGE),
    "matches": lambda field, value: _pattern(field, value, glob_source, piece_of_glob, "pattern of * and ?"),
    "regex": lambda field, value: _pattern(field, value, regex_source, piece_of_regex, "RE2 pattern"),
    "domain_is": _domain_is,
}


def _invalid(where: str, message: str) -> RuleInvalid:
    return RuleInvalid([Problem(where=where, message=message)])
