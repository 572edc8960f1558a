"""Where the links go, and what they pretend."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable
from functools import lru_cache

from spamfilter.checks.registry import check
from spamfilter.checks.sender import belongs_to, brand_labels, looks_random
from spamfilter.evidence import Evidence
from spamfilter.lexicon.hosts import (
    ACCOUNT_WORDS,
    AMBIGUOUS,
    CHEAP_ENDINGS,
    FREE_MAIL,
    FREE_PAGES,
    REDIRECTORS,
    SHORTENERS,
)
from spamfilter.links import Link
from spamfilter.names import organisation, parents, same_organisation
from spamfilter.policy import Policy

_SHOWN_HOST = re.compile(
    r"^(?:https?://|//)?(?:www\.)?((?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,12})(?:[/:?#]|$)", re.IGNORECASE
)
_EXECUTABLE = re.compile(
    r"\.(?:exe|scr|bat|cmd|com|pif|msi|jar|js|jse|vbs|vbe|wsf|hta|lnk|iso|img|zip|rar|7z|apk|ps1|cab|gz|ace|r\d\d)$",
    re.IGNORECASE,
)
_OTHER_SITE = re.compile(r"(?:[?&=/#]|%3d|%2f)https?(?::|%3a)(?:/|%2f){1,2}", re.IGNORECASE)
_SITE_INSIDES = re.compile(
    r"/(?:wp-(?:content|includes|admin)|\.well-known|cgi-bin|components/com_|modules/mod_|~[a-z0-9]+/|images/[a-z]+\.(?:php|html?))",
    re.IGNORECASE,
)
_LOOK_ALIKES = (str.maketrans("01345|", "oleasl"), str.maketrans("013458", "oieasb"))
_RANDOM_PATH = re.compile(r"/[A-Za-z0-9_-]{30,}|/(?=[A-Za-z]*\d)(?=[A-Za-z\d]*[A-Z])[A-Za-z\d]{12,}")
_ADDRESS = re.compile(r"[\w.+-]{1,64}(?:@|%40)[\w-]{1,63}\.[\w.-]{2,60}")
# Names, letters of scripts and schemas, that stand in nearly every page and are nobody's link.
_FURNITURE = frozenset(("w3.org", "schemas.microsoft.com", "microsoft.com"))


def _first(links: Iterable[Link], test: Callable[[Link], object]) -> str:
    """The host of the first of `links` that passes."""
    return next((link.host for link in links if test(link)), "")


@check("LINK_ADDRESS", needs="web_links")
def link_address(evidence: Evidence, policy: Policy) -> str:
    """Goes to a bare IP address, plain or disguised as a number."""
    return _first(evidence.linked_hosts, lambda link: link.numeric)


@check("LINK_SHORT", needs="web_links")
def link_short(evidence: Evidence, policy: Policy) -> str:
    """A short link hides where it goes."""
    return _first(evidence.linked_hosts, lambda link: link.host.removeprefix("www.") in SHORTENERS)


@check("LINK_PRETENDS", needs="web_links")
def link_pretends(evidence: Evidence, policy: Policy) -> str:
    """Shows one host and goes to another."""
    for link in evidence.web_links:
        shown = _SHOWN_HOST.match(link.shown.strip()) if link.shown else None
        if shown and "." in shown[1] and not same_organisation(shown[1], link.host):
            return f"shows {shown[1]}, goes to {link.host}"
    return ""


@check("LINK_PRETENDS_FOREIGN", needs="web_links")
def link_pretends_foreign(evidence: Evidence, policy: Policy) -> str:
    """Shows a host that is neither the sender's nor where it goes; a tracked newsletter shows its own."""
    for link in evidence.web_links:
        shown = _SHOWN_HOST.match(link.shown.strip()) if link.shown else None
        if not shown or same_organisation(shown[1], link.host):
            continue
        if not same_organisation(shown[1], evidence.sender_domain) and not same_organisation(
            link.host, evidence.sender_domain
        ):
            return f"shows {shown[1]}, goes to {link.host}"
    return ""


@check("LINK_USER", needs="web_links")
def link_user(evidence: Evidence, policy: Policy) -> str:
    """A name in front of the host, which the eye takes for the host."""
    return next((f"{link.user}@{link.host}"[:100] for link in evidence.web_links if link.user), "")


@check("LINK_PORT", needs="web_links")
def link_port(evidence: Evidence, policy: Policy) -> str:
    return _first(evidence.web_links, lambda link: link.port not in ("", "80", "443"))


@check("LINK_PUNYCODE", needs="web_links")
def link_punycode(evidence: Evidence, policy: Policy) -> str:
    return _first(evidence.linked_hosts, lambda link: "xn--" in link.host)


@check("LINK_SCRIPT", needs="links")
def link_script(evidence: Evidence, policy: Policy) -> str:
    """data:, javascript: and other links that are programs or pages themselves."""
    return next(
        (
            link.scheme
            for link in evidence.links
            if link.scheme in ("javascript", "data", "vbscript", "file", "blob", "ms-msdt", "search-ms")
        ),
        "",
    )


@check("LINK_CHEAP", needs="web_links")
def link_cheap(evidence: Evidence, policy: Policy) -> str:
    """Under an ending whose names cost next to nothing."""
    return _first(evidence.linked_hosts, lambda link: link.host.rpartition(".")[2] in CHEAP_ENDINGS)


@check("LINK_FREE_PAGE", needs="web_links")
def link_free_page(evidence: Evidence, policy: Policy) -> str:
    """A page that anybody can put up within a minute."""
    return _first(evidence.linked_hosts, lambda link: not FREE_PAGES.isdisjoint(parents(link.host)))


@check("LINK_REDIRECTOR", needs="web_links")
def link_redirector(evidence: Evidence, policy: Policy) -> str:
    """An honest host that sends on to wherever the link says."""
    return _first(evidence.web_links, _redirects)


def _redirects(link: Link) -> bool:
    paths = _redirecting_paths(link.host)
    return bool(paths) and any(path in f"{link.path}{link.query}" for path in paths)


@lru_cache(maxsize=4_096)
def _redirecting_paths(host: str) -> tuple[str, ...]:
    """What stands in the links of `host` that send on."""
    return tuple([path for name, path in REDIRECTORS if _is_of(host, name)])


def _is_of(host: str, name: str) -> bool:
    return name in f"{host}." if name.endswith(".") else host == name or host.endswith(f".{name}")


@check("LINK_OTHER_SITE", needs="web_links")
def link_other_site(evidence: Evidence, policy: Policy) -> str:
    """Carries the address of another site inside: an open redirect."""
    return _first(evidence.web_links, lambda link: bool(_OTHER_SITE.search(f"{link.path}{link.query}"[:600])))


@check("LINK_BRAND_HOST", needs="web_links")
def link_brand_host(evidence: Evidence, policy: Policy) -> str:
    """A brand's name, or one that looks like it, in a host that is not the brand's."""
    for link in evidence.linked_hosts[:60]:
        if not link.numeric and (brand := _played_brand(link.host)):
            return f"{link.host} is not {brand}"
    return ""


@lru_cache(maxsize=8_192)
def _played_brand(host: str) -> str:
    name = host.rpartition(".")[0]
    meant = (name, *(name.translate(table) for table in _LOOK_ALIKES))
    for brand in dict.fromkeys(brand for spelling in meant for brand in brand_labels(spelling)):
        if belongs_to(host, brand) or not FREE_PAGES.isdisjoint(parents(host)):
            continue
        if brand not in AMBIGUOUS or brand in re.split("[.-]", name):
            return brand
    return ""


@check("LINK_ACCOUNT_HOST", needs="web_links")
def link_account_host(evidence: Evidence, policy: Policy) -> str:
    """Two words of an account page in the name of a foreign host: secure-login, account-verify."""
    own = organisation(evidence.sender_domain)
    return _first(evidence.linked_hosts, lambda link: _names_account(link.host) and organisation(link.host) != own)


@lru_cache(maxsize=4_096)
def _names_account(host: str) -> bool:
    return sum(word in ACCOUNT_WORDS for word in re.split("[.-]", host)) >= 2


@check("LINK_RECIPIENT", needs="web_links")
def link_recipient(evidence: Evidence, policy: Policy) -> str:
    """The reader's address stands in the link, plain or in Base64: it fills in the form of a false log-in."""
    for to in [*evidence.message.to[:2], *evidence.delivered_to[:1]]:
        address = to.address.lower()
        if len(address) < 6 or "@" not in address:
            continue
        coded = b64encode(address.encode()).decode().rstrip("=")
        for link in evidence.foreign_links[:60]:
            lower = link.url.lower()
            unsubscribes = "unsub" in lower or "preference" in lower or "/mailman" in lower
            if not unsubscribes and (address in lower or address.replace("@", "%40") in lower or coded in link.url):
                return link.host
    return ""


@check("LINK_FRAGMENT_ADDRESS", needs="web_links")
def link_fragment_address(evidence: Evidence, policy: Policy) -> str:
    """A mail address behind the # of a link."""
    return _first(evidence.web_links, lambda link: "#" in link.query and _ADDRESS.search(link.query.partition("#")[2]))


@check("LINK_ONE_TARGET", needs="web_links")
def link_one_target(evidence: Evidence, policy: Policy) -> bool:
    """Many links, and all go to one place."""
    targets = {(link.host, link.path) for link in evidence.web_links if link.in_html}
    shown = sum(link.in_html for link in evidence.web_links)
    return (shown >= 3 and len(targets) == 1) or (len(evidence.page.anchors) >= 4 and len(targets) == 1)


@check("LINK_ALL_FOREIGN", needs="web_links")
def link_all_foreign(evidence: Evidence, policy: Policy) -> bool:
    """Not one link goes to the sender's own organisation, in a page."""
    if not evidence.message.html or not evidence.web_links or evidence.sender_domain in FREE_MAIL or evidence.via_list:
        return False
    return len(evidence.foreign_links) == len(evidence.web_links)


@check("LINK_RANDOM_HOST", needs="web_links")
def link_random_host(evidence: Evidence, policy: Policy) -> str:
    named = (link for link in evidence.linked_hosts if not link.numeric)
    return _first(named, lambda link: looks_random(organisation(link.host).partition(".")[0]))


@check("LINK_RANDOM_PATH", needs="web_links")
def link_random_path(evidence: Evidence, policy: Policy) -> bool:
    """Long random paths, one for each reader."""
    return sum(bool(_RANDOM_PATH.search(link.path)) for link in evidence.foreign_links) >= 2


@check("LINK_PROGRAM", needs="web_links")
def link_program(evidence: Evidence, policy: Policy) -> str:
    """To a program or an archive."""
    found = next((link for link in evidence.web_links if _EXECUTABLE.search(link.path)), None)
    return f"{found.host}{found.path}"[:150] if found else ""


@check("LINK_SITE_INSIDES", needs="web_links")
def link_site_insides(evidence: Evidence, policy: Policy) -> str:
    """Into the machine room of a web site, where only those who broke in put pages."""
    found = next(
        (link for link in evidence.links if link.in_html and link.host and _SITE_INSIDES.search(link.path)), None
    )
    return f"{found.host}{found.path}"[:150] if found else ""


@check("LINK_UNENCRYPTED", needs="web_links")
def link_unencrypted(evidence: Evidence, policy: Policy) -> bool:
    """Pages of today are encrypted; those of yesterday's mail were not."""
    sent = evidence.message.date
    plain = [link for link in evidence.web_links if link.in_html and link.scheme == "http"]
    return bool(
        sent and sent.year >= 2018 and plain and len(plain) * 2 > len([x for x in evidence.web_links if x.in_html])
    )


@check("LINK_MAIL_FREE", needs="links")
def link_mail_free(evidence: Evidence, policy: Policy) -> str:
    """A link that writes to a free mailbox."""
    for link in evidence.links:
        if link.scheme == "mailto":
            domain = link.path.partition("?")[0].rpartition("@")[2].lower()
            if domain in FREE_MAIL and not same_organisation(domain, evidence.sender_domain):
                return link.path[:80]
    return ""


@check("LINK_MANY_HOSTS", needs="web_links")
def link_many_hosts(evidence: Evidence, policy: Policy) -> bool:
    hosts = {organisation(link.host) for link in evidence.web_links} - _FURNITURE
    return len(hosts) >= 12


@check("LINK_HOST_DEEP", needs="web_links")
def link_host_deep(evidence: Evidence, policy: Policy) -> str:
    """A long chain of names, so that a phone shows only its honest beginning."""
    named = (link for link in evidence.linked_hosts if not link.numeric)
    return _first(named, lambda link: link.host.count(".") >= 5 or len(link.host) > 60)


@check("LINK_CALL_TO_ACTION_FOREIGN", needs="web_links")
def link_call_to_action_foreign(evidence: Evidence, policy: Policy) -> str:
    """The button of a letter about the reader's account goes neither to the sender nor to a known service."""
    if evidence.lures["CREDENTIALS"] < 2 and evidence.lures["DELIVERY"] < 2:
        return ""
    for link in evidence.foreign_links:
        if link.in_html and link.shown and len(link.shown) < 60 and not _SHOWN_HOST.match(link.shown):
            return link.host
    return ""
