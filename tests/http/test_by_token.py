"""What is asked for by token takes a shorter way through Django, and nobody outside can tell."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.core.asgi import get_asgi_application

from mailevents.http.by_token import ByToken

HOST = (b"host", b"localhost")


def asked(app: Callable[..., Any], path: str, *headers: tuple[bytes, bytes], method: str = "GET") -> Any:
    """Status, headers and body."""

    async def exchange() -> Any:
        scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": list(headers)}
        asking = ApplicationCommunicator(app, scope)
        await asking.send_input({"type": "http.request", "body": b""})
        start = await asking.receive_output(5)
        body = await asking.receive_output(5)
        await asking.wait(5)
        return start["status"], sorted(start["headers"]), body["body"]

    return asyncio.run(exchange())


async def whole_way(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 299, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@pytest.mark.parametrize(
    ("path", "status", "headers", "method"),
    [
        ("/healthz", 200, [HOST], "GET"),
        ("/healthz", 200, [HOST], "HEAD"),
        ("/healthz", 405, [HOST], "PUT"),
        ("/events", 400, [(b"host", b"evil.example")], "GET"),
        ("/events", 401, [HOST], "GET"),
        ("/watch", 401, [HOST, (b"authorization", b"Basic eA==")], "GET"),
        ("/events/ack", 401, [HOST], "POST"),
        ("/events/1/2/3", 404, [HOST], "GET"),
    ],
)
def test_the_answer_is_that_of_the_whole_middleware(path, status, headers, method):
    whole = get_asgi_application()
    answer = asked(ByToken(whole), path, *headers, method=method)
    assert answer[0] == status
    assert answer == asked(whole, path, *headers, method=method)


@pytest.mark.parametrize("host", [b"10.1.2.3:8000", b"evil.example", b"no host", b""])
def test_who_looks_after_the_process_may_ask_by_any_host(host):
    assert asked(ByToken(whole_way), "/healthz", (b"host", host))[0] == 200


@pytest.mark.parametrize("path", ["/", "/admin/", "/nothing", "/openapi.json", "/console/events"])
def test_what_is_not_asked_for_by_token_goes_the_whole_way(path):
    assert asked(ByToken(whole_way), path, HOST)[0] == 299


def test_what_is_asked_for_by_token_goes_the_shorter_way():
    assert asked(ByToken(whole_way), "/healthz", HOST)[0] == 200


def test_a_project_with_middleware_of_its_own_gets_it(settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "django.middleware.gzip.GZipMiddleware"]
    assert asked(ByToken(whole_way), "/healthz", HOST)[0] == 299
