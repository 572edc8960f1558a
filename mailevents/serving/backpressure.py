"""Lets a response wait for its reader under daphne, which by itself takes whatever it is given into memory.

Other servers wait in `send` already, and are left alone. Knows daphne's `send` (its arguments hold Twisted's request)
and Twisted's producers; nothing of streams.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

Send = Callable[[dict[str, Any]], Awaitable[None]]


class Backpressure:
    """ASGI middleware. While more waits to be sent than Twisted's bound (64 KB), `send` waits too."""

    def __init__(self, app: Callable[..., Any]) -> None:
        self.app = app

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Send) -> None:
        request = _twisted_request(send) if scope["type"] == "http" else None
        if request is None:
            await self.app(scope, receive, send)
            return
        gate = _Gate(request, send)
        try:
            await self.app(scope, receive, gate.send)
        finally:
            gate.leave()


def _twisted_request(send: Send) -> Any:
    """The request that daphne's `send` answers; None under another server."""
    http = sys.modules.get("twisted.web.http")
    arguments = send.args if isinstance(send, partial) else ()
    return arguments[0] if http and arguments and isinstance(arguments[0], http.Request) else None


class _Gate:
    """A producer in Twisted's sense (IPushProducer), told to pause when the buffer is full."""

    def __init__(self, request: Any, send: Send) -> None:
        self._request, self._send = request, send
        self._open = asyncio.Event()
        self._open.set()
        self._registered = False

    async def send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.body":
            if message.get("more_body", False):
                self._enter()
            else:
                self.leave()
        await self._send(message)
        await self._open.wait()

    def _enter(self) -> None:
        if not self._registered and self._request.channel is not None:
            self._request.registerProducer(self, True)
            self._registered = True

    def leave(self) -> None:
        if self._registered and self._request.channel is not None:
            self._request.unregisterProducer()
        self._registered = False
        self._open.set()

    # -- called by Twisted, under its names

    def pauseProducing(self) -> None:
        self._open.clear()

    def resumeProducing(self) -> None:
        self._open.set()

    def stopProducing(self) -> None:
        self._open.set()
