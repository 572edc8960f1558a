"""Which automatic mails have gone out. A mail is claimed before it is sent, so that two processes never both send."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from rules.actions import AutoReply, Forward
from rules.facts import fold
from rules.models import SentKind, SentMail
from rules.periods import period
from rules.replies import FORWARDS_AN_HOUR, REPLIES_AN_HOUR, Past, Suppressed, within_limits

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The right to send one mail, once. `release` it when it certainly did not go out."""

    id: int


def claim_reply(
    action: AutoReply, *, agent_id: int, rule_id: int, to: str, now: datetime, an_hour: int = REPLIES_AN_HOUR
) -> Claim | Suppressed:
    """The right to answer `to`, unless this rule did so within its period, or the mailbox is at its cap."""
    return _claim(SentKind.REPLY, agent_id, rule_id, to, period(action.once_per), an_hour, now)


def claim_forward(
    action: Forward, *, agent_id: int, rule_id: int, now: datetime, an_hour: int = FORWARDS_AN_HOUR
) -> Claim | Suppressed:
    """The right to send a message on, unless the mailbox is at its cap."""
    return _claim(SentKind.FORWARD, agent_id, rule_id, action.to, timedelta(0), an_hour, now)


def _claim(
    kind: SentKind, agent_id: int, rule_id: int, to: str, once_per: timedelta, an_hour: int, now: datetime
) -> Claim | Suppressed:
    with transaction.atomic():
        _lock(agent_id)
        past = past_of(kind, agent_id=agent_id, rule_id=rule_id, to=to, now=now)
        refusal = within_limits(past, once_per=once_per, an_hour=an_hour, now=now)
        if refusal is not None:
            return refusal
        row = SentMail.objects.create(
            agent_id=agent_id,
            rule_id=rule_id,
            kind=kind,
            address=fold(to),
            sent_at=now,
            needed_until=now + max(once_per, HOUR),
        )
    return Claim(id=row.pk)


def _lock(agent_id: int) -> None:
    """One claim of an agent at a time. (On SQLite the transaction itself sees to that.)"""
    agents: Any = SentMail._meta.get_field("agent").related_model
    list(agents.objects.select_for_update(no_key=True).filter(pk=agent_id).values_list("pk"))


def past_of(kind: SentKind, *, agent_id: int, rule_id: int, to: str, now: datetime) -> Past:
    """What has gone out that counts for a mail of `rule_id` to `to` now."""
    sent = SentMail.objects.filter(agent_id=agent_id, kind=kind)
    last = sent.filter(rule_id=rule_id, address=fold(to)).order_by("-sent_at").values_list("sent_at", flat=True).first()
    return Past(last_at=last, in_hour=sent.filter(sent_at__gt=now - HOUR).count())


def release(claim: Claim) -> None:
    """Gives a claim back: its mail did not go out, and the next one may."""
    SentMail.objects.filter(pk=claim.id).delete()


def prune(now: datetime) -> int:
    """Drops what no limit looks at any more. How many rows."""
    return SentMail.objects.filter(needed_until__lt=now).delete()[0]
