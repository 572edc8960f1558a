"""Address lists (RFC 5322 sections 3.4 and 4.4), as senders write them: one pass, bounded, never raises."""

import re
from dataclasses import dataclass
from itertools import islice

from agenticmail.mail.encodedwords import decode_words, one_line

MAX_FIELD = 64 * 1024  # octets of one field that are looked at
MAX_ADDRESSES = 1000  # of one field
MAX_TOKENS = 6 * MAX_ADDRESSES  # of one field: no honest address takes more
MAX_COMMENT_EDGES = 500  # brackets and escapes in one comment

_ENCODED_WORD = r"=\?[^?\s]{1,60}\?[bBqQ]\?[^?<>\"@]*\?="
# What most fields hold: one mailbox without comments. No two neighbours in it match the same character: linear.
_SPEC = r"[^\s\"(),:;<>@\\\[]+@[^\s\"(),:;<>@\\\[]+"
_SIMPLE = re.compile(rf"(?:\"([^\"\\]*)\"\s*|([^\"(),:;<>@\\\[]*))<({_SPEC})>|({_SPEC})")
_TOKEN = re.compile(
    rf"""
    (?P<text>(?:{_ENCODED_WORD}|[^"(),:;<>\\\[=]+|\[[^\[\]]*\]|=)+)
  | (?P<quoted>"[^"\\]*(?:\\.[^"\\]*)*")
  | (?P<angle><[^<>"()]*>)
  | (?P<separator>[,;][,;\s]*)
  | (?P<open><)
  | (?P<close>>)
  | (?P<colon>:)
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


def parse_addresses(value: bytes, charset: str = "") -> tuple[Address, ...]:
    """The mailboxes of a field's value in their order, those of groups among them (group names are dropped).

    `charset` is what raw 8-bit text in it is taken for, where it is no UTF-8.
    """
    if not value:
        return ()
    text = value[:MAX_FIELD].decode("utf-8", "surrogateescape")
    simple = _SIMPLE.fullmatch(text) if "=?" not in text and text.isprintable() else None
    if simple:
        quoted, bare, address, alone = simple.groups()
        return (Address(name=(quoted or bare or "").strip(), address=address or alone),)
    return _Reader(text, charset).read()


class _Reader:
    """Reads one list. What it has of the address in work: its phrase, its `<...>`, its comment."""

    def __init__(self, text: str, charset: str) -> None:
        self.text = text
        self.charset = charset
        self.found: list[Address] = []
        self.comments_close = True
        self.has_groups = ";" in text
        self._begin()

    def _begin(self) -> None:
        self.phrase: list[str] = []
        self.angle: list[str] | None = None
        self.in_angle = False
        self.comment = ""

    def read(self) -> tuple[Address, ...]:
        at = 0
        for _ in range(MAX_TOKENS):
            match = _TOKEN.match(self.text, at)
            if match is None or len(self.found) >= MAX_ADDRESSES:
                break
            at = match.end()
            if match.lastgroup == "comment":
                at = self._skip_comment(at)
            else:
                self._take(match.lastgroup or "", match.group())
        self._finish()
        return tuple(self.found[:MAX_ADDRESSES])

    def _take(self, kind: str, token: str) -> None:
        if kind == "separator":
            if self.in_angle and ";" not in token:
                self._add(",")  # an obsolete route: <@a,@b:user@c>
            else:
                self._finish()
        elif kind in ("angle", "open"):
            if self.angle is not None:
                self._finish()
            self.angle = [token[1:-1]] if kind == "angle" else []
            self.in_angle = kind == "open"
        elif kind == "close":
            self.in_angle = False
        elif kind == "colon" and self.has_groups and not self.in_angle:
            self._begin()  # what was read is a group's name
        else:
            self._add(token)

    def _add(self, token: str) -> None:
        if self.in_angle and self.angle is not None:
            self.angle.append(token)
        else:
            self.phrase.append(token)

    def _skip_comment(self, at: int) -> int:
        """The place after the comment whose text begins at `at`; it may be the only name there is.

        A comment that nothing closes is text, and so is every bracket behind it: none is looked for twice.
        """
        if self.comments_close:
            depth = 1
            for edge in islice(_COMMENT_EDGE.finditer(self.text, at), MAX_COMMENT_EDGES):
                depth += {"(": 1, ")": -1}.get(edge.group(), 0)
                if depth == 0:
                    self.comment = self.comment or self.text[at : edge.start()]
                    return edge.end()
            self.comments_close = False
        self._add("(")
        return at

    def _finish(self) -> None:
        """Takes down the address in work, if there is one."""
        phrase = "".join(self.phrase).strip()
        if self.angle is not None:
            address, name = self._spec("".join(self.angle)), self._name(phrase) or self._name(self.comment)
        elif "@" in phrase or (phrase and not _has_space(phrase)):
            address, name = self._spec(_bare(phrase)), self._name(self.comment)
        else:
            address, name = "", self._name(phrase)
        self._begin()
        if address or name:
            self.found.append(Address(name=name, address=address))

    def _spec(self, text: str) -> str:
        """An addr-spec without its route and its white space."""
        if text.startswith("@") and ":" in text:
            text = text.rpartition(":")[2]
        text = self._decoded(text)
        text = text if '"' in text else "".join(text.split())
        return text[7:] if text[:7].lower() == "mailto:" else text

    def _name(self, text: str) -> str:
        """A phrase without its quotes."""
        if '"' in text:
            text = text.replace('\\"', "\0").replace('"', "").replace("\0", '"')
        if "\\" in text:
            text = _ESCAPED.sub(r"\1", text)
        return self._decoded(text)

    def _decoded(self, text: str) -> str:
        if text.isascii() and "=?" not in text:
            return one_line(text)
        return one_line(decode_words(text.encode("utf-8", "surrogateescape"), self.charset))


def _bare(phrase: str) -> str:
    """The address of a mailbox without angle brackets: of several words the last one with an `@`."""
    if phrase.startswith('"'):
        return phrase
    phrase = " ".join(phrase.split()).replace(" . ", ".").replace(" @ ", "@")  # RFC 5322 appendix A.6.3
    return next((word for word in reversed(phrase.split()) if "@" in word), phrase)


def _has_space(text: str) -> bool:
    return len(text.split(None, 1)) > 1
