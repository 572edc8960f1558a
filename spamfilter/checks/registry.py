"""Where checks are announced, and how one is: by its symbol."""

from collections.abc import Callable

from spamfilter.evidence import Evidence
from spamfilter.policy import Policy

Answer = bool | str | float | None
Check = Callable[[Evidence, Policy], Answer]

CHECKS: dict[str, Check] = {}


def check(symbol: str) -> Callable[[Check], Check]:
    """Announces the decorated function as the check `symbol`."""

    def announce(function: Check) -> Check:
        if symbol in CHECKS:
            raise ValueError(f"two checks are called {symbol}")
        CHECKS[symbol] = function
        return function

    return announce
