"""What was decided about one message: the rules that matched, and the steps they ask for, in order."""

from dataclasses import dataclass

from agenticmail.message import Priority
from rules.actions import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRef:
    """Which rule, for events and the journal."""

    id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One action to carry out, and the rule that asked for it."""

    rule: RuleRef
    action: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleError:
    """A rule that could not be used for this message, in words an administrator understands."""

    rule: RuleRef
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """`priority` is the message's after `set_priority`; steps hold what touches the mailbox or sends mail."""

    matched: tuple[RuleRef, ...] = ()
    steps: tuple[Step, ...] = ()
    priority: Priority = "normal"
    errors: tuple[RuleError, ...] = ()
