"""A strict reader of Server-Sent Events (WHATWG HTML, section 9.2), by thread for tests and by asyncio for fleets.

Strict: what a browser would silently ignore (an unknown field, a block without data, bytes that are not UTF-8)
is an error here, since the product should never send it.
"""

import asyncio
import contextlib
import http.client
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.servers.waiting import wait_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event as dispatched. `id`: its own, "" where the block had none. `at`: time.monotonic() when read."""

    type: str
    text: str
    id: str
    at: float

    @property
    def data(self) -> Any:
        return json.loads(self.text)


class NotAnEventStream(AssertionError):
    """The bytes break the format."""


@dataclass(slots=True)
class Parser:
    """Fed with bytes as they come, split anywhere."""

    comments: int = 0
    retry_ms: int | None = None
    last_event_id: str = ""
    _rest: bytes = b""
    _block: dict[str, list[str]] = field(default_factory=dict)

    def feed(self, data: bytes) -> list[Event]:
        lines = (self._rest + data).split(b"\n")
        self._rest = lines.pop()
        events = (self._line(line.decode("utf-8")) for line in lines)
        return [event for event in events if event is not None]

    def _line(self, line: str) -> Event | None:
        if "\r" in line or "\0" in line:
            raise NotAnEventStream(f"a bare CR or a NUL in {line!r}")
        if not line:
            return self._dispatch()
        if line.startswith(":"):
            self.comments += 1
            return None
        name, colon, value = line.partition(":")
        if name not in ("event", "data", "id", "retry") or not colon:
            raise NotAnEventStream(f"an unknown field: {line!r}")
        self._block.setdefault(name, []).append(value.removeprefix(" "))
        return None

    def _dispatch(self) -> Event | None:
        block, self._block = self._block, {}
        if "retry" in block:
            self.retry_ms = int(block.pop("retry")[0])
        if not block:
            return None
        if "data" not in block or any(len(block.get(name, [])) > 1 for name in ("event", "id")):
            raise NotAnEventStream(f"a block that dispatches nothing, or says something twice: {block!r}")
        own = block.get("id", [""])[0]
        self.last_event_id = own or self.last_event_id
        return Event(
            type=block.get("event", ["message"])[0], text="\n".join(block["data"]), id=own, at=time.monotonic()
        )


class Stream:
    """An open stream, read by a thread of its own into `events`.

    `status`, `headers` and `problem` (the body of an answer other than 200) are there from the start.
    """

    def __init__(
        self, url: str, token: str = "", *, last_event_id: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        sent = {"Accept": "text/event-stream", **(headers or {})}
        if token:
            sent["Authorization"] = f"Bearer {token}"
        if last_event_id:
            sent["Last-Event-ID"] = last_event_id
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
        connection.request("GET", f"{parts.path}?{parts.query}" if parts.query else parts.path, headers=sent)
        self._socket: socket.socket = connection.sock
        self._response = connection.getresponse()
        self.status, self.headers = self._response.status, self._response.headers
        self.problem: Any = None
        self.events: list[Event] = []
        self.parser = Parser()
        self.error: BaseException | None = None
        self.ended = threading.Event()  # the server closed the stream
        self._reading = threading.Event()
        self._reading.set()
        self._leaving = False
        self._thread = threading.Thread(target=self._read, name="sse-client", daemon=True)
        if self.status == 200:
            self._socket.settimeout(None)
            self._thread.start()
        else:
            body = self._response.read()
            self.problem = json.loads(body) if body.startswith(b"{") else body
            self._response.close()

    def of(self, *types: str) -> list[Event]:
        return [event for event in self.events if event.type in types]

    def wait(self, type: str = "new", count: int = 1, within: float = 10.0) -> list[Event]:
        """The events of a type, once there are `count`."""
        self.wait_until(lambda: len(self.of(type)) >= count, f"{count} x {type}", within)
        return self.of(type)

    def wait_until(self, condition: Callable[[], object], what: str, within: float = 10.0) -> None:
        try:
            wait_for(condition, what, within=within, every=0.002)
        except AssertionError as late:
            state = f"ended: {self.ended.is_set()}, error: {self.error!r}, seen: {[e.type for e in self.events]}"
            raise AssertionError(f"{late} ({state})") from self.error

    def stop_reading(self) -> None:
        """Leaves what comes in the socket's buffer, until `go_on_reading` (one more read may be under way)."""
        self._reading.clear()

    def go_on_reading(self) -> None:
        self._reading.set()

    def close(self) -> None:
        """Leaves with FIN."""
        self._leave(fin=True)

    def reset(self) -> None:
        """Leaves with RST."""
        with contextlib.suppress(OSError):
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._leave(fin=False)

    def __enter__(self) -> "Stream":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _leave(self, *, fin: bool) -> None:
        self._leaving = True
        self._reading.set()
        with contextlib.suppress(OSError):  # either wakes the reader; SHUT_RD sends no FIN
            self._socket.shutdown(socket.SHUT_RDWR if fin else socket.SHUT_RD)
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(10)
        self._response.close()
        self._socket.close()

    def _read(self) -> None:
        try:
            while data := self._response.read1(65536):
                self.events += self.parser.feed(data)
                self._reading.wait()
        except (OSError, http.client.HTTPException, ValueError, NotAnEventStream) as error:
            self.error = None if self._leaving else error
        finally:
            self.ended.set()


async def follow(
    url: str,
    token: str,
    heard: Callable[[Event], None],
    opened: Callable[[], None],
    *,
    last_event_id: str = "",
    gate: asyncio.Event | None = None,
) -> Parser:
    """Reads a stream until it ends or the task is cancelled: thousands fit into one process.

    While `gate` is closed nothing is read. ConnectionError where the server answers other than 200.
    """
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port, limit=2**16)
    parser = Parser()
    try:
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        resuming = f"Last-Event-ID: {last_event_id}\r\n" if last_event_id else ""
        writer.write(
            f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept: text/event-stream\r\n"
            f"Authorization: Bearer {token}\r\n{resuming}\r\n".encode()
        )
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head.split(b"\r\n", 1)[0]:
            raise ConnectionError(head.decode("latin-1"))
        opened()
        chunked = b"transfer-encoding: chunked" in head.lower()
        while data := await (_chunk(reader) if chunked else reader.read(65536)):
            for event in parser.feed(data):
                heard(event)
            if gate is not None:
                await gate.wait()
    finally:
        writer.close()
    return parser


async def _chunk(reader: asyncio.StreamReader) -> bytes:
    size = int((await reader.readline()).split(b";")[0] or b"0", 16)
    data = await reader.readexactly(size)
    await reader.readline()
    return data
