"""What conditions look at, drawn from one message: each view is made when first asked for, and kept.

A message is asked by hundreds of conditions, so texts are folded once for all of them. Knows no rules.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from agenticmail.message import Address, Message, Priority
from rules.fields import HEADER_PREFIX
from spamfilter.verdict import Verdict

# No value holds a NUL (`Message` promises it), so one search over the values joined by NULs, with a NUL at
# both ends, answers `contains`, `starts_with`, `ends_with` and `is` for all of them.
EDGE = "\0"

_SCANNED = "scanned"
_LONGEST_NORMALIZED = 1000  # beyond a header's length: putting marks in order is quadratic in a run of them
_LONGEST_DOMAIN = 253  # RFC 1035 section 2.3.4
_ENVELOPE_HEADERS = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to")


def fold(text: str) -> str:
    """`text` as comparisons see it: without case, and a letter with its accent as one character."""
    if text.isascii():
        return text.lower()
    if len(text) <= _LONGEST_NORMALIZED:
        text = unicodedata.normalize("NFC", text)
    return text.casefold()


def joined_view(field: str) -> str:
    """The key of all folded values of `field`, joined by EDGE, with EDGE around."""
    return f"joined {field}"


def scanned_view(field: str) -> str:
    """The key of the joined view in UTF-8, as the one text of a tuple, for RE2 to look for words."""
    return f"{_SCANNED} {field}"


def holds_words(view: str) -> bool:
    """Whether what is looked for in `view` are words, and not patterns."""
    return view.startswith(_SCANNED)


def values_view(field: str) -> str:
    """The key of the set of folded values of `field`."""
    return f"values {field}"


def domains_view(field: str) -> str:
    """The key of the set of domains in `field`, each with all domains above it."""
    return f"domains {field}"


def number_view(field: str) -> str:
    """The key of the number that `field` is."""
    return f"number {field}"


def encoded_view(field: str) -> str:
    """The key of the values of `field` as they are, in UTF-8, for RE2."""
    return f"encoded {field}"


def lines_view(field: str) -> str:
    """The key of the encoded values of `field`, one a line, as the one text of a tuple: one search is for all."""
    return f"lines {field}"


class Facts(dict[str, Any]):
    """One message's views by key. The state that rules change is here too: a later rule sees it."""

    __slots__ = ("_headers", "_settled", "folder", "labels", "message", "priority", "verdict")

    def __init__(self, message: Message, verdict: Verdict, folder: str) -> None:
        super().__init__()
        self.message = message
        self.verdict = verdict
        self.priority: Priority = message.priority
        self.labels = {fold(label): label for label in message.labels}
        self.folder = folder
        self._headers: dict[str, list[str]] | None = None

    def __missing__(self, key: str) -> Any:
        view, _, field = key.partition(" ")
        made = self[key] = _VIEWS[view](self, field)
        return made

    def set_priority(self, priority: Priority) -> None:
        self.priority = priority
        self._forget("priority")

    def add_label(self, label: str) -> None:
        self.labels.setdefault(fold(label), label)
        self._forget("label")

    def remove_label(self, label: str) -> None:
        self.labels.pop(fold(label), None)
        self._forget("label")

    def set_folder(self, folder: str) -> None:
        self.folder = folder
        self._forget("folder")

    def _forget(self, field: str) -> None:
        for view in _VIEWS:
            self.pop(f"{view} {field}", None)

    def texts(self, field: str) -> tuple[str, ...]:
        """The values of a text field, as they are; empty ones are none."""
        if field.startswith(HEADER_PREFIX):
            return tuple(filter(None, self._header(field.removeprefix(HEADER_PREFIX).lower())))
        if field in _ADDRESSES:
            return tuple(text for address in self.addresses(field) for text in _readings(address))
        return tuple(value for value in _TEXTS[field](self) if value)

    def addresses(self, field: str) -> tuple[Address, ...]:
        found = _ADDRESSES[field](self.message)
        if field == "recipient":
            envelope = (value for name in _ENVELOPE_HEADERS for value in self._header(name))
            found += tuple(Address(address=value.strip().strip("<>")) for value in envelope)
        return found

    def _header(self, name: str) -> list[str]:
        if self._headers is None:
            self._headers = defaultdict(list)
            for key, value in self.message.headers:
                self._headers[key].append(value)
        return self._headers.get(name, [])


def _readings(address: Address) -> Iterator[str]:
    """The ways to read an address: bare, its name, and both.

    A name that pretends to be an address is not read: `from is boss@example.com` asks for the real one.
    """
    if address.address:
        yield address.address
    if address.name and "@" not in address.name:
        yield address.name
        yield f"{address.name} <{address.address}>"


def _domains(facts: Facts, field: str) -> frozenset[str]:
    return frozenset(part for domain in _domains_in(facts, field) for part in _with_parents(fold(domain)))


def _domains_in(facts: Facts, field: str) -> Iterable[str]:
    if field in _ADDRESSES:
        return (address.domain for address in facts.addresses(field))
    entries = (entry for text in facts.texts(field) for entry in text.split(","))
    return (entry.rpartition("@")[2].rpartition("<")[2].partition(">")[0].strip() for entry in entries)


def _with_parents(domain: str) -> Iterator[str]:
    domain = domain.rstrip(".")
    while domain:
        yield domain
        if len(domain) > _LONGEST_DOMAIN:
            return
        domain = domain.partition(".")[2]


def _joined(facts: Facts, field: str) -> str:
    texts = facts.texts(field)
    return EDGE + EDGE.join(map(fold, texts)) + EDGE if texts else ""


def _scanned(facts: Facts, field: str) -> tuple[bytes, ...]:
    return (_joined(facts, field).encode("utf-8", "replace"),)


def _values(facts: Facts, field: str) -> frozenset[str]:
    return frozenset(map(fold, facts.texts(field)))


def _encoded(facts: Facts, field: str) -> tuple[bytes, ...]:
    return tuple(text.encode("utf-8", "replace") for text in facts.texts(field))


def _lines(facts: Facts, field: str) -> tuple[bytes, ...]:
    texts: tuple[bytes, ...] = facts[encoded_view(field)]
    return (b"\n".join(texts),) if texts else ()


def _number(facts: Facts, field: str) -> float:
    return _NUMBERS[field](facts)


_VIEWS: dict[str, Callable[[Facts, str], object]] = {
    "joined": _joined,
    _SCANNED: _scanned,
    "values": _values,
    "domains": _domains,
    "encoded": _encoded,
    "lines": _lines,
    "number": _number,
}
_NUMBERS: dict[str, Callable[[Facts], float]] = {
    "size": lambda facts: facts.message.size,
    "spam_score": lambda facts: facts.verdict.score,
}
_ADDRESSES: dict[str, Callable[[Message], tuple[Address, ...]]] = {
    "from": lambda message: (message.from_,),
    "to": lambda message: message.to,
    "cc": lambda message: message.cc,
    "recipient": lambda message: message.to + message.cc,
    "reply_to": lambda message: message.reply_to,
}
_TEXTS: dict[str, Callable[[Facts], Iterable[str]]] = {
    "subject": lambda facts: (facts.message.subject,),
    "body": lambda facts: (facts.message.text,),
    "list_id": lambda facts: (facts.message.list_id or "",),
    "attachment_name": lambda facts: (file.filename or "" for file in facts.message.attachments),
    "attachment_type": lambda facts: (file.content_type for file in facts.message.attachments),
    "priority": lambda facts: (facts.priority,),
    "label": lambda facts: facts.labels.values(),
    "folder": lambda facts: (facts.folder,),
    "spam_verdict": lambda facts: (facts.verdict.verdict,),
    "spam_category": lambda facts: facts.verdict.categories,
}
