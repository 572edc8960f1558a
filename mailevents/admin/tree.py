"""Puts agents in the order of their tree: each below its parent. Any depth, one query."""

from django.db import connection
from django.db.models import CharField, IntegerField, QuerySet
from django.db.models.expressions import RawSQL

from mailevents.models import Agent

SEPARATOR = "\x01"  # below every character of a name, so that a subtree stays together
DEEPEST = 64

_UP = """(WITH RECURSIVE up(parent_id, path, depth) AS (
    SELECT own.parent_id, CAST(own.name AS TEXT), 0 FROM mailevents_agent own WHERE own.id = mailevents_agent.id
    UNION ALL
    SELECT above.parent_id, above.name || %s || up.path, up.depth + 1
    FROM mailevents_agent above JOIN up ON above.id = up.parent_id WHERE up.depth < %s
) SELECT {column} FROM up ORDER BY depth DESC LIMIT 1)"""


def in_tree(agents: QuerySet[Agent]) -> QuerySet[Agent]:
    """`agents` with `path` (what to order by) and `depth` (0 for a main agent)."""
    collation = '"C"' if connection.vendor == "postgresql" else "BINARY"
    return agents.annotate(
        path=RawSQL(  # noqa: S611 - nothing of a user's in it
            _UP.format(column=f"path COLLATE {collation}"), (SEPARATOR, DEEPEST), output_field=CharField()
        ),
        depth=RawSQL(_UP.format(column="depth"), (SEPARATOR, DEEPEST), output_field=IntegerField()),  # noqa: S611
    )
