"""What loading a file changes, as lines that a person compares. Never a secret."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A row that is created, or in which `details` change."""

    kind: Literal["create", "change"]
    what: str
    details: tuple[str, ...] = ()

    def __str__(self) -> str:
        details = f": {'; '.join(self.details)}" if self.details else ""
        return f"{'+' if self.kind == 'create' else '~'} {self.what}{details}"


def created(what: str) -> Change:
    return Change(kind="create", what=what)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """`field: before -> after` for each that differs."""
    return tuple(
        f"{key}: {_shown(before[key])} -> {_shown(value)}" for key, value in after.items() if before[key] != value
    )


def changed(what: str, details: Iterable[str]) -> list[Change]:
    """The change, if there are any details to it."""
    details = tuple(details)
    return [Change(kind="change", what=what, details=details)] if details else []


def _shown(value: object) -> str:
    if value is None or value == "":
        return "none"
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else text[:57] + "…"
