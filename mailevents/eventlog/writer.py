"""One writes at a time, for all who wait: what is asked for meanwhile is committed together, a lone request at once.

Entries get their ids in commit order because writers of all processes take turns (DESIGN section 2).
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.utils import DatabaseError, InterfaceError, OperationalError

from mailevents import metrics
from mailevents.eventlog import log
from mailevents.eventlog.entry import Entry

T = TypeVar("T")
Work = tuple[Callable[[], Any], "Future[Any]"]

LOCK_KEY = 0x6D61696C  # "mail"; any number that nobody else takes

logger = logging.getLogger(__name__)


class Writer:
    """Runs functions in the log's transaction. `committed` is given, after each commit and in the order of commits,
    what was appended to the log (perhaps not all of it)."""

    def __init__(self, committed: Callable[[Sequence[Entry]], None]) -> None:
        self._committed = committed
        self._asked: deque[Work] = deque()
        self._writing = threading.Lock()
        self._closed = False

    def run(self, work: Callable[[], T]) -> T:
        """What `work` returns, once it is committed. Raises what it raised, or a DatabaseError.

        Runs on the thread of any of those who ask at the same time; twice, where the connection to the database
        breaks: it does nothing but write.
        """
        future: Future[T] = Future()
        self._asked.append((work, future))
        with self._writing:
            if not future.done():  # nobody has written it along with theirs
                if self._closed:
                    raise InterfaceError("the log is no longer written: this process ends")
                self._commit(self._waiting())
        return future.result()

    def close(self) -> None:
        """Commits what was asked for until now, and ends."""
        with self._writing:
            self._closed = True
            if waiting := self._waiting():
                self._commit(waiting)

    def _waiting(self) -> list[Work]:
        """What has been asked for by now."""
        return [self._asked.popleft() for _ in range(len(self._asked))]

    def _commit(self, group: list[Work], *, again: bool = True) -> None:
        """What is asked for while the turn is waited for belongs to the group."""
        try:
            with log.appended() as entries, transaction.atomic():
                _take_turn()
                if again:
                    group += self._waiting()
                results = [work() for work, _future in group]
        except Exception as error:  # noqa: BLE001 - handed to whoever asked
            broken = _drop_broken_connection(error)
            if len(group) > 1 or (again and broken):  # one of them spoils the rest; the connection was cut meanwhile
                for work in group:
                    self._commit([work], again=False)
            else:
                group[0][1].set_exception(error)
            return
        metrics.commits.inc()
        self._tell(entries)
        for (_work, future), result in zip(group, results, strict=True):
            future.set_result(result)

    def _tell(self, entries: Sequence[Entry]) -> None:
        try:
            self._committed(entries)
        except Exception:  # the one writer must live; the tails look by themselves too
            logger.exception("What was committed could not be told")


def _take_turn() -> None:
    """From here to the end of the transaction no other writer, of whatever process, is in one (SQLite: by itself)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK_KEY])


def _drop_broken_connection(error: Exception) -> bool:
    """Whether it was the connection that failed."""
    if not isinstance(error, (DatabaseError, InterfaceError)):
        return False
    logger.warning("The log cannot be written: %s", error)
    connection.close()
    return isinstance(error, (OperationalError, InterfaceError))
