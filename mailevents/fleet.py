"""The tree of agents: who is below whom."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from mailevents.models import Agent


@dataclass(frozen=True, slots=True)
class Member:
    """One enabled agent."""

    id: int
    name: str
    mailbox_id: int | None


def mailboxes_of(members: Iterable[Member]) -> list[int]:
    """Those of these agents."""
    return [member.mailbox_id for member in members if member.mailbox_id is not None]


@dataclass(frozen=True, slots=True)
class Fleet:
    """All agents as they are now. A disabled agent is not among its parent's, but its children still are."""

    members: dict[int, Member]
    children: dict[int, list[int]]

    def below(self, agent_id: int) -> list[Member]:
        """All enabled agents below this one, at any depth, by name. A loop in the rows does no harm."""
        found: dict[int, Member] = {}
        seen, ahead = {agent_id}, [agent_id]
        while ahead:
            for child in self.children.get(ahead.pop(), ()):
                if child not in seen:
                    seen.add(child)
                    ahead.append(child)
                    if child in self.members:
                        found[child] = self.members[child]
        return sorted(found.values(), key=lambda member: member.name)


def load() -> Fleet:
    """One query."""
    members: dict[int, Member] = {}
    children: dict[int, list[int]] = defaultdict(list)
    rows = Agent.objects.values_list("id", "name", "parent_id", "enabled", "mailbox__id")
    for agent_id, name, parent_id, enabled, mailbox_id in rows:
        if enabled:
            members[agent_id] = Member(agent_id, name, mailbox_id)
        if parent_id is not None:
            children[parent_id].append(agent_id)
    return Fleet(members, dict(children))
