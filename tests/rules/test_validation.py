"""From what a person wrote to a rule, or to what is wrong with it and where."""

import pytest

from rules.actions import AutoReply, Flag, Forward, Label, Move, Stop
from rules.conditions import Condition
from rules.errors import RuleInvalid
from rules.spec import RuleSpec
from rules.validation import build_action, build_condition, build_rule

ENTRY = {
    "name": "Invoices",
    "position": 10,
    "match": "all",
    "conditions": [
        {"field": "from", "op": "domain_is", "value": "example.com"},
        {"field": "subject", "op": "contains", "value": "invoice"},
    ],
    "actions": [{"action": "move", "folder": "Invoices"}, {"action": "label", "label": "vip"}],
    "stop": False,
}


def problems(build, data) -> dict[str, str]:
    with pytest.raises(RuleInvalid) as refusal:
        build(data)
    return {problem.where: problem.message for problem in refusal.value.problems}


def test_an_entry_becomes_a_rule():
    assert build_rule(ENTRY) == RuleSpec(
        name="Invoices",
        position=10,
        conditions=(
            Condition(field="from", op="domain_is", value="example.com"),
            Condition(field="subject", op="contains", value="invoice"),
        ),
        actions=(Move(folder="Invoices"), Label(label="vip")),
    )


def test_what_is_left_out_has_its_default():
    assert build_rule({"name": " n ", "actions": [{"action": "flag"}]}) == RuleSpec(name="n", actions=(Flag(),))


def test_a_rule_that_only_stops_needs_no_action():
    assert build_rule({"name": "n", "stop": True, "actions": []}).stop
    assert build_rule({"name": "n", "actions": [{"action": "stop"}]}).actions == (Stop(),)


@pytest.mark.parametrize(
    ("change", "where", "says"),
    [
        ({"name": ""}, "name", "is missing"),
        ({"name": "  "}, "name", "one line of text"),
        ({"name": None}, "name", "is missing"),
        ({"name": 5}, "name", "is no text"),
        ({"name": "a\nb"}, "name", "without control characters"),
        ({"name": "x" * 101}, "name", "at most 100"),
        ({"position": "1"}, "position", "whole number"),
        ({"position": -1}, "position", "from 0 to"),
        ({"position": True}, "position", "whole number"),
        ({"position": 2**31}, "position", "from 0 to"),
        ({"match": "some"}, "match", "one of all, any"),
        ({"match": ["all"]}, "match", "one of all, any"),
        ({"stop": "yes"}, "stop", "true or false"),
        ({"enabled": 1}, "enabled", "true or false"),
        ({"conditions": "x"}, "conditions", "a list of tables"),
        ({"conditions": ["x"]}, "conditions[0]", "is no table"),
        ({"conditions": [{"field": "from", "op": "exists"}] * 101}, "conditions", "at most 100"),
        ({"conditions": [{"op": "exists"}]}, "conditions[0].field", "is missing"),
        ({"conditions": [{"field": "to", "op": "is", "value": "a", "val": 1}]}, "conditions[0].val", "is unknown here"),
        (
            {"conditions": [{"field": "to", "op": "exists"}, {"field": "x", "op": "is"}]},
            "conditions[1].field",
            "unknown",
        ),
        (
            {"conditions": [{"field": "subject", "op": "over", "value": 5}]},
            "conditions[0].op",
            "subject has no op 'over'; it takes one of is, ",
        ),
        ({"conditions": [{"field": "subject", "op": "is", "value": True}]}, "conditions[0].value", "a text, in quotes"),
        ({"conditions": [{"field": "size", "op": "over", "value": True}]}, "conditions[0].value", "True"),
        ({"conditions": [{"field": "subject", "op": "regex", "value": "("}]}, "conditions[0].value", "RE2"),
        ({"actions": None}, "actions", "at least one"),
        ({"actions": []}, "actions", "at least one"),
        ({"actions": {"action": "flag"}}, "actions", "a list of tables"),
        ({"actions": [{"action": "flag"}] * 21}, "actions", "at most 20"),
        ({"actions": [{"action": "explode"}]}, "actions[0].action", "one of move, copy, label"),
        ({"actions": [{}]}, "actions[0].action", "is missing; it takes one of move"),
        ({"actions": [{"action": ["move"]}]}, "actions[0].action", "unknown action"),
        ({"actions": [{"action": "stop"}, {"action": "flag"}]}, "actions[1]", "put `stop` last"),
        ({"condition": []}, "condition", "is unknown here; it takes name, position"),
    ],
    ids=lambda value: repr(value)[:50],
)
def test_a_mistake_is_told_with_its_place_and_what_is_taken(change, where, says):
    found = problems(build_rule, {**ENTRY, **change})
    assert list(found) == [where]
    assert says in found[where]


def test_all_mistakes_are_told_at_once():
    found = problems(
        build_rule,
        {"position": -1, "match": "x", "conditions": [{"field": "a", "op": "b"}], "actions": [{"action": "move"}]},
    )
    assert list(found) == ["name", "position", "match", "conditions[0].field", "actions[0].folder"]


def test_the_error_as_a_text_names_every_place():
    with pytest.raises(RuleInvalid, match=r"^name: is missing; actions\[0\]\.folder: is missing$"):
        build_rule({"actions": [{"action": "move"}]})


@pytest.mark.parametrize(
    ("action", "where", "says"),
    [
        ({"action": "move"}, "folder", "is missing"),
        ({"action": "move", "folder": ""}, "folder", "is missing"),
        ({"action": "move", "folder": 5}, "folder", "is no text"),
        ({"action": "move", "folder": "a\r\nb"}, "folder", "control characters"),
        ({"action": "move", "folder": "x" * 256}, "folder", "at most 255"),
        ({"action": "move", "folder": "a", "label": "b"}, "label", "is unknown here; it takes folder"),
        ({"action": "copy", "folder": "\0"}, "folder", "control characters"),
        ({"action": "label"}, "label", "is missing"),
        ({"action": "label", "label": "\\Seen"}, "label", "no backslash"),
        ({"action": "unlabel", "label": "x" * 101}, "label", "at most 100"),
        ({"action": "flag", "folder": "x"}, "folder", "is unknown here; it takes nothing else"),
        ({"action": "mark_read", "x": 1}, "x", "is unknown here"),
        ({"action": "delete", "folder": "Trash"}, "folder", "is unknown here"),
        ({"action": "stop", "x": 1}, "x", "is unknown here"),
        ({"action": "set_priority"}, "priority", "is missing"),
        ({"action": "set_priority", "priority": "urgent"}, "priority", "one of high, normal, low"),
        ({"action": "forward"}, "to", "is missing"),
        ({"action": "forward", "to": "ann"}, "to", "one bare address"),
        ({"action": "forward", "to": "Ann <ann@example.com>"}, "to", "one bare address"),
        ({"action": "forward", "to": "a@b.example, c@d.example"}, "to", "one bare address"),
        ({"action": "forward", "to": "a@b.example\r\nBcc: c@d.example"}, "to", "one bare address"),
        ({"action": "forward", "to": "a" * 65 + "@b.example"}, "to", "one bare address"),
        ({"action": "auto_reply"}, "text", "is missing"),
        ({"action": "auto_reply", "text": "  \n "}, "text", "not only white space"),
        ({"action": "auto_reply", "text": "a\0b"}, "text", "control characters"),
        ({"action": "auto_reply", "text": "x" * 20001}, "text", "at most 20000"),
        ({"action": "auto_reply", "text": "Dear {name}"}, "text", "no placeholder {name}; it takes {sender_name}"),
        ({"action": "auto_reply", "text": "a { b"}, "text", "lone brace"),
        ({"action": "auto_reply", "text": "{subject.__class__}"}, "text", "no placeholder"),
        ({"action": "auto_reply", "text": "{subject[0]}"}, "text", "no placeholder"),
        ({"action": "auto_reply", "text": "{}"}, "text", "no placeholder"),
        ({"action": "auto_reply", "text": "{0}"}, "text", "no placeholder"),
        ({"action": "auto_reply", "text": "{subject!r}"}, "text", "as it is"),
        ({"action": "auto_reply", "text": "{subject:>99999999}"}, "text", "as it is"),
        ({"action": "auto_reply", "text": "x", "subject": "{nobody}"}, "subject", "no placeholder"),
        ({"action": "auto_reply", "text": "x", "subject": "a\r\nBcc: b@c.example"}, "subject", "one line"),
        ({"action": "auto_reply", "text": "x", "subject": "x" * 201}, "subject", "at most 200"),
        ({"action": "auto_reply", "text": "x", "once_per": "weekly"}, "once_per", "such as 12h or 7d"),
        ({"action": "auto_reply", "text": "x", "once_per": ""}, "once_per", "such as 12h or 7d"),
        ({"action": "auto_reply", "text": "x", "once_per": "-1d"}, "once_per", "such as 12h or 7d"),
        ({"action": "auto_reply", "text": "x", "once_per": "367d"}, "once_per", "at most 366d"),
        ({"action": "auto_reply", "text": "x", "once_per": 7}, "once_per", "is no text"),
    ],
    ids=lambda value: repr(value)[:60],
)
def test_an_action_that_cannot_be_says_what_it_takes(action, where, says):
    found = problems(build_action, action)
    assert list(found) == [where]
    assert says in found[where]


@pytest.mark.parametrize(
    ("data", "action"),
    [
        ({"action": "move", "folder": " Entwürfe/Alt "}, Move(folder="Entwürfe/Alt")),
        ({"action": "forward", "to": "ann+x@sub.example.com"}, Forward(to="ann+x@sub.example.com")),
        ({"action": "forward", "to": "jürgen@bücher.example"}, Forward(to="jürgen@bücher.example")),
        ({"action": "auto_reply", "text": "Hi 👩‍👩‍👧 {sender_name}\n"}, AutoReply(text="Hi 👩‍👩‍👧 {sender_name}\n")),
        (
            {"action": "auto_reply", "text": "{{not}} {date}", "subject": "Away: {subject}", "once_per": "12h"},
            AutoReply(text="{{not}} {date}", subject="Away: {subject}", once_per="12h"),
        ),
    ],
    ids=lambda value: repr(value)[:50],
)
def test_an_action_is_taken_as_it_was_meant(data, action):
    assert build_action(data) == action


def test_numbers_may_be_numbers_or_texts():
    assert build_condition({"field": "size", "op": "over", "value": 1000}).value == "1000"
    assert build_condition({"field": "size", "op": "over", "value": "2M"}).value == "2M"
    assert build_condition({"field": "spam_score", "op": "under", "value": 2.5}).value == "2.5"


def test_what_a_rule_says_can_be_said_again():
    spec = build_rule(ENTRY)
    again = {
        **ENTRY,
        "conditions": [condition.as_dict() for condition in spec.conditions],
        "actions": [action.as_dict() for action in spec.actions],
    }
    assert build_rule(again) == spec
