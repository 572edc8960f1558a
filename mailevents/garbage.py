"""Python's search for garbage, kept short however much a process holds.

CPython searches all that lives whenever it has grown by a quarter, and delivers nothing meanwhile: a second and more
with nine thousand streams. What a search has found alive after it took long is spared from then on (`gc.freeze`).
Spared or not, it is freed when nothing holds it any more; only rings that become garbage later are not found, and
streams and mailboxes leave none. Once an hour everything is searched, for what others leave, as a project's own
middleware may with each stream. The young are searched less often than by Python's own measure: nearly all that a mail
makes is gone when it is delivered.
"""

import gc
import time
from collections.abc import Callable
from typing import Any

LONG_S = 0.02
YOUNG = 20_000  # objects made and not freed, from which the young are searched
ALL_EVERY_S = 3600.0
OLDEST = 2  # the generation of a search through everything that is not spared


class Searches:
    """A callback of Python's searches (`gc.callbacks`)."""

    def __init__(
        self, *, long_s: float = LONG_S, all_every_s: float = ALL_EVERY_S, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._long_s, self._all_every_s, self._clock = long_s, all_every_s, clock
        self._begun = self._all_searched = clock()

    def __call__(self, phase: str, about: dict[str, Any]) -> None:
        if about["generation"] < OLDEST:
            return
        now = self._clock()
        if phase == "stop":
            if now - self._begun > self._long_s:
                gc.freeze()
            return
        self._begun = now
        if now - self._all_searched > self._all_every_s:
            self._all_searched = now
            gc.unfreeze()


_SEARCHES = Searches()


def keep_searches_short() -> None:
    """From now on, in this process. One that has switched its searches off, or made them rarer, keeps to that."""
    young, *older = gc.get_threshold()
    if young:
        gc.set_threshold(max(young, YOUNG), *older)
    if _SEARCHES not in gc.callbacks:
        gc.callbacks.append(_SEARCHES)
