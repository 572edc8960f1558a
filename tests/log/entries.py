"""Agents and log entries for tests, written as the product writes them."""

from typing import Any

from mailevents.eventlog import log
from mailevents.eventlog.entry import NewEntry
from mailevents.models import Agent, Mailbox


def new_agent(name: str = "billing", parent: Agent | None = None, **mailbox: Any) -> Agent:
    agent = Agent.objects.create(name=name, parent=parent)
    columns = {"host": "127.0.0.1", "port": 1, "security": "plain", "user": name, "uidvalidity": 1, "last_uid": 0}
    Mailbox.objects.create(agent=agent, **(columns | mailbox))
    return agent


def new_entry(agent: Agent, uid: int | None = None, **columns: Any) -> NewEntry:
    """One entry of the agent's mailbox; with `uid`, that of a message, which the log takes only once."""
    data = columns.pop("data", '{"agent":"%s","message":{"uid":%s}}' % (agent.name, uid or "null"))  # noqa: UP031
    columns = {"type": "new" if uid else "flags", "generation": 0, "arrival_uid": uid} | columns
    return NewEntry(agent_id=agent.pk, mailbox_id=agent.mailbox.pk, data=data, **columns)


def append(agent: Agent, *uids: int, **columns: Any) -> list[int]:
    """Logs messages of the agent at once, without a writer. Their ids."""
    return log.append([new_entry(agent, uid, **columns) for uid in uids])
