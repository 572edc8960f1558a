"""Writes how mailboxes fare on their rows: on one thread, of each mailbox the last that was said.

While a thousand mailboxes are opened, who opens them neither waits for the database nor for the others' writes.
"""

import threading
from collections.abc import Callable, Iterable

from django.db import connections
from django.db.utils import DatabaseError, InterfaceError
from django.utils import timezone

from mailevents import queries
from mailevents.models import Mailbox
from mailevents.process import OWNER
from mailevents.states import State, unwatched

TOGETHER_S = 0.05  # the first is written at once; what is said within so long after, together

# Where another process holds the mailbox by now, it is that one's to tell.
WRITE = (
    f"UPDATE {Mailbox._meta.db_table} SET state = %s, detail = %s, next_attempt_at = %s, state_at = %s "  # noqa: S608 - ours
    "WHERE id = %s AND (lease_id IS NULL OR lease_id = %s)"
)


class StateTeller:
    """`told` is called after states were written. A database that is away costs the rows their news, nothing else."""

    def __init__(self, told: Callable[[], None]) -> None:
        self._told = told
        self._said: dict[int, State] = {}
        self._something = threading.Condition()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="states", daemon=True)
        self._thread.start()

    def tell(self, state: State) -> None:
        """Waits for nothing."""
        with self._something:
            self._said[state.mailbox_id] = state
            self._something.notify()

    def close(self) -> None:
        """Returns when everything that was said is written."""
        self._closing.set()
        with self._something:
            self._something.notify()
        self._thread.join()

    def _run(self) -> None:
        while said := self._next():
            self._write(said)
            self._told()
            self._closing.wait(TOGETHER_S)
        connections.close_all()

    def _next(self) -> Iterable[State]:
        """Empty at the end."""
        with self._something:
            self._something.wait_for(lambda: self._said or self._closing.is_set())
            said, self._said = list(self._said.values()), {}
        return said

    def _write(self, states: Iterable[State]) -> None:
        """One by one: who writes several rows at a time may wait, on PostgreSQL, for who waits for it."""
        try:
            for state in states:
                until, now = queries.stored(state.next_attempt_at), queries.stored(timezone.now())
                queries.change(WRITE, state.state, state.detail, until, now, state.mailbox_id, OWNER)
        except (DatabaseError, InterfaceError):
            connections.close_all()


def tell_all_unwatched() -> None:
    """This process ends: nobody watches what it held. One query."""
    Mailbox.objects.filter(lease=OWNER).update(**unwatched())
