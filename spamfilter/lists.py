"""What stands on an allow or block list, as one normalised key that an index finds. Pure.

    a:ann@example.com    an address, without regard to case
    d:example.com        a domain with all below it
    n:192.0.2.0/24       a network, or one host (/32, /128)
    h:example.com        a host in links, with all below it

International domains are kept in their ASCII form (RFC 5891), so that both spellings are one entry.
"""

import ipaddress
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from spamfilter.names import ascii_host

LONGEST_KEY = 330  # 64 + 1 + 254 (RFC 5321 section 4.5.3.1) and the prefix, with room
LONGEST_DOMAIN = 253
MAPPED = 96  # bits before an IPv4 address in IPv6

_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\Z")
_PLAIN_DOMAIN = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]\Z")
_LOCAL_PART = re.compile(r"[^\s@<>,;:\"\\()\[\]\x00-\x1f]{1,64}\Z")

SENDER_TAKES = "an address (ann@example.com) or a domain with all below it (@example.com)"
IP_TAKES = "an IP address (192.0.2.1, 2001:db8::1) or a network (192.0.2.0/24, 2001:db8::/32)"
LINK_TAKES = "a host name (example.com), which stands for all below it too"


def normalised(*, sender: str | None = None, ip: str | None = None, link: str | None = None) -> str:
    """The key of one entry, of which exactly one is given; ValueError says what it takes."""
    given = [value for value in (sender, ip, link) if value is not None]
    if len(given) != 1:
        raise ValueError(f"takes either sender: {SENDER_TAKES}; or ip: {IP_TAKES}; or link: {LINK_TAKES}")
    if sender is not None:
        return _sender_key(sender.strip())
    if ip is not None:
        return "n:" + _network(ip.strip())
    return _link_key(given[0].strip())


def normalised_line(text: str) -> str:
    """The key of one entry as lists have it: an address, `@domain` or a bare domain, an IP or network, `link:host`."""
    text = text.strip()
    if text.lower().startswith("link:"):
        return normalised(link=text[5:])
    if "@" in text:
        return normalised(sender=text)
    if ":" in text or "/" in text or text.replace(".", "").isdigit():
        return normalised(ip=text)
    if "." in text:
        return normalised(sender="@" + text)
    raise ValueError(f"{_shown(text)} is none of: {SENDER_TAKES}; {IP_TAKES}; link: and {LINK_TAKES}")


def readable(key: str) -> str:
    """An entry's key as `normalised_line` takes it."""
    kind, _, value = key.partition(":")
    if kind == "n":
        return value.removesuffix("/128" if ":" in value else "/32")
    return {"d": "@", "h": "link:"}.get(kind, "") + value


def network_keys(ip: str) -> tuple[str, ...]:
    """The keys of every network that an address can be in: 33 of them, for IPv6 129. None where it is no address."""
    return _network_keys(ip)


def keys_of(
    *, senders: Iterable[str], domains: Iterable[str], ips: Iterable[str], hosts: Iterable[str]
) -> Iterator[str]:
    """Every key under which an entry for a message may stand."""
    yield from (f"a:{sender}" for sender in senders)
    yield from (f"d:{domain}" for domain in domains)
    for ip in ips:
        yield from network_keys(ip)
    yield from (f"h:{host}" for host in hosts)


@lru_cache(maxsize=4096)  # a fleet's mail comes from the same few hundred servers
def _network_keys(ip: str) -> tuple[str, ...]:
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return ()
    value, bits, make = int(address), address.max_prefixlen, type(address)
    masked = ((value >> (bits - length) << (bits - length), length) for length in range(bits, -1, -1))
    return tuple(f"n:{make(network)}/{length}" for network, length in masked)


def _sender_key(text: str) -> str:
    local, at, name = text.rpartition("@")
    if "*" in local:
        raise ValueError(f"{_shown(text)} holds a wildcard, which an entry does not know; it takes {SENDER_TAKES}")
    domain = _domain(name if local else name.removeprefix("*."))
    if not at or not domain or (local and not _LOCAL_PART.match(local)):
        raise ValueError(f"{_shown(text)} is not {SENDER_TAKES}")
    return f"a:{local.lower()}@{domain}" if local else f"d:{domain}"


def _link_key(text: str) -> str:
    domain = _domain(text.removeprefix("*."))
    if not domain:
        raise ValueError(f"{_shown(text)} is not {LINK_TAKES}")
    return f"h:{domain}"


def _domain(text: str) -> str:
    """The ASCII form in lower case, without a trailing dot; "" where it is none."""
    domain = text.lower()
    if not _PLAIN_DOMAIN.match(domain):  # the rest is for what is written in other ways
        domain = ascii_host(text)
    fits = len(domain) <= LONGEST_DOMAIN and all(map(_LABEL.match, domain.split(".")))
    return domain if fits else ""


def _network(text: str) -> str:
    """An IPv4 network in IPv6 clothes (RFC 4291 section 2.5.5.2) is that network: so are the addresses looked up."""
    try:
        network = ipaddress.ip_network(text)
        first = network.network_address
        if isinstance(first, ipaddress.IPv6Address) and first.ipv4_mapped:
            return f"{first.ipv4_mapped}/{network.prefixlen - MAPPED}"
        return str(network)
    except ValueError:
        pass
    try:
        meant = ipaddress.ip_network(text, strict=False)
    except ValueError:
        raise ValueError(f"{_shown(text)} is not {IP_TAKES}") from None
    raise ValueError(f"{_shown(text)} has bits set past its prefix; the network is {meant}")


def _shown(text: str) -> str:
    return repr(text if len(text) <= 80 else text[:79] + "…")
