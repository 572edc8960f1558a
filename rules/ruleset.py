"""An agent's rules, compiled once: its own before the common ones, each by position.

A rule that can't be compiled stays in its place, with its problem.
"""

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from rules.actions import Action
from rules.conditions import Predicate, Test, compile_condition
from rules.decision import RuleRef
from rules.errors import RuleInvalid
from rules.facts import Facts
from rules.fields import field_named
from rules.selection import Clue, Selection
from rules.spec import RuleSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRule:
    """A rule as it is kept: `spec`, or `problem` where the stored form can't even be read."""

    id: int
    name: str
    spec: RuleSpec | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledRule:
    """`matches` is asked, unless `problem` says why it can't be. One of `clues`, if any, is needed for a match."""

    ref: RuleRef
    matches: Predicate
    actions: tuple[Action, ...] = ()
    stop: bool = False
    problem: str = ""
    clues: tuple[Clue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruleset:
    """Compiled rules in the order in which they are asked."""

    rules: tuple[CompiledRule, ...] = ()
    selection: Selection | None = None

    def candidates(self, facts: Facts) -> Sequence[CompiledRule]:
        """The rules that could match, in order: all others certainly do not."""
        if self.selection is None:
            return self.rules
        return [self.rules[place] for place in self.selection.places(facts)]


def compile_ruleset(stored: Iterable[StoredRule]) -> Ruleset:
    """`stored`, which is in order, ready to be asked."""
    rules = tuple(map(_compile, stored))
    return Ruleset(rules=rules, selection=Selection([rule.clues for rule in rules]))


def _compile(stored: StoredRule) -> CompiledRule:
    ref = RuleRef(id=stored.id, name=stored.name)
    if stored.spec is None:
        return CompiledRule(ref=ref, matches=_never, problem=stored.problem)
    try:
        tests = compile_conditions(stored.spec)
    except RuleInvalid as error:
        return CompiledRule(ref=ref, matches=_never, problem=str(error))
    return CompiledRule(
        ref=ref,
        matches=_joined(tests, stored.spec.match),
        actions=stored.spec.actions,
        stop=stored.spec.stop,
        clues=_clues(tests, stored.spec),
    )


def compile_conditions(spec: RuleSpec) -> list[Test]:
    """The tests of `spec`, in order. RuleInvalid holds every condition that can't be."""
    tests, problems = [], []
    for index, condition in enumerate(spec.conditions):
        try:
            tests.append(compile_condition(condition))
        except RuleInvalid as error:
            problems += [problem.inside(f"conditions[{index}]") for problem in error.problems]
    if problems:
        raise RuleInvalid(problems)
    return tests


def _joined(tests: list[Test], match: str) -> Predicate:
    """One predicate for the rule. A rule without conditions is for every message."""
    joint = _either if match == "any" else _both
    predicates = [test.passes for test in tests]
    return functools.reduce(joint, predicates) if predicates else _always


def _both(first: Predicate, second: Predicate) -> Predicate:
    return lambda facts: first(facts) and second(facts)


def _either(first: Predicate, second: Predicate) -> Predicate:
    return lambda facts: first(facts) or second(facts)


def _always(facts: Facts) -> bool:
    return True


def _clues(tests: list[Test], spec: RuleSpec) -> tuple[Clue, ...]:
    """Those of which one is needed for a match. What an earlier rule may change tells nothing beforehand."""
    known = [
        test.clues
        for test, condition in zip(tests, spec.conditions, strict=True)
        if test.clues and not field_named(condition.field).settable
    ]
    if spec.match == "any":
        return tuple(chain.from_iterable(known)) if len(known) == len(tests) else ()
    return min(known, key=_cost, default=())


def _cost(clues: tuple[Clue, ...]) -> bool:
    """A table is quicker than a search."""
    return any(isinstance(sought, bytes) for _, sought in clues)


def _never(facts: Facts) -> bool:
    return False
