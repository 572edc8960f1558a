"""Lists into rows and back, however long they are: a chunk at a time, all of it or nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from spamfilter.agents import agent_named
from spamfilter.bulk import insert_many
from spamfilter.listfiles import COLUMNS, ListedLine, Mistake, csv_line, read_lines
from spamfilter.lists import readable
from spamfilter.models import ListEntry

CHUNK = 5_000
MISTAKES_SHOWN = 20

_ROW = (
    ("kind", "text"),
    ("agent_id", "bigint"),
    ("key", "text"),
    ("note", "text"),
    ("source", "text"),
    ("created_at", "timestamptz"),
)


@dataclass(slots=True, kw_only=True)
class Imported:
    """What an import did. `wrong` lines were left out, the first of them are in `mistakes`."""

    added: int = 0
    known: int = 0
    wrong: int = 0
    mistakes: list[Mistake] = field(default_factory=list)


class ImportRefused(ValueError):
    """Some lines are no entries, and nothing was imported; `str()` names them."""

    def __init__(self, imported: Imported) -> None:
        self.imported = imported
        more = imported.wrong - len(imported.mistakes)
        told = [str(mistake) for mistake in imported.mistakes] + ([f"and {more} more"] if more else [])
        super().__init__("Nothing was imported.\n" + "\n".join(told))


def import_lines(
    lines: Iterable[str], *, kind: str | None, agent: str = "", source: str, skip_wrong: bool = False
) -> Imported:
    """Puts every entry of `lines` on its list; ImportRefused where a line is none, unless these are skipped."""
    imported, agents = Imported(), _Agents()
    with transaction.atomic():
        entries = _right_ones(read_lines(lines, kind=kind, agent=agent), imported, agents)
        while chunk := list(islice(entries, CHUNK)):
            if not imported.wrong or skip_wrong:
                added = _insert(chunk, agents, source)
                imported.added += added
                imported.known += len(chunk) - added
        if imported.wrong and not skip_wrong:
            raise ImportRefused(imported)
    return imported


def export_lines(rows: Any, *, plain: bool) -> Iterator[str]:
    """`rows`, a query set of entries, as lines of a file that `import_lines` takes."""
    if not plain:
        yield csv_line(COLUMNS)
    values = rows.order_by("pk").values_list("key", "kind", "agent__name", "note")
    for key, kind, agent, note in values.iterator(chunk_size=CHUNK):
        yield f"{readable(key)}\n" if plain else csv_line((readable(key), kind, agent or "", note))


class _Agents:
    """Names to ids, each asked for once."""

    def __init__(self) -> None:
        self._ids: dict[str, int | None] = {"": None}

    def id_of(self, name: str) -> int | None:
        if name not in self._ids:
            self._ids[name] = agent_named(name).pk
        return self._ids[name]


def _right_ones(lines: Iterable[ListedLine | Mistake], imported: Imported, agents: _Agents) -> Iterator[ListedLine]:
    for line in lines:
        mistake = line if isinstance(line, Mistake) else _unknown_agent(line, agents)
        if mistake is None and isinstance(line, ListedLine):
            yield line
        elif mistake:
            imported.wrong += 1
            if len(imported.mistakes) < MISTAKES_SHOWN:
                imported.mistakes.append(mistake)


def _unknown_agent(line: ListedLine, agents: _Agents) -> Mistake | None:
    try:
        agents.id_of(line.agent)
    except ValueError as error:
        return Mistake(line=line.line, told=str(error))
    return None


def _insert(chunk: list[ListedLine], agents: _Agents, source: str) -> int:
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    rows = [(line.kind, agents.id_of(line.agent), line.key, line.note, source, now) for line in chunk]
    return insert_many(ListEntry._meta.db_table, _ROW, rows, on_conflict="DO NOTHING")
