import asyncio
import gc
import socket
import time
import warnings
from collections.abc import Callable, Iterator

import pytest

from tests.servers.loop import Loop
from tests.servers.proxy import Proxy
from tests.servers.smtp import SmtpSink
from tests.servers.waiting import wait_for


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    """In front of a server that says what it is told."""
    loop = Loop("echo")

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(4096):
                writer.write(data)
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = loop.run(asyncio.start_server(echo, "127.0.0.1", 0))
    with Proxy(server.sockets[0].getsockname()[1]) as made:
        yield made
    loop.stop(server)
    loop.close()


@pytest.fixture
def line(proxy: Proxy) -> Iterator[socket.socket]:
    with socket.create_connection((proxy.host, proxy.port), timeout=2) as connection:
        connection.sendall(b"hello")
        assert connection.recv(5) == b"hello"
        yield connection


def test_cut_is_an_orderly_end(proxy: Proxy, line: socket.socket) -> None:
    proxy.cut()
    assert line.recv(1) == b""
    wait_for(lambda: proxy.connections == 0, "no connection")


def test_reset_is_an_error(proxy: Proxy, line: socket.socket) -> None:
    proxy.reset()
    with pytest.raises(ConnectionResetError):
        line.recv(1)


def test_a_stall_says_nothing_and_loses_nothing(proxy: Proxy, line: socket.socket) -> None:
    proxy.stall()
    line.sendall(b"later")
    line.settimeout(0.1)
    with pytest.raises(TimeoutError):
        line.recv(1)
    proxy.behave()
    line.settimeout(2)
    assert line.recv(5) == b"later"


def test_a_drip_is_a_byte_at_a_time(proxy: Proxy, line: socket.socket) -> None:
    proxy.drip(100)
    begun = time.monotonic()
    line.sendall(b"12345")
    received = [line.recv(100) for _ in range(5)]
    assert received == [b"1", b"2", b"3", b"4", b"5"]
    assert time.monotonic() - begun > 0.03


def test_a_connection_breaks_off_after_so_many_bytes(proxy: Proxy, line: socket.socket) -> None:
    proxy.drop_after(8)
    line.sendall(b"123456")
    assert line.recv(100) == b"123"
    assert line.recv(100) == b""


def test_what_the_server_says_can_be_rewritten(proxy: Proxy, line: socket.socket) -> None:
    proxy.rewrite(bytes.upper)
    line.sendall(b"ok")
    assert line.recv(2) == b"OK"


def test_refused_and_down_are_told_apart(proxy: Proxy, line: socket.socket) -> None:
    proxy.refuse()
    with pytest.raises(ConnectionResetError), socket.create_connection((proxy.host, proxy.port), timeout=2) as refused:
        refused.recv(1)
    proxy.stop_listening()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((proxy.host, proxy.port), timeout=2)
    proxy.behave()
    proxy.listen()
    with socket.create_connection((proxy.host, proxy.port), timeout=2) as again:
        again.sendall(b"hi")
        assert again.recv(2) == b"hi"


@pytest.mark.parametrize("make", [lambda: Proxy(1), SmtpSink], ids=["proxy", "smtp"])
def test_a_connection_that_comes_as_a_server_ends_is_not_left_open(make: Callable[[], Proxy | SmtpSink]) -> None:
    with warnings.catch_warnings(record=True) as left:
        warnings.simplefilter("always")
        for _ in range(20):
            server = make()
            connections = [socket.create_connection((server.host, server.port)) for _ in range(3)]
            server.close()
            for connection in connections:
                connection.close()
        del server
        gc.collect()
    assert not left, [str(one.message) for one in left]
