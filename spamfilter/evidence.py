"""What a message shows, worked out once for all checks: its page, links, words, way and authentication. Pure.

Bounded: a check may read everything here without fear of the message's size.
"""

import re
import threading
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from agenticmail.message import Address, Message, Part
from spamfilter import orders
from spamfilter.authentication import Authentication, Standing, own_headers, read_authentication, standing
from spamfilter.bayes import leaning, tokens_of
from spamfilter.filed import File, files_of
from spamfilter.folding import INVISIBLE, fold, plain, strange_in
from spamfilter.injection import kinds_in, may_instruct_unseen, talks_about
from spamfilter.lexicon.groups import LURES
from spamfilter.links import Link, links_of
from spamfilter.names import ascii_host, is_public, organisation
from spamfilter.once import once
from spamfilter.orders import Reading
from spamfilter.page import Page, read_page
from spamfilter.phrases import Lexicon
from spamfilter.policy import BayesCounts, Policy
from spamfilter.trace import Hop, client_of, read_trace

MAX_TEXT = 32_768  # characters of text that are read as language
MAX_PATTERN_TEXT = 131_072
MAX_WORDS = 6_000
MAX_FILES = 50
LEXICON = Lexicon(LURES)
UNSPACED = re.compile(r"([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]{2})")

_STYLED = re.compile("[\U0001d400-\U0001d7ff\uff21-\uff3a\uff41-\uff5a\u24b6-\u24e9\U0001f130-\U0001f189]")
_HIDDEN_IN_WORD = re.compile(  # from the first of them, which is quickly looked for
    r"[\u00ad\u034f\u200b-\u200f\u2060-\u2064\ufeff]"
    r"(?:(?<=\w[^\u200c\u200d])[\u00ad\u034f\u200b\u200e\u200f\u2060-\u2064\ufeff]*+(?=\w)"
    r"|(?<=[A-Za-z][\u200c\u200d])[\u200c\u200d]*+(?=[A-Za-z]))"
)
_LIST_TAG = re.compile(r"^\s*(?:(?:re|fwd?|aw|sv)\s*:\s*)?\[[^\]]{1,60}\]\s*", re.IGNORECASE)
_REPLY_TAG = re.compile(r"^\s*(?:re|fwd?|aw|sv)\s*:\s*", re.IGNORECASE)
_QUOTED = re.compile(r"(?m)^\s{0,3}[>|]")
_MAX_LOCAL = 64
_LOCAL = re.compile(r"[\w.+-]++\Z", re.ASCII)
_DOMAIN = re.compile(r"(?:[\w-]{1,63}\.){1,4}[\w-]{2,63}", re.ASCII)
_ENCODED_HEADERS = ("subject", "from", "to", "reply-to")
_OWN_HEADERS = ("comments", "keywords", "organization")
_SIGNER = re.compile(r"(?:^|;)\s*d\s*=\s*([^;\s]{1,255})")


class Evidence:
    """A message and all that follows from it; everything is worked out when first asked for, and once."""

    def __init__(self, message: Message) -> None:
        self.message = message
        self._authentication: tuple[str, Authentication] | None = None
        self._leaning: tuple[BayesCounts, float | None] | None = None

    @once
    def has_plain(self) -> bool:
        """Whether the sender wrote a plain text beside any HTML."""
        return any(part.content_type == "text/plain" and not part.filename for part in self.message.parts)

    @property
    def html(self) -> str:
        """The source of the page, "" where there is none."""
        return self.message.html

    @once
    def page(self) -> Page:
        return read_page(self.message.html)

    @once
    def text(self) -> str:
        """What a person reads: the page where there is one, else the text; not yet folded."""
        return self.page.visible[:MAX_TEXT] if self.message.html else self.message.text[:MAX_TEXT]

    @once
    def other_text(self) -> str:
        """The plain text beside a page: another reader, and a language model, reads this one."""
        return self.message.text[:MAX_TEXT] if self.message.html and self.has_plain else ""

    @once
    def folded(self) -> str:
        """The readable text as words in lower case, one space between and at both ends."""
        return f" {fold(self.text)} "

    @once
    def other_folded(self) -> str:
        return f" {fold(self.other_text)} " if self.other_text else ""

    @once
    def subject_folded(self) -> str:
        return f" {fold(self.message.subject[:1_000])} "

    @once
    def subject_words(self) -> list[str]:
        return _words(self.subject_folded)

    @once
    def sender_name(self) -> str:
        """The display name of the From, undisguised."""
        return plain(self.message.from_.name[:300]).strip()

    @once
    def sender_name_folded(self) -> str:
        return fold(self.sender_name)

    @once
    def words(self) -> list[str]:
        """The words of the readable text, in order; pairs of characters in scripts without spaces."""
        return _words(self.folded)[:MAX_WORDS]

    @once
    def word_count(self) -> int:
        """How many these are."""
        if self.folded.isspace():
            return 0
        return min(self.folded.count(" ") - 1, MAX_WORDS) if self.folded.isascii() else len(self.words)

    @once
    def subject(self) -> str:
        """The subject, undisguised, without the tag of a mailing list."""
        text = plain(self.message.subject[:1_000])
        tag = _LIST_TAG.match(text)
        if not tag:
            return text
        reply = _REPLY_TAG.match(text)
        return (reply[0] if reply else "") + text[tag.end() :]

    @once
    def all_text(self) -> str:
        """Both readers' texts, and the subject, undisguised; to look for figures and addresses in."""
        return plain("\n".join((self.message.subject[:1_000], self.text, self.other_text)))

    @once
    def written_addresses(self) -> tuple[str, ...]:
        """Mail addresses in the text, in lower case."""
        return tuple(dict.fromkeys(islice(_addresses_in(self.all_text[:12_000]), 50)))

    @once
    def lures(self) -> Counter[str]:
        """How many phrases of each group stand in subject and text."""
        return LEXICON.count(self.spoken_folded)

    @once
    def subject_lures(self) -> Counter[str]:
        return LEXICON.count(self.subject_folded) if self.lures else Counter()

    @once
    def quotes(self) -> int:
        """Lines quoted from an earlier message."""
        text = self.message.text[:MAX_TEXT]
        return len(_QUOTED.findall(text)) if ">" in text or "|" in text else 0

    @once
    def files(self) -> tuple[Part, ...]:
        """Parts that are no text of the message itself."""
        parts = self.message.parts[:MAX_FILES]
        return tuple([part for part in parts if part.filename or not part.content_type.startswith("text/")])

    @once
    def file_names(self) -> list[str]:
        return [item.filename.strip() for item in self.message.attachments[:MAX_FILES] if item.filename]

    @property
    def attached(self) -> bool:
        """Whether anything comes along, be it only by name."""
        return bool(self.files or self.file_names)

    @once
    def via_list(self) -> bool:
        """Whether a mailing list sent it on; then envelope and answers are the list's. No credit in itself."""
        return bool(self.header("list-post") or self.header("x-beenthere") or self.header("x-mailman-version"))

    @once
    def delivered_to(self) -> tuple[Address, ...]:
        """The mailbox it was put into, where the server wrote that down."""
        named = [self.header(name) for name in ("delivered-to", "x-original-to", "envelope-to")]
        return tuple([Address(address=text.strip(" <>")) for text in named if text and "@" in text])

    @once
    def mailer(self) -> str:
        return (self.header("x-mailer") or self.header("user-agent") or "")[:200]

    @once
    def dkim_domains(self) -> tuple[str, ...]:
        """Who signed, by the signatures (RFC 6376 section 3.5); whether they hold is another matter."""
        values = [value[:2_000] for value in self._headers.get("dkim-signature", ())[:5]]
        return tuple(host for value in values if (found := _SIGNER.search(value)) and (host := ascii_host(found[1])))

    @once
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

    @once
    def spoken_text(self) -> str:
        """Subject, page and plain text as one: what a model gets to read."""
        message = self.message
        parts = (message.subject[:1_000], self.text, self.other_text)
        return "\n\n".join(part for part in parts if part)

    @once
    def spoken_folded(self) -> str:
        return f"{self.subject_folded}{self.folded}{self.other_folded}"

    @once
    def labels(self) -> str:
        """What few read: names of people and files, descriptions of pictures, the title, the sender's own headers."""
        message = self.message
        files = re.sub(r"[_.-]", " ", "\n".join(item.filename or "" for item in message.attachments[:30]))
        people = (message.from_, *message.to[:10], *message.cc[:10], *message.reply_to[:3])
        headers = [
            value[:500]
            for name, value in message.headers[:100]
            if (name[:2] == "x-" or name in _OWN_HEADERS) and value.count(" ", 0, 500) > 4
        ]
        names = "\n".join(person.name for person in people)
        places = (files, names, self.page.labels, self.page.title, "\n".join(headers)[:8_000])
        return "\n\n".join(place for place in places if len(place) > 12)

    @once
    def may_instruct_unseen(self) -> bool:
        """Whether a text that is not seen holds words of instructions to machines: all are looked through at once."""
        return may_instruct_unseen(f" {self.unseen_folded} ")

    @once
    def unseen_folded(self) -> str:
        """What a person does not see, or looks at last."""
        return fold("\n".join((self.page.hidden, self.page.comments, self.labels)))

    @once
    def read_files(self) -> tuple[File, ...]:
        """What comes as a file and is read as text."""
        return tuple(files_of(self.message))

    @once
    def filed_folded(self) -> str:
        """What these files say."""
        return fold("\n".join(file.said for file in self.read_files))

    @once
    def read_as_order(self) -> Reading:
        """How much of what is spoken reads like an order to a machine."""
        return orders.read(self.spoken_folded)

    @once
    def unseen_as_order(self) -> Reading:
        """The same of what is not seen, or comes as a file."""
        return orders.read(f"{self.unseen_folded} {self.filed_folded}")

    @once
    def instructions(self) -> Counter[str]:
        """Instructions to machines in subject and text, by kind (`spamfilter.injection.KINDS`)."""
        return kinds_in(self.spoken_text, self.spoken_folded)

    @once
    def talks_about_injection(self) -> int:
        """How much of it is the talk of those who write about such things."""
        return talks_about(f"{self.subject_folded}{self.folded}")

    @once
    def searched(self) -> str:
        """What patterns of signatures are tried on: subject, text, and the source of the page."""
        message = self.message
        return "\n".join((message.subject[:1_000], message.text[:MAX_PATTERN_TEXT], message.html[:MAX_PATTERN_TEXT]))

    def header(self, name: str) -> str | None:
        """The first value of header `name` (lower case), decoded; None where the message has none."""
        values = self._headers.get(name)
        return values[0] if values else None

    def header_count(self, name: str) -> int:
        """How many headers of that name (lower case) there are."""
        return len(self._headers.get(name, ()))

    @once
    def _headers(self) -> dict[str, list[str]]:
        """The values by name, in order."""
        found: dict[str, list[str]] = {}
        for name, value in self.message.headers:
            if name in found:
                found[name].append(value)
            else:
                found[name] = [value]
        return found

    @once
    def raw_headers(self) -> list[tuple[str, bytes]]:
        """Subject and addresses as they were sent."""
        return [
            field
            for field in self.message.raw_headers[:100]
            if len(field[0]) < 9 and field[0].lower() in _ENCODED_HEADERS
        ]

    @once
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
        known = self._authentication
        if known is None or known[0] != policy.authserv_id:
            told = "authentication-results" in self._headers
            found = read_authentication(self.message.headers, policy.authserv_id) if told else Authentication()
            known = self._authentication = (policy.authserv_id, found)
        return known[1]

    def believed_headers(self, policy: Policy) -> int:
        return own_headers(self.message.headers, policy.authserv_id)

    def standing(self, policy: Policy) -> Standing:
        """Whether the sender is who the From says."""
        return standing(self.authentication(policy), self.sender_domain)

    @once
    def links(self) -> tuple[Link, ...]:
        return links_of(self.page, self.message.text[:MAX_TEXT])

    @once
    def web_links(self) -> tuple[Link, ...]:
        """Links that go to a host."""
        return tuple([link for link in self.links if link.host])

    @once
    def linked_hosts(self) -> tuple[Link, ...]:
        """The first link to each host."""
        first: dict[str, Link] = {}
        for link in self.web_links:
            first.setdefault(link.host, link)
        return tuple(first.values())

    @once
    def foreign_links(self) -> tuple[Link, ...]:
        """Links to others than the sender's organisation."""
        own = organisation(self.sender_domain)
        return tuple([link for link in self.web_links if organisation(link.host) != own])

    @once
    def hops(self) -> tuple[Hop, ...]:
        return read_trace(self._headers.get("received", ()))

    @once
    def outside_hops(self) -> list[Hop]:
        """Those whose client has an address of the public internet."""
        return [hop for hop in self.hops if hop.ip and is_public(hop.ip)]

    @once
    def client(self) -> Hop | None:
        """Who delivered to the mailbox's servers."""
        return client_of(self.hops)

    @once
    def client_ips(self) -> tuple[str, ...]:
        return (self.client.ip,) if self.client else ()

    @once
    def senders(self) -> tuple[str, ...]:
        """Addresses that claim to have sent it: From, Sender, envelope; lower case, domain in ASCII form."""
        message = self.message
        claimed = [message.from_.address, message.sender.address if message.sender else "", message.return_path or ""]
        return tuple(dict.fromkeys(address for text in claimed if (address := address_key(text))))

    @once
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
