"""Where checks are announced, and how one is: by its symbol, and by what a message must have for it to be asked."""

from collections.abc import Callable

from spamfilter.evidence import Evidence
from spamfilter.policy import Policy

Answer = bool | str | float | None
Check = Callable[[Evidence, Policy], Answer]

CHECKS: dict[str, Check] = {}
NEEDS: dict[str, str] = {}


def check(symbol: str, *, needs: str = "") -> Callable[[Check], Check]:
    """Announces the decorated function as the check `symbol`.

    `needs` names what of `Evidence` a message must have: where that is empty, the check has nothing to say and is not
    asked. All that need the same cost a single look.
    """

    def announce(function: Check) -> Check:
        if symbol in CHECKS:
            raise ValueError(f"two checks are called {symbol}")
        if needs:
            if not hasattr(Evidence, needs):
                raise ValueError(f"{symbol} needs {needs!r}, which no evidence has")
            NEEDS[symbol] = needs
        CHECKS[symbol] = function
        return function

    return announce
