"""Domain names, hosts and addresses as values to compare: normal form, parents, the organisation behind one. Pure."""

import ipaddress
import re
from functools import lru_cache

MAX_HOST_CHARACTERS = 255
MAX_LABELS = 12

# Second-level labels under which country registries sell names: example.co.uk is one organisation, co.uk none.
_SHARED_SECOND_LEVEL = frozenset(
    "ac ad asn biz co com conf ed edu firm gen go gob gouv gov govt gr gub id ind info int k12 ltd mil mod ne net nhs "
    "nic nom nsw or org plc police pri pro pvt qld res sch school sld tm vic web".split()
)
# Hosts that give a name to everybody who asks: the label below them is the organisation.
_SHARED_HOSTS = frozenset(
    "github.io gitlab.io netlify.app vercel.app web.app firebaseapp.com herokuapp.com pages.dev workers.dev r2.dev "
    "blogspot.com wordpress.com weebly.com wixsite.com webflow.io myshopify.com azurewebsites.net cloudapp.net "
    "amazonaws.com cloudfront.net windows.net onrender.com fly.dev glitch.me repl.co surge.sh square.site "
    "godaddysites.com translate.goog ngrok.io ngrok.app ngrok-free.app duckdns.org sharepoint.com onmicrosoft.com "
    "appspot.com run.app 000webhostapp.com altervista.org ipfs.io dweb.link".split()
)


_OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_IPV4 = re.compile(rf"{_OCTET}(?:\.{_OCTET}){{3}}")
_HOST = re.compile(r"[a-z0-9_-]{1,63}+(?:\.[a-z0-9_-]{1,63}+)*")


@lru_cache(maxsize=8_192)
def ascii_host(host: str) -> str:
    """`host` in lower case and its ASCII form (IDNA); "" where it is no host name or address at all."""
    host = host.strip().strip("[]").rstrip(".").lower()
    if host.startswith("ipv6:"):
        host = host[5:]
    if not host or len(host) > MAX_HOST_CHARACTERS:
        return ""
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
    address = ip_address(host)
    if address:
        return address
    return host if _HOST.fullmatch(host) else ""


@lru_cache(maxsize=8_192)
def ip_address(text: str) -> str:
    """`text` as a compressed IP address, "" where it is none. An IPv4 address in IPv6 clothes becomes IPv4."""
    if _IPV4.fullmatch(text):
        return text
    if ":" not in text:  # a name, as nearly always
        return ""
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return ""
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return str(mapped or found)


# How addresses begin that say nothing about where a message came from: of no network, one's own, or many. (Those kept
# for documentation are no such ones: lists and tests are written with them.)
_INSIDE = (
    *("0.", "10.", "127.", "169.254.", "192.168."),
    *(f"100.{second}." for second in range(64, 128)),
    *(f"172.{second}." for second in range(16, 32)),
    *(f"{first}." for first in range(224, 240)),
    *("fc", "fd", "fe8", "fe9", "fea", "feb", "ff"),
)


@lru_cache(maxsize=8_192)
def is_public(address: str) -> bool:
    """Whether the IP address is one of the public internet, not of somebody's own network."""
    found = ip_address(address)
    return bool(found) and not found.startswith(_INSIDE) and found not in ("::", "::1")


@lru_cache(maxsize=8_192)
def parents(domain: str) -> tuple[str, ...]:
    """`domain` and every domain above it; an IP address has only itself.

    >>> parents("a.b.example.com")
    ('a.b.example.com', 'b.example.com', 'example.com', 'com')
    """
    host = ascii_host(domain)
    if not host:
        return ()
    if ip_address(host):
        return (host,)
    labels = host.split(".")[-MAX_LABELS:]
    return tuple(".".join(labels[i:]) for i in range(len(labels)))


@lru_cache(maxsize=8_192)
def organisation(domain: str) -> str:
    """The domain somebody registered: `mail.example.co.uk` is `example.co.uk` (RFC 7489 section 3.2, approximated).

    The public suffix list would be exact; the rules here know the common shapes and need no renewal.
    """
    host = ascii_host(domain)
    if not host or ip_address(host):
        return host
    labels = host.split(".")
    if len(labels) <= 2:
        return host
    if ".".join(labels[-2:]) in _SHARED_HOSTS:
        return ".".join(labels[-3:])
    if len(labels[-1]) == 2 and labels[-2] in _SHARED_SECOND_LEVEL:
        return ".".join(labels[-3:])
    return ".".join(labels[-2:])


def same_organisation(one: str, other: str) -> bool:
    """Whether two domains belong together (relaxed alignment)."""
    mine = organisation(one)
    return bool(mine) and mine == organisation(other)
