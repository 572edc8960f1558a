"""Allow and block lists and signatures as a file declares them."""

from collections.abc import Iterator, Sequence

from django.core.exceptions import ValidationError

from mailevents.configuration.changes import Change, changed, created, differences
from mailevents.configuration.entries import Entry
from mailevents.configuration.references import Agents, Unresolved, owner
from spamfilter.lists import normalised
from spamfilter.models import MOST_POINTS, ListEntry, Signature, SignatureKindChoice

WHAT = ("sender", "ip", "link")
SIGNATURE_KEYS = ("name", "kind", "value", "score")
AT_ONCE = 500  # keys in one query

Key = tuple[int | None, str]


def load_list(kind: str, entries: Sequence[Entry], agents: Agents) -> list[Change]:
    """Puts on the list of this kind (allow, block) what is not on it yet."""
    wanted: dict[Key, Entry] = {}
    for entry in entries:
        entry.only("agent", *WHAT)
        try:
            key = agents.of(entry), _key(entry)
        except (Unresolved, ValueError):
            continue
        wanted.setdefault(key, entry)
    there = set(_listed(kind, [key for _agent, key in wanted]))
    fresh = [(key, entry) for key, entry in wanted.items() if key not in there]
    ListEntry.objects.bulk_create(
        [ListEntry(kind=kind, agent_id=agent, key=key) for (agent, key), _entry in fresh], batch_size=AT_ONCE
    )
    return [created(f"{kind} {_shown(entry)} {owner(entry)}") for _key, entry in fresh]


def _key(entry: Entry) -> str:
    """The normalised key of the entry; ValueError, noted, where it has none."""
    given = {name: entry.data[name] for name in WHAT if name in entry.data}
    field = next(iter(given)) if len(given) == 1 else "sender"
    try:
        if not all(isinstance(value, str) for value in given.values()):
            raise ValueError("takes a text")
        return normalised(**given)
    except ValueError as error:
        entry.wrong(field, str(error))
        raise


def _shown(entry: Entry) -> str:
    return next(str(entry.data[name]) for name in WHAT if name in entry.data)


def _listed(kind: str, keys: Sequence[str]) -> Iterator[Key]:
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        yield from ListEntry.objects.filter(kind=kind, key__in=some).values_list("agent_id", "key")


def load_signatures(entries: Sequence[Entry]) -> list[Change]:
    """Makes each signature what its entry declares."""
    rows = {row.name: row for row in Signature.objects.filter(name__in=[str(e.data.get("name")) for e in entries])}
    seen: dict[str, Entry] = {}
    changes: list[Change] = []
    for entry in entries:
        name = entry.text("name", takes="a name", required=True)
        if name and seen.setdefault(name, entry) is not entry:
            entry.wrong("name", f"{name!r} is declared already, by {seen[name].place}")
        elif (fields := _signature(entry)) and name:
            changes += _load_signature(entry, rows.get(name) or Signature(name=name), fields)
    return changes


def _signature(entry: Entry) -> dict[str, str | float] | None:
    entry.only(*SIGNATURE_KEYS)
    kind = entry.choice("kind", SignatureKindChoice.values, required=True)
    value = entry.text("value", takes="the text of a spam, an RE2 pattern, or a host or URL prefix", required=True)
    score = entry.number_of("score", -MOST_POINTS, MOST_POINTS)
    if kind is None or value is None or (score is None and "score" in entry.data):
        return None
    default: float = Signature._meta.get_field("score").default
    return {"kind": kind, "value": value, "score": default if score is None else score}


def _load_signature(entry: Entry, row: Signature, fields: dict[str, str | float]) -> list[Change]:
    what = f"signature {row.name!r}"
    details = () if row.pk is None else differences({name: getattr(row, name) for name in fields}, fields)
    if row.pk is not None and not details:
        return []
    for name, value in fields.items():
        setattr(row, name, value)
    is_new = row.pk is None
    try:
        row.full_clean()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            for message in messages:
                entry.wrong(name if name in SIGNATURE_KEYS else "", message)
        return []
    row.save()
    return [created(what)] if is_new else changed(what, details)
