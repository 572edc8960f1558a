"""One timer beats for everybody."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import pytest

from mailevents.streams.wheel import Wheel


async def _until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.005)


def test_everyone_is_called_once_a_round_by_one_timer() -> None:
    async def play() -> None:
        loop, beats = asyncio.get_running_loop(), [0] * 1000
        wheel = Wheel(0.2)

        def beat(number: int) -> Callable[[], None]:
            def due() -> None:
                beats[number] += 1

            return due

        timers: set[Any] = set()
        began = loop.time()
        leaving = [wheel.join(beat(number)) for number in range(1000)]
        while min(beats) < 3:
            timers |= {wheel._timer}
            assert max(beats) - min(beats) <= 1
            await asyncio.sleep(0)
        assert loop.time() - began >= 0.59
        for leave in leaving:
            leave()
        assert all(timer is None or timer.cancelled() or timer.when() <= loop.time() for timer in timers)

    asyncio.run(play())


def test_who_has_left_is_not_called_and_who_fails_holds_nobody_up(caplog: pytest.LogCaptureFixture) -> None:
    async def play() -> list[str]:
        heard: list[str] = []
        wheel = Wheel(0.05)

        def broken() -> None:
            raise RuntimeError("broken")

        leave_first, leave_broken = wheel.join(lambda: heard.append("first")), wheel.join(broken)
        leave_second = wheel.join(lambda: heard.append("second"))
        await _until(lambda: "first" in heard and "second" in heard)
        leave_first()
        heard.clear()
        await _until(lambda: len(heard) >= 2)
        for leave in (leave_broken, leave_second):
            leave()
        return heard

    with caplog.at_level(logging.ERROR):
        assert set(asyncio.run(play())) == {"second"}
    assert "broken" in caplog.text


def test_nobody_is_due_twice_after_the_loop_has_stood_still() -> None:
    now = 100.0

    async def play() -> int:
        loop, beats = asyncio.get_running_loop(), 0
        loop.time = lambda: now  # type: ignore[method-assign]

        def beat() -> None:
            nonlocal beats
            beats += 1

        nonlocal now
        wheel = Wheel(1.0)
        leave = wheel.join(beat)
        now += 3600.0
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        leave()
        return beats

    assert asyncio.run(play()) <= 1
