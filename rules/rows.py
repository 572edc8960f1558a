"""Between rows and values: reads a rule's rows as a `RuleSpec`, and writes one as rows."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from hashlib import sha256
from typing import Any

from django.db import transaction

from rules.actions import Action
from rules.conditions import Condition
from rules.fields import HEADER_PREFIX
from rules.models import HEADER, Rule, RuleAction, RuleCondition
from rules.spec import RuleSpec
from rules.validation import build_rule, fields_of


def spec_of(rule: Rule) -> RuleSpec:
    """What `rule` says. RuleInvalid where its rows hold what can't be: written by an older version, or past Django."""
    return build_rule({"name": rule.name, "position": rule.position, "enabled": rule.enabled, **_what_it_does(rule)})


def edition_of(rule: Rule) -> str:
    """Another one whenever the rule does something else than before."""
    return sha256(json.dumps(_what_it_does(rule), sort_keys=True).encode()).hexdigest()[:16]


def _what_it_does(rule: Rule) -> dict[str, Any]:
    """Of its rows as a configuration file has them; not checked."""
    return {
        "match": rule.match,
        "stop": rule.stop,
        "conditions": [condition_data(row) for row in rule.conditions.all()],
        "actions": [action_data(row) for row in rule.actions.all()],
    }


def condition_data(row: RuleCondition) -> dict[str, Any]:
    """The row as a configuration file has it; not checked."""
    field = HEADER_PREFIX + row.header if row.field == HEADER else row.field
    return {"field": field, "op": row.op, "value": row.value}


def action_data(row: RuleAction) -> dict[str, Any]:
    """The row as a configuration file has it, with the columns that its action uses; not checked."""
    return {"action": row.action, **{name: getattr(row, name) for name in fields_of(row.action)}}


@transaction.atomic
def write(agent_id: int | None, spec: RuleSpec, *, rule: Rule | None = None) -> Rule:
    """Makes `spec` a new rule of the agent (None: of every agent), or what the existing `rule` says from now on."""
    is_new = rule is None
    rule = rule or Rule(agent_id=agent_id)
    rule.name, rule.position, rule.match = spec.name, spec.position, spec.match
    rule.stop, rule.enabled = spec.stop, spec.enabled
    rule.last_error, rule.last_error_at = "", None
    rule.save()  # changes the revision, once for all of its lines
    conditions, actions = RuleCondition._base_manager, RuleAction._base_manager
    if not is_new:
        conditions.filter(rule=rule).delete()
        actions.filter(rule=rule).delete()
    conditions.bulk_create(_condition_row(rule, condition) for condition in spec.conditions)
    actions.bulk_create(_action_row(rule, action) for action in spec.actions)
    return rule


@transaction.atomic
def take_in(agent_id: int, specs: Sequence[RuleSpec]) -> tuple[int, int]:
    """Puts `specs` after the agent's other rules; one whose name there is replaces that rule. How many of each."""
    kept = {rule.name: rule for rule in Rule.objects.filter(agent=agent_id)}
    names = {spec.name for spec in specs}
    last = max((rule.position for name, rule in kept.items() if name not in names), default=0)
    for spec in specs:
        write(agent_id, replace(spec, position=last + spec.position), rule=kept.get(spec.name))
    replaced = sum(spec.name in kept for spec in specs)
    return len(specs) - replaced, replaced


def _condition_row(rule: Rule, condition: Condition) -> RuleCondition:
    field, header = condition.field, ""
    if field.startswith(HEADER_PREFIX):
        field, header = HEADER, field.removeprefix(HEADER_PREFIX)
    return RuleCondition(rule=rule, field=field, header=header, op=condition.op, value=condition.value)


def _action_row(rule: Rule, action: Action) -> RuleAction:
    return RuleAction(rule=rule, action=action.name, **asdict(action))
