"""Who asks, and what they may see. Runs on a worker: it reads rows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from mailevents import fleet, queries, states
from mailevents.eventlog import log, past
from mailevents.eventlog.entry import Entry
from mailevents.eventlog.past import Reset
from mailevents.fleet import Member
from mailevents.http.guessing import Guesses
from mailevents.http.parameters import Asked, event_id
from mailevents.models import Agent, Mailbox, Token
from mailevents.problems import Problem, unauthorized
from mailevents.streams.stream import Start
from mailevents.tokens import digest

USED_EVERY = timedelta(minutes=1)  # how exact "last used" is
SCOPES = ("events", "watch")

# Asked for every request.
WHOSE = (
    "SELECT t.id, t.scope_events, t.scope_watch, t.revoked_at, t.expires_at, t.last_used_at, "  # noqa: S608 - our names
    f"a.id, a.name, a.enabled, a.acked_id, m.id FROM {Token._meta.db_table} t "
    f"JOIN {Agent._meta.db_table} a ON a.id = t.agent_id "
    f"LEFT JOIN {Mailbox._meta.db_table} m ON m.agent_id = a.id WHERE t.digest = %s"
)
USED = f"UPDATE {Token._meta.db_table} SET last_used_at = %s WHERE id = %s"  # noqa: S608 - our names


@dataclass(frozen=True, slots=True)
class _Token:
    """A row of WHOSE; times as they are stored."""

    id: int
    events: bool
    watch: bool
    revoked_at: datetime | None
    expires_at: datetime | None
    last_used_at: datetime | None
    agent_id: int
    agent: str
    enabled: bool
    acked_id: int | None
    mailbox_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """The agent that a good token belongs to."""

    token_id: int
    agent_id: int
    agent: str
    mailbox_id: int | None
    acked_id: int | None
    scopes: frozenset[str]


guesses = Guesses()


def caller(authorization: str | None, *needed: str, address: str = "") -> Caller:
    """Who the Authorization header names. 401 for no good token, 403 where it lacks all of the scopes `needed`.

    `address`: whom wrong tokens are counted against; 429 after too many.
    """
    scheme, _, text = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not text.strip():
        raise unauthorized("Send the header Authorization: Bearer <token>.")
    fingerprint = digest(text.strip())
    if not guesses.may_ask(address, fingerprint):
        raise Problem(429, "Too many wrong tokens came from this address.", Retry_After="5")
    found = queries.row(WHOSE, fingerprint)
    if found is None:
        guesses.wrong(address, fingerprint)
        raise unauthorized("This token is not known.")
    guesses.right(fingerprint)
    token = _Token(*found)
    now = timezone.now()
    _refuse_ended(token, now)
    scopes = frozenset(scope for scope in SCOPES if getattr(token, scope))
    if not scopes & set(needed):
        raise Problem(403, f"This token lacks the scope {' or '.join(needed)}.")
    last_used_at = queries.moment(token.last_used_at)
    if last_used_at is None or now - last_used_at > USED_EVERY:
        queries.change(USED, queries.stored(now), token.id)
    return Caller(
        token_id=token.id,
        agent_id=token.agent_id,
        agent=token.agent,
        mailbox_id=token.mailbox_id,
        acked_id=token.acked_id,
        scopes=scopes,
    )


def _refuse_ended(token: _Token, now: datetime) -> None:
    expires_at = queries.moment(token.expires_at)
    if token.revoked_at is not None:
        raise unauthorized("This token was revoked.")
    if expires_at is not None and expires_at <= now:
        raise unauthorized("This token has expired.")
    if not token.enabled:
        raise unauthorized("The agent of this token is disabled.")


def members(who: Caller, asked: Asked, *, watch: bool) -> list[Member]:
    """The agents that the request is about. 404 for one that is not below the caller, or does not exist."""
    if not watch:
        return [Member(who.agent_id, who.agent, who.mailbox_id)]
    below = fleet.load().below(who.agent_id)
    unknown = sorted(asked.agents - {member.name for member in below})
    if unknown:
        raise Problem(404, f"There is no agent {unknown[0][:64]!r} below {who.agent}.")
    return [member for member in below if not asked.agents or member.name in asked.agents]


def start(who: Caller, asked: Asked, found: list[Member]) -> Start:
    """Where the stream begins: Last-Event-ID, else `since`, else the acknowledged cursor, else now (CONTRACT 4)."""
    cursor, reset = _cursor(who, asked)
    return Start(cursor=cursor, reset=reset, states=states.current([member.id for member in found]))


def _cursor(who: Caller, asked: Asked) -> tuple[int, Reset | None]:
    if asked.last_event_id is not None:
        id = event_id(asked.last_event_id)
        return _from_id(id, asked.last_event_id[:64] if id is None else id)
    if isinstance(asked.since, datetime):
        return _from_time(asked.since)
    if asked.since is not None:
        return _from_id(asked.since, asked.since)
    if who.acked_id is not None:
        return _from_id(who.acked_id, who.acked_id)
    return log.head().id, None


def _from_id(id: int | None, requested: object) -> tuple[int, Reset | None]:
    if id is None or not log.has_given(id):
        return log.pruned().id, past.reset("cursor_unknown", requested)
    lost = past.expired(id)
    return (log.pruned().id if lost else id), lost


def _from_time(moment: datetime) -> tuple[int, Reset | None]:
    pruned = log.pruned()
    if pruned.occurred_at is not None and moment <= pruned.occurred_at:
        return pruned.id, past.reset("cursor_expired", moment.isoformat().replace("+00:00", "Z"))
    return log.before(moment), None


def acknowledge(who: Caller, id: int) -> int:
    """Remembers the cursor; it never goes back. 400 for an id that the log never held. The cursor as it now is."""
    if not log.has_given(id):
        raise Problem(400, f"The field 'id' takes the id of an event; {id} is not one yet.")
    Agent.objects.filter(pk=who.agent_id, acked_id=None).update(acked_id=id)
    Agent.objects.filter(pk=who.agent_id, acked_id__lt=id).update(acked_id=id)
    return Agent.objects.values_list("acked_id", flat=True).get(pk=who.agent_id) or id


def event(who: Caller, id: int | None) -> Entry:
    """One event of the caller's, or of an agent below where the token may watch. 404 otherwise."""
    agents = {who.agent_id} if "events" in who.scopes else set()
    if "watch" in who.scopes:
        agents |= {member.id for member in fleet.load().below(who.agent_id)}
    entry = log.one(id, agents) if id is not None else None
    if entry is None:
        raise Problem(404, "There is no such event, or it is no longer kept.")
    return entry
