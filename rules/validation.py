"""From what a person wrote (a form, a configuration file, a script) to a rule's values, or to what is wrong with it.

Every mistake is told at once, each with its place and what would be right. Knows no rows and no forms.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rules.actions import ACTIONS, Action, Stop
from rules.addresses import is_address
from rules.conditions import Condition, check_op, compile_condition
from rules.errors import Problem, RuleInvalid
from rules.fields import PRESENCE_OPS, field_named
from rules.periods import period
from rules.spec import LAST_POSITION, MATCHES, RuleSpec
from rules.wording import check_template

LONGEST_NAME = 100
LONGEST_FOLDER = 255
LONGEST_LABEL = 100
LONGEST_SUBJECT = 200
LONGEST_TEXT = 20000
MOST_CONDITIONS = 100
MOST_ACTIONS = 20

RULE_KEYS = ("name", "position", "match", "stop", "enabled", "conditions", "actions")
_CONDITION_KEYS = ("field", "op", "value")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LAYOUT = dict.fromkeys(map(ord, "\n\r\t"), " ")


def build_rule(data: Mapping[str, Any]) -> RuleSpec:
    """The rule of a `[[rule]]` entry, without its `agent`. RuleInvalid holds all that is wrong with it."""
    problems = _unknown(data, RULE_KEYS)
    checks: dict[str, Callable[[Any], Any]] = {
        "name": _name,
        "position": _position,
        "match": _match,
        "stop": _flag,
        "enabled": _flag,
        "conditions": _conditions,
        "actions": _actions,
    }
    fields: dict[str, Any] = {}
    for key, check in checks.items():
        if key in data or key in ("name", "actions"):
            try:
                fields[key] = check(data.get(key))
            except RuleInvalid as error:
                problems += error.problems
            except ValueError as error:
                problems.append(Problem(where=key, message=str(error)))
    if not problems and not fields["actions"] and not fields.get("stop"):
        problems.append(Problem(where="actions", message="there is none; a rule takes at least one, or stop = true"))
    if problems:
        raise RuleInvalid(problems)
    return RuleSpec(**fields)


def build_condition(data: Mapping[str, Any]) -> Condition:
    """The condition of `{field, op, value}`. RuleInvalid names field, op or value and what it takes."""
    problems = _unknown(data, _CONDITION_KEYS)
    for key in ("field", "op"):
        if not isinstance(data.get(key), str) or not data[key]:
            problems.append(Problem(where=key, message="is missing; it takes a text"))
    if problems:
        raise RuleInvalid(problems)
    check_op(data["field"], data["op"])
    condition = Condition(field=data["field"], op=data["op"], value=_value(data))
    compile_condition(condition)
    return condition


def build_action(data: Mapping[str, Any]) -> Action:
    """The action of `{action, …}`. RuleInvalid names the key and what it takes."""
    name = data.get("action")
    if name is None:
        raise _invalid("action", f"is missing; it takes one of {', '.join(ACTIONS)}")
    if not isinstance(name, str) or name not in ACTIONS:
        raise _invalid("action", f"unknown action {name!r}; it takes one of {', '.join(ACTIONS)}")
    checks = _ACTION_FIELDS.get(name, {})
    problems = _unknown(data, ("action", *checks))
    fields: dict[str, str] = {}
    for key, check in checks.items():
        optional = key in _OPTIONAL
        if optional and key not in data:
            continue
        try:
            fields[key] = check(_text(data.get(key), optional=optional))
        except ValueError as error:
            problems.append(Problem(where=key, message=str(error)))
    if problems:
        raise RuleInvalid(problems)
    return ACTIONS[name](**fields)


def fields_of(action: str) -> tuple[str, ...]:
    """The fields that an action takes, besides its name."""
    return tuple(_ACTION_FIELDS.get(action, ()))


def _value(data: Mapping[str, Any]) -> str:
    value = data.get("value", "")
    if data["op"] in PRESENCE_OPS and value != "":
        raise _invalid("value", f"{data['op']} takes no value")
    if isinstance(value, int | float) and not isinstance(value, bool) and field_named(data["field"]).numeric:
        return str(value)
    if not isinstance(value, str):
        takes = "a number" if field_named(data["field"]).numeric else "a text, in quotes"
        raise _invalid("value", f"{value!r} is of another kind; {data['field']} {data['op']} takes {takes}")
    return value


def _name(value: Any) -> str:
    return _line(_text(value, optional=False), LONGEST_NAME)


def _position(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LAST_POSITION:
        raise ValueError(f"{value!r} is no position; it takes a whole number from 0 to {LAST_POSITION}")
    return value


def _match(value: Any) -> str:
    if value not in MATCHES:
        raise ValueError(f"{value!r} is unknown; it takes one of {', '.join(MATCHES)}")
    return str(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{value!r} is unknown; it takes true or false")
    return value


def _conditions(value: Any) -> tuple[Condition, ...]:
    return tuple(_each(value, "conditions", build_condition, MOST_CONDITIONS))


def _actions(value: Any) -> tuple[Action, ...]:
    actions = tuple(_each([] if value is None else value, "actions", build_action, MOST_ACTIONS))
    for index, action in enumerate(actions[:-1]):
        if isinstance(action, Stop):
            raise _invalid(f"actions[{index + 1}]", "stands after `stop`, which ends the rule; put `stop` last")
    return actions


def _each(value: Any, key: str, build: Callable[[Mapping[str, Any]], Any], most: int) -> Sequence[Any]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"{value!r} is no list; it takes a list of tables")
    if len(value) > most:
        raise ValueError(f"there are {len(value)}; a rule takes at most {most}")
    built, problems = [], []
    for index, entry in enumerate(value):
        where = f"{key}[{index}]"
        if not isinstance(entry, Mapping):
            problems.append(Problem(where=where, message=f"{entry!r} is no table"))
            continue
        try:
            built.append(build(entry))
        except RuleInvalid as error:
            problems += [problem.inside(where) for problem in error.problems]
    if problems:
        raise RuleInvalid(problems)
    return built


def _unknown(data: Mapping[str, Any], known: Sequence[str]) -> list[Problem]:
    taken = ", ".join(key for key in known if key != "action")
    message = f"is unknown here; it takes {taken}" if taken else "is unknown here; it takes nothing else"
    return [Problem(where=key, message=message) for key in data if key not in known]


def _text(value: Any, *, optional: bool) -> str:
    if value is None or (value == "" and not optional):
        raise ValueError("is missing")
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")
    return value


def _folder(value: str) -> str:
    return _line(value, LONGEST_FOLDER)


def _label(value: str) -> str:
    if value.startswith("\\"):
        raise ValueError(f"{value!r} is a flag of the mail system; a label starts with no backslash")
    return _line(value, LONGEST_LABEL)


def _priority(value: str) -> str:
    choices = field_named("priority").choices
    if value not in choices:
        raise ValueError(f"{value!r} is no priority; it takes one of {', '.join(choices)}")
    return value


def _recipient(value: str) -> str:
    if not is_address(value):
        raise ValueError(f"{value!r} is no address; it takes one bare address, such as ann@example.com")
    return value


def _subject(value: str) -> str:
    check_template(value)
    return _line(value, LONGEST_SUBJECT) if value else value


def _reply_text(value: str) -> str:
    check_template(value)
    if len(value) > LONGEST_TEXT:
        raise ValueError(f"is {len(value)} characters long; it takes at most {LONGEST_TEXT}")
    if not value.strip() or _CONTROL.search(value.translate(_LAYOUT)):
        raise ValueError("takes text without control characters, and not only white space")
    return value


def _once_per(value: str) -> str:
    period(value)
    return value


def _line(value: str, longest: int) -> str:
    """`value` without white space around it, as one line of text."""
    text = value.strip()
    if not text or _CONTROL.search(text):
        raise ValueError(f"{value!r} takes one line of text, without control characters")
    if len(text) > longest:
        raise ValueError(f"is {len(text)} characters long; it takes at most {longest}")
    return text


def _invalid(where: str, message: str) -> RuleInvalid:
    return RuleInvalid([Problem(where=where, message=message)])


_OPTIONAL = ("subject", "once_per")
_ACTION_FIELDS: dict[str, dict[str, Callable[[str], str]]] = {
    "move": {"folder": _folder},
    "copy": {"folder": _folder},
    "label": {"label": _label},
    "unlabel": {"label": _label},
    "set_priority": {"priority": _priority},
    "forward": {"to": _recipient},
    "auto_reply": {"text": _reply_text, "subject": _subject, "once_per": _once_per},
}
