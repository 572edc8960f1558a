"""What was decided about one message: the rules that matched, and the steps they ask for, in order."""

from dataclasses import dataclass

from agenticmail.message import Priority
from rules.actions import Action, SetPriority, Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRef:
    """Which rule, for events and the journal."""

    id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One action, and the rule that asked for it. `superseded`: why it is not to be carried out, or empty."""

    rule: RuleRef
    action: Action
    superseded: str = ""

    @property
    def settled(self) -> bool:
        """Deciding was all there was to do: the decision holds its effect."""
        return isinstance(self.action, SetPriority | Stop)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleError:
    """A rule that could not be used for this message, in words an administrator understands."""

    rule: RuleRef
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """`plan` is every action asked for, in order; `priority` is the message's after `set_priority`."""

    matched: tuple[RuleRef, ...] = ()
    plan: tuple[Step, ...] = ()
    priority: Priority = "normal"
    errors: tuple[RuleError, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """The part of the plan that touches the mailbox or sends mail."""
        return tuple(step for step in self.plan if not step.settled and not step.superseded)
