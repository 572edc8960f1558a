"""What a message shows, worked out once for all checks: its page, links, words, way and authentication. Pure.

Bounded: a check may read everything here without fear of the message's size.
"""

import re
import threading
from functools import cached_property

from agenticmail.message import Message
from spamfilter.folding import INVISIBLE, fold, plain
from spamfilter.links import Link, links_of
from spamfilter.names import ascii_host
from spamfilter.page import Page, read_page
from spamfilter.trace import Hop, client_of, read_trace

MAX_TEXT = 32_768  # characters of text that are read as language
MAX_WORDS = 6_000
UNSPACED = re.compile(r"([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]{2})")


class Evidence:
    """A message and all that follows from it; everything is worked out when first asked for, and once."""

    def __init__(self, message: Message) -> None:
        self.message = message

    @cached_property
    def has_plain(self) -> bool:
        """Whether the sender wrote a plain text beside any HTML."""
        return any(part.content_type == "text/plain" and not part.filename for part in self.message.parts)

    @cached_property
    def page(self) -> Page:
        return read_page(self.message.html)

    @cached_property
    def text(self) -> str:
        """What a person reads: the page where there is one, else the text; not yet folded."""
        return self.page.visible[:MAX_TEXT] if self.message.html else self.message.text[:MAX_TEXT]

    @cached_property
    def other_text(self) -> str:
        """The plain text beside a page: another reader, and a language model, reads this one."""
        return self.message.text[:MAX_TEXT] if self.message.html and self.has_plain else ""

    @cached_property
    def folded(self) -> str:
        """The readable text as words in lower case, one space between and at both ends."""
        return f" {fold(self.text)} "

    @cached_property
    def other_folded(self) -> str:
        return f" {fold(self.other_text)} " if self.other_text else ""

    @cached_property
    def subject_folded(self) -> str:
        return f" {fold(self.message.subject[:1_000])} "

    @cached_property
    def subject_words(self) -> list[str]:
        return _words(self.subject_folded)

    @cached_property
    def sender_name(self) -> str:
        """The display name of the From, undisguised."""
        return plain(self.message.from_.name[:300]).strip()

    @cached_property
    def sender_name_words(self) -> list[str]:
        return fold(self.sender_name).split()

    @cached_property
    def words(self) -> list[str]:
        """The words of the readable text, in order; pairs of characters in scripts without spaces."""
        return _words(self.folded)[:MAX_WORDS]

    @cached_property
    def invisible(self) -> int:
        """Characters that take no room, in subject and text (those that hold emoji together left out)."""
        text = self.message.subject[:1_000] + self.message.text[:MAX_TEXT]
        return 0 if text.isascii() else len(INVISIBLE.findall(text))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        return links_of(self.page, self.message.text[:MAX_TEXT])

    @cached_property
    def web_links(self) -> tuple[Link, ...]:
        """Links that go to a host."""
        return tuple(link for link in self.links if link.host)

    @cached_property
    def hops(self) -> tuple[Hop, ...]:
        return read_trace(self.message.header_all("received"))

    @cached_property
    def client(self) -> Hop | None:
        """Who delivered to the mailbox's servers."""
        return client_of(self.hops)

    @cached_property
    def client_ips(self) -> tuple[str, ...]:
        return (self.client.ip,) if self.client else ()

    @cached_property
    def senders(self) -> tuple[str, ...]:
        """Addresses that claim to have sent it: From, Sender, envelope; lower case, domain in ASCII form."""
        message = self.message
        claimed = [message.from_.address, message.sender.address if message.sender else "", message.return_path or ""]
        return tuple(dict.fromkeys(address for text in claimed if (address := address_key(text))))

    @cached_property
    def sender_domain(self) -> str:
        return ascii_host(self.message.from_.domain)


def address_key(text: str) -> str:
    """An address in its normal form: lower case, domain in ASCII form; "" where it is none."""
    local, _, domain = text.strip().strip("<>").lower().rpartition("@")
    host = ascii_host(domain)
    return f"{local}@{host}" if local and host else ""


_recent = threading.local()


def evidence_of(message: Message) -> Evidence:
    """The evidence of `message`; a second call for the same object in the same thread finds it worked out."""
    kept: Evidence | None = getattr(_recent, "evidence", None)
    if kept is None or kept.message is not message:
        kept = _recent.evidence = Evidence(message)
    return kept


def _words(folded: str) -> list[str]:
    if not folded.isascii():
        folded = UNSPACED.sub(r" \1 ", folded)
    return folded.split()
