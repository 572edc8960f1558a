"""An agent's rules as the rows have them: order, freshness, cost, statistics."""

from datetime import timedelta

import pytest

from mailevents.models import Agent
from rules.actions import Flag, Move
from rules.decide import decide
from rules.decision import RuleError, RuleRef
from rules.lookup import count_matches, note_errors, ruleset_for
from rules.models import Rule, RuleAction, RuleCondition
from rules.rows import spec_of, write
from tests.rules.mails import NOW, condition, invoice, rule, verdict

pytestmark = pytest.mark.django_db


@pytest.fixture
def billing() -> Agent:
    return Agent.objects.create(name="billing")


def names(agent: Agent) -> list[str]:
    return [rule.ref.name for rule in ruleset_for(agent.pk).rules]


def test_an_agents_rules_come_before_the_common_ones_each_by_position_then_age(billing):
    other = Agent.objects.create(name="other")
    write(None, rule(name="common 1", position=1))
    write(billing.pk, rule(name="own 9", position=9))
    write(billing.pk, rule(name="own 2", position=2))
    write(billing.pk, rule(name="own 2 younger", position=2))
    write(None, rule(name="common 0", position=0))
    write(other.pk, rule(name="another's", position=0))
    assert names(billing) == ["own 2", "own 2 younger", "own 9", "common 0", "common 1"]


def test_a_rule_decides_as_its_rows_say(billing):
    write(
        billing.pk,
        rule(
            condition("from", "domain_is", "example.com"),
            condition("header:X-Mailer", "starts_with", "shop"),
            actions=(Move(folder="Invoices"), Flag()),
        ),
    )
    decision = decide(invoice(), verdict(), ruleset_for(billing.pk))
    assert [step.action for step in decision.steps] == [Move(folder="Invoices"), Flag()]


def test_disabled_rules_are_not_asked(billing):
    write(billing.pk, rule(name="off", enabled=False))
    assert names(billing) == []


def test_asking_again_costs_one_query(billing, django_assert_num_queries):
    for place in range(5):
        write(billing.pk, rule(condition("subject", "contains", "x"), name=f"rule {place}"))
    with django_assert_num_queries(5):
        ruleset_for(billing.pk)
    with django_assert_num_queries(1):
        ruleset_for(billing.pk)


def test_agents_without_rules_of_their_own_share_the_common_ones(billing, django_assert_num_queries):
    others = [Agent.objects.create(name=f"other{number}") for number in range(3)]
    write(None, rule(name="common"))
    write(billing.pk, rule(name="own"))
    first = ruleset_for(others[0].pk)
    with django_assert_num_queries(2):
        assert all(ruleset_for(other.pk) is first for other in others[1:])
    assert names(others[0]) == ["common"]
    assert names(billing) == ["own", "common"]
    write(others[0].pk, rule(name="a first one of its own"))
    assert names(others[0]) == ["a first one of its own", "common"]
    assert names(others[1]) == ["common"]


def change_name(kept: Rule) -> None:
    Rule.objects.filter(pk=kept.pk).update(name="changed")


def change_by_saving(kept: Rule) -> None:
    kept.enabled = False
    kept.save()


def delete_one(kept: Rule) -> None:
    kept.delete()


def delete_many(kept: Rule) -> None:
    Rule.objects.all().delete()


def change_a_condition(kept: Rule) -> None:
    row = RuleCondition.objects.get(rule=kept)
    row.value = "other"
    row.save()


def change_an_action(kept: Rule) -> None:
    RuleAction.objects.filter(rule=kept).update(action="mark_read")


def add_a_condition(kept: Rule) -> None:
    RuleCondition.objects.create(rule=kept, field="to", op="exists")


def drop_an_action(kept: Rule) -> None:
    RuleAction.objects.get(rule=kept).delete()


def give_it_to_another(kept: Rule) -> None:
    kept.agent = Agent.objects.create(name="another")
    kept.save()


@pytest.mark.parametrize(
    "change",
    [
        change_name,
        change_by_saving,
        delete_one,
        delete_many,
        change_a_condition,
        change_an_action,
        add_a_condition,
        drop_an_action,
        give_it_to_another,
    ],
)
def test_every_change_of_the_rows_is_noticed(billing, change):
    kept = write(billing.pk, rule(condition("subject", "contains", "x")))
    before = ruleset_for(billing.pk)
    change(kept)
    assert ruleset_for(billing.pk) is not before


def test_deleting_one_rule_and_adding_another_is_noticed(billing):
    write(billing.pk, rule(name="old"))
    assert names(billing) == ["old"]
    Rule.objects.all().delete()
    write(billing.pk, rule(name="new"))
    assert names(billing) == ["new"]


def test_a_row_that_cannot_be_read_is_told_and_costs_no_other(billing):
    write(billing.pk, rule(name="good"))
    broken = write(billing.pk, rule(name="broken"))
    RuleAction.objects.filter(rule=broken).update(action="reject")
    decision = decide(invoice(), verdict(), ruleset_for(billing.pk))
    assert [ref.name for ref in decision.matched] == ["good"]
    assert decision.errors[0].rule == RuleRef(id=broken.pk, name="broken")
    assert "unknown action 'reject'" in decision.errors[0].message


def test_matches_are_counted_without_changing_the_rules(billing):
    one, two = write(billing.pk, rule(name="one")), write(billing.pk, rule(name="two"))
    before = ruleset_for(billing.pk)
    count_matches([one.pk, two.pk, one.pk], NOW)
    count_matches([one.pk], NOW + timedelta(hours=1))
    count_matches([], NOW)
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.match_count, one.last_matched_at) == (3, NOW + timedelta(hours=1))
    assert (two.match_count, two.last_matched_at) == (1, NOW)
    assert ruleset_for(billing.pk) is before


def test_counting_a_batch_costs_one_update(billing, django_assert_max_num_queries):
    ids = [write(billing.pk, rule(name=f"rule {place}")).pk for place in range(20)]
    with django_assert_max_num_queries(4) as queries:
        count_matches(ids, NOW)
    assert sum(query["sql"].startswith("UPDATE") for query in queries.captured_queries) == 1


def test_counting_a_rule_that_is_gone_harms_nobody(billing):
    count_matches([4711], NOW)
    note_errors([RuleError(rule=RuleRef(id=4711, name="gone"), message="x")], NOW)


def test_the_last_error_of_a_rule_is_kept_until_the_rule_is_written_again(billing):
    kept = write(billing.pk, rule(name="one"))
    note_errors([RuleError(rule=RuleRef(id=kept.pk, name="one"), message="the folder was refused")], NOW)
    kept.refresh_from_db()
    assert (kept.last_error, kept.last_error_at) == ("the folder was refused", NOW)
    write(billing.pk, spec_of(kept), rule=kept)
    kept.refresh_from_db()
    assert kept.last_error == ""


def test_a_rule_comes_back_from_its_rows_as_it_was_written(billing):
    spec = rule(
        condition("header:X-Mailer", "is", "x"),
        condition("size", "over", "2M"),
        condition("cc", "absent"),
        name="all of it",
        match="any",
        position=7,
        stop=True,
        enabled=False,
    )
    assert spec_of(Rule.objects.get(pk=write(billing.pk, spec).pk)) == spec


def test_deleting_an_agent_takes_its_rules_along(billing):
    write(billing.pk, rule())
    billing.delete()
    assert not Rule.objects.exists()
