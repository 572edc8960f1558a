"""What a set of rules asks for a message: order, stop, what later rules see, and that no rule costs another."""

import pytest

from agenticmail.message import Address
from rules.actions import (
    AutoReply,
    Copy,
    Delete,
    Flag,
    Forward,
    Label,
    MarkRead,
    Move,
    SetPriority,
    Stop,
    Unlabel,
)
from rules.conditions import compile_condition
from rules.decide import decide
from rules.decision import Decision, RuleRef
from rules.ruleset import CompiledRule, Ruleset, StoredRule, compile_ruleset
from tests.rules.mails import condition, decided, invoice, mail, rule, ruleset, verdict

FROM_SHOP = condition("from", "domain_is", "example.com")
FROM_ELSEWHERE = condition("from", "domain_is", "elsewhere.example")


def names(decision: Decision) -> list[str]:
    return [ref.name for ref in decision.matched]


def test_without_rules_a_message_stays_as_it_is():
    message = invoice()
    assert decide(message, verdict(), Ruleset()) == Decision(priority=message.priority)
    assert decided(message) == Decision(priority=message.priority)


@pytest.mark.parametrize(
    ("match", "conditions", "expected"),
    [
        ("all", [], True),
        ("any", [], True),
        ("all", [FROM_SHOP], True),
        ("any", [FROM_SHOP], True),
        ("all", [FROM_ELSEWHERE], False),
        ("any", [FROM_ELSEWHERE], False),
        ("all", [FROM_SHOP, FROM_ELSEWHERE], False),
        ("all", [FROM_ELSEWHERE, FROM_SHOP], False),
        ("any", [FROM_SHOP, FROM_ELSEWHERE], True),
        ("any", [FROM_ELSEWHERE, FROM_SHOP], True),
        ("all", [FROM_SHOP, condition("subject", "contains", "rechnung")], True),
        ("any", [FROM_ELSEWHERE, condition("subject", "contains", "offer")], False),
        ("any", [FROM_ELSEWHERE, condition("size", "over", "1K")], True),
    ],
)
def test_a_rule_takes_all_of_its_conditions_or_any(match, conditions, expected):
    decision = decided(invoice(), rule(*conditions, match=match))
    assert bool(decision.matched) is expected
    assert bool(decision.plan) is expected


@pytest.mark.parametrize(
    ("action", "to_carry_out", "as_dict"),
    [
        (Move(folder="Invoices"), True, {"action": "move", "folder": "Invoices"}),
        (Copy(folder="Archive"), True, {"action": "copy", "folder": "Archive"}),
        (Label(label="vip"), True, {"action": "label", "label": "vip"}),
        (Unlabel(label="vip"), True, {"action": "unlabel", "label": "vip"}),
        (MarkRead(), True, {"action": "mark_read"}),
        (Flag(), True, {"action": "flag"}),
        (SetPriority(priority="low"), False, {"action": "set_priority", "priority": "low"}),
        (Delete(), True, {"action": "delete"}),
        (Forward(to="a@b.example"), True, {"action": "forward", "to": "a@b.example"}),
        (
            AutoReply(text="Hi", subject="", once_per="1d"),
            True,
            {"action": "auto_reply", "text": "Hi", "subject": "", "once_per": "1d"},
        ),
        (Stop(), False, {"action": "stop"}),
    ],
)
def test_each_action_is_planned_with_its_rule(action, to_carry_out, as_dict):
    decision = decided(invoice(), rule(FROM_SHOP, actions=(action,), name="Shop"))
    (step,) = decision.plan
    assert step.rule == RuleRef(id=1, name="Shop")
    assert step.action.as_dict() == as_dict
    assert step.settled is not to_carry_out
    assert decision.steps == (decision.plan if to_carry_out else ())


def test_actions_and_rules_keep_their_order():
    decision = decided(
        invoice(),
        rule(name="one", actions=(Label(label="a"), Move(folder="A"))),
        rule(FROM_ELSEWHERE, name="two", actions=(Label(label="b"),)),
        rule(name="three", actions=(SetPriority(priority="low"), Move(folder="C"))),
    )
    assert names(decision) == ["one", "three"]
    assert [step.action for step in decision.plan] == [
        Label(label="a"),
        Move(folder="A"),
        SetPriority(priority="low"),
        Move(folder="C"),
    ]


def test_stop_on_a_rule_that_matched_ends_the_asking():
    decision = decided(invoice(), rule(name="one", stop=True), rule(name="two"))
    assert names(decision) == ["one"]


def test_stop_on_a_rule_that_did_not_match_does_not():
    decision = decided(invoice(), rule(FROM_ELSEWHERE, name="one", stop=True), rule(name="two"))
    assert names(decision) == ["two"]


def test_the_stop_action_ends_the_asking_and_is_told():
    decision = decided(invoice(), rule(name="one", actions=(Flag(), Stop())), rule(name="two"))
    assert names(decision) == ["one"]
    assert [step.action.name for step in decision.plan] == ["flag", "stop"]


def test_a_later_rule_sees_the_priority_that_an_earlier_one_set():
    low = condition("priority", "is", "low")
    decision = decided(
        invoice(priority="high"),
        rule(low, name="before"),
        rule(name="sets", actions=(SetPriority(priority="low"),)),
        rule(low, name="after"),
    )
    assert names(decision) == ["sets", "after"]
    assert decision.priority == "low"


def test_a_later_rule_sees_the_labels_that_an_earlier_one_set_and_took():
    decision = decided(
        invoice(labels=("Old",)),
        rule(condition("label", "is", "new"), name="before"),
        rule(name="sets", actions=(Label(label="New"), Unlabel(label="OLD"))),
        rule(condition("label", "is", "new"), name="has new"),
        rule(condition("label", "is", "old"), name="has old"),
    )
    assert names(decision) == ["sets", "has new"]


def test_a_later_rule_sees_the_folder_that_an_earlier_one_chose():
    decision = decided(
        invoice(),
        rule(condition("folder", "is", "INBOX"), name="moves", actions=(Move(folder="Shop"),)),
        rule(condition("folder", "is", "INBOX"), name="still there"),
        rule(condition("folder", "is", "shop"), name="moved"),
    )
    assert names(decision) == ["moves", "moved"]


def test_a_rule_sees_the_folder_that_the_mailbox_watches():
    rules = ruleset(rule(condition("folder", "is", "Support")))
    assert decide(invoice(), verdict(), rules, folder="Support").matched
    assert not decide(invoice(), verdict(), rules).matched


def test_the_last_priority_holds():
    decision = decided(
        invoice(), rule(actions=(SetPriority(priority="low"),)), rule(actions=(SetPriority(priority="normal"),))
    )
    assert decision.priority == "normal"


def test_a_message_is_answered_once_however_many_rules_answer():
    decision = decided(invoice(), rule(actions=(AutoReply(text="one"),)), rule(actions=(AutoReply(text="two"), Flag())))
    assert [step.superseded for step in decision.plan] == ["", "already_answered", ""]
    assert [step.action for step in decision.steps] == [AutoReply(text="one"), Flag()]


def test_a_message_is_forwarded_once_to_each_address():
    decision = decided(
        invoice(),
        rule(actions=(Forward(to="a@b.example"), Forward(to="c@d.example"))),
        rule(actions=(Forward(to="A@B.example"),)),
    )
    assert [step.superseded for step in decision.plan] == ["", "", "already_forwarded"]


def test_rules_see_the_verdict():
    spam = verdict("spam", 9.0, ("phishing",))
    specs = [
        rule(condition("spam_verdict", "is", "spam"), name="verdict"),
        rule(condition("spam_score", "over", "8.9"), name="score"),
        rule(condition("spam_category", "is", "phishing"), name="category"),
    ]
    assert names(decided(invoice(), *specs, judged=spam)) == ["verdict", "score", "category"]
    assert names(decided(invoice(), *specs)) == []


def test_a_broken_rule_is_told_and_the_others_go_on():
    rules = compile_ruleset(
        [
            StoredRule(id=1, name="first", spec=rule()),
            StoredRule(id=2, name="old", spec=rule(condition("subject", "sounds_like", "x"))),
            StoredRule(id=3, name="unreadable", problem="actions[0].action: unknown action 'reject'"),
            StoredRule(id=4, name="last", spec=rule()),
        ]
    )
    decision = decide(invoice(), verdict(), rules)
    assert names(decision) == ["first", "last"]
    assert [error.rule.name for error in decision.errors] == ["old", "unreadable"]
    assert "subject has no op 'sounds_like'" in decision.errors[0].message
    assert decision.errors[1].message == "actions[0].action: unknown action 'reject'"


def test_a_broken_rule_behind_a_stop_is_not_told():
    rules = compile_ruleset(
        [StoredRule(id=1, name="first", spec=rule(stop=True)), StoredRule(id=2, name="old", problem="is broken")]
    )
    assert decide(invoice(), verdict(), rules).errors == ()


def test_a_rule_that_fails_on_a_message_is_told_and_the_others_go_on(caplog):
    def fails(facts):
        raise RuntimeError("no such thing")

    good = CompiledRule(ref=RuleRef(id=2, name="good"), matches=compile_condition(FROM_SHOP).passes)
    rules = Ruleset(rules=(CompiledRule(ref=RuleRef(id=1, name="bad"), matches=fails), good))
    decision = decide(invoice(), verdict(), rules)
    assert names(decision) == ["good"]
    assert decision.errors[0].message == "the rule failed: RuntimeError"
    assert "no such thing" in caplog.text


def test_many_rules_on_one_field_find_the_same_as_each_alone():
    specs = [
        rule(condition("subject", op, word), name=f"{op} {word}")
        for word in ("rechnung", "märz", "offer", "nr. 7", "r")
        for op in ("contains", "starts_with", "ends_with", "matches", "regex", "is", "not_contains")
    ]
    alone = [spec.name for spec in specs if decided(invoice(), spec).matched]
    assert names(decided(invoice(), *specs)) == alone
    assert len(alone) > 5


def test_patterns_too_large_to_be_searched_together_still_match():
    specs = [rule(condition("body", "regex", f"(x[^y]{{900}}|{word})"), name=word) for word in ("invoice", "eur") * 10]
    assert len(decided(invoice(), *specs).matched) == 20


def test_a_hostile_pattern_and_text_take_linear_time():
    message = mail(text="a" * 200_000)
    assert decided(message, rule(condition("body", "regex", "(a*)*(a|a)*b"))).matched == ()
    assert decided(message, rule(condition("body", "matches", "*a*a*a*a*a*a*b"))).matched == ()


def test_a_domain_of_endless_dots_is_cheap():
    message = mail(from_=Address(address="a@" + "." * 100_000 + "x"))
    assert decided(message, rule(FROM_SHOP)).matched == ()
