"""Wrong tokens by the thousand: counted by address, and beyond a measure refused without a look at the database.

Tokens that were good a while ago pass whatever else comes from their address: behind a proxy all share one.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

BURST = 200.0  # wrong tokens of one address at once
PER_S = 10.0  # and this many a second from then on
REMEMBERED = 20_000  # addresses, and good tokens


class Guesses:
    """Bounded in memory. May be used from any thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._spent: OrderedDict[str, tuple[float, float]] = OrderedDict()  # by address: guesses, and as of when
        self._good: OrderedDict[str, None] = OrderedDict()  # digests

    def may_ask(self, address: str, digest: str) -> bool:
        """Whether this token is to be looked up."""
        with self._lock:
            return digest in self._good or self._spent_by(address) < BURST

    def right(self, digest: str) -> None:
        with self._lock:
            _remember(self._good, digest, None)

    def wrong(self, address: str, digest: str) -> None:
        with self._lock:
            self._good.pop(digest, None)
            _remember(self._spent, address, (self._spent_by(address) + 1, self._clock()))

    def _spent_by(self, address: str) -> float:
        spent, since = self._spent.get(address, (0.0, 0.0))
        return max(0.0, spent - (self._clock() - since) * PER_S)


def _remember(known: OrderedDict[str, T], key: str, value: T) -> None:
    known[key] = value
    known.move_to_end(key)
    if len(known) > REMEMBERED:
        known.popitem(last=False)
