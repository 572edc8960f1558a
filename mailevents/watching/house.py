"""Whose the mailboxes are: on one thread, however busy the others are, leases are renewed, claimed, and given away.

Knows rows and what is watched here; what is to be opened, or left, it tells the watcher. Never blocks on a mail server.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from django.db import connections
from django.db.utils import DatabaseError, InterfaceError

from mailevents import queries
from mailevents.eventlog.log import batched
from mailevents.imap import wire
from mailevents.logs import about
from mailevents.models import Mailbox, Watch
from mailevents.watching import lease
from mailevents.watching.opening import OpeningLanes
from mailevents.watching.shares import Shares
from mailevents.watching.watched import Watched

STAY_S = 600.0
PLACES = f"SELECT id, host, port, watch FROM {Mailbox._meta.db_table} WHERE id IN {{ids}}"  # noqa: S608 - our own names

logger = logging.getLogger(__name__)

Told = Callable[[Watched], None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mailbox is, and whether it is to be watched always; "" where nothing is known of it."""

    server: str = ""
    always: bool = False


def _places_of(mailbox_ids: list[int]) -> dict[int, Place]:
    places: dict[int, Place] = {}
    for some in batched(mailbox_ids, lease.SLICE):
        for pk, host, port, watch in queries.rows(PLACES.format(ids=queries.places(some)), *some):
            places[pk] = Place(f"{host.lower()}:{port}", watch == Watch.ALWAYS)
    return places


class House:
    """Everything here is called, or calls back, with `lock` held, except `look`, `release` and `close`."""

    def __init__(
        self,
        watched: Mapping[int, Watched],
        lock: threading.Lock,
        lanes: OpeningLanes,
        *,
        open_anew: Told,
        recall: Told,
        placed: Callable[[], None],
    ) -> None:
        """`open_anew`: this may be free now; `recall`: this is given away; `placed`: the lanes have more to open."""
        self._watched, self._lock, self._lanes = watched, lock, lanes
        self._open_anew, self._recall, self._placed = open_anew, recall, placed
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="leases")
        self._unplaced: dict[int, Watched] = {}  # to be opened, but the server is not known yet
        self._shares = Shares()  # on the thread only

    def __len__(self) -> int:
        """How many are to be opened whose place is not known yet."""
        return len(self._unplaced)

    def look(self) -> None:
        """Has the leases renewed, and what is free or too much seen to."""
        self._submit(self._look)

    def place(self, watched: Watched) -> None:
        """Has it queued where it is to be opened, if it is to be opened here."""
        if not self._unplaced:
            self._submit(self._place)
        self._unplaced[watched.mailbox_id] = watched

    def withdraw(self, watched: Watched) -> None:
        """It is not wanted any more."""
        self._unplaced.pop(watched.mailbox_id, None)
        self._lanes.withdraw(watched.mailbox_id)
        if watched.leased:
            watched.leased = False
            self._submit(self.release, watched.mailbox_id)

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _submit(self, work: Callable[..., None], *arguments: object) -> None:
        with suppress(RuntimeError):  # the process ends, and takes no work any more
            self._pool.submit(work, *arguments)

    def release(self, mailbox_id: int) -> None:
        """Others may have it. Asks the database, so never with `lock` held."""
        try:
            lease.release([mailbox_id])
        except (DatabaseError, InterfaceError):
            connections.close_all()  # the next look does it

    # -- on the thread

    def _look(self) -> None:
        try:
            lease.renew()
            self._compare()
            self._take_free()
            self._give_away()
        except (DatabaseError, InterfaceError):
            connections.close_all()

    def _compare(self) -> None:
        """Leaves what the rows say is another's, and releases what they say is ours and is not."""
        with self._lock:
            leased = {w.mailbox_id for w in self._watched.values() if w.leased}
        held = lease.held(len(leased))
        if held is None:
            return
        for mailbox_id in leased - held:
            with self._lock:
                watched = self._watched.get(mailbox_id)
                visit = watched.visit if watched and watched.leased else None
            if visit is not None:
                logger.warning("Another process holds its lease; let go", extra=about(mailbox=mailbox_id))
                wire.interrupt(visit.session.socket)
        with self._lock:
            ours = {w.mailbox_id for w in self._watched.values() if w.leased or w.turning}
        lease.release(held - ours)

    def _take_free(self) -> None:
        with self._lock:
            waiting = [w for w in self._watched.values() if w.elsewhere and not w.turning and w.visit is None]
            always = {w.mailbox_id for w in waiting if w.always}
            others = {w.mailbox_id for w in waiting if not w.always}
        free = self._shares.free(always, others)
        with self._lock:
            for mailbox_id in free & self._watched.keys():
                self._open_anew(self._watched[mailbox_id])

    def _give_away(self) -> None:
        """What is too much for this process's share, few at a time, so that who takes it needs few logins at a time."""
        with self._lock:
            if not any(w.always and w.leased for w in self._watched.values()):
                return
        surplus = self._shares.surplus()
        if not surplus:
            return
        now = time.monotonic()
        with self._lock:
            idle = (w for w in self._watched.values() if w.always and w.visit and not w.turning and w.stays_until < now)
            for watched in islice(idle, surplus):
                watched.elsewhere = True
                self._recall(watched)

    def _place(self) -> None:
        """Queues those that are to be opened here, each at its server."""
        with self._lock:
            ids = list(self._unplaced)
        try:
            places = _places_of(ids)
            always = {mailbox_id for mailbox_id, place in places.items() if place.always}
            taken = self._shares.claim(always, set(ids) - always)
        except (DatabaseError, InterfaceError):
            connections.close_all()
            places, taken = {}, set(ids)  # opening them will say what is wrong
        with self._lock:
            for mailbox_id in ids:
                watched = self._unplaced.pop(mailbox_id, None)
                if watched is not None:
                    self._queue(watched, places.get(mailbox_id, Place()), taken)
            if self._unplaced:
                self._submit(self._place)
            self._placed()

    def _queue(self, watched: Watched, place: Place, taken: set[int]) -> None:
        watched.always = place.always
        watched.leased = bool(place.server) and watched.mailbox_id in taken
        watched.elsewhere = watched.mailbox_id not in taken
        if self._shares.lies(watched.mailbox_id):
            watched.stays_until = time.monotonic() + STAY_S
        if not watched.elsewhere:
            self._lanes.ask(watched.mailbox_id, place.server)
