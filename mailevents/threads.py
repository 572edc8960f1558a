"""The only place where async meets sync: bounded pools, whatever the number of streams."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from contextvars import Context
from functools import partial
from itertools import cycle
from typing import Any, ParamSpec, TypeVar

from asgiref.sync import SyncToAsync, ThreadSensitiveContext
from django.db import connection
from django.db.utils import DatabaseError, InterfaceError, OperationalError

from mailevents.routes import bears

P = ParamSpec("P")
T = TypeVar("T")

LANES = 4

readers = ThreadPoolExecutor(LANES, thread_name_prefix="log-reader")


async def in_worker(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `work` returns, run on one of a few threads, each with its own database connection that it keeps."""
    return await asyncio.get_running_loop().run_in_executor(readers, partial(with_database, work, *args, **kwargs))


def with_database(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Runs `work`; once more where the connection had broken since its last use. A broken one is dropped."""
    used_before = connection.connection is not None
    try:
        return work(*args, **kwargs)
    except (OperationalError, InterfaceError):
        connection.close()
        if not used_before:
            raise
    except DatabaseError:
        connection.close()
        raise
    return with_database(work, *args, **kwargs)


class StreamLanes:
    """ASGI middleware: what Django does synchronously for a stream's request is done on a few shared threads.

    Django itself would give every request a thread (and a database connection) of its own until the response
    ends, which for a stream is hours. Wrap any project's application: `StreamLanes(get_asgi_application())`.
    """

    def __init__(self, app: Callable[..., Any]) -> None:
        self.app = app
        self._lanes = cycle([ThreadPoolExecutor(1, thread_name_prefix=f"stream-lane-{n}") for n in range(LANES)])

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if SyncToAsync.thread_sensitive_context.get(None) is None:
            await self._serve(scope, receive, send)
        else:  # daphne begins a request that was sent ahead within the one before it, whose thread goes when that ends
            await asyncio.create_task(self._serve(scope, receive, send), context=Context())

    async def _serve(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "http" and bears(scope["path"], "serves_streams"):
            async with AsyncExitStack() as leaving:
                await leaving.enter_async_context(ThreadSensitiveContext(executor=next(self._lanes)))
                try:
                    await self.app(scope, receive, send)
                except asyncio.CancelledError:
                    leaving.pop_all()  # Django leaves tasks of a cancelled request behind: they still need their lane
                    raise
        else:
            await self.app(scope, receive, send)
