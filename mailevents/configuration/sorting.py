"""Rules as a file declares them."""

from collections.abc import Sequence
from dataclasses import asdict, replace

from mailevents.configuration.changes import Change, changed, created, differences
from mailevents.configuration.entries import Entry
from mailevents.configuration.references import Agents, Unresolved, owner
from mailevents.enrolment import hint
from rules.errors import RuleInvalid
from rules.models import Rule
from rules.rows import spec_of, write
from rules.spec import RuleSpec
from rules.validation import RULE_KEYS, build_rule


def load_rules(entries: Sequence[Entry], agents: Agents) -> list[Change]:
    """Makes each rule what its entry declares. A rule is known by its agent and its name."""
    names = {str(entry.data.get("name")) for entry in entries}
    there = Rule.objects.filter(name__in=names).prefetch_related("conditions", "actions")
    rows = {(row.agent_id, row.name): row for row in there}
    seen: dict[tuple[int | None, str], Entry] = {}
    changes: list[Change] = []
    for entry in entries:
        spec = _spec(entry)
        try:
            agent_id = agents.of(entry)
        except Unresolved:
            continue
        if spec is None:
            continue
        first = seen.setdefault((agent_id, spec.name), entry)
        if first is not entry:
            entry.wrong("name", f"{spec.name!r} {owner(entry)} is declared already, by {first.place}")
        else:
            changes += _load_rule(entry, agent_id, spec, rows.get((agent_id, spec.name)))
    return changes


def _spec(entry: Entry) -> RuleSpec | None:
    try:
        return build_rule({key: value for key, value in entry.data.items() if key != "agent"})
    except RuleInvalid as error:
        for problem in error.problems:
            is_unknown = problem.where in entry.data and problem.where not in RULE_KEYS
            near = f".{hint(problem.where, RULE_KEYS)}" if is_unknown else ""
            entry.wrong(problem.where, problem.message + near)
        return None


def _load_rule(entry: Entry, agent_id: int | None, spec: RuleSpec, row: Rule | None) -> list[Change]:
    what = f"rule {spec.name!r} {owner(entry)}"
    if row is None:
        write(agent_id, spec)
        return [created(what)]
    if "enabled" not in entry.data:
        spec = replace(spec, enabled=row.enabled)
    details = _differences(row, spec)
    if details:
        write(agent_id, spec, rule=row)
    return changed(what, details)


def _differences(row: Rule, spec: RuleSpec) -> tuple[str, ...]:
    try:
        before = spec_of(row)
    except RuleInvalid:
        return ("rewritten, as it could not be used",)
    return differences(_comparable(before), _comparable(spec))


def _comparable(spec: RuleSpec) -> dict[str, object]:
    conditions = "; ".join(f"{one.field} {one.op} {one.value}".rstrip() for one in spec.conditions)
    actions = "; ".join(" ".join(action.as_dict().values()) for action in spec.actions)
    return {**asdict(spec), "conditions": conditions, "actions": actions}
