"""How mailboxes fare, as their rows say: for administrators, and for the streams of every process."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count
from django.utils import timezone

from mailevents import queries
from mailevents.jsontext import dumps, timestamp
from mailevents.models import Agent, Mailbox, MailboxState, Process
from mailevents.process import OWNER

STATES = (
    "SELECT m.id, m.state, m.detail, m.next_attempt_at, m.agent_id, m.generation, a.name, m.wanted_since, m.lease_id "  # noqa: S608 - ours
    f"FROM {Mailbox._meta.db_table} m JOIN {Agent._meta.db_table} a ON a.id = m.agent_id WHERE "
)
LIVING = f"SELECT name FROM {Process._meta.db_table} WHERE name IN {{names}} AND until > {{now}}"  # noqa: S608
RECENT = timedelta(seconds=15)  # clocks of processes may differ a little; what was told is not told twice


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One mailbox's state, as a `mailbox` event tells it, and how often its messages were numbered anew.

    `unknown`: nobody has ever wanted it, so what lies in it is not known.
    """

    mailbox_id: int
    state: str
    detail: str = ""
    next_attempt_at: datetime | None = None
    agent_id: int = 0
    agent: str = ""
    generation: int = 0
    unknown: bool = field(default=False, compare=False)

    @property
    def is_watched(self) -> bool:
        return self.state != MailboxState.UNWATCHED

    def json(self) -> str:
        at = self.next_attempt_at
        return dumps(
            {
                "agent": self.agent,
                "state": self.state,
                "detail": self.detail,
                "next_attempt_at": timestamp(at) if at else None,
            }
        )


def unwatched() -> dict[str, Any]:
    """The columns of a mailbox that nobody watches from now on."""
    return {"state": MailboxState.UNWATCHED, "detail": "", "state_at": timezone.now(), "next_attempt_at": None}


def current(agent_ids: Iterable[int]) -> list[State]:
    """The states of these agents' mailboxes. What a process said that has died since counts as not watched."""
    now = timezone.now()
    agents = list(agent_ids)
    found = list(_states(f"m.agent_id IN {queries.places(agents)}", *agents))
    alive = _alive({lease for lease, state in found if lease})
    return [state if lease in alive or _outlives(state, now) else _unwatched(state) for lease, state in found]


def recent() -> list[State]:
    """The states that changed a moment ago, whichever process changed them."""
    return [state for _lease, state in _states("m.state_at > %s", queries.stored(timezone.now() - RECENT))]


def _alive(names: set[str]) -> set[str]:
    """Those of these processes that live; of itself a process knows it."""
    others = sorted(names - {OWNER})
    rows = queries.rows(LIVING.format(names=queries.places(others), now=queries.now()), *others) if others else []
    return {OWNER, *(name for (name,) in rows)}


def _outlives(state: State, now: datetime) -> bool:
    """Whether it holds without a process: the next attempt is somebody's to make, and the disabled wait for nobody."""
    waits = state.next_attempt_at is not None and state.next_attempt_at > now
    return waits or state.state == MailboxState.DISABLED


def _unwatched(state: State) -> State:
    return replace(state, state=MailboxState.UNWATCHED)


def _states(condition: str, *values: Any) -> Iterator[tuple[str | None, State]]:
    """Each with the process that holds the mailbox."""
    for pk, state, detail, at, agent_id, generation, agent, wanted_since, lease in queries.rows(
        STATES + condition, *values
    ):
        yield (
            lease,
            State(
                mailbox_id=pk,
                state=state,
                detail=detail,
                next_attempt_at=queries.moment(at),
                agent_id=agent_id,
                agent=agent,
                generation=generation,
                unknown=wanted_since is None,
            ),
        )


def count_states() -> list[tuple[str, int]]:
    """How many mailboxes are in each state."""
    return list(Mailbox.objects.order_by().values_list("state").annotate(Count("pk")))
