"""What was learnt here about words: tokens of a message, and what their counts say together. Pure.

Robinson's degree of belief for each token. There are several witnesses (words, pairs of words, the subject, the
sender, the way, headers, links, and the shape of the page), each heard by itself: the mean of the log-odds of its
most telling tokens. One of them often errs alone: a newsletter has the looks of spam and not its words, a joke that was
sent on has the words and came another way. (Fisher's way to combine tokens is sure of itself on every long text.)
What a witness counts for was found by logistic regression beside the points of the checks, on halves of the
collections that had not been learnt. Links and shape count the other way round: the checks have heard them already.
"""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise
from typing import TYPE_CHECKING
from zlib import crc32

from spamfilter.names import organisation
from spamfilter.policy import BayesCounts

if TYPE_CHECKING:
    from spamfilter.evidence import Evidence

MIN_LEARNT = 50  # messages of each side before a word is said
MAX_TOKENS = 1_000
TELLING = 60  # at most so many tokens of a witness decide
STRENGTH = 0.1  # Robinson's s: the weight of the assumption against one sighting
ASSUMED = 0.5  # Robinson's x
MIN_ODDS = 0.4  # log-odds nearer to 0 say nothing
SURE = 2.0  # the mean log-odds from which a witness is quite sure
SUSPICION = 2.8  # points of a message for which no witness speaks: wanted mail has somebody who does
MOST = 9.0  # points, either way
# Shares of the tokens met before, between which what is said comes to count: of mail of another kind there is little.
KNOWN_ACCUSING = (0.4, 0.6)
KNOWN_EXCUSING = (0.6, 0.7)

_HALF = 1 << 63  # of what 64 bits hold: for signed integers
_WITNESS = 7  # the bits of a token that tell whose it is
_NO_WITNESS = 0xFFFF_FFFF - _WITNESS
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
    found: list[int] = []
    for witness, (read, _) in enumerate(WITNESSES):
        distinct = dict.fromkeys(islice(read(evidence), MAX_TOKENS))
        if distinct:
            octets = "\n".join(distinct).encode("utf-8", "replace").split(b"\n")
            found += [_hashed(token, witness) for token in octets]
    return tuple(found[:MAX_TOKENS])


def _hashed(token: bytes, witness: int) -> int:
    """Two checksums as one: there are hundreds of tokens. The lowest bits are the witness."""
    return (crc32(token) << 32 | crc32(token[::-1]) & _NO_WITNESS | witness) - _HALF


def leaning(tokens: Sequence[int], counts: BayesCounts) -> float | None:
    """Which way the message leans, from -1 (wanted) to 1 (spam).

    None while too little is learnt, or where nothing that is known of it tells anything.
    """
    if counts.spam < MIN_LEARNT or counts.ham < MIN_LEARNT:
        return None
    known = [(token & _WITNESS, seen) for token in tokens if (seen := counts.tokens.get(token))]
    odds = {seen: _odds(*seen, counts) for seen in {seen for _, seen in known}}
    heard: list[list[float]] = [[] for _ in WITNESSES]
    for witness, seen in known:
        if abs(odds[seen]) > MIN_ODDS:
            heard[witness].append(odds[seen])
    if not any(heard):
        return None
    told = zip(WITNESSES, heard, strict=True)
    says = SUSPICION + sum(points * _testimony(telling) for (_, points), telling in told)
    little, well = KNOWN_ACCUSING if says > 0 else KNOWN_EXCUSING
    believed = min(1.0, max(0.0, (len(known) / max(1, len(tokens)) - little) / (well - little)))
    return believed * max(-1.0, min(1.0, says / MOST))


def _testimony(odds: list[float]) -> float:
    """From -1 (wanted) to 1 (spam): the mean of the most telling odds, drawn to 0 where they are few."""
    telling = sorted(odds, key=abs, reverse=True)[:TELLING]
    return math.tanh(sum(telling) / (len(telling) + 1) / SURE)


def _odds(spam: int, ham: int, counts: BayesCounts) -> float:
    """The logarithm of the odds that a message with the token is spam, drawn towards even where it is rare."""
    in_spam, in_ham = spam / counts.spam, ham / counts.ham
    if not in_spam + in_ham:
        return 0.0
    seen = spam + ham
    belief = (STRENGTH * ASSUMED + seen * (in_spam / (in_spam + in_ham))) / (STRENGTH + seen)
    return math.log(belief / (1 - belief))


def _subject(evidence: "Evidence") -> Iterator[str]:
    return (f"s:{word}" for word in evidence.subject_words[:40])


def _sender(evidence: "Evidence") -> Iterator[str]:
    message = evidence.message
    yield f"f:{message.from_.address.lower()[:80]}"
    yield f"d:{message.from_.domain[:80]}"
    yield f"tld:{message.from_.domain.rpartition('.')[2]}"
    yield from (f"n:{word}" for word in evidence.sender_name_folded.split()[:6])
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
    yield f"len:{evidence.word_count.bit_length()}"
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
    return (word for word in evidence.words[:MAX_TOKENS] if 2 < len(word) <= 24 or not word.isascii())


def _pairs(evidence: "Evidence") -> Iterator[str]:
    """Each word with the one before it."""
    words = [word[:24] for word in evidence.words[:MAX_TOKENS]]
    return (f"{before} {word}" for before, word in pairwise(words) if len(word) > 2 or not word.isascii())


# Who is heard, and for how many points. The place is the witness's number in every stored token.
WITNESSES: tuple[tuple[Callable[["Evidence"], Iterator[str]], float], ...] = (
    (_way, 3.2),
    (_headers, 0.7),
    (_links, -0.3),
    (_shape, -2.7),
    (_sender, 1.2),
    (_subject, 1.2),
    (_words, 2.0),
    (_pairs, 0.9),
)
