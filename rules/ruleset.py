"""An agent's rules, compiled once: its own before the common ones, each by position."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruleset:
    """Compiled rules in the order in which they are asked."""
