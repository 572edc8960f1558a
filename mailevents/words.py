"""How a mailbox, a token and a moment are put into words for an administrator. Pure; HTML only where said."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince, timeuntil

from mailevents.models import Mailbox, MailboxState, Process, Token, Watch

OVERDUE = timedelta(minutes=2)  # an attempt that is not made so long after its time is made by nobody

Tone = Literal["good", "busy", "bad", "quiet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A short text and how it is meant."""

    text: str
    tone: Tone


def badge(wording: Wording) -> SafeString:
    """As HTML: the text with a dot of its tone's colour."""
    return format_html('<span class="am-badge am-{}">{}</span>', wording.tone, wording.text)


def mailbox_state(mailbox: Mailbox | None, *, enabled: bool, now: datetime) -> Wording:
    """How the watching of a mailbox fares, in words."""
    if mailbox is None:
        return Wording(text="no mailbox yet", tone="bad")
    if not enabled:
        return Wording(text="agent is disabled", tone="quiet")
    left_at = _left_at(mailbox, now)
    if left_at is not None:
        return Wording(text=f"left by its watcher {ago(left_at, now)}", tone="busy")
    match mailbox.state:
        case MailboxState.IDLE:
            return Wording(text="watching", tone="good")
        case MailboxState.CONNECTING:
            return Wording(text="connecting", tone="busy")
        case MailboxState.RECONNECTING:
            return Wording(text=f"reconnecting{_next(mailbox, now)}", tone="busy")
        case MailboxState.AUTH_FAILED:
            return Wording(text=f"login refused{_next(mailbox, now)}", tone="bad")
        case MailboxState.DISABLED:
            return Wording(text="disabled", tone="quiet")
    if mailbox.watch == Watch.ALWAYS:
        return Wording(text="not watched: no server is running", tone="busy")
    return Wording(text="not watched: no stream is open", tone="quiet")


def token_state(token: Token, now: datetime) -> Wording:
    """Whether a token still opens anything."""
    if token.revoked_at is not None:
        return Wording(text=f"revoked {ago(token.revoked_at, now)}", tone="bad")
    if token.expires_at is not None and token.expires_at <= now:
        return Wording(text=f"expired {ago(token.expires_at, now)}", tone="bad")
    if not (token.scope_events or token.scope_watch):
        return Wording(text="opens nothing: no scope", tone="bad")
    return Wording(text="active", tone="good")


def scopes(token: Token) -> str:
    """The token's scopes, comma-separated."""
    held = [name for name, has in (("events", token.scope_events), ("watch", token.scope_watch)) if has]
    return ", ".join(held) or "none"


def ago(moment: datetime, now: datetime) -> str:
    """`3 minutes ago`: the one largest unit."""
    return f"{_largest(timesince(moment, now))} ago"


def _left_at(mailbox: Mailbox, now: datetime) -> datetime | None:
    """When the process that watched it is last known to have lived, where that is gone without a word."""
    if mailbox.state == MailboxState.UNWATCHED:
        return None
    with suppress(Process.DoesNotExist):
        if mailbox.lease is not None:
            return mailbox.lease.until if mailbox.lease.until < now else None
    due = mailbox.next_attempt_at
    return due if due is not None and due < now - OVERDUE else None


def _next(mailbox: Mailbox, now: datetime) -> str:
    if mailbox.next_attempt_at is None or mailbox.next_attempt_at <= now:
        return ""
    seconds = int((mailbox.next_attempt_at - now).total_seconds())
    again = f"{seconds} seconds" if seconds < 60 else _largest(timeuntil(mailbox.next_attempt_at, now))
    return f", next attempt in {again}"


def _largest(span: str) -> str:
    return span.split(", ")[0].replace("\xa0", " ")
