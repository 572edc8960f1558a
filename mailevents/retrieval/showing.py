"""A fetched message as an agent reads it: as it was received, as JSON, or one part of it. Pure."""

import re
from dataclasses import dataclass

from django.utils.http import content_disposition_header

from agenticmail.message import Message, Part
from mailevents.delivering.delivery import parsed
from mailevents.jsontext import dumps, seconds
from mailevents.retrieval.reading import Found

SECTION = re.compile(r"[1-9]\d{0,3}(\.[1-9]\d{0,3}){0,60}")
MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}")  # RFC 6838 4.2
CHARSET = re.compile(r"[a-z0-9][a-z0-9._:+-]{0,39}")
OVER_A_BOUND = {"body_too_long", "header_too_long", "headers_too_long", "too_many_headers", "too_many_parts"}
MAX_NAMED = 20  # parts named to who asks for one that is not there


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A body and what it is. `disposition` is fit for a Content-Disposition header."""

    body: bytes
    content_type: str
    disposition: str


class NoSuchPart(Exception):
    """The message has no such part; the text says which it has."""


def raw(found: Found) -> Shown:
    """The message as it was received."""
    name = f"{found.message.uid}.eml"
    return Shown(body=found.message.raw, content_type="message/rfc822", disposition=_disposition(name))


def part(found: Found, section: str) -> Shown:
    """One part, its transfer encoding undone. Its type is what the sender says: nobody should run it for that."""
    parts = parsed(found.message).parts
    chosen = next((one for one in parts if one.section == section), None)
    if chosen is None:
        named = ", ".join(one.section for one in parts[:MAX_NAMED])
        raise NoSuchPart(f"The message has no part {section}; it has {named or 'none'}.")
    return Shown(body=chosen.content, content_type=_content_type(chosen), disposition=_disposition(chosen.filename))


def as_json(found: Found) -> Shown:
    """Headers in order, readable text, HTML as it was sent, and what is attached."""
    message = parsed(found.message)
    content = {
        "folder": found.folder,
        "uid": found.message.uid,
        "uidvalidity": found.uidvalidity,
        "received_at": seconds(message.received_at),
        "size": message.size,
        "flags": list(message.flags),
        "labels": list(message.labels),
        "headers": _headers(message),
        "text": message.text,
        "html": message.html,
        "attachments": [
            {"part": one.section, "filename": one.filename, "content_type": one.content_type, "size": one.size}
            for one in message.attachments
        ],
        "truncated": not OVER_A_BOUND.isdisjoint(message.defects),
    }
    return Shown(body=dumps(content).encode(), content_type="application/json", disposition="inline")


def _headers(message: Message) -> list[list[str]]:
    """Names as they were sent, values decoded."""
    pairs = zip(message.raw_headers, message.headers, strict=True)
    return [[name, value] for (name, _raw), (_name, value) in pairs]


def _content_type(part: Part) -> str:
    if not MEDIA_TYPE.fullmatch(part.content_type):
        return "application/octet-stream"
    if part.content_type.startswith("text/") and CHARSET.fullmatch(part.charset):
        return f"{part.content_type}; charset={part.charset}"
    return part.content_type


def _disposition(filename: str | None) -> str:
    """Always to be saved, never to be shown; a name without folders and control characters."""
    last = re.split(r"[/\\]", filename or "")[-1]
    name = "".join(c for c in last if c.isprintable()).strip(" .")[:150]
    return content_disposition_header(True, name) or "attachment"
