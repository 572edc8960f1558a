"""From a BODYSTRUCTURE (RFC 9051 section 7.5.2), as IMAPClient parses it, to attachments. Never raises."""

import contextlib
from typing import Any

from agenticmail.mail.parameters import decode_parameters
from agenticmail.message import Attachment

MAX_PARTS, MAX_DEPTH = 1000, 50
BASE64_LINE = 78  # octets: 76 characters and CRLF (RFC 2045 section 6.8)
BODIES = ("text/plain", "text/html")


def attachments_of(structure: Any) -> tuple[Attachment, ...] | None:
    """The parts that are offered as files, by the rules of `parse_message`; None where there is no structure."""
    if not isinstance(structure, tuple):
        return None
    found: list[Attachment] = []
    with contextlib.suppress(ValueError, TypeError, IndexError, AttributeError):  # what could be read until there
        _walk(structure, (), found, 0)
    return tuple(found)


def _walk(body: Any, path: tuple[int, ...], found: list[Attachment], depth: int) -> None:
    if depth > MAX_DEPTH or len(found) >= MAX_PARTS:
        return
    if isinstance(body[0], list):  # a multipart: its children first, then its subtype
        for number, child in enumerate(body[0], 1):
            _walk(child, (*path, number), found, depth + 1)
        return
    kind = f"{_text(body[0])}/{_text(body[1])}".lower()
    disposition, parameters = _disposition(body, kind)
    filename = parameters.get("filename") or _parameters(body[2]).get("name") or None
    if filename or disposition == "attachment" or kind not in BODIES:
        section = ".".join(map(str, path or (1,)))
        found.append(Attachment(section=section, filename=filename, content_type=kind, size=_size(body)))


def _size(body: Any) -> int:
    """Octets of the file: where it is sent in base64, in lines as mail programs write them, to within two."""
    octets = body[6] if len(body) > 6 and isinstance(body[6], int) else 0
    if not octets or _text(body[5]).lower() != "base64":
        return max(0, octets)
    characters = octets - 2 * -(-octets // BASE64_LINE)  # the last line may lack its end
    return -(-characters // 4) * 3


def _disposition(body: Any, kind: str) -> tuple[str, dict[str, str]]:
    """The second of the extension fields, which follow the fields of the kind of part."""
    place = 11 if kind == "message/rfc822" else 9 if kind.startswith("text/") else 8
    said = body[place] if len(body) > place else None
    if not isinstance(said, tuple) or len(said) != 2:
        return "", {}
    return _text(said[0]).lower(), _parameters(said[1])


def _parameters(items: Any) -> dict[str, str]:
    if not isinstance(items, tuple):
        return {}
    pairs = zip(items[::2], items[1::2], strict=False)
    return decode_parameters((_octets(name), _octets(value)) for name, value in pairs)


def _octets(value: Any) -> bytes:
    return value if isinstance(value, bytes) else str("" if value is None else value).encode()


def _text(value: Any) -> str:
    return _octets(value).decode("utf-8", "replace")
