"""Parses `imaps://user:pass@host:993/INBOX` (after RFC 5092) into an account. Knows no rows and no network.

A message of an error never repeats what was written: a URL that is wrong in an unexpected place has its
password in an unexpected place.
"""

import re
from urllib.parse import unquote_to_bytes

from mailevents.errors import MailEventsError
from mailevents.imap.connecting import Account

DEFAULT_PORTS = {"imaps": 993, "imap": 143, "imap+starttls": 143}
SECURITY = {"imaps": "tls", "imap": "plain", "imap+starttls": "starttls"}
EXAMPLE = "imaps://user:pass@host:993/INBOX"

_HOST = re.compile(r"\[[0-9A-Fa-f:.]+(%25\w+)?\]|[\w.-]+")
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class ImapUrlError(MailEventsError):
    """An IMAP URL that can't be used, and what it would take."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"The IMAP URL {problem}. It looks like {EXAMPLE}; user and password are percent-encoded.")


def parse_imap_url(url: str) -> Account:
    """The account that `url` names; the port and the folder may be left out. ImapUrlError says what is wrong."""
    scheme, separator, rest = url.strip().partition("://")
    scheme = scheme.lower()
    if not separator or scheme not in DEFAULT_PORTS:
        raise ImapUrlError(f"must begin with one of {', '.join(f'{known}://' for known in DEFAULT_PORTS)}")
    authority, _, path = rest.partition("/")
    userinfo, at, place = authority.rpartition("@")
    if not at:
        raise ImapUrlError(
            "has a / in its user or password: write it %2F" if "@" in path else "names no user: it needs user:pass@"
        )
    user, colon, password = userinfo.partition(":")
    if not user:
        raise ImapUrlError("names no user")
    if not colon or not password:
        raise ImapUrlError("has no password: it needs user:pass@")
    host, port = _host_and_port(place, DEFAULT_PORTS[scheme])
    if "?" in path or "#" in path:
        raise ImapUrlError("has a ? or # in its folder: write them %3F and %23")
    return Account(
        host=host,
        port=port,
        security=SECURITY[scheme],
        user=_decoded(user, "user"),
        password=_decoded(password, "password"),
        folder=_decoded(path.strip("/"), "folder") or "INBOX",
    )


def _host_and_port(place: str, default: int) -> tuple[str, int]:
    match = _HOST.match(place)
    if match is None:
        raise ImapUrlError("names no host after the @")
    host, rest = match.group().strip("[]"), place[match.end() :]
    if rest in ("", ":"):
        return host, default
    digits = rest[1:]
    if rest[0] != ":":
        raise ImapUrlError("has a host with a character that no host name has")
    if not re.fullmatch(r"[0-9]{1,5}", digits) or not 1 <= int(digits) <= 65535:
        raise ImapUrlError("has a port that is no number from 1 to 65535")
    return host, int(digits)


def _decoded(text: str, part: str) -> str:
    if _BAD_PERCENT.search(text):
        raise ImapUrlError(f"has a % in its {part} that begins no code like %40: write it %25")
    try:
        decoded = unquote_to_bytes(text).decode()
    except UnicodeError:  # also of bytes that came as they are, by the command line or standard input
        raise ImapUrlError(f"has a {part} that is not UTF-8 when decoded") from None
    if _CONTROL.search(decoded):
        raise ImapUrlError(f"has a control character in its {part}")
    return decoded
