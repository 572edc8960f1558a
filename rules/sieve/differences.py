"""Where a script that rules are written to does not quite the same as they do: for people to know, not a mistake."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from rules.actions import Delete, Move, Stop
from rules.spec import RuleSpec


def differences(rules: Iterable[RuleSpec]) -> Iterator[str]:
    """Sieve files a message to every place that is named; here the last move counts, and a deletion before any."""
    placing = [rule for rule in rules if rule.enabled and _has(rule, Move, Delete)]
    for rule, later in pairwise(placing):
        if not rule.stop and not _has(rule, Stop):
            yield (
                f"rules {rule.name!r} and {later.name!r} may both move a message: Sieve files it to both places, rules "
                f"to the last; where only one of them is meant to, let {rule.name!r} stop"
            )


def _has(rule: RuleSpec, *actions: type) -> bool:
    return any(isinstance(action, actions) for action in rule.actions)
