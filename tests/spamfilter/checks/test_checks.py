"""Each check answers to what it is for, and lets be what comes near."""

from typing import Any

import pytest

from spamfilter.checks.every import CHECKS
from spamfilter.evidence import Evidence
from spamfilter.lexicon.groups import LURES
from spamfilter.policy import Policy
from spamfilter.weights import WEIGHTS
from tests.spamfilter.checks.cases import CASES, WITH_POLICY
from tests.spamfilter.checks.letters import letter

PHRASES = {
    "ADVANCE_FEE": "I am the next of kin of my late client",
    "LOTTERY": "Herzlichen Glückwunsch, claim your prize",
    "LOANS": "Apply for a business loan with a low interest rate",
    "INVESTMENT": "Passive income from bitcoin trading",
    "EXTORTION": "I hacked your device and recorded you",
    "CREDENTIALS": "Su cuenta ha sido bloqueada",
    "DELIVERY": "Ihr Paket konnte nicht zugestellt werden",
    "INVOICE": "Please find attached the proforma invoice",
    "CALLBACK": "Your subscription has been renewed for Norton",
    "PHARMACY": "Buy viagra without prescription",
    "ADULT": "Hot girls in your area",
    "GAMBLING": "Free spins in our online casino",
    "GOODS": "Replica watches with 80 % off",
    "TRADE": "We are a leading manufacturer of valves in China",
    "PROMOTION": "First page of Google for your website",
    "EXCUSES": "To be removed from our list, click here",
    "URGENCY": "至急ご確認ください",
}
ELSEWHERE = {  # tested where their subject is: rows, raw bytes, several headers, what was learnt
    "ALLOWED",
    "ALLOWED_UNPROVEN",
    "BLOCKED",
    "BAYES_SPAM",
    "BAYES_HAM",
    "UNPARSEABLE",
    "FROM_SEVERAL",
    "HEADER_TWICE",
    "HEADER_RAW_8BIT",
    "MIME_BROKEN",
    "CHARSET_UNKNOWN",
    "TEXT_BASE64",
    "CREDIT_SIGNED",
    "FILE_TYPE_WRONG",
    "FILE_CALENDAR_LINK",
}


def answer(symbol: str, changes: dict[str, Any], policy: Policy | None = None):
    return CHECKS[symbol](Evidence(letter(**changes)), policy or Policy())


@pytest.mark.parametrize("symbol", CASES)
def test_a_check_answers_to_what_it_is_for(symbol):
    assert answer(symbol, CASES[symbol][0])


@pytest.mark.parametrize("symbol", CASES)
def test_a_check_lets_be_what_comes_near(symbol):
    assert not answer(symbol, CASES[symbol][1])


@pytest.mark.parametrize("symbol", WITH_POLICY)
def test_a_check_that_needs_the_policy_tells_the_one_from_the_other(symbol):
    policy, hit, miss = WITH_POLICY[symbol]
    assert answer(symbol, hit, policy)
    assert not answer(symbol, miss, policy)


@pytest.mark.parametrize("group", LURES)
def test_phrases_of_a_lure_are_found_in_text_and_subject_and_not_in_plain_mail(group):
    assert answer(group, {"text": PHRASES[group]}) > 0
    assert answer(f"SUBJECT_{group}", {"subject": f"=?utf-8?q?{encoded(PHRASES[group])}?="})
    assert not answer(group, {})
    assert not answer(f"SUBJECT_{group}", {})


def encoded(text: str) -> str:
    return "".join(f"={byte:02X}" for byte in text.encode())


def test_more_phrases_count_more_and_long_texts_need_more_of_them():
    one = answer("LOANS", {"text": "A personal loan."})
    three = answer("LOANS", {"text": "A personal loan with a low interest rate and bad credit."})
    diluted = answer(
        "LOANS", {"text": "A personal loan with a low interest rate and bad credit. " + "The weather is fine. " * 900}
    )
    assert 0 < one < three
    assert diluted < three


def test_every_check_has_its_weight_and_its_test():
    tested = set(CASES) | set(WITH_POLICY) | set(LURES) | {f"SUBJECT_{group}" for group in LURES} | ELSEWHERE
    assert set(CHECKS) == set(WEIGHTS)
    assert set(CHECKS) == tested


def test_every_weight_is_told_in_words_and_within_reason():
    for symbol, weight in WEIGHTS.items():
        assert weight.description
        assert weight.category
        if weight.fitted:
            assert -1.5 <= weight.points <= 3.0, symbol
