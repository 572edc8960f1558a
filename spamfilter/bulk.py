"""Many rows at once, written or found, in the way that is quickest on each database. Knows no model."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, cast

from django.db import connection


def insert_many(
    table: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[Any]], *, on_conflict: str
) -> int:
    """Inserts `rows`; how many were inserted or updated.

    `columns` are (name, PostgreSQL type), `on_conflict` what follows ON CONFLICT: SQL of the caller's own, never
    of users. SQLite repeats one prepared statement; PostgreSQL takes a whole chunk as one array a column.
    """
    chunk = list(rows)
    if not chunk:
        return 0
    names = ", ".join(connection.ops.quote_name(name) for name, _ in columns)
    into = f"INSERT INTO {connection.ops.quote_name(table)} ({names})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            arrays = ", ".join(f"%s::{kind}[]" for _, kind in columns)
            statement = f"{into} SELECT * FROM unnest({arrays}) ON CONFLICT {on_conflict}"  # noqa: S608
            cursor.execute(statement, [list(column) for column in zip(*chunk, strict=True)])
        else:
            marks = ", ".join("%s" for _ in columns)
            cursor.executemany(f"{into} VALUES ({marks}) ON CONFLICT {on_conflict}", chunk)
        return int(cursor.rowcount)


def rows_for(select: str, values: Sequence[str] | Sequence[int], *params: int | str) -> list[tuple[Any, ...]]:
    """The rows of `select`, in which `{values}` stands for all of `values`; `params` are what comes after them.

    The values travel as one parameter, so that the statement is always the same and hundreds of them cost little.
    """
    if not values:
        return []
    given: Any
    if connection.vendor == "postgresql":
        kind = "bigint" if isinstance(values[0], int) else "text"
        marked, given = f"(SELECT unnest(%s::{kind}[]))", list(values)
    else:
        marked, given = "(SELECT value FROM json_each(%s))", json.dumps(values)
    with connection.cursor() as cursor:
        cursor.execute(select.format(values=marked), [given, *params])
        return cast(list[tuple[Any, ...]], cursor.fetchall())
