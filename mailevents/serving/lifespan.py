"""Starts the service with its server, and ends it with it, where the server tells (ASGI lifespan; Twisted's reactor).

Without either, the first request starts it.
"""

import sys
from collections.abc import Awaitable, Callable
from typing import Any

from mailevents.runtime import runtime

Application = Callable[[dict[str, Any], Callable[[], Awaitable[dict[str, Any]]], Callable[..., Awaitable[None]]], Any]


class Lifespan:
    """ASGI middleware for the `lifespan` scope, which Django does not serve."""

    def __init__(self, app: Application) -> None:
        self.app = app
        _start_with_daphne()

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "lifespan":
            await self.app(scope, receive, send)
            return
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                runtime().start()
            else:
                await runtime().end()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return


def _start_with_daphne() -> None:
    """daphne knows no lifespan, but its reactor, once installed, calls when it runs."""
    if "twisted.internet.reactor" in sys.modules:
        from twisted.internet import reactor

        # "running" is said just before the loop runs; the first call on it comes when it does
        reactor.callWhenRunning(lambda: reactor.callLater(0, lambda: runtime().start()))  # type: ignore[arg-type]
