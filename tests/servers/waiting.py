"""Waiting for a condition, with a deadline: never for a time."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def wait_for(condition: Callable[[], T], what: str, *, within: float = 10.0, every: float = 0.005) -> T:
    """The first true answer of `condition`; AssertionError naming `what` after `within` seconds."""
    deadline = time.monotonic() + within
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {within:g} s in vain for {what}; last seen: {found!r}")
        time.sleep(every)


def wait_or(undo: Callable[[], object], condition: Callable[[], T], what: str, *, within: float = 10.0) -> T:
    """`wait_for` that calls `undo` where it waits in vain, so that nothing half started is left behind."""
    try:
        return wait_for(condition, what, within=within)
    except BaseException:
        undo()
        raise
