"""Clients that guess, dawdle, shout, or come and go by the hundred: everybody else hears their events."""

import asyncio
import json
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.test import RequestFactory

from benchmarks import floods
from mailevents.http import views
from mailevents.http.guessing import BURST, PER_S, REMEMBERED, Guesses
from mailevents.serving.bounds import MOST_BYTES
from tests.fleet.enrolling import enrol_without_mailboxes
from tests.http.test_metrics import figures
from tests.servers.loghost import LogHost
from tests.servers.sse import Stream
from tests.servers.waiting import wait_for


@pytest.fixture(scope="module")
def host() -> Iterator[tuple[LogHost, str]]:
    """The product with a writer of events; the token of the main agent, whose sub agents they are."""
    made = LogHost(environment={"AGENTICMAIL_HEARTBEAT_S": "0.5"})
    try:
        made.migrate()
        token = enrol_without_mailboxes(made, "main", 3)
        made.start()
        yield made, token
    finally:
        made.close()


def bystander_hears(host: LogHost, stream: Stream) -> None:
    before = len(stream.of("new"))
    host.write(rate=100, seconds=0.1)
    stream.wait("new", before + 10, within=60)


def test_wrong_tokens_by_the_hundred_are_refused_and_counted_and_good_ones_pass(host) -> None:
    product, token = host
    with Stream(f"{product.url}/watch", token) as stream:
        stream.wait("ready")
        answers = asyncio.run(floods.wrong_tokens(product.url, 600))
        assert set(answers) == {"401", "429"}
        assert answers.total() == 600
        seen = figures(product)
        assert seen["agenticmail_requests_refused_total", "429"] >= answers["429"]
        bystander_hears(product, stream)
        with Stream(f"{product.url}/watch", token) as another:  # from the same address
            another.wait("ready")
        others = {"X-Forwarded-For": "198.51.100.1, 198.51.100.7"}  # as a proxy on this machine says of another client
        assert product.request("GET", "/watch", token="a wrong one", headers=others)[0] == 401


def test_wrong_tokens_are_counted_against_the_clients_that_a_proxy_on_this_machine_names(host) -> None:
    product, _token = host
    answers = asyncio.run(floods.wrong_tokens(product.url, 600, from_many=True))
    assert answers == {"401": 600}


def test_requests_that_never_end_hold_up_nobody(host) -> None:
    product, token = host

    async def flood() -> None:
        async with floods.slow_requests(product.url, 300):
            with await asyncio.to_thread(Stream, f"{product.url}/watch", token) as stream:
                await asyncio.to_thread(bystander_hears, product, stream)

    before = product.descriptors()
    asyncio.run(flood())
    wait_for(lambda: product.descriptors() < before + 100, "the connections to be gone", within=60, every=0.1)


def test_giant_requests_are_refused_and_cost_nothing(host) -> None:
    product, token = host
    answers = asyncio.run(floods.giant_requests(product.url, token, 2_000_000))
    assert all(answer in ("400", "413", "414", "431", "cut") for answer in answers.values()), answers
    with Stream(f"{product.url}/watch", token) as stream:
        bystander_hears(product, stream)


@pytest.mark.parametrize("said", [True, False])
def test_a_body_without_measure_is_refused_before_it_is_in_memory(host, said: bool) -> None:
    product, _token = host
    with talking(product) as line:
        if said:
            line.sendall(request("POST", "/events/ack", f"Content-Length: {MOST_BYTES + 1}", "Expect: 100-continue"))
        else:
            line.sendall(request("POST", "/events/ack", "Transfer-Encoding: chunked"))
            line.sendall(b"%x\r\n%b" % (MOST_BYTES + 1, bytes(MOST_BYTES + 1)))
        head, _, body = everything(line).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 413 ")
    assert b"application/problem+json" in head
    assert str(MOST_BYTES) in json.loads(body)["detail"]
    assert product.request("POST", "/events/ack", body=bytes(MOST_BYTES))[0] == 401


@pytest.mark.parametrize(("path", "header"), [(f"/events?sender={'x' * 20_000}", ""), ("/events", "x" * 20_000)])
def test_a_line_that_is_too_long_is_answered(host, path: str, header: str) -> None:
    product, _token = host
    with talking(product) as line:
        line.sendall(request("GET", path, f"X-Long: {header}"))
        head, _, body = everything(line).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 431 ")
    assert "16384" in json.loads(body)["detail"]


def test_requests_that_are_sent_ahead_are_answered_one_after_the_other(host) -> None:
    product, token = host
    page = request("GET", "/watch", f"Authorization: Bearer {token}", "Accept: application/json")
    with talking(product) as line:
        line.sendall(page + request("GET", "/docs") + page + request("GET", "/healthz", "Connection: close"))
        answers = everything(line)
    assert re.findall(rb"HTTP/1\.1 (\d+)", answers) == [b"200"] * 4
    assert "Traceback" not in product.logged()


def test_who_wants_a_websocket_is_refused(host) -> None:
    product, _token = host
    key = ("Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
    with talking(product) as line:
        line.sendall(request("GET", "/events", "Upgrade: websocket", "Connection: Upgrade", *key))
        assert everything(line).startswith(b"HTTP/1.1 403 ")
    assert "Traceback" not in product.logged()


@contextmanager
def talking(product: LogHost) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", product.port), timeout=60) as line:
        yield line


def request(method: str, path: str, *headers: str) -> bytes:
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *headers, "", ""]).encode()


def everything(line: socket.socket) -> bytes:
    """Until the server closes the connection."""
    return b"".join(iter(lambda: line.recv(65536), b""))


@pytest.mark.soak
def test_hundreds_that_come_and_go_leave_nothing_behind(host) -> None:
    product, token = host
    with Stream(f"{product.url}/watch", token) as stream:
        stream.wait("ready")

        def descriptors_after(count: int) -> int:
            answers = asyncio.run(floods.come_and_go(product.url, token, count))
            assert set(answers) <= {"200", "429"}
            assert answers["200"] >= count / 4
            bystander_hears(product, stream)
            wait_for(lambda: figures(product)["agenticmail_streams", ""] == 1, "all others to be gone", within=30)
            return int(product.descriptors())

        before = descriptors_after(200)  # every pool is full now, each thread with its database connection
        assert descriptors_after(300) <= before + 30


# -- guesses


@pytest.mark.parametrize("peer", ["127.0.0.1", "::1", "::ffff:127.0.0.1", "198.51.100.7"])
def test_only_a_proxy_on_this_machine_says_who_the_client_is(peer: str) -> None:
    asked = RequestFactory().get("/events", REMOTE_ADDR=peer, headers={"X-Forwarded-For": "10.0.0.1, 198.51.100.7"})
    assert views._address(asked) == "198.51.100.7"
    claimed = RequestFactory().get("/events", REMOTE_ADDR="203.0.113.1", headers={"X-Forwarded-For": peer})
    assert views._address(claimed) == "203.0.113.1"


def test_an_address_may_guess_so_often_and_again_after_a_while(clock: Callable[[float], float]) -> None:
    guesses = Guesses(lambda: clock(0))
    for number in range(int(BURST)):
        assert guesses.may_ask("here", str(number))
        guesses.wrong("here", str(number))
    assert not guesses.may_ask("here", "another")
    assert guesses.may_ask("elsewhere", "another")
    clock(2 / PER_S)
    assert guesses.may_ask("here", "another")


def test_a_token_that_was_good_passes_until_it_is_not(clock: Callable[[float], float]) -> None:
    guesses = Guesses(lambda: clock(0))
    guesses.right("good")
    for number in range(int(BURST)):
        guesses.wrong("here", str(number))
    assert guesses.may_ask("here", "good")
    guesses.wrong("here", "good")
    assert not guesses.may_ask("here", "good")


def test_what_is_remembered_is_bounded(clock: Callable[[float], float]) -> None:
    guesses = Guesses(lambda: clock(0))
    for number in range(REMEMBERED + 10):
        guesses.wrong(f"address {number}", "x")
        guesses.right(str(number))
    assert len(guesses._spent) == len(guesses._good) == REMEMBERED


@pytest.fixture
def clock() -> Callable[[float], float]:
    """`clock(s)`: goes on by so many seconds; what it says then."""
    now = [1000.0]

    def step(seconds: float) -> float:
        now[0] += seconds
        return now[0]

    return step
