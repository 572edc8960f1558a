"""Once a heartbeat: are the open streams' tokens still good, who is in the fleet, and which mailboxes do they have?
A few queries for all streams.

A token that was revoked, lost its scope, or whose agent was disabled ends its streams with `revoked`; one that ran
out, with `closing`. A stream whose agents changed, or their names, goes on over those that there are now.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from mailevents import fleet
from mailevents.fleet import Fleet, Member
from mailevents.models import Token
from mailevents.streams.stream import End, Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """The agents that a stream is over, and their mailboxes."""

    names: list[str]
    ids: frozenset[int]
    mailboxes: list[int]

    @classmethod
    def over(cls, members: Sequence[Member]) -> "Membership":
        return cls(
            names=[member.name for member in members],
            ids=frozenset(member.id for member in members),
            mailboxes=fleet.mailboxes_of(members),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a token that is neither revoked nor of a disabled agent is good for, and until when; and the agent."""

    scopes: frozenset[str]
    expires_at: datetime | None
    agent: Member


def good_tokens(token_ids: Iterable[int]) -> dict[int, Standing]:
    """The standing of those of these tokens that have one. One query."""
    rows = Token.objects.filter(id__in=set(token_ids), revoked_at=None, agent__enabled=True)
    columns = ("id", "scope_events", "scope_watch", "expires_at", "agent_id", "agent__name", "agent__mailbox__id")
    return {
        id: Standing(
            scopes=frozenset(scope for scope, given in (("events", events), ("watch", watch)) if given),
            expires_at=expires_at,
            agent=Member(*agent),
        )
        for id, events, watch, expires_at, *agent in rows.values_list(*columns)
    }


def verdict(viewer: Viewer, standing: Standing | None, now: datetime) -> End | None:
    """Why this viewer's stream must end; None where it may go on."""
    if viewer.token_id is None:
        return None
    if standing is None or viewer.scope not in standing.scopes:
        return End.REVOKED
    if standing.expires_at is not None and standing.expires_at <= now:
        return End.TOKEN_EXPIRED
    return None


def look(token_ids: Iterable[int], *, with_fleet: bool) -> tuple[dict[int, Standing], Fleet | None, datetime]:
    """All that a round of the guard needs to know. On a worker."""
    return good_tokens(token_ids), fleet.load() if with_fleet else None, timezone.now()


class Memberships:
    """The agents that streams are over now; worked out once for all that are over the same."""

    def __init__(self, everyone: Fleet) -> None:
        self._everyone = everyone
        self._found: dict[tuple[object, ...], Membership] = {}

    def of(self, viewer: Viewer) -> Membership:
        """That of this viewer's stream."""
        key = (viewer.scope, viewer.agent_id, viewer.token_id is None, viewer.narrowed)
        if key not in self._found:
            self._found[key] = Membership.over(members_for(viewer, self._everyone))
        return self._found[key]


def members_for(viewer: Viewer, everyone: Fleet) -> list[Member]:
    """The agents that this viewer's stream is over now."""
    if viewer.scope == "events":
        member = everyone.members.get(viewer.agent_id)
        return [member] if member else []
    below = everyone.below(viewer.agent_id) if viewer.token_id is not None else list(everyone.members.values())
    return [member for member in below if not viewer.narrowed or member.name in viewer.narrowed]
