"""From rows to rulesets and back: an agent's compiled rules, kept in the process, and how the rules fare."""

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from django.db import connection, models, transaction
from django.db.models import Case, F, Q, Value, When

from rules.decision import RuleError
from rules.errors import RuleInvalid
from rules.models import Rule, RulesRevision
from rules.rows import spec_of
from rules.ruleset import Ruleset, StoredRule, compile_ruleset

log = logging.getLogger(__name__)

_LONGEST_ERROR = 1000


_EVERYBODY = 0  # stands for all agents that have no rules of their own: they share one ruleset


@dataclass(slots=True)
class _Kept:
    """Rulesets by agent, all of one revision; `own`: the agents that have rules of their own."""

    revision: str = ""
    own: frozenset[int] = frozenset()
    rulesets: dict[int, Ruleset] = field(default_factory=dict)


_kept = _Kept()


def ruleset_for(agent_id: int) -> Ruleset:
    """The agent's enabled rules, then those for every agent, each by position.

    Costs one query by primary key while no rule changes, in whichever process.
    """
    global _kept  # replaced as a whole, so that no thread sees half of a change
    # Read before the rows: a change in between is then noticed the next time.
    revision = _revision()
    kept = _kept
    if kept.revision != revision:
        kept = _kept = _Kept(revision=revision, own=_agents_with_rules())
    whose = agent_id if agent_id in kept.own else _EVERYBODY
    ruleset = kept.rulesets.get(whose)
    if ruleset is None:
        ruleset = kept.rulesets[whose] = compile_ruleset(map(stored_rule, _rules_for(whose)))
    return ruleset


def _agents_with_rules() -> frozenset[int]:
    rows = Rule.objects.filter(enabled=True).exclude(agent=None).order_by().values_list("agent_id", flat=True)
    return frozenset(rows.distinct())


def _revision() -> str:
    with connection.cursor() as cursor:  # asked for every message: Django's way to build it costs more than the query
        cursor.execute(f"SELECT token FROM {RulesRevision._meta.db_table} WHERE id = 1")  # noqa: S608 - our own name
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def _rules_for(agent_id: int) -> models.QuerySet[Rule]:
    return (
        Rule.objects.filter(Q(agent=agent_id) | Q(agent=None), enabled=True)
        .order_by(F("agent").asc(nulls_last=True), "position", "id")
        .prefetch_related("conditions", "actions")
    )


def stored_rule(rule: Rule) -> StoredRule:
    """`rule` as the engine takes it, broken or not."""
    try:
        return StoredRule(id=rule.pk, name=rule.name, spec=spec_of(rule))
    except RuleInvalid as error:
        return StoredRule(id=rule.pk, name=rule.name, problem=str(error))


def count_matches(rule_ids: Iterable[int], when: datetime) -> None:
    """Adds one match for each of `rule_ids` (an id as often as it matched), in one update of the batch.

    Runs for nearly every message, so its statement is written out.
    """
    counts = sorted(Counter(rule_ids).items())
    if not counts:
        return
    ids = [id for id, _ in counts]
    added = f"CASE id {'WHEN %s THEN %s ' * len(counts)}ELSE 0 END"
    statement = (
        f"UPDATE {Rule._meta.db_table} SET match_count = match_count + {added}, last_matched_at = %s "  # noqa: S608
        f"WHERE id IN ({_marks(ids)})"
    )
    moment = connection.ops.adapt_datetimefield_value(when)
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        if len(ids) > 1:
            _lock(ids)
        cursor.execute(statement, [*chain.from_iterable(counts), moment, *ids])


def note_errors(errors: Iterable[RuleError], when: datetime) -> None:
    """Shows in the admin what went wrong with each rule last."""
    last = {error.rule.id: error.message[:_LONGEST_ERROR] for error in errors}
    if not last:
        return
    message = Case(*(When(pk=pk, then=Value(text)) for pk, text in last.items()), output_field=models.TextField())
    with transaction.atomic():
        _lock(sorted(last))
        Rule.statistics.filter(pk__in=last).update(last_error=message, last_error_at=when)


def _lock(ids: Sequence[int]) -> None:
    """Takes the rows in one order everywhere, so that two processes with the same common rules never deadlock."""
    if connection.features.has_select_for_update:
        rows = f"SELECT id FROM {Rule._meta.db_table} WHERE id IN ({_marks(ids)}) ORDER BY id FOR UPDATE"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(rows, ids)


def _marks(ids: Sequence[int]) -> str:
    return ", ".join(["%s"] * len(ids))
