"""Points Django's database connection, in this process, at another database: a real one that a test owns."""

import contextlib
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import environ
from django.conf import settings
from django.db import connections

from mailevents import threads


@contextlib.contextmanager
def connected_to(url: str) -> Iterator[None]:
    """The default database is the one at `url`, for this thread and for those that are started meanwhile."""
    before = connections.settings["default"]
    wanted = dict(environ.Env.db_url_config(url))
    if "sqlite3" in wanted["ENGINE"]:
        wanted["OPTIONS"] = settings.DATABASES["default"]["OPTIONS"]
    _switch(connections.configure_settings({"default": wanted})["default"])
    readers, threads.readers = threads.readers, ThreadPoolExecutor(threads.LANES, thread_name_prefix="log-reader")
    try:
        yield
    finally:
        _close_each(threads.readers)
        threads.readers = readers
        _switch(before)


def _close_each(pool: ThreadPoolExecutor) -> None:
    """Ends the pool, and the connection of each of its threads."""
    started = len(pool._threads)
    together = threading.Barrier(started) if started else None

    def close() -> None:
        if together is not None:
            together.wait(10)
        connections.close_all()

    for closing in [pool.submit(close) for _ in range(started)]:
        closing.result()
    pool.shutdown()


def _switch(configuration: dict[str, object]) -> None:
    with contextlib.suppress(AttributeError):
        connections["default"].close()
        del connections["default"]
    connections.settings["default"] = configuration
