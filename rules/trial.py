"""What rules would do to messages, without doing it. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from agenticmail.message import Message
from rules.actions import AutoReply, Forward
from rules.decide import decide
from rules.decision import Decision, Step
from rules.replies import Allowed, Suppressed
from rules.ruleset import Ruleset
from rules.sentence import action_words
from spamfilter.verdict import Verdict

# Whether the mail of an auto_reply or a forward would go out.
MaySend = Callable[[Step, Message, Verdict], Allowed | Suppressed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One message, and what would become of it. `withheld` are the steps, by place, whose mail would not go out."""

    message: Message
    verdict: Verdict
    decision: Decision
    withheld: dict[int, Suppressed]

    @property
    def matched(self) -> bool:
        return bool(self.decision.matched)

    @property
    def words(self) -> list[str]:
        """What would be done, a phrase for each step, with the reason where it would not."""
        return [self._words(place, step) for place, step in enumerate(self.decision.plan)]

    def _words(self, place: int, step: Step) -> str:
        words = action_words(step.action)
        if step.superseded:
            return f"{words} – not done: {step.superseded.replace('_', ' ')}"
        held = self.withheld.get(place)
        return f"{words} – not done: {held.detail}" if held else words

    def as_dict(self) -> dict[str, Any]:
        """As the `rules` object of an event, without what only doing it can tell."""
        return {
            "verdict": self.verdict.verdict,
            "score": round(self.verdict.score, 2),
            "priority": self.decision.priority,
            "matched": [{"id": rule.id, "name": rule.name} for rule in self.decision.matched],
            "actions": [self._step(place, step) for place, step in enumerate(self.decision.plan)],
            "errors": [
                {"rule": {"id": error.rule.id, "name": error.rule.name}, "message": error.message}
                for error in self.decision.errors
            ],
        }

    def _step(self, place: int, step: Step) -> dict[str, Any]:
        held = self.withheld.get(place)
        reason = step.superseded or (held.reason if held else "")
        would = {"status": "suppressed", "reason": reason} if reason else {"status": "planned"}
        return {**step.action.as_dict(), "rule": step.rule.name, **would}


def what_would_happen(
    ruleset: Ruleset,
    messages: Iterable[tuple[Message, Verdict]],
    *,
    may_send: MaySend,
    folder: str = "INBOX",
) -> Iterable[Tried]:
    """Each message with what `ruleset` would do to it, in order, as it is asked for."""
    for message, verdict in messages:
        decision = decide(message, verdict, ruleset, folder=folder)
        withheld = {
            place: answer
            for place, step in enumerate(decision.plan)
            if isinstance(step.action, AutoReply | Forward) and not step.superseded
            for answer in (may_send(step, message, verdict),)
            if isinstance(answer, Suppressed)
        }
        yield Tried(message=message, verdict=verdict, decision=decision, withheld=withheld)
