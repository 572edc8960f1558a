"""The rules of an agent, from their rows."""

from rules.ruleset import Ruleset


def ruleset_for(agent_id: int) -> Ruleset:
    """All rules that `agent_id`'s messages are asked against."""
    return Ruleset()
