"""Headers that are missing, forged, doubled or malformed (RFC 5322), and dates that cannot be."""

import re
from datetime import datetime, timedelta

from spamfilter.checks.registry import check
from spamfilter.evidence import Evidence
from spamfilter.names import ascii_host, ip_address, organisation
from spamfilter.policy import Policy

_ONCE = ("from", "date", "subject", "message-id", "to", "cc", "reply-to", "sender", "mime-version", "content-type")
_SHOWN_FIRST = ("subject", "from")
_LATE, _EARLY = timedelta(hours=6), timedelta(days=-3)
_MESSAGE_ID = re.compile(r"^<[^<>@\s]{1,400}@[^<>@\s]{1,255}>$")
_SERVER_MADE = re.compile(
    r"^<(?:\d{14}\.[0-9A-F]{8,16}|\d{12}\.[0-9A-Za-z]{14,16}|E1[0-9A-Za-z]{5}-[0-9A-Za-z-]{8,22})@"
)
_DATE_RULES = re.compile(
    r"^(?:[A-Za-z]{3},?\s+)?\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\s+\d{1,2}:\d{2}(?::\d{2})?\s*(?:[+-]\d{4}|[A-Za-z]{1,5})?\s*(?:\(.*\))?\s*$"
)


@check("FROM_MISSING")
def from_missing(evidence: Evidence, policy: Policy) -> bool:
    return not evidence.sender_domain


@check("FROM_SEVERAL")
def from_several(evidence: Evidence, policy: Policy) -> bool:
    return evidence.header_count("from") > 1


@check("HEADER_TWICE")
def header_twice(evidence: Evidence, policy: Policy) -> str:
    return ", ".join(name for name in _ONCE if name != "from" and evidence.header_count(name) > 1)


@check("DATE_MISSING")
def date_missing(evidence: Evidence, policy: Policy) -> bool:
    return not evidence.header("date")


@check("DATE_MALFORMED")
def date_malformed(evidence: Evidence, policy: Policy) -> bool:
    value = evidence.header("date") or ""
    return bool(value) and (evidence.message.date is None or not _DATE_RULES.match(value[:200]))


@check("DATE_FUTURE")
def date_future(evidence: Evidence, policy: Policy) -> bool:
    """Written after it arrived."""
    arrived = next((at for hop in evidence.hops if (at := hop.at)), None)
    return _after(evidence.message.date, arrived) > _LATE


@check("DATE_PAST")
def date_past(evidence: Evidence, policy: Policy) -> bool:
    """Written days before any server saw it."""
    first_seen = next((at for hop in reversed(evidence.hops) if (at := hop.at)), None)
    return _after(evidence.message.date, first_seen) < _EARLY


@check("DATE_ZONE_ODD")
def date_zone_odd(evidence: Evidence, policy: Policy) -> bool:
    value = evidence.header("date") or ""
    zone = re.search(r"([+-])(\d{2})(\d{2})\s*(?:\(.*)?$", value[:200])
    return zone is not None and (int(zone[2]) > 14 or zone[3] not in ("00", "15", "30", "45"))


def _after(sent: datetime | None, arrived: datetime | None) -> timedelta:
    """How long after its arrival, by Received, a message says it was written; never by today's clock."""
    return sent - arrived if sent and arrived else timedelta()


@check("MESSAGE_ID_MISSING")
def message_id_missing(evidence: Evidence, policy: Policy) -> bool:
    return not (evidence.header("message-id") or "").strip()


@check("MESSAGE_ID_MALFORMED")
def message_id_malformed(evidence: Evidence, policy: Policy) -> bool:
    value = (evidence.header("message-id") or "").strip()
    return bool(value) and not _MESSAGE_ID.match(value[:900])


@check("MESSAGE_ID_NO_DOMAIN")
def message_id_no_domain(evidence: Evidence, policy: Policy) -> bool:
    host = _message_id_host(evidence)
    return bool(host) and (
        "." not in host or bool(ip_address(host.strip("[]"))) or host.endswith((".local", ".localdomain"))
    )


@check("MESSAGE_ID_BY_SERVER")
def message_id_by_server(evidence: Evidence, policy: Policy) -> bool:
    value = (evidence.header("message-id") or "").strip()
    return bool(_SERVER_MADE.match(value[:300]))


@check("MESSAGE_ID_ELSEWHERE")
def message_id_elsewhere(evidence: Evidence, policy: Policy) -> bool:
    """Neither the sender's organisation, nor a host that had it in hands, made the Message-ID."""
    host = ascii_host(_message_id_host(evidence))
    if not host or not evidence.sender_domain or "." not in host:
        return False
    maker = organisation(host)
    if maker == organisation(evidence.sender_domain):
        return False
    return not any(maker == organisation(name) for hop in evidence.hops for name in (hop.by, hop.helo, hop.reverse))


def _message_id_host(evidence: Evidence) -> str:
    value = (evidence.header("message-id") or "").strip()[:900]
    return value.rpartition("@")[2].strip("<> ").lower() if "@" in value else ""


@check("TO_MISSING")
def to_missing(evidence: Evidence, policy: Policy) -> bool:
    return not evidence.header("to") and not evidence.header("cc")


@check("TO_UNDISCLOSED")
def to_undisclosed(evidence: Evidence, policy: Policy) -> bool:
    value = (evidence.header("to") or "").lower()
    if "undisclosed" in value or "recipients" in value:
        return True
    return bool(evidence.header("to")) and not any("@" in to.address for to in evidence.message.to)


@check("TO_IS_FROM")
def to_is_from(evidence: Evidence, policy: Policy) -> bool:
    sender = evidence.message.from_.address.lower()
    return bool(sender) and any(to.address.lower() == sender for to in evidence.message.to)


@check("TO_NAME_IS_ADDRESS")
def to_name_is_address(evidence: Evidence, policy: Policy) -> bool:
    return any(to.name and to.name.strip("'\" <>").lower() == to.address.lower() for to in evidence.message.to[:5])


@check("TO_MANY")
def to_many(evidence: Evidence, policy: Policy) -> bool:
    return len(evidence.message.to) + len(evidence.message.cc) > 20


@check("HEADER_RAW_8BIT")
def header_raw_8bit(evidence: Evidence, policy: Policy) -> str:
    """Bytes above ASCII, neither encoded (RFC 2047) nor valid UTF-8 (RFC 6532)."""
    for name, value in evidence.raw_headers:
        if not value.isascii():
            try:
                value.decode("utf-8")
            except UnicodeDecodeError:
                return name
    return ""


@check("HEADER_RAW_UTF8")
def header_raw_utf8(evidence: Evidence, policy: Policy) -> bool:
    return any(not value.isascii() for name, value in evidence.raw_headers if name.lower() in _SHOWN_FIRST)


@check("HEADER_ENCODED_NEEDLESSLY")
def header_encoded_needlessly(evidence: Evidence, policy: Policy) -> str:
    """A subject or name in plain ASCII that was wrapped in Base64 all the same, as a filter reads raw bytes."""
    for name, value in evidence.raw_headers:
        if b"=?" in value and name.lower() in _SHOWN_FIRST and b"?b?" in value.lower() and value.count(b"=?") < 6:
            decoded = evidence.header(name.lower()) or ""
            if decoded.isascii() and not value.startswith(b" =?us-ascii"):
                return name
    return ""


@check("MIME_VERSION_MISSING")
def mime_version_missing(evidence: Evidence, policy: Policy) -> bool:
    content_type = (evidence.header("content-type") or "").lower()
    return not evidence.header("mime-version") and content_type.startswith(("multipart/", "text/html"))


@check("MIME_BROKEN")
def mime_broken(evidence: Evidence, policy: Policy) -> str:
    return ", ".join(evidence.message.defects[:3])


@check("CHARSET_UNKNOWN")
def charset_unknown(evidence: Evidence, policy: Policy) -> bool:
    return "unknown_charset" in evidence.message.defects


@check("TEXT_BASE64")
def text_base64(evidence: Evidence, policy: Policy) -> bool:
    """Plain ASCII text in Base64: nobody needs it but to hide from filters that read raw bytes."""
    for part in evidence.message.parts[:20]:
        if part.encoding == "base64" and part.content_type.startswith("text/") and not part.filename:
            return len(part.content) > 40 and part.content[:4_000].isascii()
    return False


@check("SUBJECT_EMPTY")
def subject_empty(evidence: Evidence, policy: Policy) -> bool:
    return not evidence.subject.strip()


@check("UNPARSEABLE")
def unparseable(evidence: Evidence, policy: Policy) -> bool:
    return evidence.message.unparseable
