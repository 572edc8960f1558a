"""A text with few strange characters is folded by a quicker way than one with many: what comes out is the same."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from agenticmail.message import parse_message
from spamfilter.bayes import WITNESSES, tokens_of
from spamfilter.evidence import Evidence
from spamfilter.folding import fold, plain

MANY = " ".join(chr(code) for code in range(0x3B1, 0x3C8)) + " ñ é ü ö å ç"  # so many that the quick way is not taken
TEXTS = (
    "It’s “free”\u00a0– CALL now… 100€ ✓",
    "p\u200bay\u00adpal, Café, ﬁne, Ⅷ, ½ ²",
    "ＰＡＹ 𝐧𝐨𝐰 🎁 ZAŻÓŁĆ Øre ßs æ Æ",
    "раураl and paypаl; µ, Ω",
    "cafe\u0301 i\u0307 A\u030a",
)


@pytest.mark.parametrize("text", TEXTS)
def test_few_strange_characters_fold_as_they_do_among_many(text):
    assert fold(f"{text} {MANY}") == f"{fold(text)} {fold(MANY)}"


@pytest.mark.parametrize("text", TEXTS)
def test_few_strange_characters_are_undisguised_as_they_are_among_many(text):
    assert plain(f"{text} {MANY}") == f"{plain(text)} {plain(MANY)}"


@pytest.mark.parametrize(
    ("pointed", "bare"),
    [
        ("مُحَمَّد يطّلع", "محمد يطلع"),
        ("رســالة", "رسالة"),
        ("שָׁלוֹם", "שלום"),
        ("e\u0301t\u20dde", "ete"),
        ("नमस्ते", "नमस्ते"),  # vowel signs are letters
        ("ไม่", "ไม่"),
    ],
)
def test_a_word_is_the_same_with_its_points_and_without(pointed, bare):
    assert fold(pointed) == bare
    assert fold(f"{pointed} {MANY}") == f"{bare} {fold(MANY)}"


def test_tokens_are_distinct_signed_numbers_of_64_bits_and_say_whose_they_are():
    raw = b"From: a@b.example\r\nSubject: x\r\n\r\nseven wonders known from ancient books\r\n"
    tokens = tokens_of(Evidence(parse_message(raw, received_at=datetime(2026, 1, 1, tzinfo=UTC))))
    assert len(set(tokens)) == len(tokens) > 12
    assert all(-(2**63) <= token < 2**63 for token in tokens)
    witnesses = [read.__name__ for read, _ in WITNESSES]
    heard = Counter(witnesses[token % len(witnesses)] for token in tokens)
    assert (heard["_words"], heard["_pairs"], heard["_subject"]) == (6, 5, 1)
