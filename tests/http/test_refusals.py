"""What no route can do for the moment is said, and not waited for."""

import asyncio
import threading

import pytest

from mailevents.http import refusals
from mailevents.problems import Problem


def test_a_database_that_stays_silent_is_a_503(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, "ANSWERED_WITHIN_S", 0.01)
    thawed = threading.Event()
    try:
        with pytest.raises(Problem) as refused:
            asyncio.run(refusals.look_up(thawed.wait))
    finally:
        thawed.set()
    assert (refused.value.status, refused.value.headers) == (503, {"Retry-After": "5"})
