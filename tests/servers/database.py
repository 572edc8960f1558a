"""Points Django's database connection, in this process, at another database: a real one that a test owns."""

import contextlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import environ
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from mailevents import threads


@contextlib.contextmanager
def connected_to(url: str) -> Iterator[None]:
    """The default database is the one at `url`, for this thread and for those that are started meanwhile.

    At the end every connection that was made to it is closed, whichever thread made it.
    """
    before = connections.settings["default"]
    wanted = dict(environ.Env.db_url_config(url))
    if "sqlite3" in wanted["ENGINE"]:
        wanted["OPTIONS"] = settings.DATABASES["default"]["OPTIONS"]
    made: list[BaseDatabaseWrapper] = []
    create = connections.create_connection

    def noted(alias: str) -> BaseDatabaseWrapper:
        made.append(create(alias))
        return made[-1]

    _switch(connections.configure_settings({"default": wanted})["default"])
    readers, threads.readers = threads.readers, ThreadPoolExecutor(threads.LANES, thread_name_prefix="log-reader")
    connections.create_connection = noted  # type: ignore[method-assign]
    try:
        yield
    finally:
        connections.create_connection = create  # type: ignore[method-assign]
        threads.readers.shutdown()
        threads.readers = readers
        _switch(before)
        for connection in made:
            connection.inc_thread_sharing()
            connection.close()


def _switch(configuration: dict[str, object]) -> None:
    with contextlib.suppress(AttributeError):
        connections["default"].close()
        del connections["default"]
    connections.settings["default"] = configuration
