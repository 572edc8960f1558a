"""What no route can do for the moment is said, and not waited for."""

import asyncio
import threading
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from mailevents.eventlog import log
from mailevents.http import refusals, views
from mailevents.http.parameters import asked
from mailevents.problems import Problem
from mailevents.streams.stream import Start
from mailevents.streams.tail import Tail


def test_a_database_that_stays_silent_is_a_503(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, "ANSWERED_WITHIN_S", 0.01)
    thawed = threading.Event()
    try:
        with pytest.raises(Problem) as refused:
            asyncio.run(refusals.look_up(thawed.wait))
    finally:
        thawed.set()
    assert (refused.value.status, refused.value.headers) == (503, {"Retry-After": "5"})


def test_a_page_whose_log_cannot_be_read_is_a_503(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> Any:
        raise OperationalError("gone")

    monkeypatch.setattr(log, "head", fails)
    running: Any = SimpleNamespace(tail=Tail(), looking=lambda *_: nullcontext())
    wanted = asked(RequestFactory().get("/events"), watch=False, paging=True)
    with pytest.raises(Problem) as refused:
        asyncio.run(views._page(running, wanted, [], Start(cursor=0), fails))
    assert refused.value.status == 503
