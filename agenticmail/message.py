"""The one shape of a mail. Parses untrusted bytes; knows neither Django nor IMAP."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Priority = Literal["high", "normal", "low"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A mailbox of RFC 5322 section 3.4, decoded (RFC 2047); `address` keeps its case, `""` where there is none."""

    name: str = ""
    address: str = ""

    @property
    def domain(self) -> str:
        """What follows the last `@`, in lower case, `""` where there is none."""
        return self.address.rpartition("@")[2].lower() if "@" in self.address else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One leaf of the MIME tree (RFC 2045), in document order.

    `section` is its IMAP section number (RFC 9051 section 6.4.5, "1", "2.1"), `content_type` lower case
    "type/subtype", `content` its decoded bytes (bounded; empty where the fetched part of the message does
    not reach it), `size` its length in octets as sent, `filename` decoded or None.
    """

    section: str
    content_type: str
    charset: str = ""
    encoding: str = ""
    disposition: str = ""
    filename: str | None = None
    content_id: str = ""
    size: int = 0
    content: bytes = b""
    truncated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A part that is offered as a file: it has a filename, or says it is one, or is no readable text."""

    section: str
    filename: str | None
    content_type: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A mail as the rest of the house sees it: clean, decoded text; never a NUL, never a raw header again.

    Every text is valid Unicode without surrogates; a header's value is unfolded to one line.
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
