"""How long to wait before the next attempt. Pure."""

import random
from collections.abc import Callable

FIRST_S = 1.0
LONGEST_S = 120.0
REFUSED_S = 300.0  # after a refused login: servers lock accounts that knock too often

STANDS_S = 10.0  # a session that held for so long was no mistake
PROVEN_S = 2.0  # nor was one that held for as long as it was waited for, and at least for this


def held(held_s: float, waited_s: float) -> bool:
    """Whether a session lasted long enough to begin waiting anew, so that a server which closes each at once is
    not asked once a second for ever."""
    return held_s >= min(max(waited_s, PROVEN_S), STANDS_S)


def delay(attempt: int, *, refused: bool = False, jitter: Callable[[], float] = random.random) -> float:
    """Seconds before attempt number `attempt` + 1 (the first failure is 1): doubling, with up to half of it random."""
    longest = min(LONGEST_S, FIRST_S * float(2 ** min(attempt - 1, 10)))
    if refused:
        longest = min(REFUSED_S, longest * 10)
    return longest * (0.5 + jitter() / 2)
