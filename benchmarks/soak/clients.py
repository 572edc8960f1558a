"""Clients that come back: each in the way of its kind, noting what it heard, in which order, and under which id."""

import asyncio
import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote, urlsplit

from tests.servers.loop import Loop
from tests.servers.sse import Event, follow

PATIENCE_S = 20.0  # without an end of its own a connection is given up after this, as clients behind proxies do
ACK_EVERY = 7
BROKEN = (OSError, EOFError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError, TimeoutError)


@dataclass(slots=True)
class Heard:
    """What one client heard of `new` events."""

    ids: dict[str, int] = field(default_factory=dict)  # by Message-ID
    out_of_order: int = 0  # on one connection
    repeated: int = 0  # to a client that had said what it has
    renamed: int = 0  # one message under two ids
    resets: int = 0
    connections: int = 0


class Client:
    """One client. `agent`: whose events it hears; `*` for all below the main agent.

    `resume` comes back with Last-Event-ID, `since` with the time of the goodbye where it heard one, `ack` with what
    was acknowledged; `page` asks for JSON pages.
    """

    def __init__(self, kind: str, agent: str, url: str, token: str, random: Random) -> None:
        self.kind, self.agent, self.heard = kind, agent, Heard()
        self.url = url
        self._path, self._token, self._random = "/watch" if agent == "*" else "/events", token, random
        self.gate = asyncio.Event()
        self.gate.set()
        self._last = 0
        self._in_row = 0
        self._goodbye = ""
        self._acknowledged = False
        self._unacknowledged = 0
        self._connection: asyncio.Task[None] | None = None

    async def live(self) -> None:
        while True:
            self._in_row = 0
            self._connection = asyncio.create_task(self._page() if self.kind == "page" else self._stream())
            with contextlib.suppress(*BROKEN, asyncio.CancelledError):
                await self._connection
            if asyncio.current_task().cancelling():  # type: ignore[union-attr]
                return
            await asyncio.sleep(self._random.uniform(0.05, 0.6))

    def move(self, port: int) -> None:
        """Leaves, and comes back over another port."""
        self.url = f"http://127.0.0.1:{port}"
        self.leave()

    def leave(self) -> None:
        """Ends the connection from this side."""
        if self._connection is not None:
            self._connection.cancel()

    # -- streams

    async def _stream(self) -> None:
        self.heard.connections += 1
        query, last_event_id = self._cursor()
        self._goodbye = ""
        acknowledging = asyncio.create_task(self._acknowledge()) if self.kind == "ack" else None
        try:
            async with asyncio.timeout(self._random.uniform(1, 2) * PATIENCE_S):
                await follow(
                    f"{self.url}{self._path}{query}",
                    self._token,
                    self._hear,
                    lambda: None,
                    last_event_id=last_event_id,
                    gate=self.gate,
                )
        finally:
            if acknowledging is not None:
                acknowledging.cancel()

    def _cursor(self) -> tuple[str, str]:
        if self.kind == "ack":
            return ("" if self._acknowledged else "?since=0"), ""
        if self.kind == "since" and self._goodbye:
            return f"?since={quote(self._goodbye)}", ""
        return ("", str(self._last)) if self._last else ("?since=0", "")

    def _hear(self, event: Event) -> None:
        if event.type == "new":
            self._note(int(event.id), event.data["message"]["message_id"])
        elif event.type == "closing" and event.data["reason"] == "shutdown":
            self._goodbye = event.data["timestamp"]
        elif event.type == "reset":
            self.heard.resets += 1
        if event.id:
            self._last = max(self._last, int(event.id))

    def _note(self, id: int, message_id: str) -> None:
        known = self.heard.ids.setdefault(message_id, id)
        self.heard.renamed += known != id
        self.heard.out_of_order += id <= self._in_row
        self.heard.repeated += id <= self._last and self.kind in ("resume", "page")
        self._in_row = id
        self._unacknowledged += 1

    # -- what is not a stream

    async def _acknowledge(self) -> None:
        while True:
            await asyncio.sleep(0.2)
            if self._unacknowledged >= ACK_EVERY:
                id, self._unacknowledged = self._last, 0
                with contextlib.suppress(*BROKEN):
                    status, _body = await self._ask("POST", "/events/ack", json.dumps({"id": id}))
                    self._acknowledged = self._acknowledged or status == 200

    async def _page(self) -> None:
        self.heard.connections += 1
        while True:
            async with asyncio.timeout(PATIENCE_S):
                status, body = await self._ask("GET", f"{self._path}?wait=5&since={self._last}")
            if status != 200:
                raise ConnectionError(status)
            page = json.loads(body)
            for event in page["events"]:
                if event["type"] == "new":
                    self._note(event["id"], event["message"]["message_id"])
            self._last = page["next"]

    async def _ask(self, method: str, target: str, body: str = "") -> tuple[int, bytes]:
        parts = urlsplit(self.url)
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        try:
            writer.write(
                f"{method} {target} HTTP/1.0\r\nHost: {parts.netloc}\r\nAuthorization: Bearer {self._token}\r\n"
                f"Accept: application/json\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}".encode()
            )
            head, _, answer = (await reader.read(-1)).partition(b"\r\n\r\n")
            return int(head.split()[1]) if head else 0, answer
        finally:
            writer.close()


class Clients:
    """All of them, on a loop of their own."""

    def __init__(self) -> None:
        self.all: list[Client] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = Loop("soak-clients")

    def add(self, kind: str, agent: str, url: str, token: str, seed: str) -> None:
        """A client of `agent`'s own stream; of `*`, of the stream over all below."""

        def start() -> None:
            self.all.append(Client(kind, agent, url, token, Random(seed)))
            self._tasks.add(asyncio.create_task(self.all[-1].live()))

        self._loop.call(start)

    def call(self, change: Callable[[], object]) -> None:
        """Changes something about clients, on their loop."""
        self._loop.call(change)

    def close(self) -> None:
        self._loop.close()
