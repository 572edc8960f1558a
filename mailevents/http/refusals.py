"""What no route can do for the moment, as the Problem that says so: the process ends, or the database is away."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import ParamSpec, TypeVar

from django.db.utils import DatabaseError, InterfaceError

from mailevents.problems import Problem
from mailevents.runtime import closing
from mailevents.threads import in_worker

ANSWERED_WITHIN_S = 10.0

P = ParamSpec("P")
T = TypeVar("T")


def refuse_while_closing() -> None:
    if closing():
        raise Problem(503, "The server is shutting down; come back in a moment.", Retry_After="5")


@asynccontextmanager
async def with_database() -> AsyncIterator[None]:
    """What needs the database, which away or silent is a 503."""
    try:
        async with asyncio.timeout(ANSWERED_WITHIN_S):
            yield
    except (DatabaseError, InterfaceError, TimeoutError):
        raise Problem(503, "The database does not answer.", Retry_After="5") from None


async def look_up(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """`work` on a worker, `with_database`."""
    async with with_database():
        return await in_worker(work, *args, **kwargs)
