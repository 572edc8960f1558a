"""Reads settings from the environment, once, and remembers what is wrong with them.

A wrong value never raises here: it is kept in `problems`, the setting takes its default, and
`agenticmail.checks` turns every problem into a system-check error that names the variable and what it
takes. So a mistake stops the process at start, in plain words, whatever server starts it.
"""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import environ

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Problem:
    """One variable whose value cannot be used."""

    variable: str
    message: str
    takes: str


class Environment:
    """The process environment, with `.env` below it where there is one."""

    def __init__(self, dotenv: Path) -> None:
        self._env = environ.Env()
        self.problems: list[Problem] = []
        if dotenv.is_file():
            try:
                self._env.read_env(io.StringIO(dotenv.read_text("utf-8-sig")))
            except (OSError, UnicodeDecodeError):
                self.refuse(str(dotenv), "cannot be read", "lines NAME=VALUE, in UTF-8, that this user may read")

    def text(self, name: str, default: str = "") -> str:
        """As it was set: django-environ would take a value that begins with $, as a key may, for another's name."""
        return str(self._env.ENVIRON.get(name, default)).strip()

    def words(self, name: str, default: str = "", *, form: str = "", takes: str = "") -> list[str]:
        """A comma-separated list, blanks and spaces dropped; where one does not match `form`, the default."""
        words = _words(self.text(name, default))
        if all(re.fullmatch(form or ".*", word) for word in words):
            return words
        self.refuse(name, "has a value that cannot be used", takes)
        return _words(default)

    def flag(self, name: str, default: bool) -> bool:
        values = {
            "1": True,
            "true": True,
            "yes": True,
            "on": True,
            "0": False,
            "false": False,
            "no": False,
            "off": False,
        }
        return self.parsed(name, default, lambda text: values[text.lower()], "true or false")

    def whole(self, name: str, default: int, low: int, high: int) -> int:
        return self.parsed(name, default, _within(int, low, high), f"a whole number from {low} to {high}")

    def number(self, name: str, default: float, low: float, high: float) -> float:
        return self.parsed(name, default, _within(float, low, high), f"a number from {low:.10g} to {high:.10g}")

    def parsed(self, name: str, default: T, parse: Callable[[str], T], takes: str) -> T:
        """The variable through `parse`, or `default` where it is unset, empty or (with a problem noted) wrong."""
        text = self.text(name)
        if not text:
            return default
        try:
            return parse(text)
        except Exception:  # noqa: BLE001 - whatever a URL parser raises, the answer is the same
            self.refuse(name, "has a value that cannot be used", takes)
            return default

    def refuse(self, name: str, message: str, takes: str) -> None:
        self.problems.append(Problem(name, message, takes))

    def url(self, name: str, default: str, parse: str, form: str, takes: str) -> dict[str, object]:
        """A URL that matches `form` through one of django-environ's parsers (`db_url_config`, `email_url_config`)."""
        parser: Callable[[str], dict[str, object]] = getattr(self._env, parse)

        def known(text: str) -> dict[str, object]:
            if not re.fullmatch(form, text):
                raise ValueError(text)
            return parser(text)

        return self.parsed(name, {}, known, takes) or parser(default)


def _words(text: str) -> list[str]:
    return [word for word in map(str.strip, text.split(",")) if word]


def _within(cast: Callable[[str], T], low: float, high: float) -> Callable[[str], T]:
    def parse(text: str) -> T:
        value = cast(text)
        if not low <= value <= high:  # type: ignore[operator]  # NaN compares false, and is refused
            raise ValueError(text)
        return value

    return parse
