"""From rows to rulesets and back: an agent's compiled rules, kept in the process, and how the rules fare."""

import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, models, transaction
from django.db.models import Case, F, Q, Value, When

from rules.decision import RuleError
from rules.errors import RuleInvalid
from rules.models import Rule, RulesRevision
from rules.rows import spec_of
from rules.ruleset import Ruleset, StoredRule, compile_ruleset

log = logging.getLogger(__name__)

_LONGEST_ERROR = 1000


@dataclass(slots=True)
class _Kept:
    """Rulesets by agent, all of one revision."""

    revision: str = ""
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
        kept = _kept = _Kept(revision=revision)
    ruleset = kept.rulesets.get(agent_id)
    if ruleset is None:
        ruleset = kept.rulesets[agent_id] = compile_ruleset(map(stored_rule, _rules_for(agent_id)))
    return ruleset


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
    """Adds one match for each of `rule_ids` (an id as often as it matched), in one update of the batch."""
    counts = Counter(rule_ids)
    if not counts:
        return
    added = Case(*(When(pk=pk, then=Value(count)) for pk, count in counts.items()), default=Value(0))
    with transaction.atomic():
        _lock(counts)
        Rule.statistics.filter(pk__in=counts).update(match_count=F("match_count") + added, last_matched_at=when)


def note_errors(errors: Iterable[RuleError], when: datetime) -> None:
    """Shows in the admin what went wrong with each rule last."""
    last = {error.rule.id: error.message[:_LONGEST_ERROR] for error in errors}
    if not last:
        return
    message = Case(*(When(pk=pk, then=Value(text)) for pk, text in last.items()), output_field=models.TextField())
    with transaction.atomic():
        _lock(last)
        Rule.statistics.filter(pk__in=last).update(last_error=message, last_error_at=when)


def _lock(ids: Iterable[int]) -> None:
    """Takes the rows in one order everywhere, so that two processes with the same common rules never deadlock."""
    list(Rule.statistics.select_for_update().filter(pk__in=list(ids)).order_by("pk").values_list("pk"))
