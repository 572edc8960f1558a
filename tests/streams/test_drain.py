"""A signal becomes a goodbye, then the server's own handler runs. With real signals, to this process."""

import asyncio
import gc
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import RequestAborted

from mailevents.streams.drain import Drain, end_what_is_left


@pytest.fixture
def servers_handler() -> Iterator[list[int]]:
    """A server that asked the system for its signal, as daphne and uvicorn do. What it was called with."""
    called: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _frame: called.append(number))
    yield called
    signal.signal(signal.SIGTERM, before)


async def signalled(drain: Drain, times: int = 1) -> None:
    for _ in range(times):
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(0)


async def soon(condition: Callable[[], Any]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.001)


def test_the_server_hears_of_it_when_the_goodbye_is_said(servers_handler: list[int]) -> None:
    said: list[str] = []

    async def play() -> None:
        async def goodbye() -> None:
            assert servers_handler == []
            said.append("goodbye")

        drain = Drain(goodbye)
        drain.arm()
        drain.arm()  # every stream does
        await signalled(drain)
        await soon(lambda: servers_handler)
        assert drain.closing

    asyncio.run(play())
    assert (said, servers_handler) == (["goodbye"], [signal.SIGTERM])


def test_what_is_in_memory_at_the_end_is_not_searched_for_garbage(servers_handler: list[int]) -> None:
    async def play() -> tuple[int, int]:
        async def goodbye() -> None:
            spared.append((gc.get_freeze_count(), len(gc.get_objects())))

        spared: list[tuple[int, int]] = []
        drain = Drain(goodbye)
        drain.arm()
        assert gc.get_freeze_count() == 0
        await signalled(drain)
        await soon(lambda: servers_handler)
        return spared[0]

    frozen, searched = asyncio.run(play())
    assert frozen > searched


def test_a_second_signal_does_not_wait_for_the_goodbye(servers_handler: list[int]) -> None:
    async def play() -> None:
        never = asyncio.Event()

        async def goodbye() -> None:
            await never.wait()

        drain = Drain(goodbye)
        drain.arm()
        await signalled(drain, 2)
        await soon(lambda: servers_handler)
        assert drain._task is not None
        drain._task.cancel()

    asyncio.run(play())
    assert servers_handler == [signal.SIGTERM]


def test_a_process_that_waits_for_ever_is_ended_all_the_same() -> None:
    done = subprocess.run([sys.executable, "-c", WAITS_FOR_EVER], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "Not done 0.1 s after the signal" in done.stderr


WAITS_FOR_EVER = """
import asyncio, os, signal, threading
from mailevents.streams.drain import Drain

async def goodbye():
    await asyncio.Event().wait()

async def serve():
    Drain(goodbye, within_s=0.1).arm()
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.sleep(0.01)

signal.signal(signal.SIGTERM, lambda *_: None)
threading.Thread(target=threading.Event().wait).start()
asyncio.run(serve())
"""


def test_a_goodbye_that_fails_still_lets_the_server_end(servers_handler: list[int]) -> None:
    async def play() -> None:
        async def goodbye() -> None:
            raise ZeroDivisionError

        drain = Drain(goodbye)
        drain.arm()
        await signalled(drain)
        await soon(lambda: servers_handler)

    asyncio.run(play())


def test_a_server_that_asked_the_loop_is_called_through_the_loop() -> None:
    called: list[str] = []

    async def play() -> None:
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, called.append, "loop")

        async def goodbye() -> None:
            called.append("goodbye")

        drain = Drain(goodbye)
        drain.arm()
        await signalled(drain)
        await soon(lambda: len(called) == 2)
        loop.remove_signal_handler(signal.SIGTERM)

    asyncio.run(play())
    assert called == ["goodbye", "loop"]


def test_elsewhere_than_on_the_main_thread_no_signal_is_touched() -> None:
    before = signal.getsignal(signal.SIGTERM)

    async def play() -> None:
        async def goodbye() -> None:
            raise AssertionError

        Drain(goodbye).arm()

    thread = threading.Thread(target=lambda: asyncio.run(play()))
    thread.start()
    thread.join()
    assert signal.getsignal(signal.SIGTERM) is before


def test_what_a_server_leaves_on_its_loop_is_ended_before_python_ends() -> None:
    ended: list[str] = []

    async def request_in_work() -> None:
        try:
            await asyncio.Queue[str]().get()
        finally:
            ended.append("cancelled")

    loop = asyncio.new_event_loop()
    left = loop.create_task(request_in_work())
    loop.run_until_complete(asyncio.sleep(0))
    end_what_is_left(loop)
    assert (ended, left.cancelled(), loop.is_closed()) == (["cancelled"], True, True)
    end_what_is_left(loop)  # a server that closed its loop is left alone


def test_requests_that_the_end_aborts_are_no_errors_and_other_failures_are(
    servers_handler: list[int], caplog: pytest.LogCaptureFixture
) -> None:
    async def fails(error: Exception) -> None:
        raise error

    async def play() -> None:
        async def goodbye() -> None:
            failed = [asyncio.create_task(fails(error)) for error in (RequestAborted(), LookupError("a fault"))]
            await asyncio.wait(failed)

        drain = Drain(goodbye)
        drain.arm()
        await signalled(drain)
        await soon(lambda: servers_handler)

    asyncio.run(play())
    gc.collect()
    (complaint,) = (record for record in caplog.records if record.name == "asyncio")
    assert "LookupError" in complaint.getMessage()
