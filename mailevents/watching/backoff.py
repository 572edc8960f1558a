"""How long to wait before the next attempt. Pure."""

import random
from collections.abc import Callable

FIRST_S = 1.0
LONGEST_S = 120.0
REFUSED_S = 300.0  # after a refused login: servers lock accounts that knock too often

STANDS_S = 10.0  # a session that held for so long was no mistake
PROVEN_S = 2.0  # nor was one that held for as long as it was waited for, and at least for this
LET_IN = 3  # failures count at most, where the server lets us in: what breaks again and again is soon back each time


def counted(attempt: int, *, held_s: float, waited_s: float) -> int:
    """How many of `attempt` failures still count after a session that went well for `held_s` seconds.

    None if that was long enough; but a server which closes each session at once is not asked once a second for ever.
    """
    return 0 if held_s >= min(max(waited_s, PROVEN_S), STANDS_S) else min(attempt, LET_IN)


def delay(attempt: int, *, refused: bool = False, jitter: Callable[[], float] = random.random) -> float:
    """Seconds before attempt number `attempt` + 1 (the first failure is 1): doubling, with up to half of it random."""
    longest = min(LONGEST_S, FIRST_S * float(2 ** min(attempt - 1, 10)))
    if refused:
        longest = min(REFUSED_S, longest * 10)
    return longest * (0.5 + jitter() / 2)
