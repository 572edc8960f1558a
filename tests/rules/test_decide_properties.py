"""What holds for any message and any rules."""

from hypothesis import given, settings
from hypothesis import strategies as st

from agenticmail.message import Address, Attachment, parse_message
from rules.actions import ACTIONS, Action, SetPriority, Stop
from rules.conditions import Condition, compile_condition
from rules.decide import decide
from rules.errors import RuleInvalid
from rules.facts import Facts
from rules.fields import FIELDS, OPS
from rules.ruleset import Ruleset, StoredRule, compile_ruleset
from rules.spec import RuleSpec
from spamfilter.verdict import Verdict
from tests.rules.mails import NOW, mail

# Few letters, so that texts and values meet; and some that fold, combine or delimit.
words = st.text(st.sampled_from("abAB@. *?\\<>,ßİµ\u0301\r\n"), max_size=8)
anything = st.one_of(words, st.text(max_size=20))
addresses = st.builds(Address, name=anything, address=anything)
messages = st.one_of(
    st.builds(
        mail,
        headers=st.lists(st.tuples(st.sampled_from(["x-a", "from", "delivered-to"]), anything), max_size=4).map(tuple),
        from_=addresses,
        to=st.lists(addresses, max_size=3).map(tuple),
        cc=st.lists(addresses, max_size=2).map(tuple),
        reply_to=st.lists(addresses, max_size=2).map(tuple),
        subject=anything,
        text=anything,
        list_id=st.none() | anything,
        labels=st.lists(words, max_size=3).map(tuple),
        size=st.integers(0, 3000),
        priority=st.sampled_from(["high", "normal", "low"]),
        attachments=st.lists(
            st.builds(
                Attachment, section=st.just("1"), filename=st.none() | anything, content_type=words, size=st.just(1)
            ),
            max_size=2,
        ).map(tuple),
    ),
    st.binary(max_size=300).map(lambda raw: parse_message(raw, received_at=NOW)),
)
verdicts = st.builds(
    Verdict,
    verdict=st.sampled_from(["ham", "suspicious", "spam"]),
    score=st.floats(-100, 100),
    threshold=st.just(5.0),
    categories=st.lists(words, max_size=2).map(tuple),
)
conditions = st.builds(
    Condition,
    field=st.sampled_from([*FIELDS, "header:X-A", "header:From", "header:", "nonsense"]),
    op=st.sampled_from([*OPS, "nonsense"]),
    value=st.one_of(
        words, st.sampled_from(["1K", "high", "spam", "b.", "(a|b)+", "[", "*a?", ""]), st.text(max_size=5)
    ),
)
sound_conditions = conditions.filter(lambda condition: compiles(condition))
actions = st.sampled_from(list(ACTIONS)).flatmap(
    lambda name: st.builds(
        ACTIONS[name], **{field: texts_of(field) for field in ACTIONS[name].__dataclass_fields__ if field != "name"}
    )
)


def texts_of(field: str) -> st.SearchStrategy[str]:
    return st.sampled_from(["high", "normal", "low"]) if field == "priority" else words


def compiles(condition: Condition) -> bool:
    try:
        compile_condition(condition)
    except RuleInvalid:
        return False
    return True


def rules_of(one: st.SearchStrategy[Condition]) -> st.SearchStrategy[RuleSpec]:
    return st.builds(
        RuleSpec,
        name=words,
        match=st.sampled_from(["all", "any"]),
        conditions=st.lists(one, max_size=3).map(tuple),
        actions=st.lists(actions, max_size=3).map(tuple),
        stop=st.booleans(),
    )


def stored(specs: list[RuleSpec]) -> list[StoredRule]:
    return [StoredRule(id=place, name=spec.name, spec=spec) for place, spec in enumerate(specs)]


def effective(taken: tuple[Action, ...]) -> list[Action]:
    """A rule's actions up to the first stop."""
    ends = next((place for place, action in enumerate(taken) if isinstance(action, Stop)), len(taken))
    return list(taken[: ends + 1])


@given(messages, verdicts, st.lists(rules_of(conditions), max_size=6))
@settings(max_examples=300)
def test_deciding_never_raises_and_accounts_for_every_rule_it_asked(message, verdict, specs):
    decision = decide(message, verdict, compile_ruleset(stored(specs)))
    told = [ref.id for ref in decision.matched] + [error.rule.id for error in decision.errors]
    assert len(told) == len(set(told))
    broken = {place for place, spec in enumerate(specs) if not all(map(compiles, spec.conditions))}
    assert {error.rule.id for error in decision.errors} <= broken
    assert not broken.intersection(ref.id for ref in decision.matched)


@given(messages, verdicts, st.lists(rules_of(sound_conditions), max_size=40))
@settings(max_examples=300, deadline=None)
def test_the_tables_change_nothing_but_the_cost(message, verdict, specs):
    quick = compile_ruleset(stored(specs))
    assert decide(message, verdict, quick) == decide(message, verdict, Ruleset(rules=quick.rules))


@given(messages, verdicts, st.lists(rules_of(sound_conditions), max_size=6))
@settings(max_examples=300)
def test_order_and_stop_mean_what_they_say(message, verdict, specs):
    """The set decides as if its rules were asked one by one, each on what the ones before left."""
    decision = decide(message, verdict, compile_ruleset(stored(specs)))
    facts = Facts(message, verdict, "INBOX")
    expected_ids, expected_actions = [], []
    for place, spec in enumerate(specs):
        passed = [compile_condition(condition).passes(facts) for condition in spec.conditions]
        if passed and not (all(passed) if spec.match == "all" else any(passed)):
            continue
        expected_ids.append(place)
        asked = effective(spec.actions)
        expected_actions += asked
        facts = after(facts, asked)
        if spec.stop or any(isinstance(action, Stop) for action in asked):
            break
    assert [ref.id for ref in decision.matched] == expected_ids
    assert [step.action for step in decision.plan] == expected_actions
    assert decision.priority == facts.priority


def after(facts: Facts, taken: list[Action]) -> Facts:
    """What a message looks like to the next rule: written here once more, from the promise."""
    priority = next((a.priority for a in reversed(taken) if isinstance(a, SetPriority)), facts.priority)
    later = Facts(facts.message, facts.verdict, facts.folder)
    later.priority = priority
    later.labels = dict(facts.labels)
    for action in taken:
        match action.name:
            case "move":
                later.folder = action.as_dict()["folder"]
            case "label":
                later.add_label(action.as_dict()["label"])
            case "unlabel":
                later.remove_label(action.as_dict()["label"])
    return later


@given(sound_conditions, messages, verdicts)
def test_a_condition_answers_the_same_twice(condition, message, verdict):
    test = compile_condition(condition)
    facts = Facts(message, verdict, "INBOX")
    first = test.passes(facts)
    assert test.passes(facts) is first
    assert test.passes(Facts(message, verdict, "INBOX")) is first
