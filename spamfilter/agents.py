"""The agent that a command names, found without knowing the room that agents live in."""

from typing import Any

from spamfilter.models import ListEntry

SHOWN = 20


def agent_named(name: str) -> Any:
    """The agent `name`; ValueError names those that there are."""
    agents = ListEntry._meta.get_field("agent").related_model._default_manager
    agent = agents.select_related("mailbox").filter(name=name).first()
    if agent is not None:
        return agent
    known = list(agents.order_by("name").values_list("name", flat=True)[: SHOWN + 1])
    names = ", ".join(known[:SHOWN]) + (", …" if len(known) > SHOWN else "")
    raise ValueError(f"There is no agent {name!r}. " + (f"There are: {names}." if known else "There is none yet."))
