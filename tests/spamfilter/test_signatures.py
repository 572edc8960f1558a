"""Signatures: what is refused, what their rows say, and those made of a message."""

import pytest
from django.core.exceptions import ValidationError

from spamfilter.lookup import policy_for
from spamfilter.models import Signature, WeightOverride
from spamfilter.signatures import from_message
from spamfilter.weights import WEIGHTS
from tests.spamfilter.mails import TEXT, mail

pytestmark = pytest.mark.django_db


def refused(row) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as error:
        row.full_clean()
    return error.value.message_dict


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        ("regex", "(unclosed", "RE2 does not take the pattern"),
        ("regex", "a*", "matches an empty text"),
        ("regex", r"(\w+) \1", "RE2 does not take the pattern"),
        ("regex", "x" * 3000, "at most 2000"),
        ("url", "not a host", "takes a host or the beginning of a URL"),
        ("url", "localhost", "takes a host or the beginning of a URL"),
        ("url", "example.com/" + "a" * 400, "at most"),
        ("body", "too short", "at least 5 words"),
        ("body", "1 2 3 4 5 6 7", "at least 5 words"),
    ],
)
def test_a_value_that_cannot_work_is_refused_in_plain_words(kind, value, told):
    (message,) = refused(Signature(name="s", kind=kind, value=value))["value"]
    assert told in message


def test_unknown_kinds_endless_scores_and_taken_names_are_refused():
    Signature(name="s", kind="url", value="example.com").save()
    told = refused(Signature(name="s", kind="sound", value="x", score=float("inf")))
    assert set(told) == {"name", "kind", "value", "score"}


def test_a_changed_value_is_found_by_its_new_key_alone():
    signature = Signature(name="s", kind="url", value="one.example")
    signature.save()
    signature.value = "two.example"
    signature.save()
    assert [key.key for key in signature.keys.all()] == ["u:two.example"]


def test_a_message_marked_as_spam_makes_a_signature_that_finds_it_again():
    signature = from_message(mail(), "  Minutes\n of spam ")
    assert (signature.name, signature.kind) == ("Minutes of spam", "body")
    found = policy_for(mail("eve@example.org", subject="Other"), agent_id=0, threshold=None).known
    assert [(known.name, known.how) for known in found] == [("Minutes of spam", "exact")]


def test_the_same_text_makes_one_signature_and_a_taken_name_gets_a_number():
    first = from_message(mail(), "wave")
    assert from_message(mail(subject="Other"), "wave") == first
    other = from_message(mail(text=TEXT + " And a whole new sentence makes another text."), "wave")
    assert other.name == "wave (2)"
    assert len(from_message(mail(text=f"Yet {TEXT}"), "n" * 300).name) == 100


def test_a_message_without_text_makes_none_and_says_why():
    with pytest.raises(ValueError, match="at least 5 words"):
        from_message(mail(text="hi"), "short")


def test_a_weight_is_only_taken_for_a_check_that_there_is():
    assert "check_symbol" in refused(WeightOverride(check_symbol="NO_SUCH_CHECK", points=1))
    WeightOverride(check_symbol=next(iter(WEIGHTS)), points=None).full_clean()


def test_a_weight_is_given_once_for_the_installation():
    symbol = next(iter(WEIGHTS))
    WeightOverride.objects.create(check_symbol=symbol, points=1)
    assert refused(WeightOverride(check_symbol=symbol, points=2)) == {
        "__all__": ["This check has an own weight there already."]
    }
