"""What was learnt here about words: tokens of a message, and what their counts say together. Pure.

Robinson's degree of belief for each token. There are two witnesses: the words of the text, and the traits, which is
what headers, links, page and lures look like. Each is heard by itself, the mean of the log-odds of its most telling
tokens, because one of them often errs alone: a newsletter has the traits of spam and not its words, a joke that was
sent on has the words and not the traits. (Fisher's way to combine tokens is sure of itself on every long text.)
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING
from zlib import crc32

from spamfilter.names import organisation
from spamfilter.policy import BayesCounts

if TYPE_CHECKING:
    from spamfilter.evidence import Evidence

MIN_LEARNT = 50  # messages of each side before a word is said
MIN_TELLING = 4  # tokens of a witness that tell something, below which it is not heard
MAX_TOKENS = 1_000
TELLING = 100  # at most so many tokens of a witness decide
STRENGTH = 0.03  # Robinson's s: the weight of the assumption against one sighting
ASSUMED = 0.5  # Robinson's x
MIN_ODDS = 0.4  # log-odds nearer to 0 say nothing
SURE = 2.0  # the mean log-odds from which a witness is quite sure
WORDS, TRAITS = 4.0, 5.0  # how much each has to say
ALONE = 2.0  # the most that traits may accuse while the words excuse
KNOWN_LITTLE, KNOWN_WELL = 0.4, 0.6  # share of the tokens met before: of mail of another kind little can be said

_HALF = 1 << 63  # of what 64 bits hold: for signed integers
_EVEN = 0xFFFF_FFFE
_COLON = ord(":")  # which traits have and words do not
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
    octets = "\n".join(islice(distinct, MAX_TOKENS)).encode("utf-8", "replace").split(b"\n")
    return tuple([_hashed(token) for token in octets[:MAX_TOKENS]])


def _hashed(token: bytes) -> int:
    """Two checksums as one: there are hundreds of tokens. The lowest bit is 1 for words, which is their witness."""
    return (crc32(token) << 32 | crc32(token[::-1]) & _EVEN | (_COLON not in token)) - _HALF


def leaning(tokens: Sequence[int], counts: BayesCounts) -> float | None:
    """Which way the message leans, from -1 (wanted) to 1 (spam).

    None while too little is learnt, or too little of it is in this message.
    """
    if counts.spam < MIN_LEARNT or counts.ham < MIN_LEARNT:
        return None
    known = [(token & 1, seen) for token in tokens if (seen := counts.tokens.get(token))]
    odds = {seen: _odds(*seen, counts) for seen in {seen for _, seen in known}}
    words, traits = (_witness(odds[seen] for kind, seen in known if kind == witness) for witness in (1, 0))
    if words is None and traits is None:
        return None
    says = WORDS * math.tanh((words or 0.0) / SURE) + TRAITS * math.tanh((traits or 0.0) / SURE)
    if says > 0:
        share = len(known) / len(tokens)
        says = min(says, ALONE) if (words or 0.0) < 0 else says
        says *= min(1.0, max(0.0, (share - KNOWN_LITTLE) / (KNOWN_WELL - KNOWN_LITTLE)))
    return says / (WORDS + TRAITS)


def _witness(odds: Iterable[float]) -> float | None:
    """The mean of the most telling odds."""
    telling = sorted((o for o in odds if abs(o) > MIN_ODDS), key=abs, reverse=True)[:TELLING]
    return sum(telling) / len(telling) if len(telling) >= MIN_TELLING else None


def _odds(spam: int, ham: int, counts: BayesCounts) -> float:
    """The logarithm of the odds that a message with the token is spam, drawn towards even where it is rare."""
    in_spam, in_ham = spam / counts.spam, ham / counts.ham
    if not in_spam + in_ham:
        return 0.0
    seen = spam + ham
    belief = (STRENGTH * ASSUMED + seen * (in_spam / (in_spam + in_ham))) / (STRENGTH + seen)
    return math.log(belief / (1 - belief))


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


def _words(evidence: "Evidence") -> list[str]:
    """Words, and each with the one before it."""
    found, previous = [], ""
    for word in evidence.words[:MAX_TOKENS]:
        if 2 < len(word) <= 24 or not word.isascii():
            found.append(word)
            if previous:
                found.append(f"{previous} {word}")
        previous = word[:24]
    return found
