"""A signal becomes a goodbye: SIGTERM or SIGINT, then `closing` on every stream, then the server's own handler.

Works under any ASGI server, since it takes over, from the first stream on, whatever handler the server has put in
place, and calls it when the streams have left. A second signal stops at once. On the loop of the main thread only:
elsewhere no signal can be taken over, and streams end with the server.
"""

import asyncio
import atexit
import gc
import logging
import os
import signal
import threading
from collections.abc import Awaitable, Callable
from types import FrameType
from typing import Any

from django.core.exceptions import RequestAborted

SIGNALS = (signal.SIGTERM, signal.SIGINT)
LEFT_BEHIND_S = 2.0

logger = logging.getLogger(__name__)


class Drain:
    """`goodbye` is awaited once, at the first signal; then the handler that was there before is called.

    `within_s`: a process that has not ended so long after the signal is ended all the same, whatever it waits for.
    """

    def __init__(self, goodbye: Callable[[], Awaitable[None]], *, within_s: float | None = None) -> None:
        self._goodbye, self._within_s = goodbye, within_s
        self._before: dict[signal.Signals, Callable[[], Any]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self.closing = False

    def arm(self) -> None:
        """Takes the signals over, once. Called by every stream, on the running loop."""
        if self._loop is not None or threading.current_thread() is not threading.main_thread():
            return
        self._loop = asyncio.get_running_loop()
        atexit.register(gc.freeze)  # after the next: Python's end would search all that is left for garbage, twice
        atexit.register(end_what_is_left, self._loop)
        for number in SIGNALS:
            handle = getattr(self._loop, "_signal_handlers", {}).get(number)
            if handle is not None:  # the server asked the loop: hypercorn, gunicorn's own ASGI worker
                self._before[number] = handle._run
                self._loop.add_signal_handler(number, self._signalled, number)
            else:  # the server asked the system: daphne (Twisted), uvicorn, granian
                self._take_over(number, self._loop)

    def _take_over(self, number: signal.Signals, loop: asyncio.AbstractEventLoop) -> None:
        before = signal.getsignal(number)
        if not callable(before):
            return
        self._before[number] = lambda: before(number, None)

        def handler(_number: int, _frame: FrameType | None) -> None:
            loop.call_soon_threadsafe(self._signalled, number)

        signal.signal(number, handler)

    def _signalled(self, number: signal.Signals) -> None:
        if self.closing:
            logger.warning("A second signal: stopping at once")
            self._before[number]()
            return
        self.closing = True
        if self._within_s is not None:
            end_by_force(self._within_s)
        gc.freeze()  # with a thousand streams half of the goodbye would be spent searching them for garbage
        assert self._loop is not None
        self._loop.set_exception_handler(_without_aborted_requests)
        self._task = self._loop.create_task(self._finish(number))

    async def _finish(self, number: signal.Signals) -> None:
        logger.info("%s: saying goodbye", number.name)
        try:
            await self._goodbye()
        except Exception:  # whatever happens, the server must get its signal
            logger.exception("The goodbye failed")
        self._before[number]()


def end_by_force(after_s: float) -> None:
    """Python's end waits for its threads, and so for a database that never answers."""

    def end() -> None:
        logger.error("Not done %g s after the signal: ending by force", after_s)
        os._exit(1)

    timer = threading.Timer(after_s, end)
    timer.daemon = True
    timer.start()


def end_what_is_left(loop: asyncio.AbstractEventLoop) -> None:
    """Cancels the tasks that a server left behind on its loop, and waits for them; nothing where it closed the loop.

    daphne leaves those of requests that were still in work. Collected by Python's own end they can crash it.
    """
    if loop.is_closed() or loop.is_running():
        return
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    if tasks:
        loop.run_until_complete(asyncio.wait(tasks, timeout=LEFT_BEHIND_S))
    loop.close()


def _without_aborted_requests(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """A server that ends aborts requests, and nobody asks what became of the task in which Django hears of it."""
    if not isinstance(context.get("exception"), RequestAborted):
        loop.default_exception_handler(context)
