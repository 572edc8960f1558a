"""Copies of rules: the same rows under a name that is free, disabled so that nothing is done twice."""

from collections.abc import Iterator
from itertools import count

from django.db import transaction

from rules.models import Rule, RuleAction, RuleCondition
from rules.validation import LONGEST_NAME


@transaction.atomic
def duplicate(rule: Rule) -> Rule:
    """A disabled copy of `rule`, right after it. Copies the rows as they are, broken ones too."""
    taken = set(Rule.objects.filter(agent=rule.agent_id).values_list("name", flat=True))
    copy = Rule.objects.create(
        agent_id=rule.agent_id,
        name=next(name for name in _names(rule.name) if name not in taken),
        position=rule.position,
        match=rule.match,
        stop=rule.stop,
        enabled=False,
    )
    for model, rows in ((RuleCondition, rule.conditions.all()), (RuleAction, rule.actions.all())):
        columns = [column.attname for column in model._meta.fields if column.name not in ("id", "rule")]
        model.objects.bulk_create(model(rule=copy, **{name: getattr(row, name) for name in columns}) for row in rows)
    return copy


def _names(name: str) -> Iterator[str]:
    for number in count(1):
        mark = " (copy)" if number == 1 else f" (copy {number})"
        yield name[: LONGEST_NAME - len(mark)] + mark
