"""Lets a response wait for its reader under daphne, which by itself takes whatever it is given into memory; and
hands what is to be sent to the system at once, as long as it takes it.

Other servers wait in `send` already, and are left alone. Knows daphne's `send` (its arguments hold Twisted's request)
and Twisted's producers and transports; nothing of streams.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

Send = Callable[[dict[str, Any]], Awaitable[None]]


EXTENSION = "agenticmail.write_now"


class Backpressure:
    """ASGI middleware. While more waits to be sent than Twisted's bound (64 KB), `send` waits too.

    Adds an ASGI extension to the scope: see `write_now_of`.
    """

    def __init__(self, app: Callable[..., Any]) -> None:
        self.app = app

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Send) -> None:
        request = _twisted_request(send) if scope["type"] == "http" else None
        if request is None:
            await self.app(scope, receive, send)
            return
        gate = _Gate(request, send)
        scope["extensions"] = {**scope.get("extensions", {}), EXTENSION: gate.write_now}
        try:
            await self.app(scope, receive, gate.send)
        finally:
            gate.leave()


def write_now_of(scope: Mapping[str, Any]) -> Callable[[bytes], bool]:
    """Writes a piece of a response that has begun, without a turn of the server's or of the one who answers. False
    where it cannot be done just now (or ever): then it is to be sent like everything else."""
    found: Callable[[bytes], bool] = scope.get("extensions", {}).get(EXTENSION, lambda _: False)
    return found


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
        self._is_encoded = False
        self._flows = False  # in chunks, of which the first was sent

    async def send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self._is_encoded = any(name.lower() == b"content-encoding" for name, _ in message.get("headers", ()))
        elif message["type"] == "http.response.body":
            if not message.get("more_body", False):
                self.leave()
            elif self._write(message.get("body", b"")):
                await self._open.wait()
                return
            else:
                self._enter()
        await self._send(message)
        self._flows = self._registered and bool(self._request.chunked)
        await self._open.wait()

    def write_now(self, data: bytes) -> bool:
        """See `write_now_of`. What is encoded on its way can only be sent by who encodes it."""
        return not self._is_encoded and self._write(data)

    def _write(self, data: bytes) -> bool:
        """Hands a chunk to the system, where nothing waits to be sent before it; whether it did."""
        request, channel = self._request, self._request.channel
        if not (data and self._flows) or channel is None or not _is_clear(channel.transport):
            return False
        chunk = b"%x\r\n%b\r\n" % (len(data), data)
        taken = channel.transport.writeSomeData(chunk)
        if not isinstance(taken, int):  # the connection is lost, as Twisted is about to hear
            return False
        if taken < len(chunk):
            channel.transport.write(chunk[taken:])
        request.sentLength += len(data)
        return True

    def _enter(self) -> None:
        if not self._registered and self._request.channel is not None:
            self._request.registerProducer(self, True)
            self._registered = True

    def leave(self) -> None:
        if self._registered and self._request.channel is not None:
            self._request.unregisterProducer()
        self._request.producer = None  # also where the connection is lost: the two would hold each other
        self._registered = self._flows = False
        self._open.set()

    # -- called by Twisted, under its names

    def pauseProducing(self) -> None:
        self._open.clear()

    def resumeProducing(self) -> None:
        self._open.set()

    def stopProducing(self) -> None:
        self._open.set()


def _is_clear(transport: Any) -> bool:
    """Whether what is given to a plain TCP connection would be sent at once. (What waits, Twisted keeps to itself.)"""
    tcp = sys.modules.get("twisted.internet.tcp")
    return (
        tcp is not None
        and isinstance(transport, tcp.Connection)
        and transport.connected
        and not (transport.TLS or transport.disconnecting or transport.dataBuffer)
        and not getattr(transport, "_tempDataBuffer", True)
    )
