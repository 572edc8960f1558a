"""Puts agents in the order of their tree: each below its parent. Any depth, one query."""

from django.db import connection
from django.db.models import CharField, QuerySet
from django.db.models.expressions import RawSQL

from mailevents.models import Agent

SEPARATOR = "\x01"  # below every character of a name, so that a subtree stays together
DEEPEST = 64

_PATH = """(WITH RECURSIVE up(parent_id, path, depth) AS (
    SELECT own.parent_id, CAST(own.name AS TEXT), 0 FROM mailevents_agent own WHERE own.id = mailevents_agent.id
    UNION ALL
    SELECT above.parent_id, above.name || %s || up.path, up.depth + 1
    FROM mailevents_agent above JOIN up ON above.id = up.parent_id WHERE up.depth < %s
) SELECT path COLLATE {collation} FROM up ORDER BY depth DESC LIMIT 1)"""


def in_tree(agents: QuerySet[Agent]) -> QuerySet[Agent]:
    """`agents` in that order, with `path`: the names above each."""
    collation = '"C"' if connection.vendor == "postgresql" else "BINARY"
    path = RawSQL(  # noqa: S611 - nothing of a user's in it
        _PATH.format(collation=collation), (SEPARATOR, DEEPEST), output_field=CharField()
    )
    return agents.annotate(path=path).order_by("path")


def depth(agent: Agent) -> int:
    """How far below a main agent one of `in_tree` is."""
    path: str = getattr(agent, "path", "")
    return path.count(SEPARATOR)
