"""What the console shows of agents and mailboxes: the rows as they are now, as plain JSON. Runs on a worker."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone

from mailevents import words
from mailevents.eventlog import log
from mailevents.jsontext import timestamp
from mailevents.models import Agent, MailboxState

MOST_AGENTS = 300  # shown; those in trouble first
RECENT = 50  # entries before the head of the log

TROUBLED = (MailboxState.AUTH_FAILED, MailboxState.RECONNECTING)

Outline = dict[int, tuple[int | None, str, str | None]]


def snapshot() -> dict[str, Any]:
    """Counts over all agents, the agents themselves in the order of their tree, and the end of the log."""
    outline: Outline = {
        pk: (parent_id, name, state)
        for pk, parent_id, name, state in Agent.objects.order_by("name").values_list(
            "pk", "parent_id", "name", "mailbox__state"
        )
    }
    places = dict(_in_tree(outline))
    head = log.head().id
    states = Counter(state for _parent, _name, state in outline.values())
    return {
        "counts": {
            "agents": len(outline),
            "mailboxes": len(outline) - states[None],
            "watched": states[MailboxState.IDLE],
            "trouble": sum(states[state] for state in TROUBLED),
        },
        "agents": _agents(outline, places, timezone.now()),
        "cursor": head,
        "recent": [entry.json for entry in log.after(max(0, head - RECENT), RECENT)],
    }


def _in_tree(outline: Outline) -> Iterator[tuple[int, int]]:
    """(agent, depth), each agent below its parent. One in a circle of parents stands at the end."""
    children: dict[int | None, list[int]] = {}
    for pk, (parent_id, _name, _state) in outline.items():
        children.setdefault(parent_id, []).append(pk)
    ahead = [(pk, 0) for pk in reversed(children.get(None, []))]
    left = dict.fromkeys(outline)
    while ahead:
        pk, depth = ahead.pop()
        del left[pk]
        yield pk, depth
        ahead += [(child, depth + 1) for child in reversed(children.get(pk, []))]
    yield from ((pk, 0) for pk in left)


def _agents(outline: Outline, places: dict[int, int], now: datetime) -> list[dict[str, Any]]:
    troubled_first = sorted(places, key=lambda pk: outline[pk][2] not in TROUBLED)
    shown = frozenset(troubled_first[:MOST_AGENTS])
    rows = Agent.objects.select_related("mailbox__lease").in_bulk(shown)
    return [_agent(rows[pk], depth, now) for pk, depth in places.items() if pk in rows]


def _agent(agent: Agent, depth: int, now: datetime) -> dict[str, Any]:
    mailbox = getattr(agent, "mailbox", None)
    wording = words.mailbox_state(mailbox, enabled=agent.enabled, now=now)
    return {
        "id": agent.pk,
        "name": agent.name,
        "depth": depth,
        "mailbox": str(mailbox) if mailbox else None,
        "state": wording.text,
        "tone": wording.tone,
        "detail": mailbox.detail if mailbox else "",
        "since": timestamp(mailbox.state_at) if mailbox and mailbox.state_at else None,
    }
