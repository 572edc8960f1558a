"""One thread, one selector, every idle socket, and the clock of all mailboxes.

Hands a socket that spoke, or whose renewal is due, to whoever waits for it; calls what is due; interrupts what
takes too long. Knows nothing of spam, rules or streams. Nothing that it calls may block.
"""

import contextlib
import heapq
import itertools
import logging
import os
import selectors
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

logger = logging.getLogger(__name__)

FEW_TIMERS = 1000

Callback = Callable[[], None]


@dataclass(slots=True, eq=False)
class Timer:
    """A call that is due at `due` (monotonic seconds). `cancel` makes it void."""

    due: float
    callback: Callback | None

    def cancel(self) -> None:
        self.callback = None


@dataclass(slots=True)
class _Waiting:
    sock: socket.socket
    wake: Callback
    timer: Timer


class IdleThread:
    """A socket is either here, waiting, or with the worker that talks over it; never both."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._selector = selectors.DefaultSelector()
        self._asked: deque[Callback] = deque()
        self._timers: list[tuple[float, int, Timer]] = []
        self._most_timers = FEW_TIMERS  # when there are more, the void ones are dropped
        self._numbers = itertools.count()
        self._closed = False
        self._nudging = threading.Lock()
        self._reader, self._waker = os.pipe()
        os.set_blocking(self._reader, False)
        os.set_blocking(self._waker, False)
        self._selector.register(self._reader, selectors.EVENT_READ)
        self._thread = threading.Thread(target=self._run, name="idle", daemon=True)
        self._thread.start()

    # -- from any thread

    def wait(self, sock: socket.socket, renew_s: float, wake: Callback, due: Callback | None = None) -> None:
        """Calls `wake` when `sock` speaks, hangs up or is recalled, else `due` (left out: `wake`) after `renew_s`
        seconds; one of them, once."""
        self._ask(lambda: self._wait(sock, renew_s, wake, due or wake))

    def recall(self, sock: socket.socket) -> None:
        """Wakes whoever waits for `sock`, as if it had spoken. Nothing if nobody does."""
        self._ask(lambda: self._speak(sock))

    def later(self, delay_s: float, callback: Callback) -> Timer:
        """Calls `callback` in `delay_s` seconds, on this thread."""
        timer = Timer(self._clock() + delay_s, callback)
        self._ask(lambda: self._set(timer))
        return timer

    def close(self) -> None:
        """Calls nobody any more; what is asked for after this is ignored."""
        with self._nudging:
            self._closed = True
            with contextlib.suppress(BlockingIOError):
                os.write(self._waker, b"\0")
        self._thread.join()
        self._selector.close()
        os.close(self._reader)
        os.close(self._waker)

    def _ask(self, what: Callback) -> None:
        self._asked.append(what)
        self._nudge()

    def _nudge(self) -> None:
        with self._nudging, contextlib.suppress(BlockingIOError):  # full: it is awake anyway
            if not self._closed:  # else the descriptor may be another's already
                os.write(self._waker, b"\0")

    # -- on the thread

    def _run(self) -> None:
        while not self._closed:
            try:
                self._turn()
            except Exception:  # the loop serves every mailbox: it must live
                logger.exception("The idle thread met an error; it goes on")

    def _turn(self) -> None:
        for key, _mask in self._selector.select(self._patience()):
            if key.data is None:
                os.read(self._reader, 65536)
            else:
                self._release(key.data, key.data.wake)
        while self._asked:
            self._asked.popleft()()
        now = self._clock()
        while self._timers and self._timers[0][0] <= now:
            callback = heapq.heappop(self._timers)[2].callback
            if callback is not None:
                callback()

    def _patience(self) -> float | None:
        if self._asked:
            return 0
        return max(0.0, self._timers[0][0] - self._clock()) if self._timers else None

    def _set(self, timer: Timer) -> None:
        """Every socket that speaks leaves a void timer behind, which would stay until it is due, minutes later."""
        heapq.heappush(self._timers, (timer.due, next(self._numbers), timer))
        if len(self._timers) > self._most_timers:
            self._timers = [each for each in self._timers if each[2].callback is not None]
            heapq.heapify(self._timers)
            self._most_timers = max(FEW_TIMERS, 2 * len(self._timers))

    def _wait(self, sock: socket.socket, renew_s: float, wake: Callback, due: Callback) -> None:
        timer = Timer(self._clock() + renew_s, lambda: self._release(waiting, due))
        waiting = _Waiting(sock, wake, timer)
        try:
            self._selector.register(sock, selectors.EVENT_READ, waiting)
        except (ValueError, KeyError, OSError):  # closed meanwhile: the worker finds out by itself
            wake()
            return
        self._set(timer)

    def _speak(self, sock: socket.socket) -> None:
        key = self._selector.get_map().get(sock) if sock.fileno() >= 0 else None
        if key is not None and key.data is not None:
            self._release(key.data, key.data.wake)

    def _release(self, waiting: _Waiting, callback: Callback) -> None:
        self._selector.unregister(waiting.sock)
        waiting.timer.cancel()
        callback()
