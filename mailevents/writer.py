"""One thread that writes: what is asked for at the same time is committed together, a lone request at once.

Entries get their ids in commit order because writers of all processes take turns (DESIGN section 2).
"""

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from django.db import connection, connections, transaction
from django.db.utils import DatabaseError, InterfaceError

T = TypeVar("T")
Work = tuple[Callable[[], Any], "Future[Any]"]

LOCK_KEY = 0x6D61696C  # "mail"; any number that nobody else takes
MAX_GROUP = 200

logger = logging.getLogger(__name__)


class Writer:
    """Runs functions in the log's transaction. `committed` is called after each commit, on the writer's thread."""

    def __init__(self, committed: Callable[[], None]) -> None:
        self._committed = committed
        self._queue: queue.SimpleQueue[Work | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="log-writer", daemon=True)
        self._thread.start()

    def run(self, work: Callable[[], T]) -> T:
        """What `work` returns, once it is committed. Raises what it raised, or a DatabaseError."""
        future: Future[T] = Future()
        self._queue.put((work, future))
        return future.result()

    def close(self) -> None:
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (work := self._queue.get()) is not None:
            group = [work]
            while len(group) < MAX_GROUP and not self._queue.empty():
                following = self._queue.get()
                if following is None:
                    self._queue.put(None)
                    break
                group.append(following)
            self._commit(group)
        connections.close_all()

    def _commit(self, group: list[Work]) -> None:
        try:
            results = _in_one_transaction([work for work, _future in group])
        except Exception as error:  # noqa: BLE001 - handed to whoever asked
            _drop_broken_connection(error)
            if len(group) == 1:
                group[0][1].set_exception(error)
                return
            for work in group:  # one of them spoils the rest: each alone
                self._commit([work])
            return
        for (_work, future), result in zip(group, results, strict=True):
            future.set_result(result)
        self._committed()


def _in_one_transaction(works: list[Callable[[], Any]]) -> list[Any]:
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK_KEY])
        return [work() for work in works]


def _drop_broken_connection(error: Exception) -> None:
    if isinstance(error, (DatabaseError, InterfaceError)):
        logger.warning("The log cannot be written: %s", error)
        connection.close()
