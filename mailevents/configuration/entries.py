"""The entries of a configuration file (TOML), and the mistakes in them. Knows no rows.

Every mistake is kept with its place, so that a file can be put right at one go.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mailevents.enrolment import hint
from mailevents.errors import MailEventsError

SECTIONS = ("agent", "allow", "block", "signature", "rule")
MISSING = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """What is wrong, where, and what would be right. `entry` is such as `[[rule]] 2`."""

    entry: str
    field: str
    message: str

    def __str__(self) -> str:
        return ", ".join(part for part in (self.entry, self.field) if part) + f": {self.message}"


class ConfigurationRefused(MailEventsError):
    """A file that can't be used; nothing was changed."""

    def __init__(self, file: str, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(f"{file}: {mistake}" for mistake in self.mistakes))


@dataclass(slots=True, kw_only=True)
class Entry:
    """One table of an array of tables. Its readers note what is wrong, and answer None for it."""

    section: str
    number: int
    data: Mapping[str, Any]
    mistakes: list[Mistake] = field(repr=False)

    @property
    def place(self) -> str:
        name = self.data.get("name")
        called = f" ({name})" if isinstance(name, str) and name.isprintable() and len(name) <= 100 else ""
        return f"[[{self.section}]] {self.number}{called}"

    def wrong(self, key: str, message: str) -> None:
        self.mistakes.append(Mistake(entry=self.place, field=key, message=message))

    def only(self, *known: str) -> None:
        """Every other key is a mistake."""
        for key in self.data:
            if key not in known:
                self.wrong(key, f"is unknown; [[{self.section}]] takes {', '.join(known)}.{hint(key, known)}")

    def text(self, key: str, *, takes: str, required: bool = False) -> str | None:
        """A text that is not empty; None where it is left out or wrong."""
        value = self.data.get(key, MISSING)
        if value is MISSING:
            if required:
                self.wrong(key, f"is missing; it takes {takes}")
            return None
        if isinstance(value, str) and value.strip() and "\0" not in value:
            return value
        self.wrong(key, f"takes {takes}, as a text that is not empty")
        return None

    def number_of(self, key: str, low: float, high: float) -> float | None:
        """A number from `low` to `high`; None where it is left out or wrong."""
        value = self.data.get(key, MISSING)
        if value is MISSING:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high:
            return float(value)
        self.wrong(key, f"takes a number from {low:g} to {high:g}")
        return None

    def choice(self, key: str, choices: Iterable[str], *, required: bool = False) -> str | None:
        """One of `choices`; None where it is left out or wrong."""
        known = list(choices)
        value = self.text(key, takes=f"one of {', '.join(known)}", required=required)
        if value is None or value in known:
            return value
        self.wrong(key, f"takes one of {', '.join(known)}.{hint(value, known)}")
        return None


def read_entries(file: str, content: bytes, mistakes: list[Mistake]) -> dict[str, list[Entry]]:
    """The entries of each section, in the order of the file. ConfigurationRefused where it is no TOML at all."""
    try:
        document = tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        problem = "not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        raise ConfigurationRefused(file, [Mistake(entry="", field="no TOML", message=problem)]) from None
    for key in document:
        if key not in SECTIONS:
            known = ", ".join(f"[[{section}]]" for section in SECTIONS)
            mistakes.append(
                Mistake(entry="", field=key, message=f"is unknown; there are {known}.{hint(key, SECTIONS)}")
            )
    return {section: _entries(section, document.get(section, []), mistakes) for section in SECTIONS}


def _entries(section: str, tables: object, mistakes: list[Mistake]) -> list[Entry]:
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        mistakes.append(Mistake(entry="", field=section, message=f"takes tables, each headed [[{section}]]"))
        return []
    return [
        Entry(section=section, number=number, data=table, mistakes=mistakes) for number, table in enumerate(tables, 1)
    ]
