"""From a BODYSTRUCTURE (RFC 9051 section 7.5.2), as IMAPClient parses it, to attachments. Never raises."""

from email.header import decode_header, make_header
from typing import Any
from urllib.parse import unquote

from agenticmail.message import Attachment

MAX_PARTS, MAX_DEPTH = 1000, 50


def attachments_of(structure: Any) -> tuple[Attachment, ...] | None:
    """The parts that are offered as files; None where there is no structure that can be read."""
    if not isinstance(structure, tuple):
        return None
    found: list[Attachment] = []
    try:
        _walk(structure, (), found, 0)
    except (ValueError, TypeError, IndexError, AttributeError, LookupError):
        return tuple(found)
    return tuple(found)


def _walk(body: Any, path: tuple[int, ...], found: list[Attachment], depth: int) -> None:
    if depth > MAX_DEPTH or len(found) >= MAX_PARTS:
        return
    if isinstance(body[0], list):  # a multipart: its children first, then its subtype
        for number, child in enumerate(body[0], 1):
            _walk(child, (*path, number), found, depth + 1)
        return
    kind = f"{_text(body[0])}/{_text(body[1])}".lower()
    disposition, parameters = _disposition(body)
    filename = _parameter(parameters, "filename") or _parameter(_pairs(body[2]), "name")
    if disposition == "attachment" or filename or not kind.startswith(("text/", "multipart/")):
        section = ".".join(map(str, path or (1,)))
        found.append(Attachment(section=section, filename=filename, content_type=kind, size=_size(body)))


def _size(body: Any) -> int:
    return int(body[6]) if len(body) > 6 and isinstance(body[6], int) else 0


def _disposition(body: Any) -> tuple[str, dict[str, str]]:
    for item in body[7:]:
        if isinstance(item, tuple) and len(item) == 2 and _text(item[0]).lower() in ("attachment", "inline"):
            return _text(item[0]).lower(), _pairs(item[1])
    return "", {}


def _pairs(items: Any) -> dict[str, str]:
    if not isinstance(items, tuple):
        return {}
    return {_text(name).lower(): _text(value) for name, value in zip(items[::2], items[1::2], strict=False)}


def _parameter(parameters: dict[str, str], name: str) -> str | None:
    """A parameter, its RFC 2231 forms (`name*`, `name*0*`) and RFC 2047 words decoded, on one line."""
    value = parameters.get(name)
    if value is None:
        parts = [(key, parameters[key]) for key in sorted(parameters) if key.startswith(f"{name}*")]
        value = "".join(text for _, text in parts)
        if any(key.endswith("*") for key, _ in parts):
            charset, _, rest = value.partition("'")
            value = unquote(rest.partition("'")[2] or value, encoding=charset or "utf-8", errors="replace")
    elif "=?" in value:
        value = str(make_header(decode_header(value)))
    value = " ".join("".join(c for c in value if c.isprintable()).split())
    return value[:255] or None


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value or "")
