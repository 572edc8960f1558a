"""How a mailbox fares: written on its row for administrators and other processes, told to this one's streams."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connections
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Now
from django.db.utils import DatabaseError, InterfaceError
from django.utils import timezone

from mailevents.jsontext import dumps, timestamp
from mailevents.models import Mailbox, MailboxState, Process
from mailevents.process import OWNER

RECENT = timedelta(seconds=15)  # clocks of processes may differ a little; what was told is not told twice


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One mailbox's state, as a `mailbox` event tells it, and how often its messages were numbered anew."""

    mailbox_id: int
    state: str
    detail: str = ""
    next_attempt_at: datetime | None = None
    agent_id: int = 0
    agent: str = ""
    generation: int = 0

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


class StateTeller:
    """Writes states; `told` is called after each. A database that is away costs the row its news, nothing else.

    Where another process holds the mailbox by now, it is that one's to tell.
    """

    def __init__(self, told: Callable[[], None]) -> None:
        self._told = told

    def tell(self, state: State) -> None:
        try:
            Mailbox.objects.filter(_not_anothers(), pk=state.mailbox_id).update(
                state=state.state,
                detail=state.detail,
                state_at=timezone.now(),
                next_attempt_at=state.next_attempt_at,
            )
        except (DatabaseError, InterfaceError):
            connections.close_all()
        self._told()


def tell_all_unwatched() -> None:
    """This process ends: nobody watches what it held. One query."""
    Mailbox.objects.filter(lease=OWNER).update(
        state=MailboxState.UNWATCHED, detail="", state_at=timezone.now(), next_attempt_at=None
    )


def _not_anothers() -> Q:
    return Q(lease=None) | Q(lease=OWNER)


def _holders() -> "QuerySet[Process]":
    return Process.objects.filter(name=OuterRef("lease"), until__gt=Now())


def current(agent_ids: Iterable[int]) -> list[State]:
    """The states of these agents' mailboxes. What a process said that has died since counts as not watched."""
    alive = Q(Exists(_holders())) | Q(next_attempt_at__gt=Now()) | Q(state=MailboxState.DISABLED)
    stated = Case(When(alive, then=F("state")), default=Value(MailboxState.UNWATCHED.value))
    return _states(Mailbox.objects.filter(agent_id__in=agent_ids), stated)


def recent() -> list[State]:
    """The states that changed a moment ago, whichever process changed them."""
    return _states(Mailbox.objects.filter(state_at__gt=timezone.now() - RECENT), F("state"))


def _states(rows: "QuerySet[Mailbox]", stated: Combinable) -> list[State]:
    columns = ("detail", "next_attempt_at", "agent_id", "generation", "agent__name")
    return [
        State(
            mailbox_id=pk,
            state=state,
            detail=detail,
            next_attempt_at=at,
            agent_id=agent_id,
            agent=agent,
            generation=generation,
        )
        for pk, state, detail, at, agent_id, generation, agent in rows.annotate(stated=stated).values_list(
            "pk", "stated", *columns
        )
    ]


def count_states() -> list[tuple[str, int]]:
    """How many mailboxes are in each state."""
    return list(Mailbox.objects.order_by().values_list("state").annotate(Count("pk")))
