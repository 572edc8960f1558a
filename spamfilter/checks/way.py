"""The way it took and the program that made it: who delivered, how it greeted, which mailer signed (RFC 5321)."""

import re
from functools import lru_cache

from spamfilter.checks.registry import check
from spamfilter.evidence import Evidence
from spamfilter.names import ip_address
from spamfilter.policy import Policy

_DYNAMIC = re.compile(
    r"(?:^|[.-])(?:dyn|dynamic|dsl|adsl|vdsl|cable|dial|dialup|dialin|ppp|pool|dhcp|broadband|client|customer|cpe|res|"
    r"static-ip|user|host|ip|nat|mobile|3g|4g|lte|fiber|ftth)[.\d-]"
)
_DIGIT, _NUMBER = re.compile(r"\d"), re.compile(r"\d{3,}")
_IP_IN_NAME = re.compile(r"\d{1,3}[.-]\d{1,3}[.-]\d{1,3}[.-]\d{1,3}")
_CLOUD = re.compile(
    r"(?:vps|vmi|server|cloud|ec2|compute|contabo|hostwinds|colocrossing|ovh|linode|vultr|static)[.\d-]"
)
_MASS_MAILER = re.compile(
    r"phpmailer|leaf ?mail|php/|king ?mailer|supmailer|sendblaster|atomic mail|turbo-?mailer|groupmail|mailking|"
    r"advanced mass|gammadyne|massmail|emailer|bulk|dyna ?mail|microsoft cdo|aspqmail|aspmail|jmail|mailbomber|"
    r"the bat! \(v[1-3]|blat v|mime::lite|devmail|inet_mailer|swiftmailer|drupal|joomla|wordpress|easymail|stormpost|"
    r"fnet|mailspire|python|node|axigen|powermta|achi-kochi|foxmail [1-7]",
    re.IGNORECASE,
)
_OLD_OUTLOOK = re.compile(
    r"microsoft (?:windows live mail|outlook express|windows mail)|microsoft outlook(?:,? build 1[0-2]|imo)",
    re.IGNORECASE,
)


@check("CLIENT_NAMELESS", needs="outside_hops")
def client_nameless(evidence: Evidence, policy: Policy) -> str:
    """The address that delivered has no name in the reverse zone, as a mail server's must."""
    return next((hop.ip for hop in evidence.outside_hops if hop.reverse == "unknown"), "")


@check("CLIENT_DYNAMIC", needs="outside_hops")
def client_dynamic(evidence: Evidence, policy: Policy) -> str:
    """A line of a household or a rented machine, by its name, delivered it."""
    for hop in evidence.outside_hops[:6]:
        name = hop.reverse or hop.helo
        if not _DIGIT.search(name):
            continue
        if "." in name and _IP_IN_NAME.search(name) and not ip_address(name.strip("[]")):
            return name
        if _DYNAMIC.search(name):
            return name
    return ""


@check("CLIENT_CLOUD", needs="outside_hops")
def client_cloud(evidence: Evidence, policy: Policy) -> str:
    """A rented machine under the name its landlord gave it."""
    return next(
        (h.reverse for h in evidence.outside_hops[:4] if _NUMBER.search(h.reverse) and _CLOUD.search(h.reverse)),
        "",
    )


@check("HELO_IP", needs="outside_hops")
def helo_ip(evidence: Evidence, policy: Policy) -> str:
    """Greeted with a bare address instead of a name."""
    for hop in evidence.outside_hops:
        if ip_address(hop.helo.strip("[]")) and hop.protocol not in ("HTTP", "HTTPS"):
            return hop.helo
    return ""


@check("HELO_NO_DOMAIN", needs="outside_hops")
def helo_no_domain(evidence: Evidence, policy: Policy) -> str:
    """Greeted with a name that is none: one word, localhost."""
    for hop in evidence.outside_hops:
        if (
            hop.helo
            and "." not in hop.helo
            and ":" not in hop.helo
            and hop.protocol in ("SMTP", "ESMTP", "ESMTPA", "ESMTPSA", "ESMTPS")
        ):
            return hop.helo
    return ""


@check("HELO_PRETENDS", needs="outside_hops")
def helo_pretends(evidence: Evidence, policy: Policy) -> str:
    """Greeted with the name of the server it spoke to."""
    for hop in evidence.outside_hops:
        if hop.by and hop.helo == hop.by and hop.reverse and hop.reverse != hop.by:
            return hop.helo
    return ""


@check("HELO_USER", needs="outside_hops")
def helo_user(evidence: Evidence, policy: Policy) -> bool:
    """The greeting of a well-known bulk program."""
    return any(
        hop.helo in ("user", "win-", "ylmf-pc", "localhost", "localhost.localdomain")
        or hop.helo.startswith(("win-", "desktop-", "vps", "vmi", "ec2amaz-"))
        for hop in evidence.outside_hops
    )


@check("NO_RECEIVED")
def no_received(evidence: Evidence, policy: Policy) -> bool:
    return not evidence.hops


@check("SENT_BY_SCRIPT")
def sent_by_script(evidence: Evidence, policy: Policy) -> str:
    """A script of a web site sent it."""
    names = ("x-php-originating-script", "x-php-script", "x-php-filename", "x-source-args", "x-source-dir")
    return next((name for name in names if evidence.header(name)), "")


@check("SENT_BY_HOSTING")
def sent_by_hosting(evidence: Evidence, policy: Policy) -> bool:
    """The traces of rented web space."""
    names = (
        "x-antiabuse",
        "x-get-message-sender-via",
        "x-authenticated-sender",
        "x-authenticated-user",
        "x-ppp-message-id",
        "x-securemailgate-identity",
    )
    return any(evidence.header(name) for name in names)


@check("MASS_MAILER", needs="mailer")
def mass_mailer(evidence: Evidence, policy: Policy) -> str:
    return _mass_mailer(evidence.mailer)


@lru_cache(maxsize=512)
def _mass_mailer(mailer: str) -> str:
    found = _MASS_MAILER.search(mailer)
    return found[0] if found else ""


@check("MAILER_OUTDATED", needs="mailer")
def mailer_outdated(evidence: Evidence, policy: Policy) -> str:
    """A mail program that has long been withdrawn, in a message from years after."""
    found = _OLD_OUTLOOK.search(evidence.mailer)
    sent = evidence.message.date
    return found[0] if found and sent and sent.year >= 2016 else ""


@check("MAILER_RANDOM", needs="mailer")
def mailer_random(evidence: Evidence, policy: Policy) -> bool:
    mailer = evidence.mailer
    return bool(mailer) and not re.search(r"[aeiou]", mailer.lower())


@check("MAILER_FORGED_OUTLOOK", needs="mailer")
def mailer_forged_outlook(evidence: Evidence, policy: Policy) -> bool:
    """Says to be Outlook, whose other marks it lacks."""
    if "outlook express" not in evidence.mailer.lower():
        return False
    return not evidence.header("x-mimeole")


@check("PRIORITY_HIGH")
def priority_high(evidence: Evidence, policy: Policy) -> bool:
    return evidence.message.priority == "high"


@check("PRIORITY_WITHOUT_MAILER")
def priority_without_mailer(evidence: Evidence, policy: Policy) -> bool:
    """A priority in the fashion of a mail program, and no mail program."""
    return bool(evidence.header("x-priority")) and not evidence.mailer


@check("BULK_WITHOUT_LIST")
def bulk_without_list(evidence: Evidence, policy: Policy) -> bool:
    precedence = (evidence.header("precedence") or "").lower()
    return precedence in ("bulk", "junk") and not evidence.via_list


@check("MANY_ODD_HEADERS")
def many_odd_headers(evidence: Evidence, policy: Policy) -> bool:
    """Header names made of random letters."""
    return sum(map(_is_random, [name for name, _ in evidence.message.headers[:100]])) >= 2


@lru_cache(maxsize=2_048)
def _is_random(name: str) -> bool:
    if not name.startswith("x-") or len(name) < 8:
        return False
    letters = name[2:].replace("-", "")
    vowels = sum(letters.count(v) for v in "aeiouy")
    return letters.isalpha() and vowels / len(letters) < 0.12
