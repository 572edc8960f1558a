"""Puts agents below the parents that a file declares, when all of them are there."""

from collections.abc import Mapping, Sequence

from mailevents.configuration.changes import Change, changed, differences
from mailevents.configuration.declared import Declared
from mailevents.enrolment import hint
from mailevents.models import Agent


def place(declared: Sequence[Declared], rows: Mapping[str, Agent], new: set[str]) -> list[Change]:
    """Puts each agent below its parent, when all are there."""
    changes: list[Change] = []
    moved: list[Agent] = []
    names = {one.name for one in declared}
    wanted = {one.parent for one in declared if one.parent} - set(rows)
    above = dict(rows) | {agent.name: agent for agent in Agent.objects.filter(name__in=wanted)}
    parents: dict[str, str | None] = dict(Agent.objects.values_list("name", "parent__name"))
    for one in declared:
        agent = rows.get(one.name)
        if agent is None:
            continue
        if one.parent and one.parent not in above:
            if one.parent not in names:
                known = [*names, *Agent.objects.values_list("name", flat=True)]
                one.entry.wrong("parent", f"there is no agent named {one.parent!r}.{hint(one.parent, known)}")
            continue
        before, agent.parent = parents[agent.name], above[one.parent] if one.parent else None
        parents[agent.name] = one.parent
        if before != one.parent:
            moved.append(agent)
            if one.name not in new:
                changes += changed(f"agent {one.name}", differences({"parent": before}, {"parent": one.parent}))
    Agent.objects.bulk_update(moved, ["parent"], batch_size=500)
    _refuse_circles(declared, parents)
    return changes


def _refuse_circles(declared: Sequence[Declared], parents: Mapping[str, str | None]) -> None:
    for one in declared:
        seen, above = {one.name}, one.parent
        while above is not None and above not in seen:
            seen.add(above)
            above = parents.get(above)
        if above == one.name:
            one.entry.wrong("parent", f"{one.parent!r} is {one.name!r} itself, or below it")
