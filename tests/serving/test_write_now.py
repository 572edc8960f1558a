"""What is written at once, past Twisted's buffer: only what nothing waits before, and only as it is."""

import asyncio
import socket
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from twisted.internet import tcp
from twisted.web import http
from twisted.web.http_headers import Headers

from mailevents.serving.backpressure import Backpressure, write_now_of

START: dict[str, Any] = {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]}


class Reactor:
    """Twisted's, as far as a connection asks it to be told when it may write."""

    def __init__(self) -> None:
        self.writing = 0

    def addWriter(self, _: object) -> None:
        self.writing += 1

    def removeWriter(self, _: object) -> None:
        self.writing = 0


class Wire:
    """A request on a real connection, as daphne answers it, and its client's end."""

    def __init__(self) -> None:
        ours, self.client = socket.socketpair()
        ours.setblocking(False)
        self.client.setblocking(False)
        self.reactor = Reactor()
        connect: Any = tcp.Connection
        self.transport = connect(ours, None, self.reactor)
        self.transport.connected = True
        request: Any = http.Request
        self.request: Any = request.__new__(request)
        self.request.chunked, self.request.sentLength = 1, 0
        self.request.responseHeaders = Headers({})
        self.request.channel = self
        self.sent: list[dict[str, Any]] = []

    def registerProducer(self, _producer: object, _streaming: bool) -> None: ...

    def unregisterProducer(self) -> None: ...

    async def reply(self, _: object, message: dict[str, Any]) -> None:
        self.sent.append(message)

    def read(self) -> bytes:
        try:
            return self.client.recv(1 << 20)
        except BlockingIOError:
            return b""

    async def answer(self, app: Any) -> None:
        await Backpressure(app)({"type": "http"}, None, partial(self.reply, self.request))


@pytest.fixture
def wire() -> Iterator[Wire]:
    wire = Wire()
    yield wire
    wire.client.close()
    wire.transport.socket.close()


def piece(data: bytes) -> dict[str, Any]:
    return {"type": "http.response.body", "body": data, "more_body": True}


def test_what_follows_the_first_piece_is_with_the_client_at_once(wire: Wire) -> None:
    async def app(scope: dict[str, Any], _: object, send: Any) -> None:
        write_now = write_now_of(scope)
        assert not write_now(b"too early")
        await send(START)
        assert not write_now(b"too early")
        await send(piece(b"one"))
        assert wire.read() == b""  # it goes with the headers, the server's way
        await send(piece(b"two"))
        assert write_now(b":\n\n")
        assert wire.read() == b"3\r\ntwo\r\n3\r\n:\n\n\r\n"

    asyncio.run(wire.answer(app))
    assert [message.get("body") for message in wire.sent] == [None, b"one"]


def test_what_waits_is_not_overtaken(wire: Wire) -> None:
    big = b"x" * (8 << 20)

    async def app(scope: dict[str, Any], _: object, send: Any) -> None:
        await send(START)
        await send(piece(b"one"))
        await send(piece(big))  # the system takes a part of it
        assert wire.reactor.writing
        assert not write_now_of(scope)(b":\n\n")
        await send(piece(b"three"))
        received = b""
        while len(received) < len(big) + 10:
            received += wire.read()
            wire.transport.doWrite()
        assert received == b"800000\r\n" + big + b"\r\n"
        assert write_now_of(scope)(b":\n\n")

    asyncio.run(wire.answer(app))
    assert [message.get("body") for message in wire.sent] == [None, b"one", b"three"]


def test_what_is_encoded_on_its_way_is_left_to_who_encodes_it(wire: Wire) -> None:
    async def app(scope: dict[str, Any], _: object, send: Any) -> None:
        await send({**START, "headers": [(b"Content-Encoding", b"gzip")]})
        await send(piece(b"one"))
        assert not write_now_of(scope)(b":\n\n")

    asyncio.run(wire.answer(app))


def test_without_chunks_there_is_no_short_way(wire: Wire) -> None:
    async def app(scope: dict[str, Any], _: object, send: Any) -> None:
        await send(START)
        await send(piece(b"one"))
        assert not write_now_of(scope)(b":\n\n")

    wire.request.chunked = 0
    asyncio.run(wire.answer(app))


def test_after_the_client_has_left_nothing_is_written(wire: Wire) -> None:
    async def app(scope: dict[str, Any], _: object, send: Any) -> None:
        await send(START)
        await send(piece(b"one"))
        wire.client.close()
        assert not write_now_of(scope)(b":\n\n")
        wire.request.channel = None
        assert not write_now_of(scope)(b":\n\n")

    asyncio.run(wire.answer(app))


def test_another_server_has_no_short_way() -> None:
    assert not write_now_of({"type": "http"})(b":\n\n")
