"""The agents that entries of a file refer to, by name."""

from dataclasses import dataclass

from mailevents.configuration.entries import Entry
from mailevents.enrolment import hint
from mailevents.models import Agent


class Unresolved(Exception):
    """An entry's agent is not there; where that is a mistake of this entry, it is noted."""


@dataclass(frozen=True, slots=True)
class Agents:
    """Every agent's id by its name; `declared` are the names in the file, those of refused entries too."""

    ids: dict[str, int]
    declared: frozenset[str]

    def of(self, entry: Entry) -> int | None:
        """The id of the entry's `agent`, None where it is left out: for every agent. Unresolved where it is wrong."""
        if "agent" not in entry.data:
            return None
        name = entry.text("agent", takes="the name of an agent; left out, it is for every agent")
        if name in self.ids:
            return self.ids[name]
        if name is not None and name not in self.declared:
            known = {*self.ids, *self.declared}
            entry.wrong("agent", f"there is no agent named {name!r}.{hint(name, known)}")
        raise Unresolved


def agents_there_are(entries: list[Entry]) -> Agents:
    """The rows, and what the file declares."""
    declared = frozenset(str(entry.data.get("name")) for entry in entries)
    return Agents(dict(Agent.objects.values_list("name", "pk")), declared)


def owner(entry: Entry) -> str:
    """`of billing`, or `for every agent`."""
    return f"of {entry.data['agent']}" if "agent" in entry.data else "for every agent"
