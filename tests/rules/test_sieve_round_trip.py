"""Rules as a script, and back; and the commands that do it."""

import io
import string

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from mailevents.models import Agent
from rules.actions import AutoReply, Copy, Delete, Flag, Forward, Label, MarkRead, Move, SetPriority, Stop, Unlabel
from rules.models import Rule
from rules.rows import spec_of, write
from rules.sieve.errors import NoSieve
from rules.sieve.exporting import export_script
from rules.sieve.importing import import_script
from rules.spec import RuleSpec
from tests.rules.mails import condition, rule

RULES = [
    rule(
        condition("from", "domain_is", "example.com"),
        condition("subject", "contains", 'the "invoice" \\ *'),
        actions=(MarkRead(), Label(label="vip"), Unlabel(label="new"), Move(folder="Invoices/Grüße")),
        name='Invoices [of "2026"]',
        stop=True,
    ),
    rule(
        condition("header:X-Tag", "is", "a"),
        condition("header:X-Tag", "is_not", "b"),
        condition("header:X-Tag", "matches", r"a*\*b?"),
        condition("header:X-Tag", "regex", r'^"[0-9]+\\'),
        condition("header:X-Tag", "exists"),
        condition("header:X-Other", "absent"),
        match="any",
        name="Tags",
        actions=(Flag(), Copy(folder="A"), Copy(folder="B")),
    ),
    rule(
        condition("from", "is", "ann@example.com"),
        condition("from", "contains", "Ann"),
        condition("from", "not_contains", "Bob"),
        condition("to", "is_not", "x@example.com"),
        condition("to", "ends_with", "@example.com"),
        condition("cc", "starts_with", "list@"),
        condition("cc", "matches", "a*b@example.com"),
        condition("reply_to", "absent"),
        condition("from", "regex", "^a+@"),
        name="Addresses",
        actions=(Forward(to="b@example.com"), Delete()),
    ),
    rule(
        condition("subject", "starts_with", "[x*y?]"),
        condition("subject", "ends_with", "\\"),
        condition("subject", "not_contains", "z"),
        condition("body", "contains", "line\nbreak"),
        condition("body", "regex", "a|b"),
        condition("list_id", "is", "dev.example.com"),
        condition("list_id", "contains", "dev"),
        condition("list_id", "absent"),
        condition("size", "over", "2M"),
        condition("size", "under", "123456"),
        name="The rest",
        actions=(AutoReply(text="Away {{until}} Monday.\nBye", subject="Off", once_per="12h"),),
    ),
    rule(name="Everything", actions=(AutoReply(text="x", once_per="7d"),)),
    rule(name="Off", enabled=False),
    rule(condition("subject", "is", "x"), name="Off too", enabled=False, match="all"),
    rule(condition("subject", "is", "x"), condition("cc", "exists"), name="Off as well", enabled=False, match="any"),
    rule(condition("subject", "is", "x"), name="Only stops", actions=(), stop=True),
]
RULES = [
    RuleSpec(**{name: getattr(spec, name) for name in spec.__slots__} | {"position": 10 * place})
    for place, spec in enumerate(RULES, 1)
]


def round_trip(specs: list[RuleSpec]) -> list[RuleSpec]:
    return list(import_script(export_script(specs).encode(), name="x").rules)


@pytest.mark.parametrize("spec", RULES, ids=lambda spec: spec.name)
def test_a_rule_comes_back_as_it_went(spec):
    (back,) = round_trip([spec])
    assert back == RuleSpec(**{name: getattr(spec, name) for name in spec.__slots__} | {"position": 10})


def test_all_rules_come_back_in_their_order():
    assert round_trip(RULES) == RULES


values = st.text(
    st.characters(codec="utf-8", exclude_characters="\0\r", exclude_categories=["Cs"]), min_size=1, max_size=30
)


@given(st.sampled_from(["is", "is_not", "contains", "not_contains", "starts_with", "ends_with"]), values)
def test_any_value_comes_back(op, value):
    spec = rule(condition("header:X-A", op, value), name="x", position=10)
    assert round_trip([spec]) == [spec]


@given(
    st.text(
        string.printable.replace("\r", "").replace("\x0b", "").replace("\x0c", "") + "äß👋", min_size=1, max_size=60
    )
)
def test_any_text_of_a_reply_comes_back(text):
    text = text.replace("{", "{{").replace("}", "}}")
    if text.strip():
        spec = rule(name="x", position=10, actions=(AutoReply(text=text),))
        assert round_trip([spec]) == [spec]


def test_a_stop_action_comes_back_as_the_rules_stop():
    (back,) = round_trip([rule(name="x", position=10, actions=(Flag(), Stop()))])
    assert back == rule(name="x", position=10, actions=(Flag(),), stop=True)


def test_flags_are_set_before_the_message_is_filed():
    (back,) = round_trip([rule(name="x", position=10, actions=(Move(folder="A"), Label(label="b")))])
    assert back.actions == (Label(label="b"), Move(folder="A"))


@pytest.mark.parametrize(
    ("spec", "says"),
    [
        (rule(condition("priority", "is", "high")), "Sieve knows no priority"),
        (rule(condition("spam_score", "over", "5")), "Sieve knows no spam_score"),
        (rule(condition("attachment_name", "ends_with", ".exe")), "Sieve knows no attachment_name"),
        (rule(condition("recipient", "is", "a@b.example")), "Sieve knows no recipient"),
        (rule(condition("label", "is", "a")), "Sieve knows no label"),
        (rule(condition("from", "is", "Ann")), "Sieve compares addresses without the name"),
        (rule(condition("list_id", "starts_with", "a")), "no `list_id starts_with`"),
        (rule(condition("header:X-A", "domain_is", "a.example")), "Sieve has no `domain_is` here"),
        (rule(condition("body", "exists")), "Sieve has no `exists` here"),
        (rule(condition("size", "over", "0.3")), "whole numbers"),
        (rule(actions=(SetPriority(priority="low"),)), "Sieve has no `set_priority`"),
        (rule(actions=(Label(label="two words"),)), "no keyword"),
        (rule(actions=(Move(folder="A"), Delete())), "more than once"),
        (rule(actions=(AutoReply(text="Dear {sender_name}"),)), "no placeholders"),
    ],
)
def test_what_sieve_cannot_say_is_refused_by_rule(spec, says):
    with pytest.raises(NoSieve) as refusal:
        export_script([rule(name="fine"), spec])
    assert len(refusal.value.problems) == 1
    assert refusal.value.problems[0].startswith("rule 'a rule': ")
    assert says in str(refusal.value)


# -- the commands


@pytest.fixture
def billing(db) -> Agent:
    return Agent.objects.create(name="billing")


def call(*arguments: object) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command(*map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_an_agents_rules_move_to_another_agent(billing, tmp_path):
    other = Agent.objects.create(name="other")
    for spec in RULES:
        write(billing.pk, spec)
    write(None, rule(name="common, stays"))
    script = tmp_path / "rules.sieve"
    script.write_text(call("export_sieve", "--agent", "billing")[0])
    out, _ = call("import_sieve", script, "--agent", "other")
    assert out == f"other: {len(RULES)} rules added, 0 replaced.\n"
    assert [spec_of(row) for row in Rule.objects.filter(agent=other).order_by("position")] == RULES


def test_importing_again_replaces_the_rules_of_the_same_names(billing, tmp_path):
    write(billing.pk, rule(name="own", position=5))
    script = tmp_path / "mine.sieve"
    script.write_text('# rule:[A]\nif exists "X" { discard; }\n')
    call("import_sieve", script, "--agent", "billing")
    script.write_text('# rule:[A]\nif exists "Y" { discard; }\n')
    assert "0 rules added, 1 replaced" in call("import_sieve", script, "--agent", "billing")[0]
    assert list(Rule.objects.order_by("position").values_list("name", "position")) == [("own", 5), ("A", 15)]
    assert spec_of(Rule.objects.get(name="A")).conditions == (condition("header:Y", "exists"),)


def test_a_script_with_one_bad_line_imports_nothing(billing, tmp_path):
    script = tmp_path / "mine.sieve"
    script.write_text('if exists "X" { discard; }\nif not address :domain "from" "x.example" { discard; }\n')
    with pytest.raises(CommandError) as refusal:
        call("import_sieve", script, "--agent", "billing")
    assert f"{script}: line 2: rules know no opposite" in str(refusal.value)
    assert str(refusal.value).endswith("Nothing was imported.")
    assert not Rule.objects.exists()


def test_what_is_nearly_the_same_is_said_on_the_side(billing, tmp_path):
    script = tmp_path / "mine.sieve"
    script.write_text('require "fileinto";\nif exists "X" { fileinto "A"; }\nfileinto "B";\n')
    assert "line 2: where line 3 files the message too" in call("import_sieve", script, "--agent", "billing")[1]


@pytest.mark.parametrize(
    ("path", "agent", "says"), [("/nonexistent", "billing", "cannot be read"), ("x", "nobody", "There is no agent")]
)
def test_a_missing_file_or_agent_is_said(billing, path, agent, says):
    with pytest.raises(CommandError, match=says):
        call("import_sieve", path, "--agent", agent)


def test_an_agent_without_rules_has_an_empty_script(billing):
    assert call("export_sieve", "--agent", "billing") == ("", "")


def test_rules_that_sieve_cannot_say_are_named_and_nothing_is_written(billing):
    write(billing.pk, rule(name="Prio", actions=(SetPriority(priority="low"),)))
    with pytest.raises(CommandError, match=r"rule 'Prio': Sieve has no `set_priority`"):
        call("export_sieve", "--agent", "billing")


def test_rules_that_sieve_would_file_twice_are_noted_beside_the_script(billing, capsys):
    write(billing.pk, rule(actions=(Move(folder="A"),), name="first", position=1))
    write(billing.pk, rule(actions=(Move(folder="B"),), name="second", position=2, stop=True))
    write(billing.pk, rule(actions=(Delete(),), name="third", position=3))
    out, err = io.StringIO(), io.StringIO()
    call_command("export_sieve", "--agent", "billing", stdout=out, stderr=err)
    assert err.getvalue().splitlines() == [
        "note: rules 'first' and 'second' may both move a message: Sieve files it to both places, rules to the last; "
        "where only one of them is meant to, let 'first' stop",
    ]
    assert out.getvalue().count('fileinto "') == 2


def test_rules_that_stop_are_noted_nowhere(billing):
    for name in ("first", "second"):
        write(billing.pk, rule(actions=(Move(folder=name),), name=name, stop=True))
    err = io.StringIO()
    call_command("export_sieve", "--agent", "billing", stdout=io.StringIO(), stderr=err)
    assert err.getvalue() == ""
