"""Lists as files: plain, one entry a line, or CSV with a head line. Pure, a line at a time.

spam@example.net           # an address; what stands behind # is its note
@example.com
192.0.2.0/24
link:example.org

entry,kind,agent,note
spam@example.net,block,billing,seen in May
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from spamfilter.lists import normalised_line

KINDS = ("allow", "block")
COLUMNS = ("entry", "kind", "agent", "note")
LONGEST_LINE = 4096
LONGEST_NOTE = 200
_LINE_ENDS = re.compile(r"[\r\n]+")
UNREADABLE = "\ufffd"  # what stands for bytes that are no text, by whoever read the file


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLine:
    """One entry, from line `line`. `agent` is a name, "" for every agent."""

    line: int
    key: str
    kind: str
    agent: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A line that is no entry, and why."""

    line: int
    told: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.told}"


def read_lines(lines: Iterable[str], *, kind: str | None = None, agent: str = "") -> Iterator[ListedLine | Mistake]:
    """Every entry of a file. `kind` and `agent` stand where the file says none."""
    numbered = ((number, line.lstrip("\ufeff").rstrip("\r\n")) for number, line in enumerate(lines, 1))
    first = next(((number, line) for number, line in numbered if line.strip()), None)
    if first is None:
        return
    columns = _columns(first[1])
    if columns:
        delimiter = ";" if ";" in first[1] else ","
        yield from (_from_csv(n, line, columns, delimiter, kind, agent) for n, line in numbered if line.strip())
        return
    for number, line in chain([first], numbered):
        text, _, note = f" {line}".partition(" #")
        if text.strip():
            yield _entry(number, text.strip(), kind or "", agent, note.strip())


def csv_line(values: Iterable[str]) -> str:
    """One line of CSV, whatever the values hold; one that a spreadsheet would take for a formula is made text."""
    return ",".join(_quoted(f"'{value}" if value[:1] in ("=", "+", "-", "\t") else value) for value in values) + "\n"


def _quoted(value: str) -> str:
    value = _LINE_ENDS.sub(" ", value)
    return '"' + value.replace('"', '""') + '"' if set(value) & set(',;"') else value


def _columns(line: str) -> list[str]:
    """The head line's columns; none where the line is no head line."""
    names = [name.strip().strip('"').lower() for name in line.replace(";", ",").split(",")]
    return names if "entry" in names else []


def _from_csv(
    number: int, line: str, columns: list[str], delimiter: str, kind: str | None, agent: str
) -> ListedLine | Mistake:
    if len(line) > LONGEST_LINE:
        return Mistake(line=number, told=f"is longer than {LONGEST_LINE} characters")
    try:
        values = next(csv.reader([line], delimiter=delimiter, strict=True))
    except csv.Error as error:
        return Mistake(line=number, told=f"is no CSV: {error}")
    if len(values) > len(columns):
        return Mistake(line=number, told=f"has {len(values)} values for {len(columns)} columns")
    row = dict(zip(columns, (value.strip() for value in values), strict=False))
    return _entry(
        number, row.get("entry", ""), row.get("kind") or kind or "", row.get("agent") or agent, row.get("note", "")
    )


def _entry(number: int, text: str, kind: str, agent: str, note: str) -> ListedLine | Mistake:
    if kind.lower() not in KINDS:
        return Mistake(line=number, told=f"says {kind!r} where allow or block is needed" if kind else "says no kind")
    if UNREADABLE in text or UNREADABLE in note:
        return Mistake(line=number, told="holds bytes that are not UTF-8")
    try:
        key = normalised_line(text[:LONGEST_LINE])
    except ValueError as error:
        return Mistake(line=number, told=str(error))
    return ListedLine(line=number, key=key, kind=kind.lower(), agent=agent, note=note.replace("\0", "")[:LONGEST_NOTE])
