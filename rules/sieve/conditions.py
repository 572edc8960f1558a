"""Sieve tests as conditions (RFC 5228 section 5, RFC 5173, draft-ietf-sieve-regex)."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rules.conditions import Condition, compile_condition, number
from rules.errors import RuleInvalid
from rules.fields import FIELDS, HEADER_PREFIX
from rules.patterns import glob_source, literal_source
from rules.sieve.errors import Remark, SieveRefused
from rules.sieve.script import Node
from rules.spec import Match

OPPOSITES = {"is": "is_not", "contains": "not_contains", "exists": "absent"}
ADDRESS_FIELDS = {"from": "from", "to": "to", "cc": "cc", "reply-to": "reply_to"}
_CASELESS = {"i;ascii-casemap", "i;unicode-casemap"}
_MATCH_TYPES = (":is", ":contains", ":matches", ":regex")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clauses:
    """What a test comes down to: conditions of which all, or any, have to pass.

    `single` says the same in one condition, where there are several and it can be said. `never` passes nothing.
    """

    conditions: tuple[Condition, ...] = ()
    match: Match = "all"
    single: Condition | None = None
    never: bool = False

    @property
    def always(self) -> bool:
        return not self.conditions and not self.never


ALWAYS = Clauses()
NEVER = Clauses(never=True)


class Translation:
    """One script's tests. `warnings` are what is nearly, but not wholly, the same."""

    def __init__(self) -> None:
        self.warnings: list[Remark] = []

    def clauses(self, test: Node, *, negated: bool = False) -> Clauses:
        """What `test`, or its opposite, comes down to. SieveRefused where no rule can say it."""
        match test.name:
            case "not":
                return self.clauses(test.tests[0], negated=not negated)
            case "true" | "false":
                return ALWAYS if (test.name == "true") is not negated else NEVER
            case "allof" | "anyof":
                parts = [(each.line, self.clauses(each, negated=negated)) for each in test.tests]
                return (both if (test.name == "allof") is not negated else either)(parts)
            case "header":
                return self._matching(test, test.arguments["header-names"], _header_field, negated)
            case "address":
                return self._address(test, negated)
            case "body":
                return self._body(test, negated)
            case "exists":
                conditions = [
                    _condition(test, _header_field(name, "exists"), "exists", "", negated)
                    for name in test.arguments["header-names"]
                ]
                return Clauses(conditions=tuple(conditions), match="any" if negated else "all")
            case "size":
                return Clauses(conditions=(_size(test, negated),))
            case _:
                raise refused(test, f"the test `{test.name}` has no counterpart in rules")

    def _body(self, test: Node, negated: bool) -> Clauses:
        if ":raw" in test.tags or test.tags.get(":content", ("text",)) not in (("text",), ("text/plain",)):
            raise refused(test, 'rules look at a message\'s text only: `body :text`, or `:content "text"`')
        return self._matching(test, ("body",), lambda name, op: "body", negated)

    def _address(self, test: Node, negated: bool) -> Clauses:
        headers, keys = test.arguments["header-list"], test.arguments["key-list"]
        for header in headers:
            if header.lower() not in ADDRESS_FIELDS:
                raise refused(test, f"rules know no addresses in {header!r}; there are {', '.join(ADDRESS_FIELDS)}")
        fields = [ADDRESS_FIELDS[header.lower()] for header in headers]
        if ":domain" in test.tags or ":localpart" in test.tags:
            return self._part(test, fields, keys, negated)
        if any("@" not in key for key in keys):
            self._warn(test, "rules look at the name beside an address too, and would match there as well")
        return self._matching(test, headers, lambda name, op: ADDRESS_FIELDS[name.lower()], negated)

    def _part(self, test: Node, fields: list[str], keys: tuple[str, ...], negated: bool) -> Clauses:
        """The domain, or what stands before it: asked of the whole address, where that comes to the same."""
        kind = _match_type(test)
        if ":domain" in test.tags and kind == ":matches" and len(keys) == 2 and keys[1] == f"*.{keys[0]}":
            found = [("domain_is", keys[0])]
        elif ":domain" in test.tags and kind == ":is":
            found = [("ends_with", f"@{key}") for key in keys]
        elif ":domain" in test.tags and kind == ":matches" and all(re.fullmatch(r"\*\.[^*?\\]+", key) for key in keys):
            found = [("ends_with", key[1:]) for key in keys]
        elif ":localpart" in test.tags and kind == ":is":
            found = [("starts_with", f"{key}@") for key in keys]
        else:
            raise refused(test, 'of a domain rules know `:is` and `:matches "*.…"`, of a local part only `:is`')
        conditions = [_condition(test, field, op, value, negated) for field in fields for op, value in found]
        return _leaf(test, conditions, negated)

    def _matching(
        self, test: Node, names: Iterable[str], field_of: Callable[[str, str], str], negated: bool
    ) -> Clauses:
        kind = _match_type(test)
        found = [_op(kind, key) for key in test.arguments["key-list"]]
        conditions = [_condition(test, field_of(name, op), op, value, negated) for name in names for op, value in found]
        return _leaf(test, conditions, negated)

    def _warn(self, test: Node, message: str) -> None:
        self.warnings.append(Remark(line=test.line, message=message))


def both(parts: Iterable[tuple[int, Clauses]]) -> Clauses:
    """All of `parts`, each with the line it comes from."""
    asked = [(line, part) for line, part in parts if not part.always]
    if any(part.never for _, part in asked):
        return NEVER
    if len(asked) == 1:
        return asked[0][1]
    return Clauses(conditions=tuple(each for line, part in asked for each in _as_all(line, part)))


def either(parts: Iterable[tuple[int, Clauses]]) -> Clauses:
    """Any of `parts`, each with the line it comes from."""
    asked = [(line, part) for line, part in parts if not part.never]
    if any(part.always for _, part in asked):
        return ALWAYS
    if len(asked) < 2:
        return asked[0][1] if asked else NEVER
    return Clauses(conditions=tuple(each for line, part in asked for each in _as_any(line, part)), match="any")


def _as_all(line: int, part: Clauses) -> tuple[Condition, ...]:
    if part.match == "all" or len(part.conditions) == 1:
        return part.conditions
    if part.single is not None:
        return (part.single,)
    raise _mixture(line)


def _as_any(line: int, part: Clauses) -> tuple[Condition, ...]:
    if part.match == "any" or len(part.conditions) == 1:
        return part.conditions
    raise _mixture(line)


def _mixture(line: int) -> SieveRefused:
    return SieveRefused([Remark(line=line, message="a rule takes all of its conditions or any of them, not a mixture")])


def refused(node: Node, message: str) -> SieveRefused:
    return SieveRefused([Remark(line=node.line, message=message)])


def _match_type(test: Node) -> str:
    (comparator,) = test.tags.get(":comparator", ()) or ("i;ascii-casemap",)
    if comparator.lower() not in _CASELESS:
        raise refused(test, f"rules compare without case; there is no comparator {comparator!r}")
    if unknown := {":count", ":value"} & test.tags.keys():
        raise refused(test, f"there is no `{unknown.pop()}` in rules")
    return next((kind for kind in _MATCH_TYPES if kind in test.tags), ":is")


def _op(kind: str, key: str) -> tuple[str, str]:
    """The op and value that ask for `key`, as simple as can be."""
    if kind == ":contains" and not key:
        return "exists", ""
    if kind != ":matches":
        return kind[1:], key
    stars = re.fullmatch(r"(\*?)((?:[^*?\\]|\\.)*)(\*?)", key, re.DOTALL)
    if stars is None:
        return "matches", key
    literal = re.sub(r"\\(.)", r"\1", stars[2], flags=re.DOTALL)
    if not literal:
        return ("exists", "") if stars[1] or stars[3] else ("is", "")
    return {(True, True): "contains", (True, False): "ends_with", (False, True): "starts_with", (False, False): "is"}[
        (bool(stars[1]), bool(stars[3]))
    ], literal


def _header_field(name: str, op: str) -> str:
    """The field that reads header `name`. An address field and a list's id read it differently: not for every op."""
    known = name.lower()
    if known == "subject":
        return "subject"
    if op in ("contains", "exists"):
        return {**ADDRESS_FIELDS, "list-id": "list_id"}.get(known, HEADER_PREFIX + name)
    return HEADER_PREFIX + name


def _condition(test: Node, field: str, op: str, value: str, negated: bool) -> Condition:
    if field == "list_id" and op == "contains" and (bracketed := re.fullmatch(r"<([^<>]+)>", value)):
        op, value = "is", bracketed[1]
    if negated and op not in OPPOSITES:
        raise refused(test, f"rules know no opposite of `{op}`; there is one of {', '.join(OPPOSITES)}")
    condition = Condition(field=field, op=OPPOSITES[op] if negated else op, value=value)
    try:
        compile_condition(condition)
    except RuleInvalid as error:
        raise refused(test, "; ".join(problem.message for problem in error.problems)) from error
    return condition


def _leaf(test: Node, conditions: list[Condition], negated: bool) -> Clauses:
    if len(conditions) == 1 or negated:
        return Clauses(conditions=tuple(conditions))
    return Clauses(conditions=tuple(conditions), match="any", single=_folded(conditions))


def _folded(conditions: list[Condition]) -> Condition | None:
    """One condition that passes where any of these does: possible on one field, through a pattern."""
    if len({condition.field for condition in conditions}) > 1:
        return None
    pieces = [_PATTERNS.get(condition.op) for condition in conditions]
    if None in pieces:
        return None
    patterns = (piece(condition.value) for piece, condition in zip(pieces, conditions, strict=True) if piece)
    folded = Condition(field=conditions[0].field, op="regex", value="|".join(patterns))
    try:
        compile_condition(folded)
    except RuleInvalid:
        return None
    return folded


_PATTERNS: dict[str, Callable[[str], str]] = {
    "is": lambda value: rf"\A{literal_source(value).decode()}\z",
    "contains": lambda value: literal_source(value).decode(),
    "starts_with": lambda value: rf"\A{literal_source(value).decode()}",
    "ends_with": lambda value: rf"{literal_source(value).decode()}\z",
    "matches": lambda value: glob_source(value).decode(),
    "regex": lambda value: f"(?:{value})",
}


def _size(test: Node, negated: bool) -> Condition:
    op = "over" if ":over" in test.tags else "under"
    limit = test.only("limit").upper()
    if not negated:
        return Condition(field="size", op=op, value=limit)
    octets = int(number(limit, FIELDS["size"]))
    if op == "over":
        return Condition(field="size", op="under", value=str(octets + 1))
    return Condition(field="size", op="over", value=str(octets - 1))
