"""How long to wait before the next attempt. Pure."""

import random
from collections.abc import Callable

FIRST_S = 1.0
LONGEST_S = 120.0
REFUSED_S = 300.0  # after a refused login: servers lock accounts that knock too often


def delay(attempt: int, *, refused: bool = False, jitter: Callable[[], float] = random.random) -> float:
    """Seconds before attempt number `attempt` + 1 (the first failure is 1): doubling, with up to half of it random."""
    longest = min(LONGEST_S, FIRST_S * float(2 ** min(attempt - 1, 10)))
    if refused:
        longest = min(REFUSED_S, longest * 10)
    return longest * (0.5 + jitter() / 2)
