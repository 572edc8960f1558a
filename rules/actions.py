"""What a rule may do to a message, as values: decided here, carried out elsewhere."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from agenticmail.message import Priority

ONCE_PER = "7d"  # RFC 5230 section 4.1's default


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing to do. `name` is its name in rules, events and the journal (CONTRACT section 3)."""

    name: ClassVar[str]

    def as_dict(self) -> dict[str, Any]:
        """`{"action": name, …its own fields}`: the form in rules, in the journal and in an event."""
        return {"action": self.name, **asdict(self)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(Action):
    name: ClassVar[str] = "move"
    folder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy(Action):
    name: ClassVar[str] = "copy"
    folder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Label(Action):
    name: ClassVar[str] = "label"
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlabel(Action):
    name: ClassVar[str] = "unlabel"
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkRead(Action):
    name: ClassVar[str] = "mark_read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag(Action):
    name: ClassVar[str] = "flag"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPriority(Action):
    name: ClassVar[str] = "set_priority"
    priority: Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class Delete(Action):
    name: ClassVar[str] = "delete"


@dataclass(frozen=True, slots=True, kw_only=True)
class Forward(Action):
    name: ClassVar[str] = "forward"
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AutoReply(Action):
    name: ClassVar[str] = "auto_reply"
    text: str
    subject: str = ""  # empty: "Re: " and the message's own
    once_per: str = ONCE_PER  # how long one sender gets no second one


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop(Action):
    name: ClassVar[str] = "stop"


ACTIONS: dict[str, type[Action]] = {
    kind.name: kind
    for kind in (Move, Copy, Label, Unlabel, MarkRead, Flag, SetPriority, Delete, Forward, AutoReply, Stop)
}


def action_from_dict(data: dict[str, Any]) -> Action:
    """The action that `as_dict` wrote. ValueError names the unknown action, TypeError the wrong field."""
    fields = dict(data)
    name = fields.pop("action", None)
    if name not in ACTIONS:
        raise ValueError(f"unknown action {name!r}; it takes one of {', '.join(ACTIONS)}")
    return ACTIONS[name](**fields)
