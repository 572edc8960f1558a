"""One clock for the heartbeats of all streams: a timer a process, whatever their number. Runs on the event loop."""

import asyncio
import logging
from collections.abc import Callable

SLOTS = 150  # moments in a round at which somebody may be due: a process that is woken less often idles

logger = logging.getLogger(__name__)

Beat = Callable[[], None]


class Wheel:
    """Calls everyone once in `period_s` seconds; who joined at about the same time, together. Beats may not block."""

    def __init__(self, period_s: float) -> None:
        self.period_s = period_s
        self._slots: list[set[Beat]] = [set() for _ in range(SLOTS)]
        self._hand = 0  # the slot whose turn was last
        self._due = 0.0  # when the next one's is
        self._joined = 0
        self._timer: asyncio.TimerHandle | None = None

    def join(self, beat: Beat) -> Callable[[], None]:
        """`beat` is due for the first time in a whole round. What is returned ends it, called once."""
        slot = self._slots[self._hand]
        slot.add(beat)
        self._joined += 1
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._due = loop.time() + self.period_s / SLOTS
            self._timer = loop.call_at(self._due, self._turn)
        return lambda: self._leave(slot, beat)

    def _leave(self, slot: set[Beat], beat: Beat) -> None:
        slot.discard(beat)
        self._joined -= 1
        if not self._joined and self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _turn(self) -> None:
        loop = asyncio.get_running_loop()
        self._due = max(self._due, loop.time() - self.period_s)  # the loop may have stood still: nobody is due twice
        while self._due <= loop.time():
            self._due += self.period_s / SLOTS
            self._hand = (self._hand + 1) % SLOTS
            for beat in tuple(self._slots[self._hand]):
                _call(beat)
        if self._timer is not None:
            self._timer = loop.call_at(self._due, self._turn)


def _call(beat: Beat) -> None:
    try:
        beat()
    except Exception:  # the others are due, too
        logger.exception("A heartbeat failed")
