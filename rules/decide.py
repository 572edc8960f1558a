"""Decides what a message's rules ask for. Pure: no rows, no network, no clock."""

import logging

from agenticmail.message import Message
from rules.actions import Action, AutoReply, Forward, Label, Move, SetPriority, Stop, Unlabel
from rules.decision import Decision, RuleError, RuleRef, Step
from rules.facts import Facts, fold
from rules.ruleset import CompiledRule, Ruleset
from spamfilter.verdict import Verdict

log = logging.getLogger(__name__)

ALREADY_ANSWERED = "already_answered"
ALREADY_FORWARDED = "already_forwarded"


def decide(message: Message, verdict: Verdict, ruleset: Ruleset, *, folder: str = "INBOX") -> Decision:
    """What `ruleset` asks for `message`, which lies in `folder`, in order.

    Never raises: a broken rule is an error in the decision, and the others go on. A rule sees the priority, labels
    and folder that earlier ones gave the message.
    """
    facts = Facts(message, verdict, folder)
    matched: list[RuleRef] = []
    plan = _Plan()
    errors: list[RuleError] = []
    for rule in ruleset.candidates(facts):
        problem = rule.problem
        if not problem:
            try:
                if not rule.matches(facts):
                    continue
            except Exception as error:  # one rule must not cost the message its other rules
                log.exception("rule %s (%s) failed on message %s", rule.ref.id, rule.ref.name, message.message_id)
                problem = f"the rule failed: {type(error).__name__}"
        if problem:
            errors.append(RuleError(rule=rule.ref, message=problem))
            continue
        matched.append(rule.ref)
        if plan.add(rule, facts):
            break
    return Decision(matched=tuple(matched), plan=tuple(plan.steps), priority=facts.priority, errors=tuple(errors))


class _Plan:
    """The steps so far. A message is answered once, and forwarded to one address once, whichever rules ask for it."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._sent: set[str] = set()

    def add(self, rule: CompiledRule, facts: Facts) -> bool:
        """Adds what `rule` asks for, and says whether it ends the asking."""
        for action in rule.actions:
            self.steps.append(Step(rule=rule.ref, action=action, superseded=self._superseded(action)))
            _settle(action, facts)
            if isinstance(action, Stop):
                return True
        return rule.stop

    def _superseded(self, action: Action) -> str:
        match action:
            case AutoReply():
                key, reason = "", ALREADY_ANSWERED
            case Forward(to=to):
                key, reason = fold(to), ALREADY_FORWARDED
            case _:
                return ""
        if key in self._sent:
            return reason
        self._sent.add(key)
        return ""


def _settle(action: Action, facts: Facts) -> None:
    """Lets the rules that follow see what `action` makes of the message."""
    match action:
        case SetPriority(priority=priority):
            facts.set_priority(priority)
        case Move(folder=folder):
            facts.set_folder(folder)
        case Label(label=label):
            facts.add_label(label)
        case Unlabel(label=label):
            facts.remove_label(label)
        case _:
            pass
