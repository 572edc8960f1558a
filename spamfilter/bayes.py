"""What was learnt here about words: tokens of a message, and what their counts say together. Pure.

Robinson's degree of belief for each token; the mean of the log-odds of the most telling ones decides. (Fisher's
way to combine them is sure of itself on every long text; the mean is not, and was better on mail of another
time than that it learnt from.) Tokens are words and pairs of words of the text, and what the headers, links,
page and lures look like; each carries where it stood.
"""

import math
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from spamfilter.digests import stable_hash
from spamfilter.names import organisation
from spamfilter.policy import BayesCounts

if TYPE_CHECKING:
    from spamfilter.evidence import Evidence

MIN_LEARNT = 50  # messages of each side before a word is said
MIN_TOKENS = 8  # telling tokens below which nothing is said
MAX_TOKENS = 1_000
TELLING = 300  # at most so many tokens decide
STRENGTH = 0.45  # Robinson's s: the weight of the assumption against one sighting
ASSUMED = 0.5  # Robinson's x
MIN_DISTANCE = 0.1  # tokens nearer to 0.5 say nothing

_COMMON_HEADERS = frozenset(
    "received from to subject date message-id mime-version content-type content-transfer-encoding return-path "
    "delivered-to".split()
)
_READ_HEADERS = (
    "received-spf authentication-results x-priority importance content-type precedence list-id x-mailer user-agent "
    "return-path reply-to sender mime-version accept-language x-originating-ip"
).split()
_HEADER_WORD = re.compile(r"[\w.=-]{3,40}")
_PATH_WORD = re.compile(r"[a-z]{3,20}")
_TAG_NAME = re.compile(r"<([a-z][a-z0-9]{0,12})")
_STYLE = re.compile(r"(?:color|font-family|font-size|face|bgcolor|width|border)\s?[=:]\s?[\"']?([#\w ,-]{2,30})")


def tokens_of(evidence: "Evidence") -> tuple[int, ...]:
    """The distinct tokens of a message as stable signed 64-bit hashes, at most MAX_TOKENS."""
    distinct = dict.fromkeys(islice(_tokens(evidence), MAX_TOKENS * 3))
    return tuple(stable_hash(token) for token in islice(distinct, MAX_TOKENS))


def leaning(tokens: Iterable[int], counts: BayesCounts) -> float | None:
    """The mean log-odds of the telling tokens: above 0 spam, below it wanted mail, from ±1 quite sure.

    None while too little is learnt, or too little of it is in this message.
    """
    if counts.spam < MIN_LEARNT or counts.ham < MIN_LEARNT:
        return None
    beliefs = [_belief(*seen, counts) for token in tokens if (seen := counts.tokens.get(token))]
    telling = sorted((b for b in beliefs if abs(b - 0.5) >= MIN_DISTANCE), key=lambda b: -abs(b - 0.5))[:TELLING]
    if len(telling) < MIN_TOKENS:
        return None
    return sum(math.log(belief / (1 - belief)) for belief in telling) / len(telling)


def _belief(spam: int, ham: int, counts: BayesCounts) -> float:
    """f(w): the share of spam among messages with the token, drawn towards the assumption where it is rare."""
    in_spam, in_ham = spam / counts.spam, ham / counts.ham
    if not in_spam + in_ham:
        return ASSUMED
    seen = spam + ham
    return (STRENGTH * ASSUMED + seen * (in_spam / (in_spam + in_ham))) / (STRENGTH + seen)


def _tokens(evidence: "Evidence") -> Iterator[str]:
    yield from _way(evidence)
    yield from _headers(evidence)
    yield from _links(evidence)
    yield from _shape(evidence)
    yield from _sender(evidence)
    yield from _words(evidence)


def _sender(evidence: "Evidence") -> Iterator[str]:
    message = evidence.message
    yield from (f"s:{word}" for word in evidence.subject_words[:40])
    yield f"f:{message.from_.address.lower()[:80]}"
    yield f"d:{message.from_.domain[:80]}"
    yield f"tld:{message.from_.domain.rpartition('.')[2]}"
    yield from (f"n:{word}" for word in evidence.sender_name_words[:6])
    for address in message.reply_to[:2]:
        yield f"r:{address.domain[:80]}"
    mailer = evidence.mailer.split("/")[0][:30].lower()
    if mailer:
        yield f"m:{mailer}"


def _way(evidence: "Evidence") -> Iterator[str]:
    for hop in evidence.hops[:10]:
        if hop.by:
            yield f"b:{hop.by}"
        if hop.helo:
            yield f"o:{hop.helo[:60]}"
        if hop.reverse:
            yield f"v:{organisation(hop.reverse)}"
        if hop.ip:
            first, second, third, *_ = [*hop.ip.split("."), "", "", ""]
            yield f"i:{first}.{second}"
            yield f"i:{first}.{second}.{third}"


def _headers(evidence: "Evidence") -> Iterator[str]:
    message = evidence.message
    yield f"mid:{(message.message_id or '').rpartition('@')[2].strip('>')[:60]}"
    for word in (message.header("to") or "").lower().split()[:6]:
        yield f"to:{word[:60]}"
    for name in _READ_HEADERS:
        for word in _HEADER_WORD.findall((message.header(name) or "")[:1_000].lower())[:12]:
            yield f"{name}:{word}"
    for name, _ in message.headers[:80]:
        if name not in _COMMON_HEADERS:
            yield f"h:{name[:40]}"


def _links(evidence: "Evidence") -> Iterator[str]:
    for link in evidence.links[:40]:
        yield f"u:{organisation(link.host)}" if link.host else f"u:{link.scheme}:"
        for label in link.host.split("."):
            yield f"uh:{label[:40]}"
        for word in _PATH_WORD.findall(link.path[:200].lower())[:6]:
            yield f"up:{word}"


def _shape(evidence: "Evidence") -> Iterator[str]:
    message = evidence.message
    for part in message.parts[:20]:
        yield f"p:{part.content_type}:{part.charset[:20]}:{part.encoding[:20]}"
    yield f"len:{len(evidence.words).bit_length()}"
    yield f"att:{min(len(message.attachments), 9)}"
    yield f"lk:{len(evidence.web_links).bit_length()}"
    yield f"q:{evidence.quotes.bit_length()}"
    for group, count in evidence.lures.items():
        yield f"l:{group}:{min(count, 4)}"
    if message.html:
        source = message.html[:20_000].lower()
        yield from (f"t:{name}" for name in dict.fromkeys(_TAG_NAME.findall(source)))
        yield from (f"st:{value}" for value in list(dict.fromkeys(_STYLE.findall(source)))[:30])


def _words(evidence: "Evidence") -> Iterator[str]:
    previous = ""
    for word in evidence.words[:1_000]:
        if 2 < len(word) <= 24 or not word.isascii():
            yield word
            if previous:
                yield f"{previous} {word}"
        previous = word[:24]
