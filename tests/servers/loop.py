"""An asyncio loop on a thread of its own, for the servers that this suite plays itself."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")
TURNS = 5  # of a loop, from a connection's acceptance to who serves it


class Loop:
    """Runs coroutines and calls for other threads; `close` cancels what still runs."""

    def __init__(self, name: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=name, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T], within: float = 20) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(within)

    def call(self, function: Callable[[], T]) -> T:
        """`function()` on the loop's thread, and its answer."""

        async def called() -> T:
            return function()

        return self.run(called())

    def stop(self, server: asyncio.Server) -> None:
        """No connection is taken any more. One that was reaches who serves it before its server ends: else CPython
        3.11 leaves it open."""
        self.run(self._stop(server))

    def close(self) -> None:
        if self._loop.is_closed():
            return
        self.run(self._cancel_all())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _stop(self, server: asyncio.Server) -> None:
        for listener in server.sockets:
            self._loop.remove_reader(listener)
        for _ in range(TURNS):
            await asyncio.sleep(0)
        server.close()

    @staticmethod
    async def _cancel_all() -> None:
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
