"""Links of a message: where each goes, and the keys a list can know it by. Pure; bounded."""

import re
from functools import lru_cache
from string import ascii_letters, digits
from typing import NamedTuple
from urllib.parse import unquote

from spamfilter.names import ascii_host, ip_address
from spamfilter.page import Page

MAX_LINKS = 200
MAX_URL_CHARACTERS = 2_000
MAX_PREFIX_SEGMENTS = 4

_IN_TEXT = re.compile(  # from the first letter, which is quickly looked for
    r"[HhWw](?<!\w\w)(?:(?<=[Hh])[Tt][Tt][Pp][Ss]?://|(?<=[Ww])[Ww][Ww]\.)[^\s<>\"'\\{}|^`\u3000-\u303f\uff00-\uffef\u2026]{3,2000}"
)
_UNSEEN = re.compile(r"[\x00-\x20\x7f\u200b-\u200f]+")
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{1,30}):(.*)", re.DOTALL)
_ESCAPE = re.compile("%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(ascii_letters + digits + "-._~")  # RFC 3986 section 2.3
_AUTHORITY = re.compile(r"[/\\]*([^/\\?#]*)([^?#]*)(.*)", re.DOTALL)
_NUMBER = re.compile(r"(?:0[xX][0-9a-fA-F]{1,8}|\d{1,10})$")
_SAFE_LINK = re.compile(r"[?&](?:url|u|q|target|dest)=([^&]+)", re.IGNORECASE)
_DEFENSE = re.compile(r"/v3/__(.+?)__;")
_REWRITERS = ("safelinks.protection.outlook.com", "urldefense.com", "urldefense.proofpoint.com")


class Link(NamedTuple):
    """One link. `host` is in ASCII form, "" where the scheme has none; `shown` is what the reader reads."""

    url: str
    scheme: str
    host: str
    path: str = ""
    query: str = ""
    shown: str = ""
    user: str = ""
    port: str = ""
    image: bool = False
    hidden: bool = False
    in_html: bool = False
    numeric: bool = False  # the host is an address, plain or disguised as a number

    @property
    def prefixes(self) -> tuple[str, ...]:
        """`host`, `host/a`, `host/a/b`: what a URL signature is looked up by."""
        return url_prefixes(self.host, self.path)


def url_prefixes(host: str, path: str) -> tuple[str, ...]:
    """The prefixes of host and path, shortest first, at most MAX_PREFIX_SEGMENTS segments deep."""
    if not host:
        return ()
    if "%" in path:
        path = _ESCAPE.sub(_needed, path)
    prefixes = [host.removeprefix("www.")]
    for segment in [part for part in path.split("/") if part][:MAX_PREFIX_SEGMENTS]:
        prefixes.append(f"{prefixes[-1]}/{segment}")
    return tuple(prefixes)


def _needed(escape: re.Match[str]) -> str:
    """An escape in its one form (RFC 3986 section 6.2.2): what needs none is itself."""
    character = chr(int(escape[1], 16))
    return character if character in _UNRESERVED else escape[0].upper()


def url_key(text: str) -> str:
    """The key of a host or URL prefix as an administrator writes it; "" where it is none.

    >>> url_key("https://www.Example.com/a/b/?q=1")
    'example.com/a/b'
    """
    text = text.strip()
    link = parse_url(text if "://" in text else f"http://{text}")
    return link.prefixes[-1] if link and link.prefixes else ""


def parse_url(
    url: str, *, shown: str = "", image: bool = False, hidden: bool = False, in_html: bool = False
) -> Link | None:
    """`url` in pieces as a browser takes it (controls dropped, backslashes as slashes); None where it is none."""
    url = _UNSEEN.sub("", url[:MAX_URL_CHARACTERS])
    split = _URL.match(url)
    if not split:
        return None
    scheme, rest = split[1].lower(), split[2]
    if scheme not in ("http", "https", "ftp"):
        return Link(url, scheme, "", rest[:200], "", shown, "", "", image, hidden, in_html)
    found = _AUTHORITY.match(rest)
    authority, path, query = found.groups() if found else ("", "", "")
    user, _, address = authority.rpartition("@")
    host, port, numeric = _read_authority(address)
    path = path.replace("\\", "/")
    return Link(url, scheme, host, path, query, shown, user, port, image, hidden, in_html, numeric)  # by place: quicker


@lru_cache(maxsize=4_096)
def _read_authority(address: str) -> tuple[str, str, bool]:
    """Host, port, and whether the host is an address, plain or disguised; links mostly go where others went."""
    name, port = _host_and_port(address)
    number = _numeric(name)
    host = number or ascii_host(unquote(name))
    return host, port, bool(number or ip_address(host))


def links_of(page: Page, text: str) -> tuple[Link, ...]:
    """Every link of the page, then those written in the text; the same one once."""
    found: dict[tuple[str, str], Link] = {}
    for anchor in page.anchors[:MAX_LINKS]:
        href = anchor.href if "://" not in page.base or ":" in anchor.href[:12] else page.base + anchor.href
        link = parse_url(unwrapped(href), shown=anchor.text, image=anchor.image, hidden=anchor.hidden, in_html=True)
        if link:
            found.setdefault((link.url, link.shown), link)
    seen = {link.url for link in found.values()}
    for match in _IN_TEXT.finditer(text):
        if len(found) >= MAX_LINKS:
            break
        url = match[0].rstrip(".,;:!?)]*_~")
        link = parse_url(unwrapped(url if "://" in url[:9] else f"http://{url}"))
        if link and link.host and link.url not in seen:
            found.setdefault((link.url, ""), link)
            seen.add(link.url)
    return tuple(found.values())


def unwrapped(url: str) -> str:
    """The address behind a link that a mail gateway rewrote; other links as they are."""
    head = url[:200].lower()
    if not any(name in head for name in _REWRITERS):
        return url
    if defended := _DEFENSE.search(url):
        return defended[1]
    inner = _SAFE_LINK.search(url)
    if not inner:
        return url
    target = inner[1]
    if "/v2/" in head:
        target = target.replace("-", "%").replace("_", "/")
    return unquote(target)


def _host_and_port(address: str) -> tuple[str, str]:
    if address.startswith("["):
        name, _, port = address[1:].partition("]")
        return name, port.removeprefix(":")
    name, _, port = address.partition(":")
    return name, port


def _integer(piece: str) -> int:
    if piece[:2] in ("0x", "0X"):
        return int(piece, 16)
    return int(piece, 8 if piece[0] == "0" and not set(piece) & {"8", "9"} else 10)


def _numeric(name: str) -> str:
    """The IPv4 address a browser makes of `3232235777` or `0xC0.0xA8.1.1`; "" where it is no such disguise."""
    pieces = name.rstrip(".").split(".")
    if not name or len(pieces) > 4 or not all(_NUMBER.match(piece) for piece in pieces):
        return ""
    numbers = [_integer(piece) for piece in pieces]
    value = numbers[-1]
    if any(n > 255 for n in numbers[:-1]) or value >= 256 ** (5 - len(numbers)):
        return ""
    for index, n in enumerate(numbers[:-1]):
        value += n << (8 * (3 - index))
    return ".".join(str(value >> shift & 255) for shift in (24, 16, 8, 0))
