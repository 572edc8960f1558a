"""What is learnt: each message once, on one side, and it can be taken back."""

import pytest

from spamfilter.bayes import MIN_LEARNT
from spamfilter.keys import lookup_keys
from spamfilter.lookup import policy_for
from spamfilter.models import BayesToken, LearntMessage
from spamfilter.training import CHUNK, Knowledge, Lesson, knowledge, learn
from tests.spamfilter.mails import mail

pytestmark = pytest.mark.usefixtures("database")


def counts() -> dict[int, tuple[int, int]]:
    return {token: (spam, ham) for token, spam, ham in BayesToken.objects.values_list("hash", "spam", "ham")}


def numbered(n: int, text: str = "The same words in all of these mails"):
    return mail(text=f"{text} number{n}", message_id=f"<{n}@example.net>")


def test_nothing_is_known_before_the_first_lesson():
    assert knowledge() == Knowledge(spam=0, ham=0, tokens=0)


def test_a_message_counts_once_for_each_of_its_tokens():
    assert learn([mail()], spam=True) == Lesson(counted=1, unchanged=0)
    assert counts() == dict.fromkeys(lookup_keys(mail()).tokens, (1, 0))
    assert knowledge() == Knowledge(spam=1, ham=0, tokens=len(counts()))


def test_the_same_message_counts_once_however_often_it_is_shown():
    learn([mail(), mail()], spam=True)
    assert learn([mail()], spam=True) == Lesson(counted=0, unchanged=1)
    assert knowledge().spam == 1
    assert set(counts().values()) == {(1, 0)}


def test_a_message_shown_as_the_other_changes_sides():
    learn([mail()], spam=True)
    assert learn([mail()], spam=False) == Lesson(counted=1, unchanged=0)
    assert counts() == dict.fromkeys(lookup_keys(mail()).tokens, (0, 1))
    assert (knowledge().spam, knowledge().ham) == (0, 1)
    assert LearntMessage.objects.count() == 1


def test_what_is_forgotten_leaves_nothing():
    learn([numbered(1), numbered(2)], spam=False)
    assert learn([numbered(1)], spam=False, forget=True) == Lesson(counted=1, unchanged=0)
    assert counts() == dict.fromkeys(lookup_keys(numbered(2)).tokens, (0, 1))
    learn([numbered(2)], spam=False, forget=True)
    assert knowledge() == Knowledge(spam=0, ham=0, tokens=0)
    assert not LearntMessage.objects.exists()


@pytest.mark.parametrize("learnt_as", [None, False])
def test_what_was_not_learnt_as_spam_cannot_be_forgotten_as_spam(learnt_as):
    if learnt_as is not None:
        learn([mail()], spam=learnt_as)
    before = counts(), knowledge()
    assert learn([mail()], spam=True, forget=True) == Lesson(counted=0, unchanged=1)
    assert (counts(), knowledge()) == before


def test_lessons_longer_than_a_chunk_add_up():
    number = CHUNK + 3
    assert learn((numbered(n) for n in range(number)), spam=True).counted == number
    assert knowledge().spam == number
    shared = set(lookup_keys(numbered(0)).tokens) & set(lookup_keys(numbered(1)).tokens)
    assert shared
    assert {counts()[token] for token in shared} == {(number, 0)}


def test_a_message_with_more_tokens_than_a_statement_takes_is_learnt_and_forgotten():
    many = [mail(text=" ".join(f"w{n}x{m}" for m in range(900)), message_id=f"<{n}@x>") for n in range(20)]
    learn(many, spam=True)
    assert knowledge().tokens > 10_000
    learn(many, spam=True, forget=True)
    assert knowledge().tokens == 0


def test_what_was_learnt_is_in_the_policy_once_both_sides_know_enough():
    learn((numbered(n, "Cheap pills for all of your friends today") for n in range(MIN_LEARNT)), spam=True)
    assert policy_for(mail(), agent_id=0, threshold=None).bayes is None
    learn((numbered(-n, "Minutes of the meeting of our small club") for n in range(1, MIN_LEARNT + 1)), spam=False)
    found = policy_for(numbered(7, "Cheap pills for all of your friends today"), agent_id=0, threshold=None).bayes
    assert found is not None
    assert (found.spam, found.ham) == (MIN_LEARNT, MIN_LEARNT)
    assert (MIN_LEARNT, 0) in found.tokens.values()
