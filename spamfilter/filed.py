"""What comes as a file and is read as text: pages, appointments, settings, notes. Pure; bounded."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agenticmail.message import Message, Part
from spamfilter.page import Page, read_page

MOST_FILES, MOST_OCTETS, MOST_CHARACTERS = 20, 65_536, 16_384

_PATCHES = frozenset(("text/x-patch", "text/x-diff"))
_SETTINGS = frozenset(("application/json", "application/xml", "application/yaml", "application/x-yaml"))
_FOLDED_LINE = re.compile(r"\r?\n[ \t]")  # RFC 5545 section 3.1
_ESCAPED = re.compile(r"\\([nN,;\\])")
_SAID_IN_CALENDAR = re.compile(r"(?im)^(?:summary|description|comment|location|x-alt-desc)[^:\r\n]{0,200}:([^\r\n]*)")


@dataclass(frozen=True, slots=True)
class File:
    """`text`: of an appointment only what it says to people. `page`: what a page shows and hides."""

    name: str
    content_type: str
    text: str
    page: Page | None

    @property
    def said(self) -> str:
        """All of it, shown or not."""
        page = self.page
        return f"{page.visible}\n{page.hidden}\n{page.comments}" if page else self.text


def files_of(message: Message) -> Iterator[File]:
    for part in message.parts[:MOST_FILES]:
        if _is_read(part) and len(part.content) < MOST_OCTETS:
            text = part.content[:MOST_CHARACTERS].decode("utf-8", "replace")
            said = _said_in_calendar(text) if part.content_type == "text/calendar" else text
            page = read_page(text) if part.content_type == "text/html" else None
            yield File(part.filename or part.content_type, part.content_type, said, page)


def _is_read(part: Part) -> bool:
    if part.content_type == "text/calendar" or part.content_type in _SETTINGS:
        return True
    return bool(part.filename) and part.content_type.startswith("text/") and part.content_type not in _PATCHES


def _said_in_calendar(text: str) -> str:
    said = "\\n\\n".join(_SAID_IN_CALENDAR.findall(_FOLDED_LINE.sub("", text)))
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], said)
