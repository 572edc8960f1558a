"""Address lists (RFC 5322 sections 3.4 and 4.4), as senders write them: one pass, bounded, never raises."""

import re
from dataclasses import dataclass

from agenticmail.mail.encodedwords import decode_words, one_line

MAX_FIELD = 64 * 1024  # characters of one field that are looked at
MAX_ADDRESSES = 1000  # of one field

_TOKEN = re.compile(
    r"""
    (?P<text>[^\s"(),:;<>\\]+)
  | (?P<space>\s+)
  | (?P<quoted>"[^"\\]*(?:\\.[^"\\]*)*")
  | (?P<open><)
  | (?P<close>>)
  | (?P<comma>,[,\s]*)
  | (?P<colon>:)
  | (?P<semicolon>;[;\s]*)
  | (?P<comment>\()
  | (?P<other>\\.|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_COMMENT_EDGE = re.compile(r"\\.|[()]", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A mailbox of RFC 5322 section 3.4, decoded (RFC 2047); `address` keeps its case, `""` where there is none."""

    name: str = ""
    address: str = ""

    @property
    def domain(self) -> str:
        """What follows the last `@`, in lower case, `""` where there is none."""
        return self.address.rpartition("@")[2].lower() if "@" in self.address else ""


def parse_addresses(value: bytes) -> tuple[Address, ...]:
    """The mailboxes of a field's value in their order; those of groups among them, group names dropped."""
    return _Reader(value[:MAX_FIELD].decode("utf-8", "surrogateescape")).read()


class _Reader:
    """Reads one list. What it has of the address in work: its phrase, its `<...>`, its comment."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Address] = []
        self.comments_close = True
        self._next()

    def _next(self) -> None:
        self.phrase: list[str] = []
        self.angle: list[str] | None = None
        self.in_angle = False
        self.comment = ""

    def read(self) -> tuple[Address, ...]:
        at = 0
        match_token = _TOKEN.match
        text = self.text
        while at < len(text) and len(self.found) < MAX_ADDRESSES:
            match = match_token(text, at)
            if match is None:  # cannot be: the last alternative takes any character
                break
            kind = match.lastgroup or ""
            at = match.end()
            if kind == "comment":
                at = self._skip_comment(at)
            else:
                self._take(kind, match.group())
        self._finish()
        return tuple(self.found[:MAX_ADDRESSES])

    def _take(self, kind: str, token: str) -> None:
        if kind in ("comma", "semicolon"):
            if self.in_angle and kind == "comma":
                self._add(",")  # an obsolete route: <@a,@b:user@c>
            else:
                self._finish()
        elif kind == "open":
            self.angle, self.in_angle = [], True
        elif kind == "close":
            self.in_angle = False
        elif kind == "colon" and not self.in_angle:
            self._next()  # what was read is a group's name
        else:
            self._add(token)

    def _add(self, token: str) -> None:
        if self.in_angle and self.angle is not None:
            self.angle.append(token)
        else:
            self.phrase.append(token)

    def _skip_comment(self, at: int) -> int:
        """The place after the comment whose text begins at `at`; it may be the only name there is."""
        if self.comments_close:
            depth = 1
            for edge in _COMMENT_EDGE.finditer(self.text, at):
                depth += {"(": 1, ")": -1}.get(edge.group(), 0)
                if depth == 0:
                    self.comment = self.comment or self.text[at : edge.start()]
                    return edge.end()
            self.comments_close = False
        self._add("(")
        return at

    def _finish(self) -> None:
        phrase = "".join(self.phrase).strip()
        if self.angle is not None:
            address = _spec("".join(self.angle))
            name = _phrase(phrase) or _phrase(self.comment)
        elif "@" in phrase or (phrase and not any(char.isspace() for char in phrase)):
            address, name = _bare(phrase), _phrase(self.comment)
        else:
            address, name = "", _phrase(phrase)
        self._next()
        if address or name:
            self.found.append(Address(name=name, address=address))


def _bare(phrase: str) -> str:
    """The address of a mailbox without angle brackets; the last word with an `@`, if there are several words."""
    words = phrase.split()
    if len(words) > 1 and not phrase.startswith('"'):
        return _spec(next((word for word in reversed(words) if "@" in word), phrase))
    return _spec(phrase)


def _spec(text: str) -> str:
    """An addr-spec without its route and its white space."""
    if text.startswith("@") and ":" in text:
        text = text.rpartition(":")[2]
    text = "".join(text.split()) if '"' not in text else text.strip()
    return one_line(_text(text))


def _phrase(text: str) -> str:
    if '"' in text:
        text = text.replace('\\"', "\0").replace('"', "").replace("\0", '"')
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    return one_line(_text(text))


def _text(text: str) -> str:
    if text.isascii() and "=?" not in text:
        return text
    return decode_words(text.encode("utf-8", "surrogateescape"))
