"""«There is something new»: within the process at once, between processes by PostgreSQL's LISTEN/NOTIFY.

A hint, never the truth: a ring that is lost costs a second, the tail also looks by itself. Within the process the
hint brings what was committed, so that it need not be read again where nothing is missing before it.
"""

import logging
import threading
from collections.abc import Callable, Sequence

import psycopg
from django.db import connection, connections
from django.db.utils import DatabaseError, InterfaceError

from mailevents.eventlog.entry import Entry

CHANNEL, FREED = "agenticmail_events", "agenticmail_leases"
RETRY_S = 5.0
PATIENCE_S = 5.0  # between looks whether this process ends

logger = logging.getLogger(__name__)


class Bell:
    """`heard` is called, on any thread, whenever somebody rang: in this process, with what was committed, or, on
    PostgreSQL, in another.

    `freed`: whenever one of them has let go of mailboxes that another may take.
    """

    def __init__(self, heard: Callable[[Sequence[Entry]], None], freed: Callable[[], None] = lambda: None) -> None:
        self._heard, self._freed = heard, freed
        self._closed = threading.Event()
        self._listener: threading.Thread | None = None
        if connection.vendor == "postgresql":
            self._listener = threading.Thread(target=self._listen, name="bell", daemon=True)
            self._listener.start()

    def ring(self, entries: Sequence[Entry] = ()) -> None:
        """Called after a commit (of these), on the committing thread."""
        self._heard(entries)
        self._notify(CHANNEL)

    def ring_freed(self) -> None:
        """Mailboxes were let go of. To other processes only."""
        self._notify(FREED)

    def _notify(self, channel: str) -> None:
        if connection.vendor == "postgresql":
            try:
                with connection.cursor() as cursor:
                    cursor.execute(f"NOTIFY {channel}")
            except (DatabaseError, InterfaceError) as error:
                logger.warning("The bell could not be rung: %s", error)
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
            listening.execute(f"LISTEN {FREED}")
            self._heard(())  # what was missed while nobody listened
            while not self._closed.is_set():
                for notice in listening.notifies(timeout=PATIENCE_S, stop_after=1):
                    self._freed() if notice.channel == FREED else self._heard(())
