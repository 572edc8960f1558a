"""The one shape of a mail. Parses untrusted bytes; knows neither Django nor IMAP."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from agenticmail.mail.addresses import Address, parse_addresses
from agenticmail.mail.bodies import is_attachment, read_bodies
from agenticmail.mail.codes import find_codes
from agenticmail.mail.dates import parse_date, to_utc
from agenticmail.mail.encodedwords import decode_header, decode_headers
from agenticmail.mail.headers import Field, first_values, split_headers
from agenticmail.mail.mime import Leaf, Part, walk
from agenticmail.mail.priority import Priority, read_priority

__all__ = ["Address", "Attachment", "Message", "Part", "Priority", "parse_message"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A part that is offered as a file: it has a filename, or says it is one, or is no readable text.

    `size` is in octets: of the file itself, decoded, where the message was read to its end; where `parse_message` was
    given the structure of a truncated message, what is said there.
    """

    section: str
    filename: str | None
    content_type: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A mail as the rest of the house sees it: clean, decoded text; never a NUL, never a raw header again.

    Every text is valid Unicode without surrogates and without control characters (but tab and LF in `text` and
    `html`); a header's value is one line.

    `defects` are of: 8bit_header, bare_cr, body_too_long, broken_base64, broken_header_line, broken_uuencode,
    header_too_long, headers_too_long, invalid_date, no_boundary, no_parts, nul, repeated_header, too_deep,
    too_many_headers, too_many_parts, unclosed_multipart, undecodable_bytes, unknown_charset, unknown_transfer_encoding.
    """

    raw_headers: tuple[tuple[str, bytes], ...]  # in order, names as sent, values unfolded but not decoded
    headers: tuple[tuple[str, str], ...]  # in order, names in lower case, values decoded (RFC 2047)
    message_id: str | None
    in_reply_to: str | None
    references: tuple[str, ...]
    from_: Address
    sender: Address | None
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    return_path: str | None  # envelope sender: None where no Return-Path says it, "" for the null sender
    subject: str
    date: datetime | None  # the Date header, aware, UTC
    received_at: datetime  # INTERNALDATE, aware, UTC
    size: int  # octets of the whole message on the server
    flags: tuple[str, ...]
    labels: tuple[str, ...]
    priority: Priority
    list_id: str | None
    text: str  # what a reader reads: text/plain parts, or the text of the HTML
    html: str  # the text/html parts, decoded, bounded
    parts: tuple[Part, ...]
    attachments: tuple[Attachment, ...]
    preview: str  # the first 200 characters of text, white space folded
    codes: tuple[str, ...]  # verification codes found in subject and text
    truncated: bool  # only a part of the message was read
    unparseable: bool  # nothing sensible could be made of it
    defects: tuple[str, ...]  # what was wrong with it, as short stable symbols

    def header(self, name: str) -> str | None:
        """The first value of header `name` (any case), decoded; None where the message has none."""
        name = name.lower()
        return next((value for key, value in self.headers if key == name), None)

    def header_all(self, name: str) -> tuple[str, ...]:
        """Every value of header `name` (any case), in order, decoded."""
        name = name.lower()
        return tuple(value for key, value in self.headers if key == name)


_ID = re.compile(rb"<([^<>\s]{1,990})>")
_FILLING = re.compile("\\s[\\s\u034f\u00ad\u200b-\u200f\u2060\ufeff]*")  # what newsletters pad their first line with
_OF_MAIL = frozenset(
    {"from", "to", "cc", "subject", "date", "message-id", "received", "return-path", "sender", "reply-to"}
    | {"mime-version", "content-type", "delivered-to"}
)
_ONCE = ("from", "to", "subject", "date", "message-id", "content-type")  # RFC 5322 section 3.6, RFC 2045 section 3
MAX_REFERENCES = 200
MAX_ID = 998
MAX_PREVIEW = 200


def parse_message(
    raw: bytes,
    *,
    received_at: datetime,
    size: int | None = None,
    flags: Sequence[str] = (),
    labels: Sequence[str] = (),
    truncated: bool = False,
    structure: Sequence[Attachment] | None = None,
) -> Message:
    """The mail in `raw`, whatever bytes these are: never raises, in time linear to their number.

    What is read is bounded: 1,000 fields of 64 KB in a header block of 128 KB; 1,000 parts, 50 deep; 1,000 addresses
    of a field; a million characters of text and of HTML. What is over a bound is left out, and most often a defect.

    `size` is the whole message's on the server, where `raw` is only its beginning (`truncated`);
    `structure` then says which attachments it has (of its BODYSTRUCTURE).
    """
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    fields, body, defects = split_headers(raw)
    values = first_values(fields)
    tree = walk(raw, values, body, truncated=truncated)
    charset = tree.leaves[0].part.charset if tree.leaves else ""
    text, html, body_defects = read_bodies(tree.leaves)
    names = [name.lower() for name, _ in fields]
    headers = tuple(zip(names, decode_headers([value for _, value in fields], charset), strict=True))
    decoded = dict(reversed(headers))  # the first of each name counts
    subject = decoded.get("subject", "")
    date = parse_date(decoded.get("date", ""))
    from_ = parse_addresses(values.get("from", b""), charset)
    sender = parse_addresses(values.get("sender", b""), charset)
    attachments = tuple(structure) if truncated and structure is not None else _attachments(tree.leaves)
    defects += _oddities(raw, body, names)
    if date is None and "date" in values:
        defects.append("invalid_date")
    return Message(
        raw_headers=tuple(fields),
        headers=headers,
        message_id=_message_id(values.get("message-id", b"")),
        in_reply_to=_message_id(values.get("in-reply-to", b"")),
        references=tuple(_ids(values.get("references", b""))[-MAX_REFERENCES:]),
        from_=from_[0] if from_ else Address(),
        sender=sender[0] if sender else None,
        to=parse_addresses(_all("to", names, fields), charset),
        cc=parse_addresses(_all("cc", names, fields), charset),
        reply_to=parse_addresses(values.get("reply-to", b""), charset),
        return_path=_return_path(values.get("return-path")),
        subject=subject,
        date=date,
        received_at=to_utc(received_at),
        size=len(raw) if size is None else size,
        flags=tuple(flags),
        labels=tuple(labels),
        priority=read_priority(decoded),
        list_id=_list_id(decoded.get("list-id", "")),
        text=text,
        html=html,
        parts=tuple(leaf.part for leaf in tree.leaves),
        attachments=attachments,
        preview=_preview(text),
        codes=find_codes(subject, text),
        truncated=truncated,
        unparseable=decoded.keys().isdisjoint(_OF_MAIL),
        defects=tuple(dict.fromkeys(defects + tree.defects + body_defects)),
    )


def _oddities(raw: bytes, body: int, names: list[str]) -> list[str]:
    """What is wrong with a message as a whole."""
    found = ["repeated_header"] if any(names.count(name) > 1 for name in _ONCE) else []
    if not raw[:body].isascii():
        found.append("8bit_header")
    if b"\0" in raw:
        found.append("nul")
    if raw.count(b"\r") != raw.count(b"\r\n"):
        found.append("bare_cr")
    return found


def _all(name: str, names: list[str], fields: list[Field]) -> bytes:
    """The values of every field of this name as one list."""
    return b", ".join([value for key, (_, value) in zip(names, fields, strict=True) if key == name])


def _ids(value: bytes) -> list[str]:
    return [f"<{decode_header(found)}>" for found in _ID.findall(value)]


def _message_id(value: bytes) -> str | None:
    """The identifier in its brackets (RFC 5322 section 3.6.4), or what stands in its place."""
    found = _ID.search(value)
    return f"<{decode_header(found.group(1))}>" if found else decode_header(value[:MAX_ID]) or None


def _return_path(value: bytes | None) -> str | None:
    if value is None:
        return None
    found = parse_addresses(value)
    return found[0].address if found else ""


def _list_id(value: str) -> str | None:
    """What stands in the angle brackets (RFC 2919)."""
    start = value.rfind("<")
    end = value.find(">", start)
    return (value[start + 1 : end].strip() if 0 <= start < end else value)[:MAX_ID] or None


def _preview(text: str) -> str:
    head = text.lstrip()[: MAX_PREVIEW * 10]
    if not head.isascii():
        head = _FILLING.sub(" ", head)
    return " ".join(head.split())[:MAX_PREVIEW].rstrip()


def _attachments(leaves: list[Leaf]) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(
            section=leaf.part.section,
            filename=leaf.part.filename,
            content_type=leaf.part.content_type,
            size=len(leaf.part.content),
        )
        for place, leaf in enumerate(leaves)
        if is_attachment(leaf, first=place == 0)
    )
