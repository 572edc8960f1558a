"""Bearer tokens: made once, shown once, kept as a digest."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from mailevents.models import Agent, Token

PREFIX_LENGTH = 11  # "am_" and eight characters: enough to tell two apart, nothing to guess the rest from
SCOPES = ("events", "watch")


def issue(
    agent: Agent, *, scopes: tuple[str, ...] = SCOPES, expires_at: datetime | None = None, label: str = ""
) -> tuple[Token, str]:
    """A new token for `agent`, and its text: the only time that it can be seen."""
    token, text = _made(agent, scopes, expires_at, label)
    token.save()
    return token, text


def issue_each(agents: Iterable[Agent]) -> dict[str, str]:
    """A new token for each of `agents`, of every scope: their texts, by the agents' names. A query for hundreds."""
    made = {agent.name: _made(agent) for agent in agents}
    Token.objects.bulk_create([token for token, _text in made.values()], batch_size=500)
    return {name: text for name, (_token, text) in made.items()}


def _made(
    agent: Agent, scopes: tuple[str, ...] = SCOPES, expires_at: datetime | None = None, label: str = ""
) -> tuple[Token, str]:
    text = "am_" + secrets.token_urlsafe(32)
    token = Token(
        agent=agent,
        label=label,
        prefix=text[:PREFIX_LENGTH],
        digest=digest(text),
        scope_events="events" in scopes,
        scope_watch="watch" in scopes,
        expires_at=expires_at,
    )
    return token, text


def digest(text: str) -> str:
    """SHA-256, in hex. 256 random bits need no slow hash, and an index finds it without comparing secrets."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def revoke(tokens: "object") -> int:
    """Revokes the tokens of a query set from now on; how many were not revoked before."""
    return int(tokens.filter(revoked_at=None).update(revoked_at=timezone.now()))  # type: ignore[attr-defined]
