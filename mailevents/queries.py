"""Queries that run for every stream, visit or batch, as plain SQL: for Django to build each anew costs ten times as
much as to run it. Knows no table."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db import connection

Moment = TypeVar("Moment", datetime, datetime | None)

NOW = {"sqlite": "STRFTIME('%%Y-%%m-%%d %%H:%%M:%%f', 'now')", "postgresql": "STATEMENT_TIMESTAMP()"}


def now() -> str:
    """The database's clock, to be put into a query."""
    return NOW[connection.vendor]


def rows(query: str, *values: Any) -> list[tuple[Any, ...]]:
    """All rows that `query` finds; `%s` in it stands for the next of `values`."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def row(query: str, *values: Any) -> tuple[Any, ...] | None:
    """The first row, if there is one."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        found: tuple[Any, ...] | None = cursor.fetchone()
    return found


def change(query: str, *values: Any) -> int:
    """How many rows an UPDATE or a DELETE concerned."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return int(cursor.rowcount)


def places(values: Sequence[object]) -> str:
    """For IN: as many `%s` as there are values, in brackets. `IN (NULL)` finds nothing."""
    return f"({', '.join(['%s'] * len(values)) or 'NULL'})"


def moment(stored: Moment) -> Moment:
    """A time as it was read: SQLite keeps times without a zone, in UTC."""
    return stored if stored is None or stored.tzinfo else stored.replace(tzinfo=UTC)


def stored(moment: datetime | None) -> Any:
    """A time as it is written, or compared with what is."""
    return connection.ops.adapt_datetimefield_value(moment)
