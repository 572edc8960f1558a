"""Rules as a Sieve script. What Sieve cannot say, or not the same, is refused with the rule's name."""

import re
import string
from collections.abc import Callable, Iterable, Iterator

from rules.actions import Action, AutoReply, Copy, Delete, Flag, Forward, Label, MarkRead, Move, Stop, Unlabel
from rules.conditions import Condition, number
from rules.fields import FIELDS, HEADER_PREFIX
from rules.periods import period
from rules.sieve.conditions import ADDRESS_FIELDS, OPPOSITES
from rules.sieve.errors import NoSieve
from rules.spec import RuleSpec

_HEADERS = {field: header.title() for header, field in ADDRESS_FIELDS.items()}
_POSITIVE = {opposite: op for op, opposite in OPPOSITES.items()}
_FLAGS = MarkRead | Flag | Label | Unlabel
_DOMAIN = re.compile(r"@[^\s@*?\\]+")


class _Unsayable(Exception):
    """What Sieve has no words for."""


def export_script(rules: Iterable[RuleSpec]) -> str:
    """A script that does what `rules` do, in order. NoSieve names each rule that can't be said."""
    writing = _Writing()
    problems, blocks = [], []
    for rule in rules:
        try:
            blocks.append(writing.rule(rule))
        except _Unsayable as reason:
            problems.append(f"rule {rule.name!r}: {reason}")
    if problems:
        raise NoSieve(problems)
    needed = ", ".join(map(_quoted, sorted(writing.extensions)))
    return "\n".join([f"require [{needed}];\n"] * bool(needed) + blocks)


class _Writing:
    """Writes rules, and collects the extensions that they need."""

    def __init__(self) -> None:
        self.extensions: set[str] = set()

    def rule(self, rule: RuleSpec) -> str:
        actions = [action for action in rule.actions if not isinstance(action, Stop)]
        lines = [f"    {line}" for line in self._actions(actions)]
        if rule.stop or len(actions) < len(rule.actions):
            lines.append("    stop;")
        test = self._test(rule)
        return "\n".join([f"# rule:[{rule.name}]", f"if {test} {{", *lines, "}", ""])

    # -- conditions

    def _test(self, rule: RuleSpec) -> str:
        tests = [self._condition(condition) for condition in rule.conditions]
        if len(tests) > 1:
            test = f"{'allof' if rule.match == 'all' else 'anyof'} ({', '.join(tests)})"
        else:
            test = tests[0] if tests else "true"
        if rule.enabled:
            return test
        return f"allof (false, {test})" if tests else "false"

    def _condition(self, condition: Condition) -> str:
        op = _POSITIVE.get(condition.op, condition.op)
        test = self._positive(condition.field, op, condition.value)
        return f"not {test}" if op != condition.op else test

    def _positive(self, field: str, op: str, value: str) -> str:
        if field == "size":
            return f"size :{op} {_octets(value)}"
        if field == "body":
            self.extensions.add("body")
            return f"body :text {self._matching(op, value)}"
        if field in _HEADERS:
            return self._address(field, op, value)
        if field == "list_id":
            return self._list(op, value)
        if field == "subject" or field.startswith(HEADER_PREFIX):
            header = "Subject" if field == "subject" else field.removeprefix(HEADER_PREFIX)
            return f"exists {_quoted(header)}" if op == "exists" else self._header(header, op, value)
        raise _Unsayable(f"Sieve knows no {field}")

    def _header(self, header: str, op: str, value: str) -> str:
        match = self._matching(op, value)
        tag, _, key = match.partition(" ")
        return f"header {tag} {_quoted(header)} {key}"

    def _address(self, field: str, op: str, value: str) -> str:
        header = _HEADERS[field]
        if op == "exists":
            return f"exists {_quoted(header)}"
        if op == "contains":
            return self._header(header, op, value)
        if op == "domain_is":
            return f"address :domain :matches {_quoted(header)} [{_quoted(value)}, {_quoted('*.' + value)}]"
        if op == "ends_with" and _DOMAIN.fullmatch(value):
            return f"address :domain :is {_quoted(header)} {_quoted(value[1:])}"
        if "@" not in value:
            raise _Unsayable(f"Sieve compares addresses without the name: `{field} {op} {value}` may mean either")
        tag, _, key = self._matching(op, value).partition(" ")
        return f"address :all {tag} {_quoted(header)} {key}"

    def _list(self, op: str, value: str) -> str:
        if op == "exists":
            return 'exists "List-Id"'
        if op == "is":
            return self._header("List-Id", "contains", f"<{value}>")
        if op == "contains":
            return self._header("List-Id", op, value)
        raise _Unsayable(f"Sieve knows a list's whole header only, so no `list_id {op}`")

    def _matching(self, op: str, value: str) -> str:
        """The tag and the key that ask for `op`."""
        keys: dict[str, Callable[[str], str]] = {
            "is": lambda text: f":is {_quoted(text)}",
            "contains": lambda text: f":contains {_quoted(text)}",
            "starts_with": lambda text: f":matches {_quoted(_literal(text) + '*')}",
            "ends_with": lambda text: f":matches {_quoted('*' + _literal(text))}",
            "matches": lambda text: f":matches {_quoted(text)}",
            "regex": lambda text: f":regex {_quoted(text)}",
        }
        if op not in keys:
            raise _Unsayable(f"Sieve has no `{op}` here")
        if op == "regex":
            self.extensions.add("regex")
        return keys[op](value)

    # -- actions

    def _actions(self, actions: list[Action]) -> Iterator[str]:
        leaving = [action for action in actions if isinstance(action, Move | Delete)]
        if len(leaving) > 1:
            raise _Unsayable("it moves or deletes the message more than once")
        # Flags reach what is filed after them only (RFC 5232 section 2), so they come first.
        for action in sorted(actions, key=lambda action: not isinstance(action, _FLAGS)):
            yield from self._action(action)

    def _action(self, action: Action) -> Iterator[str]:
        match action:
            case Move(folder=folder):
                self.extensions.add("fileinto")
                yield f"fileinto {_quoted(folder)};"
            case Copy(folder=folder):
                self.extensions |= {"fileinto", "copy"}
                yield f"fileinto :copy {_quoted(folder)};"
            case MarkRead() | Flag() | Label() | Unlabel():
                self.extensions.add("imap4flags")
                yield f"{'removeflag' if isinstance(action, Unlabel) else 'addflag'} {_quoted(_flag(action))};"
            case Delete():
                yield "discard;"
            case Forward(to=to):
                self.extensions.add("copy")
                yield f"redirect :copy {_quoted(to)};"
            case AutoReply():
                yield self._vacation(action)
            case _:
                raise _Unsayable(f"Sieve has no `{action.name}`")

    def _vacation(self, action: AutoReply) -> str:
        self.extensions.add("vacation")
        seconds = int(period(action.once_per).total_seconds())
        if seconds and seconds % 86400 == 0:
            words = [f":days {seconds // 86400}"]
        else:
            self.extensions.add("vacation-seconds")
            words = [f":seconds {seconds}"]
        if action.subject:
            words.append(f":subject {_quoted(_plain(action.subject))}")
        return f"vacation {' '.join(words)} {_quoted(_plain(action.text))};"


def _flag(action: Action) -> str:
    match action:
        case MarkRead():
            return "\\Seen"
        case Flag():
            return "\\Flagged"
        case Label(label=label) | Unlabel(label=label) if not re.search(r"\s", label):
            return label
    raise _Unsayable("a label with a space is no keyword of IMAP")


def _plain(template: str) -> str:
    """A template without placeholders, as the text that it stands for."""
    pieces = list(string.Formatter().parse(template))
    if any(name is not None for _, name, _, _ in pieces):
        raise _Unsayable("Sieve's vacation has no placeholders")
    return "".join(text for text, _, _, _ in pieces)


def _octets(value: str) -> str:
    if re.fullmatch(r"[0-9]+[kmgKMG]?", value):
        return value.upper()
    octets = number(value, FIELDS["size"])
    if octets < 0 or octets != int(octets):
        raise _Unsayable(f"Sieve knows whole numbers of octets only, not {value}")
    return str(int(octets))


def _literal(text: str) -> str:
    return re.sub(r"([*?\\])", r"\\\1", text)


def _quoted(text: str) -> str:
    return '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'
