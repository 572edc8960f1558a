"""The way a message took, by its Received headers (RFC 5321 section 4.4). Pure; bounded.

Only what the mailbox's own servers wrote is to be believed: the headers from the top down to the one that
names a client outside. Everything below may be invented.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_tz
from typing import NamedTuple

from spamfilter.names import ascii_host, ip_address, is_public, same_organisation

MAX_HOPS = 10
MAX_HEADER_CHARACTERS = 1_500

_FROM = re.compile(r"^\s*+from\s++(\S{1,255})", re.IGNORECASE)
_BY = re.compile(r"[Bb][Yy](?<!\w..)\s++(\S{1,255})")  # begun with letters, which are quickly looked for
_WITH = re.compile(r"with(?<!\w....)\s++([A-Za-z]{3,12})")
_BRACKETED_IP = re.compile(r"\[(?:IPv6:)?([0-9A-Fa-f.:]{3,45})\]", re.IGNORECASE)
_ROUND_IP = re.compile(r"\((?:[^()\s]{1,255}\s)?(?:IPv6:)?([0-9A-Fa-f.:]{7,45})\)")
_REVERSE = re.compile(r"\(([A-Za-z0-9._-]{1,255})\.?\s*+(?:\(|\[)")
_MONTHS = {name: f"{n:02}" for n, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
_USUAL_DATE = re.compile(
    rf"\s{{0,9}}(?:[A-Z][a-z]{{2}},\s{{1,4}})?([0-9]{{1,2}}) ({'|'.join(_MONTHS)}) ([12][0-9]{{3}}) "
    r"([0-9]{2}:[0-9]{2}:[0-9]{2}) ([+-][0-9]{4})(?: \([A-Z]{1,5}\))?\s{0,9}$"
)
_QMAIL = re.compile(r"\((?:HELO\s++(\S{1,255}?))?\)?\s*+\(?(?:[^()\s]{1,80}@)?([0-9.]{7,15})\)", re.IGNORECASE)


class Hop(NamedTuple):
    """One Received header. `helo`: what the client called itself; `reverse`: the name its address has."""

    helo: str
    reverse: str  # "" where the server did not say, "unknown" where it looked and found none
    ip: str
    by: str
    protocol: str
    stamp: str = ""

    @property
    def at(self) -> datetime | None:
        """When the server took it."""
        return read_date(self.stamp)


def read_trace(values: Sequence[str]) -> tuple[Hop, ...]:
    """The hops of the Received headers `values`, the latest first. Never raises."""
    return tuple([_hop(value[:MAX_HEADER_CHARACTERS]) for value in values[:MAX_HOPS]])


def client_of(hops: Sequence[Hop], authserv_id: str = "") -> Hop | None:
    """The hop in which the mailbox's own servers took the message from outside; None where none says so.

    Own servers are those of the authserv-id's organisation, where it is known; hops within it, and those from
    addresses that are not public, are inside.
    """
    for hop in hops:
        if not hop.ip or not is_public(hop.ip):
            continue
        inside = authserv_id and same_organisation(hop.by, authserv_id) and same_organisation(hop.reverse, authserv_id)
        if not inside:
            return hop
    return None


def _hop(value: str) -> Hop:
    stamp = value.rpartition(";")[2] if ";" in value else ""
    start = _FROM.match(value)
    by = _BY.search(value)
    sender = value[: by.start()] if by and start else (value if start else "")
    helo, reverse, ip = start[1] if start else "", "", ""
    if start:
        found = _BRACKETED_IP.search(sender) or _ROUND_IP.search(sender)
        ip = ip_address(found[1]) if found else ""
        named = _REVERSE.search(sender)
        reverse = named[1].lower() if named else ""
        if not ip and (qmail := _QMAIL.search(sender)):
            helo, reverse, ip = qmail[1] or helo, helo.lower(), ip or ip_address(qmail[2])
    protocol = _WITH.search(value)
    return Hop(
        helo=helo.strip("()[];").lower()[:255],
        reverse=reverse,
        ip=ip,
        by=ascii_host(by[1].strip("();")) if by else "",
        protocol=protocol[1].upper() if protocol else "",
        stamp=stamp[:100],
    )


def read_date(text: str) -> datetime | None:
    """The date-time of RFC 5322 in `text`, in UTC; None where there is none or it cannot be."""
    if usual := _USUAL_DATE.match(text):
        day, month, year, clock, zone = usual.groups()
        try:
            return datetime.fromisoformat(f"{year}-{_MONTHS[month]}-{day:0>2}T{clock}{zone}").astimezone(UTC)
        except (ValueError, OverflowError):
            pass  # a zone beyond a day
    try:
        parsed = parsedate_tz(text.strip()[:100])
        if not parsed:
            return None
        naive = datetime(*parsed[:6], tzinfo=UTC)
        return datetime.fromtimestamp(naive.timestamp() - (parsed[9] or 0), UTC)
    except (ValueError, OverflowError, TypeError, IndexError, OSError):
        return None
