"""A Sieve script as rules, in the order in which it asks. Nothing is imported by halves: what has no counterpart is
told with its line, all at once.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, takewhile

from rules.errors import RuleInvalid
from rules.sieve.actions import ACTIONS, Run, run_of
from rules.sieve.conditions import ALWAYS, Clauses, Translation, both, refused
from rules.sieve.errors import Remark, SieveRefused
from rules.sieve.script import Node, Script, parse_script
from rules.spec import RuleSpec
from rules.validation import LONGEST_NAME, build_rule

STEP = 10  # between positions
_EXTENSIONS = frozenset(
    {"fileinto", "copy", "imap4flags", "vacation", "vacation-seconds", "body", "regex", "mailbox"}
    | {"comparator-i;ascii-casemap", "comparator-i;unicode-casemap"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """The rules of a script, and what to know about them."""

    rules: tuple[RuleSpec, ...]
    warnings: tuple[Remark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A rule to be, from one run of actions."""

    line: int
    statement: int
    clauses: Clauses
    run: Run
    enabled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Under:
    """What commands stand under. `last`: nothing comes after them."""

    clauses: Clauses = ALWAYS
    enabled: bool = True
    last: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Branch:
    """One arm of an if … elsif … else. `test` is None for else."""

    node: Node
    test: Node | None
    enabled: bool

    @property
    def stops(self) -> bool:
        return bool(self.node.block) and self.node.block[-1].name == "stop"


def import_script(source: bytes, *, name: str) -> Imported:
    """The rules of `source`. `name` is what rules without a name in a comment are called by, with their line.

    SieveRefused names every line that has no counterpart.
    """
    script = parse_script(source)
    reading = _Reading(script)
    found = reading.rules()
    if reading.remarks:
        raise SieveRefused(reading.remarks)
    rules = tuple(_specs(found, script, name))
    return Imported(rules=rules, warnings=tuple(sorted({*reading.translation.warnings, *_filed_twice(found)})))


class _Reading:
    """Goes through a script and collects rules, and remarks on what can't be one."""

    def __init__(self, script: Script) -> None:
        self.translation = Translation()
        self.remarks: list[Remark] = []
        self._script = script
        self._found: list[_Found] = []
        self._statement = 0

    def rules(self) -> list[_Found]:
        self._block(self._script.commands, _Under(), outermost=True)
        return self._found

    def _block(self, commands: Sequence[Node], under: "_Under", *, outermost: bool = False) -> None:
        """Commands in a row. What can't be a rule is remarked on, and the reading goes on."""
        place = 0
        while place < len(commands):
            if outermost:
                self._statement = commands[place].line
            group = _group(commands, place)
            place += len(group)
            here = replace(under, last=under.last and place == len(commands))
            try:
                if group[0].name == "if":
                    self._chain(group, here)
                elif group[0].name == "require":
                    self._require(group[0])
                else:
                    self._add(group[0].line, here, run_of(group))
            except SieveRefused as refusal:
                self.remarks += refusal.remarks

    def _require(self, command: Node) -> None:
        unknown = [each for each in command.arguments["capabilities"] if each.lower() not in _EXTENSIONS]
        if unknown:
            raise refused(command, f"the extension {', '.join(map(repr, unknown))} has no counterpart in rules")

    def _add(self, line: int, under: "_Under", run: Run) -> None:
        if not under.clauses.never:
            self._found.append(
                _Found(line=line, statement=self._statement, clauses=under.clauses, run=run, enabled=under.enabled)
            )

    def _chain(self, group: Sequence[Node], under: "_Under") -> None:
        """if … elsif … else: each arm only where no earlier one was taken."""
        before: list[tuple[int, Clauses]] = [(group[0].line, under.clauses)]
        for branch in map(_branch, group):
            line, first = branch.node.line, len(self._found)
            try:
                own = self.translation.clauses(branch.test) if branch.test else ALWAYS
                clauses = both([*before, (line, own)])
            except SieveRefused as refusal:
                self.remarks += refusal.remarks
                continue
            enabled = under.enabled and branch.enabled
            self._block(branch.node.block, replace(under, clauses=clauses, enabled=enabled))
            if branch.node is not group[-1] and branch.test and branch.enabled and not branch.stops:
                self._leave_out(branch.test, line, before, under, clauses, first)

    def _leave_out(
        self, test: Node, line: int, before: list[tuple[int, Clauses]], under: "_Under", clauses: Clauses, first: int
    ) -> None:
        """Keeps the arms that follow from what `test` lets through: by its opposite, or at the end by stopping."""
        try:
            before.append((line, self.translation.clauses(test, negated=True)))
        except SieveRefused as refusal:
            if not under.last:
                why = "; ".join(remark.message for remark in refusal.remarks)
                end = "so what follows needs a `stop` at the end of this block"
                self.remarks.append(Remark(line=line, message=f"{why}, {end}"))
            elif len(self._found) > first:
                ends = self._found[-1]
                self._found[-1] = replace(ends, run=replace(ends.run, stop=True))
            else:
                self._add(line, replace(under, clauses=clauses), Run(stop=True))


def _group(commands: Sequence[Node], place: int) -> list[Node]:
    """What belongs together from `place` on: an if with its arms, or actions in a row up to a stop."""
    first = commands[place]
    if first.name == "if":
        return [first, *takewhile(lambda each: each.name in ("elsif", "else"), commands[place + 1 :])]
    group = [first]
    while first.name in ACTIONS and group[-1].name != "stop" and place + len(group) < len(commands):
        following = commands[place + len(group)]
        if following.name not in ACTIONS:
            break
        group.append(following)
    return group


def _branch(node: Node) -> _Branch:
    """A rule that is switched off is written as one that asks for `false` before all else."""
    if not node.tests:
        return _Branch(node=node, test=None, enabled=True)
    (test,) = node.tests
    if node.name == "if" and test.name == "false":
        return _Branch(node=node, test=None, enabled=False)
    if node.name == "if" and test.name == "allof" and test.tests[0].name == "false" and len(test.tests) > 1:
        return _Branch(node=node, test=replace(test, tests=test.tests[1:]), enabled=False)
    return _Branch(node=node, test=test, enabled=True)


def _specs(found: Iterable[_Found], script: Script, name: str) -> Iterator[RuleSpec]:
    taken: set[str] = set()
    for place, rule in enumerate((rule for rule in found if rule.run.actions or rule.run.stop), 1):
        data = {
            "name": _name(rule, script, name, taken),
            "position": place * STEP,
            "match": rule.clauses.match,
            "stop": rule.run.stop,
            "enabled": rule.enabled,
            "conditions": [condition.as_dict() for condition in rule.clauses.conditions],
            "actions": [action.as_dict() for action in rule.run.actions],
        }
        try:
            yield build_rule(data)
        except RuleInvalid as error:
            raise SieveRefused([Remark(line=rule.line, message=str(error))]) from error


def _name(rule: _Found, script: Script, name: str, taken: set[str]) -> str:
    """The name in the comment before the statement, else where it stands; made unique."""
    before = [line for line in script.names if line < rule.statement]
    statements = [command.line for command in script.commands if command.line < rule.statement]
    named = max(before, default=0) > max(statements, default=0)
    wanted = script.names[max(before)] if named else f"{name}, line {rule.line}"
    for number in count(1):
        mark = "" if number == 1 else f" ({number})"
        unique = wanted[: LONGEST_NAME - len(mark)] + mark
        if unique not in taken:
            break
    taken.add(unique)
    return unique


def _filed_twice(found: Sequence[_Found]) -> Iterator[Remark]:
    """Sieve files a message to each place that is named; rules move it to the last."""
    for place, rule in enumerate(found):
        if rule.run.stop or not (rule.run.files or rule.run.keeps):
            continue
        for other in found[place + 1 :]:
            if other.run.files and other.enabled and rule.enabled and other.statement != rule.statement:
                message = f"where line {other.line} files the message too, it goes there only; Sieve would keep both"
                yield Remark(line=rule.line, message=message)
                break
