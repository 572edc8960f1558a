"""A rule, a condition, an action in words, for administrators. Pure."""

from collections.abc import Sequence

from rules.actions import (
    Action,
    AutoReply,
    Copy,
    Delete,
    Flag,
    Forward,
    Label,
    MarkRead,
    Move,
    SetPriority,
    Stop,
    Unlabel,
)
from rules.conditions import Condition
from rules.fields import HEADER_PREFIX, PRESENCE_OPS
from rules.spec import RuleSpec

_LONGEST_VALUE = 80

_FIELDS = {
    "from": "the sender",
    "to": "a “To” address",
    "cc": "a “Cc” address",
    "recipient": "a recipient",
    "reply_to": "the “Reply-To” address",
    "subject": "the subject",
    "body": "the text",
    "list_id": "the mailing list",
    "attachment_name": "an attachment’s name",
    "attachment_type": "an attachment’s type",
    "size": "the size",
    "priority": "the priority",
    "label": "a label",
    "folder": "the folder",
    "spam_verdict": "the spam verdict",
    "spam_score": "the spam score",
    "spam_category": "a spam category",
}
_OPS = {
    "is": "is",
    "is_not": "is not",
    "contains": "contains",
    "not_contains": "does not contain",
    "starts_with": "starts with",
    "ends_with": "ends with",
    "matches": "looks like",
    "regex": "matches the pattern",
    "domain_is": "is at the domain",
    "over": "is over",
    "under": "is under",
    "exists": "is there",
    "absent": "is missing",
}


def rule_sentence(spec: RuleSpec) -> str:
    """The whole rule: `If the subject contains “invoice”, move it to “Invoices”, then stop.`"""
    does = [action_words(action) for action in spec.actions]
    if spec.stop and not any(isinstance(action, Stop) for action in spec.actions):
        does.append(action_words(Stop()))
    what = _listed(does, "and") if does else "do nothing"
    if not spec.conditions:
        return f"With every message: {what}."
    joint = "and" if spec.match == "all" else "or"
    return f"If {_listed([condition_words(each) for each in spec.conditions], joint)}: {what}."


def condition_words(condition: Condition) -> str:
    """`the subject contains “invoice”`."""
    field = condition.field
    if field.startswith(HEADER_PREFIX):
        subject = f"the header “{field.removeprefix(HEADER_PREFIX)}”"
    else:
        subject = _FIELDS.get(field, field)
    words = f"{subject} {_OPS.get(condition.op, condition.op)}"
    return words if condition.op in PRESENCE_OPS else f"{words} {_quoted(condition.value)}"


def action_words(action: Action) -> str:
    """`move it to “Invoices”`."""
    match action:
        case Move(folder=folder):
            return f"move it to {_quoted(folder)}"
        case Copy(folder=folder):
            return f"copy it to {_quoted(folder)}"
        case Label(label=label):
            return f"label it {_quoted(label)}"
        case Unlabel(label=label):
            return f"take the label {_quoted(label)} off"
        case SetPriority(priority=priority):
            return f"give it {priority} priority"
        case Forward(to=to):
            return f"forward it to {to}"
        case AutoReply(once_per=once_per):
            return f"answer it, each sender once per {once_per}"
        case _:
            return _PLAIN[type(action)]


_PLAIN: dict[type[Action], str] = {
    MarkRead: "mark it as read",
    Flag: "flag it",
    Delete: "delete it",
    Stop: "ask no further rules",
}


def _quoted(value: str) -> str:
    return f"“{value if len(value) <= _LONGEST_VALUE else value[: _LONGEST_VALUE - 1] + '…'}”"


def _listed(parts: Sequence[str], joint: str) -> str:
    *first, last = parts
    return f"{', '.join(first)} {joint} {last}" if first else last
