"""Many rows at once, in the way that is quickest on each database. Knows no model."""

from collections.abc import Iterable, Sequence
from typing import Any

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
