"""A TCP proxy that does to a connection what networks do: cut, reset, stall, drip, break off, split."""

import asyncio
import contextlib
import socket
import struct
from collections.abc import Callable
from typing import TypeAlias

from tests.servers.loop import Loop
from tests.servers.ports import free_port

Rewrite: TypeAlias = Callable[[bytes], bytes]


class _Line:
    """One client's connection and ours to the server behind."""

    def __init__(self, client: asyncio.StreamWriter, server: asyncio.StreamWriter) -> None:
        self.client, self.server = client, server
        self.passed = 0  # bytes from server to client

    def cut(self) -> None:
        """FIN to both sides."""
        for writer in (self.client, self.server):
            writer.close()

    def reset(self) -> None:
        """RST to both sides: what was not yet read is lost."""
        for writer in (self.client, self.server):
            sock = writer.get_extra_info("socket")
            with contextlib.suppress(OSError):
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()


class Proxy:
    """Listens on a free port of 127.0.0.1 from its making to `close`, and passes everything on to `host:port`.

    The faults hold for the connections that are open and for those to come, until `behave`; `cut` and `reset`
    are done once, to those that are open.
    """

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self._target = (host, port)
        self._lines: set[_Line] = set()
        self.accepted = 0  # connections ever
        self._rate: float | None = None  # bytes a second, server to client
        self._segment: int | None = None
        self._limit: int | None = None
        self._stall_at: int | None = None
        self._refusing = False
        self._rewrite: Rewrite = _as_it_is
        self._rewrite_client: Rewrite = _as_it_is
        self._loop = Loop("proxy")
        self._open = self._loop.call(asyncio.Event)  # set: bytes flow
        self._loop.call(self._open.set)
        self.host, self.port = "127.0.0.1", free_port()
        self._server: asyncio.Server | None = None
        self.listen()

    @property
    def connections(self) -> int:
        """How many are open now."""
        return len(self._lines)

    def cut(self) -> None:
        """Closes every connection in order (FIN)."""
        self._each(_Line.cut)

    def reset(self) -> None:
        """Breaks every connection off (RST)."""
        self._each(_Line.reset)

    def stall(self) -> None:
        """Nothing passes any more, and nobody is told: a network that drops packets. New connections open, and hang."""
        self._loop.call(self._open.clear)

    def stall_after(self, count: int) -> None:
        """As `stall`, from the moment on when `count` bytes have come from the server on one connection."""
        self._stall_at = count

    def drip(self, bytes_per_second: float = 1.0) -> None:
        """The server's answers come through at this rate, a byte at a time."""
        self._rate, self._segment = bytes_per_second, 1

    def split(self, size: int = 1) -> None:
        """The server's answers come in segments of `size` bytes."""
        self._segment = size

    def drop_after(self, count: int) -> None:
        """A connection is cut when `count` bytes have come from the server, in the middle of whatever it is."""
        self._limit = count

    def refuse(self) -> None:
        """New connections are reset as soon as they are accepted."""
        self._refusing = True

    def rewrite(self, change: Rewrite) -> None:
        """What comes from the server is passed through `change`, as it is read."""
        self._rewrite = change

    def rewrite_client(self, change: Rewrite) -> None:
        """What comes from the client is passed through `change`, as it is read."""
        self._rewrite_client = change

    def behave(self) -> None:
        """Passes everything on again. What was held back while stalled comes through."""
        self._rate = self._segment = self._limit = self._stall_at = None
        self._refusing, self._rewrite, self._rewrite_client = False, _as_it_is, _as_it_is
        self._loop.call(self._open.set)

    def listen(self) -> None:
        """Takes connections (again), on the same port."""
        self._server = self._loop.run(asyncio.start_server(self._serve, self.host, self.port))

    def stop_listening(self) -> None:
        """Connecting fails at once, as with a server that is down; open connections stay."""
        if self._server is not None:
            self._loop.stop(self._server)
            self._server = None

    def close(self) -> None:
        self.stop_listening()
        self.reset()  # what nobody reads would keep a connection from being closed in order
        self._loop.close()

    def __enter__(self) -> "Proxy":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _each(self, do: Callable[[_Line], None]) -> None:
        def done() -> None:
            for line in list(self._lines):
                do(line)

        self._loop.call(done)

    async def _serve(self, client_reader: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        self.accepted += 1
        try:
            await self._open.wait()
            server_reader, server = await asyncio.open_connection(*self._target)
        except asyncio.CancelledError:  # stalled to the end, or about to reach the server
            client.transport.abort()
            raise
        except OSError:
            client.close()
            return
        line = _Line(client, server)
        if self._refusing:
            line.reset()
            return
        self._lines.add(line)
        try:
            await asyncio.gather(self._to_server(client_reader, line), self._to_client(server_reader, line))
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            self._lines.discard(line)
            line.cut()

    async def _to_server(self, reader: asyncio.StreamReader, line: _Line) -> None:
        while data := await reader.read(65536):
            await self._open.wait()
            line.server.write(self._rewrite_client(data))
            await line.server.drain()
        await self._open.wait()
        line.cut()

    async def _to_client(self, reader: asyncio.StreamReader, line: _Line) -> None:
        while data := await reader.read(65536):
            for piece in self._pieces(self._rewrite(data)):
                await self._open.wait()
                if self._limit is not None and line.passed + len(piece) >= self._limit:
                    line.client.write(piece[: max(0, self._limit - line.passed)])
                    line.cut()
                    return
                if self._stall_at is not None and line.passed + len(piece) > self._stall_at:
                    line.client.write(piece[: max(0, self._stall_at - line.passed)])
                    piece = piece[max(0, self._stall_at - line.passed) :]
                    self._open.clear()
                    await self._open.wait()
                line.passed += len(piece)
                line.client.write(piece)
                await line.client.drain()
                await asyncio.sleep(1 / self._rate if self._rate else 0)
        await self._open.wait()
        line.cut()

    def _pieces(self, data: bytes) -> list[bytes]:
        size = self._segment or len(data) or 1
        return [data[at : at + size] for at in range(0, len(data), size)]


def _as_it_is(data: bytes) -> bytes:
    return data
