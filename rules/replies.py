"""Whether an automatic mail may go out (RFC 3834, RFC 5230). Pure: no rows, no network, no clock.

Both answers and forwards are for mail from people. What a machine wrote, what went to many, and what has been
here before is left alone, and the reason said.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from agenticmail.message import Message
from rules.actions import AutoReply, Forward
from rules.addresses import is_address
from rules.facts import fold
from rules.periods import period
from spamfilter.verdict import Verdict

REPLIES_AN_HOUR = 60  # of one mailbox, whatever its rules
FORWARDS_AN_HOUR = 200
OLDEST_ANSWERED = timedelta(days=1)
LARGEST_FORWARDED = 25 * 1024 * 1024  # octets; what most servers take at most
MOST_HOPS = 5  # automatic mails in a row
_MOST_RECEIVED = 50  # RFC 5321 section 6.3 counts these to find loops

TRACE = "X-Loop"  # one line for each address that a mail has been sent on from automatically


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """It may go out, to this address."""

    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppressed:
    """It may not. `reason` is a short stable symbol, `detail` says it in words."""

    reason: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What has gone out: when to this address by this rule last, and how many of the mailbox in the last hour."""

    last_at: datetime | None = None
    in_hour: int = 0


NOTHING_SENT = Past()


def may_reply(
    action: AutoReply,
    message: Message,
    verdict: Verdict,
    *,
    own_addresses: Collection[str],
    agent_addresses: Collection[str],
    now: datetime,
    past: Past = NOTHING_SENT,
    an_hour: int = REPLIES_AN_HOUR,
) -> Allowed | Suppressed:
    """Whether `message` may be answered, and to whom: its envelope sender (RFC 3834 section 4), else its author.

    `own_addresses` are the mailbox's, `agent_addresses` those of all agents, both in any case.
    """
    to = message.return_path or message.from_.address
    refusal = (
        _spam(verdict)
        or _sender(message, to)
        or _looping(message, to, own_addresses, agent_addresses)
        or _to_many(message)
        or _automatic(message)
        or _late(message, now)
        or within_limits(past, once_per=period(action.once_per), an_hour=an_hour, now=now)
    )
    return refusal or Allowed(to=to)


def may_forward(
    action: Forward,
    message: Message,
    *,
    own_addresses: Collection[str],
    now: datetime,
    past: Past = NOTHING_SENT,
    an_hour: int = FORWARDS_AN_HOUR,
) -> Allowed | Suppressed:
    """Whether `message` may be sent on: not to where it has been, not in circles, not without bound."""
    to = fold(action.to)
    own = _folded(own_addresses)
    been = _folded(_trace(message))
    delivered = _folded(value.strip().strip("<>") for value in message.header_all("delivered-to"))
    hops = len(_trace(message))
    refusal: Suppressed | None = None
    if to in own:
        refusal = Suppressed(reason="own_address", detail=f"{action.to} is this mailbox's own address")
    elif own & been or to in been | delivered:
        refusal = Suppressed(reason="loop", detail=f"the message has been here or at {action.to} before")
    elif hops >= MOST_HOPS or len(message.header_all("received")) > _MOST_RECEIVED:
        refusal = Suppressed(reason="too_many_hops", detail="the message has been sent on too often")
    elif message.size > LARGEST_FORWARDED:
        refusal = Suppressed(reason="too_large", detail=f"the message has {message.size} octets")
    refusal = refusal or within_limits(past, once_per=timedelta(0), an_hour=an_hour, now=now)
    return refusal or Allowed(to=action.to)


def within_limits(past: Past, *, once_per: timedelta, an_hour: int, now: datetime) -> Suppressed | None:
    """What the mails that went out before say against another one."""
    if past.last_at is not None and now - past.last_at < once_per:
        return Suppressed(
            reason="once_per_period", detail=f"this rule wrote to this address on {past.last_at:%Y-%m-%d %H:%M} UTC"
        )
    if past.in_hour >= an_hour:
        return Suppressed(reason="hourly_cap", detail=f"this mailbox sent {past.in_hour} automatic mails this hour")
    return None


def _spam(verdict: Verdict) -> Suppressed | None:
    return Suppressed(reason="spam", detail="the message is spam") if verdict.spam else None


def _sender(message: Message, to: str) -> Suppressed | None:
    if message.return_path == "":
        return Suppressed(reason="null_sender", detail="its envelope sender is null: it takes no answer (RFC 5321)")
    if not to:
        return Suppressed(reason="no_sender", detail="the message names no sender")
    if not is_address(to):
        return Suppressed(reason="invalid_sender", detail="its sender is no address that can be written to")
    for address in _senders(message):
        if _is_robot(address):
            return Suppressed(reason="no_reply_address", detail=f"{address} reads no answers")
    return None


def _senders(message: Message) -> Iterator[str]:
    yield message.from_.address
    yield message.return_path or ""
    if message.sender is not None:
        yield message.sender.address


_ROBOT = re.compile(
    r"(?:.*[._+-])?(?:no[._-]?reply|(?:do[._-]?not|dont|never)[._-]?reply|mailer[._-]?daemon|postmaster|bounces?"
    r"|listserv|majordomo|mailman|auto[._-]?(?:reply|responder|confirm))(?:[0-9]*|[._+=-].*)"
    r"|owner-.*|.*-(?:owner|request|relay)",
    re.IGNORECASE | re.DOTALL,
)


def _is_robot(address: str) -> bool:
    return bool(_ROBOT.fullmatch(address.rpartition("@")[0][:64]))


def _looping(
    message: Message, to: str, own_addresses: Collection[str], agent_addresses: Collection[str]
) -> Suppressed | None:
    own, senders = _folded(own_addresses), _folded((*_senders(message), to))
    if own & senders:
        return Suppressed(reason="own_address", detail="the message comes from this mailbox itself")
    if own & _folded(_trace(message)):
        return Suppressed(reason="loop", detail="this mailbox has sent this message on, or answered it, before")
    if senders & _folded(agent_addresses) and (message.in_reply_to or message.references or _trace(message)):
        return Suppressed(reason="agent_loop", detail="another agent wrote it in answer to something")
    return None


def _trace(message: Message) -> tuple[str, ...]:
    return tuple(value.strip() for value in message.header_all(TRACE))


_LIST_HEADERS = {"mailing-list", "x-mailing-list", "x-beenthere", "x-mailman-version", "x-listname", "x-list"}


def _to_many(message: Message) -> Suppressed | None:
    if message.list_id or any(name.startswith("list-") or name in _LIST_HEADERS for name, _ in message.headers):
        return Suppressed(reason="list", detail="it came over a mailing list")
    precedence = _first_word(message.header("precedence"))
    if precedence in ("bulk", "list", "junk"):
        return Suppressed(reason="list", detail=f"its Precedence is {precedence}")
    return None


_AUTOMATIC_HEADERS = {
    "x-autoreply",
    "x-auto-reply",
    "x-autorespond",
    "x-autoresponder",
    "x-auto-reply-from",
    "x-autogenerated",
    "x-failed-recipients",
    "x-cron-env",
}
_REPORTS = ("multipart/report", "message/delivery-status", "message/disposition-notification")


def _automatic(message: Message) -> Suppressed | None:
    submitted = _first_word(message.header("auto-submitted"))
    if submitted not in ("", "no"):
        return Suppressed(reason="automatic", detail=f"it is {submitted} (Auto-Submitted)")
    wishes = {word.strip().lower() for word in ",".join(message.header_all("x-auto-response-suppress")).split(",")}
    if wishes & {"all", "autoreply", "oof"}:
        return Suppressed(reason="automatic", detail="it asks for no automatic answer (X-Auto-Response-Suppress)")
    if _first_word(message.header("precedence")) == "auto_reply" or any(
        name in _AUTOMATIC_HEADERS for name, _ in message.headers
    ):
        return Suppressed(reason="automatic", detail="a header says that a machine wrote it")
    if _first_word(message.header("content-type")) in _REPORTS:
        return Suppressed(reason="automatic", detail="it is a report on mail")
    return None


def _first_word(value: str | None) -> str:
    """The value of a header up to its parameters and comments, in lower case."""
    return re.split(r"[;(\s]", (value or "").strip(), maxsplit=1)[0].lower()


def _late(message: Message, now: datetime) -> Suppressed | None:
    if now - message.received_at > OLDEST_ANSWERED:
        return Suppressed(reason="too_old", detail=f"it arrived on {message.received_at:%Y-%m-%d %H:%M} UTC")
    return None


def _folded(addresses: Collection[str] | Iterator[str]) -> set[str]:
    return {fold(address) for address in addresses if address}
