"""Named points between two steps of a delivery, at which a test can have the process killed.

`AGENTICMAIL_FAULT=journalled` kills (SIGKILL) at the first arrival there, `journalled:3` at the third. Without the
variable, `reach` is a function that does nothing.
"""

import os
import signal
from collections.abc import Callable
from itertools import count

POINTS = ("fetched", "journalled", "claimed", "sent", "answered", "performed", "recorded")


def _nothing(_point: str) -> None:
    """No fault is asked for."""


def _killer(asked: str) -> Callable[[str], None]:
    point, _, number = asked.partition(":")
    if point not in POINTS:
        raise ValueError(f"AGENTICMAIL_FAULT takes one of {', '.join(POINTS)}, not {point!r}")
    arrivals = count(1)

    def kill(reached: str) -> None:
        if reached == point and next(arrivals) == int(number or 1):
            os.kill(os.getpid(), signal.SIGKILL)

    return kill


_asked = os.environ.get("AGENTICMAIL_FAULT")
reach: Callable[[str], None] = _killer(_asked) if _asked else _nothing
