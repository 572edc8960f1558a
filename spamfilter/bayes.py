"""What was learnt here about words: tokens of a message, and what their counts say together. Pure.

Robinson's degree of belief for each token, Fisher's method to combine them, as an indicator from 0 (ham) to 1
(spam); 0.5 is silence. Tokens carry where they stood (subject, sender, link, body), and pairs of words are
tokens too. The most telling ones decide.
"""

import math
from collections.abc import Iterable, Iterator
from itertools import islice

from spamfilter.digests import stable_hash
from spamfilter.evidence import Evidence
from spamfilter.names import organisation
from spamfilter.policy import BayesCounts

MIN_LEARNT = 50  # messages of each side before a word is said
MIN_TOKENS = 8  # telling tokens below which nothing is said
MAX_TOKENS = 700
TELLING = 150  # at most so many tokens decide
STRENGTH = 0.45  # Robinson's s: the weight of the assumption against one sighting
ASSUMED = 0.5  # Robinson's x
MIN_DISTANCE = 0.1  # tokens nearer to 0.5 say nothing


def tokens_of(evidence: Evidence) -> tuple[int, ...]:
    """The distinct tokens of a message as stable signed 64-bit hashes, at most MAX_TOKENS."""
    distinct = dict.fromkeys(islice(_tokens(evidence), MAX_TOKENS * 3))
    return tuple(stable_hash(token) for token in islice(distinct, MAX_TOKENS))


def indicator(tokens: Iterable[int], counts: BayesCounts) -> float | None:
    """From 0 (ham) to 1 (spam); None while too little is learnt, or too little of it is in this message."""
    if counts.spam < MIN_LEARNT or counts.ham < MIN_LEARNT:
        return None
    beliefs = [belief for token in tokens if (seen := counts.tokens.get(token)) and (belief := _belief(*seen, counts))]
    telling = sorted((b for b in beliefs if abs(b - 0.5) >= MIN_DISTANCE), key=lambda b: -abs(b - 0.5))[:TELLING]
    if len(telling) < MIN_TOKENS:
        return None
    spamminess = _inverse_chi_square(-2 * sum(math.log(1 - b) for b in telling), 2 * len(telling))
    hamminess = _inverse_chi_square(-2 * sum(math.log(b) for b in telling), 2 * len(telling))
    return (1 + hamminess - spamminess) / 2


def _belief(spam: int, ham: int, counts: BayesCounts) -> float:
    """f(w): the share of spam among messages with the token, drawn towards the assumption where it is rare."""
    in_spam, in_ham = spam / counts.spam, ham / counts.ham
    if not in_spam + in_ham:
        return ASSUMED
    seen = spam + ham
    return (STRENGTH * ASSUMED + seen * (in_spam / (in_spam + in_ham))) / (STRENGTH + seen)


def _inverse_chi_square(value: float, degrees: int) -> float:
    """The probability that chi-square with an even number of degrees is above `value`."""
    half = value / 2
    if half > 700:  # exp underflows; what is left of the sum is nothing
        return 0.0
    term = total = math.exp(-half)
    for index in range(1, degrees // 2):
        term *= half / index
        total += term
    return min(total, 1.0)


def _tokens(evidence: Evidence) -> Iterator[str]:
    message = evidence.message
    yield from (f"s:{word}" for word in evidence.subject_words[:40])
    yield f"f:{message.from_.address.lower()[:80]}"
    yield f"d:{message.from_.domain[:80]}"
    yield from (f"n:{word}" for word in evidence.sender_name_words[:6])
    for address in message.reply_to[:2]:
        yield f"r:{address.domain[:80]}"
    for link in evidence.links[:40]:
        yield f"u:{organisation(link.host)}" if link.host else f"u:{link.scheme}:"
    yield from _shape(evidence)
    yield from _words(evidence)


def _shape(evidence: Evidence) -> Iterator[str]:
    message = evidence.message
    for name, _ in message.headers[:80]:
        if name not in _COMMON_HEADERS:
            yield f"h:{name[:40]}"
    for part in message.parts[:20]:
        yield f"p:{part.content_type}:{part.charset[:20]}:{part.encoding[:20]}"
    mailer = message.header("x-mailer") or message.header("user-agent")
    if mailer:
        yield f"m:{mailer.split('/')[0][:30].lower()}"


_COMMON_HEADERS = frozenset(
    "received from to subject date message-id mime-version content-type content-transfer-encoding return-path "
    "delivered-to".split()
)


def _words(evidence: Evidence) -> Iterator[str]:
    previous = ""
    for word in evidence.words[:1_000]:
        if 2 < len(word) <= 24 or not word.isascii():
            yield word
            if previous:
                yield f"{previous} {word}"
        previous = word[:24]
