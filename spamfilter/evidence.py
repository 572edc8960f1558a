"""What a message shows, worked out once for all checks: its page, links, words, way and authentication. Pure.

Bounded: a check may read everything here without fear of the message's size.
"""

import re
import threading
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from agenticmail.message import Address, Message
from spamfilter.authentication import Authentication, Standing, own_headers, read_authentication, standing
from spamfilter.bayes import leaning, tokens_of
from spamfilter.folding import INVISIBLE, fold, plain, strange_in
from spamfilter.injection import has_words_of_instructions, kinds_in, talks_about
from spamfilter.lexicon.groups import LURES
from spamfilter.links import Link, links_of
from spamfilter.names import ascii_host, is_public
from spamfilter.page import Page, read_page
from spamfilter.phrases import Lexicon
from spamfilter.policy import BayesCounts, Policy
from spamfilter.trace import Hop, client_of, read_trace

MAX_TEXT = 32_768  # characters of text that are read as language
MAX_PATTERN_TEXT = 131_072
MAX_WORDS = 6_000
MAX_QUOTED_LINES = 400
LEXICON = Lexicon(LURES)
UNSPACED = re.compile(r"([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]{2})")

_STYLED = re.compile("[\U0001d400-\U0001d7ff\uff21-\uff3a\uff41-\uff5a\u24b6-\u24e9\U0001f130-\U0001f189]")
_HIDDEN_IN_WORD = re.compile(
    r"(?<=\w)[\u00ad\u034f\u200b\u200e\u200f\u2060-\u2064\ufeff]+(?=\w)|(?<=[A-Za-z])[\u200c\u200d]+(?=[A-Za-z])"
)
_LIST_TAG = re.compile(r"^\s*(?:(?:re|fwd?|aw|sv)\s*:\s*)?\[[^\]]{1,60}\]\s*", re.IGNORECASE)
_REPLY_TAG = re.compile(r"^\s*(?:re|fwd?|aw|sv)\s*:\s*", re.IGNORECASE)
_QUOTED = re.compile(r"(?m)^\s{0,3}[>|]")
_MAX_LOCAL = 64
_LOCAL = re.compile(r"[\w.+-]++\Z", re.ASCII)
_DOMAIN = re.compile(r"(?:[\w-]{1,63}\.){1,4}[\w-]{2,63}", re.ASCII)
_OWN_HEADERS = ("comments", "keywords", "organization")
_SIGNER = re.compile(r"(?:^|;)\s*d\s*=\s*([^;\s]{1,255})")


class Evidence:
    """A message and all that follows from it; everything is worked out when first asked for, and once."""

    def __init__(self, message: Message) -> None:
        self.message = message
        self._authentication: tuple[str, Authentication] | None = None
        self._leaning: tuple[BayesCounts, float | None] | None = None

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
    def subject(self) -> str:
        """The subject, undisguised, without the tag of a mailing list."""
        text = plain(self.message.subject[:1_000])
        tag = _LIST_TAG.match(text)
        if not tag:
            return text
        reply = _REPLY_TAG.match(text)
        return (reply[0] if reply else "") + text[tag.end() :]

    @cached_property
    def all_text(self) -> str:
        """Both readers' texts, and the subject, undisguised; to look for figures and addresses in."""
        return plain("\n".join((self.message.subject[:1_000], self.text, self.other_text)))

    @cached_property
    def written_addresses(self) -> tuple[str, ...]:
        """Mail addresses in the text, in lower case."""
        return tuple(dict.fromkeys(islice(_addresses_in(self.all_text[:12_000]), 50)))

    @cached_property
    def lures(self) -> Counter[str]:
        """How many phrases of each group stand in subject and text."""
        return LEXICON.count(self.spoken_folded)

    @cached_property
    def subject_lures(self) -> Counter[str]:
        return LEXICON.count(self.subject_folded)

    @cached_property
    def quotes(self) -> int:
        """Lines quoted from an earlier message."""
        text = self.message.text[:MAX_TEXT]
        return len(_QUOTED.findall(text)) if ">" in text or "|" in text else 0

    @cached_property
    def via_list(self) -> bool:
        """Whether a mailing list sent it on; then envelope and answers are the list's. No credit in itself."""
        return bool(self.header("list-post") or self.header("x-beenthere") or self.header("x-mailman-version"))

    @cached_property
    def delivered_to(self) -> tuple[Address, ...]:
        """The mailbox it was put into, where the server wrote that down."""
        named = [self.header(name) for name in ("delivered-to", "x-original-to", "envelope-to")]
        return tuple(Address(address=text.strip(" <>")) for text in named if text and "@" in text)

    @cached_property
    def mailer(self) -> str:
        return (self.header("x-mailer") or self.header("user-agent") or "")[:200]

    @cached_property
    def dkim_domains(self) -> tuple[str, ...]:
        """Who signed, by the signatures (RFC 6376 section 3.5); whether they hold is another matter."""
        values = [value[:2_000] for value in self.message.header_all("dkim-signature")[:5]]
        return tuple(host for value in values if (found := _SIGNER.search(value)) and (host := ascii_host(found[1])))

    @cached_property
    def invisible_in_words(self) -> int:
        """Characters without width inside words, in subject and text."""
        text = self.message.subject[:1_000] + self.message.text[:MAX_TEXT]
        return self.invisible_in(text)

    def invisible_in(self, text: str) -> int:
        """Characters without width inside words of `text`."""
        return len(_HIDDEN_IN_WORD.findall(text)) if INVISIBLE.search(strange_in(text)) else 0

    def styled_letters(self, text: str) -> int:
        """Letters of mathematical, full-width or circled alphabets in `text`."""
        return len(_STYLED.findall(text)) if _STYLED.search(strange_in(text)) else 0

    @cached_property
    def spoken_text(self) -> str:
        """Subject, page and plain text as one: what a model gets to read."""
        message = self.message
        parts = (message.subject[:1_000], self.text, self.other_text)
        return "\n\n".join(part for part in parts if part)

    @cached_property
    def spoken_folded(self) -> str:
        return f"{self.subject_folded}{self.folded}{self.other_folded}"

    @cached_property
    def labels(self) -> str:
        """What few read: names of people and files, descriptions of pictures, the title, the sender's own headers."""
        message = self.message
        files = re.sub(r"[_.-]", " ", "\n".join(item.filename or "" for item in message.attachments[:30]))
        people = (message.from_, *message.to[:10], *message.cc[:10], *message.reply_to[:3])
        headers = [
            value[:500]
            for name, value in message.headers[:100]
            if (name.startswith("x-") or name in _OWN_HEADERS) and value[:500].count(" ") > 4
        ]
        names = "\n".join(person.name for person in people)
        places = (files, names, self.page.labels, self.page.title, "\n".join(headers)[:8_000])
        return "\n\n".join(place for place in places if len(place) > 12)

    @cached_property
    def may_instruct(self) -> bool:
        """Whether any text, seen or not, holds words of instructions to machines: all are looked through at once."""
        unseen = fold("\n".join((self.page.hidden, self.page.comments, self.labels)))
        return has_words_of_instructions(f"{self.spoken_folded}{unseen} ")

    @cached_property
    def instructions(self) -> Counter[str]:
        """Instructions to machines in subject and text, by kind (`spamfilter.injection.KINDS`)."""
        return kinds_in(self.spoken_text, self.spoken_folded) if self.may_instruct else Counter()

    @cached_property
    def talks_about_injection(self) -> int:
        """How much of it is the talk of those who write about such things."""
        return talks_about(f"{self.subject_folded}{self.folded}")

    @cached_property
    def searched(self) -> str:
        """What patterns of signatures are tried on: subject, text, and the source of the page."""
        message = self.message
        return "\n".join((message.subject[:1_000], message.text[:MAX_PATTERN_TEXT], message.html[:MAX_PATTERN_TEXT]))

    def header(self, name: str) -> str | None:
        """The first value of header `name` (lower case), decoded; None where the message has none."""
        return self._first_headers.get(name)

    @cached_property
    def _first_headers(self) -> dict[str, str]:
        return dict(reversed(self.message.headers))

    def header_count(self, name: str) -> int:
        """How many headers of that name (lower case) there are."""
        return self._header_counts[name]

    @cached_property
    def _header_counts(self) -> Counter[str]:
        return Counter(name for name, _ in self.message.headers)

    @cached_property
    def tokens(self) -> tuple[int, ...]:
        """What the Bayesian part counts."""
        return tokens_of(self)

    def leaning(self, policy: Policy) -> float | None:
        """Which way the learnt words lean (`spamfilter.bayes.leaning`); None where nothing is known."""
        if policy.bayes is None:
            return None
        if self._leaning is None or self._leaning[0] is not policy.bayes:
            self._leaning = (policy.bayes, leaning(self.tokens, policy.bayes))
        return self._leaning[1]

    def authentication(self, policy: Policy) -> Authentication:
        """What the receiving server found out, as far as the policy lets it be believed."""
        if self._authentication is None or self._authentication[0] != policy.authserv_id:
            found = read_authentication(self.message.headers, policy.authserv_id)
            self._authentication = (policy.authserv_id, found)
        return self._authentication[1]

    def believed_headers(self, policy: Policy) -> int:
        return own_headers(self.message.headers, policy.authserv_id)

    def standing(self, policy: Policy) -> Standing:
        """Whether the sender is who the From says."""
        return standing(self.authentication(policy), self.sender_domain)

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
    def outside_hops(self) -> list[Hop]:
        """Those whose client has an address of the public internet."""
        return [hop for hop in self.hops if hop.ip and is_public(hop.ip)]

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


def _addresses_in(text: str) -> Iterator[str]:
    done, at = 0, text.find("@")
    while at >= 0:
        local = _LOCAL.search(text, max(done, at - _MAX_LOCAL), at)
        if local and (domain := _DOMAIN.match(text, at + 1)):
            done = domain.end()
            yield text[local.start() : done].lower()
        at = text.find("@", at + 1)


def _words(folded: str) -> list[str]:
    if not folded.isascii():
        folded = UNSPACED.sub(r" \1 ", folded)
    return folded.split()
