"""A rule as a value: what the admin, a configuration file and a Sieve script all come down to."""

from dataclasses import dataclass
from typing import Literal

from rules.actions import Action
from rules.conditions import Condition

Match = Literal["all", "any"]
MATCHES: tuple[Match, ...] = ("all", "any")
LAST_POSITION = 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSpec:
    """Without conditions it is for every message. `stop`: when it matched, no later rule is asked."""

    name: str
    actions: tuple[Action, ...]
    conditions: tuple[Condition, ...] = ()
    match: Match = "all"
    position: int = 0
    stop: bool = False
    enabled: bool = True
