"""«There is something new»: within the process at once, between processes by PostgreSQL's LISTEN/NOTIFY.

A hint, never the truth: a ring that is lost costs a second, the tail also looks by itself.
"""

import logging
import threading
from collections.abc import Callable

import psycopg
from django.db import connection, connections

CHANNEL = "agenticmail_events"
RETRY_S = 5.0

logger = logging.getLogger(__name__)


class Bell:
    """`heard` is called, on any thread, whenever somebody rang: in this process or, on PostgreSQL, in another."""

    def __init__(self, heard: Callable[[], None]) -> None:
        self._heard = heard
        self._closed = threading.Event()
        self._listener: threading.Thread | None = None
        if connection.vendor == "postgresql":
            self._listener = threading.Thread(target=self._listen, name="bell", daemon=True)
            self._listener.start()

    def ring(self) -> None:
        """Called after a commit, on the committing thread."""
        self._heard()
        if connection.vendor == "postgresql":
            try:
                with connection.cursor() as cursor:
                    cursor.execute(f"NOTIFY {CHANNEL}")
            except Exception:
                logger.warning("The bell could not be rung", exc_info=True)
                connection.close()

    def close(self) -> None:
        self._closed.set()

    def _listen(self) -> None:
        while not self._closed.is_set():
            try:
                self._hear()
            except (psycopg.Error, OSError) as error:
                logger.warning("The bell's connection broke (%s); listening again in %g s", error, RETRY_S)
            self._closed.wait(RETRY_S)

    def _hear(self) -> None:
        parameters = connections["default"].get_connection_params()
        for name in ("context", "cursor_factory"):  # Django's own, for its queries
            parameters.pop(name, None)
        with psycopg.connect(**parameters, autocommit=True) as listening:
            listening.execute(f"LISTEN {CHANNEL}")
            self._heard()  # what was missed while nobody listened
            while not self._closed.is_set():
                for _notice in listening.notifies(timeout=1.0, stop_after=1):
                    self._heard()
