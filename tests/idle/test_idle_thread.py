"""One thread for all idle sockets and all clocks."""

import os
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from mailevents.imap.idle import FEW_TIMERS, IdleThread
from tests.servers.waiting import wait_for

LONG_S = 600.0


@pytest.fixture
def idle() -> Iterator[IdleThread]:
    made = IdleThread()
    yield made
    made.close()


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def settle(idle: IdleThread) -> None:
    """Until all that was asked of the thread so far is done."""
    done = threading.Event()
    idle.later(0, done.set)
    assert done.wait(5)


def test_a_socket_that_speaks_wakes_its_waiter_once(
    idle: IdleThread, pair: tuple[socket.socket, socket.socket]
) -> None:
    woken: list[str] = []
    idle.wait(pair[0], LONG_S, lambda: woken.append("woken"))
    settle(idle)
    assert woken == []
    pair[1].send(b"* 1 EXISTS\r\n")
    wait_for(lambda: woken, "to be woken")
    pair[1].send(b"more")
    settle(idle)
    assert woken == ["woken"]


def test_a_socket_that_hung_up_wakes_its_waiter(idle: IdleThread, pair: tuple[socket.socket, socket.socket]) -> None:
    woken = threading.Event()
    idle.wait(pair[0], LONG_S, woken.set)
    pair[1].close()
    assert woken.wait(5)


def test_the_renewal_is_due_though_nobody_speaks_and_not_after_somebody_did(
    idle: IdleThread, pair: tuple[socket.socket, socket.socket]
) -> None:
    woken: list[float] = []
    began = time.monotonic()
    idle.wait(pair[0], 0.1, lambda: woken.append(time.monotonic()))
    wait_for(lambda: woken, "the renewal")
    assert woken[0] - began >= 0.1
    pair[1].send(b"x")
    idle.wait(pair[0], 0.1, lambda: woken.append(0))
    wait_for(lambda: len(woken) == 2, "the socket to speak")
    pair[0].recv(1)
    idle.wait(pair[0], LONG_S, lambda: woken.append(1))  # the renewal of before is not this one's
    again = threading.Event()
    idle.later(0.2, again.set)
    assert again.wait(5)
    assert len(woken) == 2


def test_timers_that_are_void_do_not_pile_up(idle: IdleThread) -> None:
    stays = threading.Event()
    kept = [idle.later(LONG_S, stays.set) for _ in range(10)]
    for _ in range(20 * FEW_TIMERS):
        idle.later(LONG_S, stays.set).cancel()
    settle(idle)
    assert len(idle._timers) <= FEW_TIMERS + 1
    assert {timer for _due, _number, timer in idle._timers} >= set(kept)


def test_whoever_is_recalled_is_woken_and_nobody_else(
    idle: IdleThread, pair: tuple[socket.socket, socket.socket]
) -> None:
    woken: list[str] = []
    idle.wait(pair[0], LONG_S, lambda: woken.append("recalled"))
    idle.wait(pair[1], LONG_S, lambda: woken.append("other"))
    idle.recall(pair[0])
    idle.recall(pair[0])
    settle(idle)
    assert woken == ["recalled"]


def test_a_socket_that_was_closed_meanwhile_wakes_its_waiter(idle: IdleThread) -> None:
    ours, theirs = socket.socketpair()
    ours.close()
    theirs.close()
    woken = threading.Event()
    idle.wait(ours, LONG_S, woken.set)
    assert woken.wait(5)
    idle.recall(ours)
    settle(idle)


def test_callbacks_that_fail_end_nothing(idle: IdleThread, pair: tuple[socket.socket, socket.socket]) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    idle.later(0, fail)
    idle.wait(pair[0], 0, fail)
    settle(idle)
    woken = threading.Event()
    idle.wait(pair[0], LONG_S, woken.set)
    pair[1].send(b"x")
    assert woken.wait(5)


def test_calls_come_in_the_order_they_are_due_and_cancelled_ones_never(idle: IdleThread) -> None:
    called: list[str] = []
    idle.later(0.15, lambda: called.append("last"))
    idle.later(0.05, lambda: called.append("first"))
    idle.later(0.1, lambda: called.append("never")).cancel()
    wait_for(lambda: "last" in called, "the last call")
    assert called == ["first", "last"]


def test_it_sleeps_while_nothing_happens(idle: IdleThread) -> None:
    sockets = [socket.socketpair() for _ in range(200)]
    turns: list[int] = []
    turn = idle._turn

    def counting() -> None:
        turns.append(1)
        turn()

    idle._turn = counting  # type: ignore[method-assign]
    for ours, _theirs in sockets:
        idle.wait(ours, LONG_S, lambda: None)
    settle(idle)
    before = len(turns)
    done = threading.Event()
    idle.later(0.2, done.set)
    assert done.wait(5)
    assert len(turns) - before <= 3
    for pair in sockets:
        for one in pair:
            one.close()


def test_after_its_end_it_touches_no_descriptor() -> None:
    idle = IdleThread()
    waker = idle._waker
    idle.close()
    reader, writer = os.pipe()
    os.dup2(writer, waker)  # the number is another's now
    try:
        idle.later(0, lambda: None)
        with socket.socket() as sock:
            idle.recall(sock)
        os.set_blocking(reader, False)
        with pytest.raises(BlockingIOError):
            os.read(reader, 1)
    finally:
        for descriptor in {reader, writer, waker}:
            os.close(descriptor)
