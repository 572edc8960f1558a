"""What comes as a file and is read as text: pages, appointments, settings, notes, other messages. Pure; bounded."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from agenticmail.message import Message, Part, parse_message
from spamfilter.page import Page, read_page

MOST_FILES, MOST_OCTETS, MOST_CHARACTERS = 20, 65_536, 16_384
MOST_TOGETHER = 32_768  # characters of all files of a message

_PATCHES = frozenset(("text/x-patch", "text/x-diff"))
_PAGES = frozenset(("text/html", "image/svg+xml"))
_WITHOUT_NAME = frozenset(  # read also where they have none
    "text/calendar message/rfc822 image/svg+xml "
    "application/json application/xml application/yaml application/x-yaml".split()
)
_FOLDED_LINE = re.compile(r"\r?\n[ \t]")  # RFC 5545 section 3.1
_ESCAPED = re.compile(r"\\([nN,;\\])")
_SAID_IN_CALENDAR = re.compile(r"(?im)^(?:summary|description|comment|location|x-alt-desc)[^:\r\n]{0,200}:([^\r\n]*)")


@dataclass(frozen=True, slots=True)
class File:
    """`text`: what it shows, of an appointment only what it says to people. `unseen`: what a page in it hides."""

    name: str
    content_type: str
    text: str
    unseen: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """All of it, shown or not."""
        return "\n".join((self.text, *self.unseen))


def files_of(message: Message) -> Iterator[File]:
    room = MOST_TOGETHER
    for part in message.parts[:MOST_FILES]:
        if room > 0 and _is_read(part) and len(part.content) < MOST_OCTETS:
            file = _read(part, message.received_at)
            room -= len(file.said)
            yield file


def _read(part: Part, received_at: datetime) -> File:
    kind, content = part.content_type, part.content[:MOST_CHARACTERS]
    name = part.filename or kind
    if kind == "message/rfc822":
        within = parse_message(content, received_at=received_at)
        return File(name, kind, f"{within.subject}\n\n{within.text}", _unseen(read_page(within.html)))
    text = content.decode("utf-8", "replace")
    if kind in _PAGES:
        page = read_page(text)
        return File(name, kind, page.visible, _unseen(page))
    return File(name, kind, _said_in_calendar(text) if kind == "text/calendar" else text)


def _unseen(page: Page) -> tuple[str, ...]:
    return tuple(filter(None, (page.hidden, page.comments)))


def _is_read(part: Part) -> bool:
    if part.content_type in _WITHOUT_NAME:
        return True
    return bool(part.filename) and part.content_type.startswith("text/") and part.content_type not in _PATCHES


def _said_in_calendar(text: str) -> str:
    said = "\\n\\n".join(_SAID_IN_CALENDAR.findall(_FOLDED_LINE.sub("", text)))
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], said)
