"""Rules in words."""

import pytest

from rules.actions import AutoReply, Copy, Delete, Flag, Forward, Label, MarkRead, Move, SetPriority, Stop, Unlabel
from rules.fields import FIELDS, OPS
from rules.sentence import action_words, condition_words, rule_sentence
from tests.rules.mails import condition, rule


def test_a_rule_reads_as_a_sentence():
    spec = rule(
        condition("from", "domain_is", "example.com"),
        condition("subject", "contains", "invoice"),
        actions=(Move(folder="Invoices"), Label(label="vip")),
        stop=True,
    )
    assert rule_sentence(spec) == (
        "If the sender is at the domain “example.com” and the subject contains “invoice”: "
        "move it to “Invoices”, label it “vip” and ask no further rules."
    )


def test_any_is_said_as_or():
    spec = rule(condition("size", "over", "2M"), condition("cc", "absent"), match="any")
    assert rule_sentence(spec) == "If the size is over “2M” or a “Cc” address is missing: flag it."


def test_a_rule_without_conditions_says_that_it_is_for_every_message():
    assert rule_sentence(rule()) == "With every message: flag it."
    assert rule_sentence(rule(actions=(Flag(), Stop()), stop=True)) == (
        "With every message: flag it and ask no further rules."
    )
    assert rule_sentence(rule(actions=(), stop=True)) == "With every message: ask no further rules."


def test_every_field_and_op_has_words():
    for field in (*FIELDS, "header:X-Tag"):
        for op in OPS:
            words = condition_words(condition(field, op, "x"))
            assert words.startswith(("the ", "a ", "an ")), (field, op)
            assert "_" not in words, (field, op)


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (Copy(folder="A"), "copy it to “A”"),
        (Unlabel(label="a"), "take the label “a” off"),
        (MarkRead(), "mark it as read"),
        (SetPriority(priority="high"), "give it high priority"),
        (Delete(), "delete it"),
        (Forward(to="a@b.example"), "forward it to a@b.example"),
        (AutoReply(text="x", once_per="1d"), "answer it, each sender once per 1d"),
    ],
)
def test_every_action_has_words(action, words):
    assert action_words(action) == words


def test_a_long_value_is_cut():
    assert len(condition_words(condition("subject", "contains", "x" * 500))) < 120
