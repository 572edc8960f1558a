"""What hostile clients do: guess tokens, say a byte now and then, send headers without end, come and go."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Iterable
from urllib.parse import urlsplit

BROKEN = (OSError, EOFError, asyncio.IncompleteReadError, asyncio.LimitOverrunError)


async def ask(url: str, head: bytes) -> str:
    """The status of the answer to a request that is written like this, or what became of the connection."""
    parts = urlsplit(url)
    try:
        async with asyncio.timeout(30):
            reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
            try:
                writer.write(head)
                await writer.drain()
                return (await reader.readuntil(b"\r\n")).split()[1].decode()
            finally:
                writer.close()
    except (*BROKEN, IndexError):
        return "cut"
    except TimeoutError:
        return "silence"


def _get(path: str, *lines: str) -> bytes:
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *lines, "", ""]).encode()


async def wrong_tokens(url: str, count: int, *, from_many: bool = False) -> Counter[str]:
    """One after the other, fifty at a time, each another one; `from_many`: from a client each, says a proxy."""

    def head(number: int) -> bytes:
        claimed = [f"X-Forwarded-For: 198.51.100.1, 2001:db8::{number:x}"] if from_many else []
        return _get("/events", f"Authorization: Bearer am_{number:043}", *claimed)

    return await _all((ask(url, head(number)) for number in range(count)), at_once=50)


async def giant_requests(url: str, token: str, size: int) -> dict[str, str]:
    """What comes of a header, of many headers, and of a query of `size` bytes."""
    good = f"Authorization: Bearer {token}"
    return {
        "a header": await ask(url, _get("/events", good, f"X-Long: {'x' * size}")),
        "many headers": await ask(url, _get("/events", good, *(f"X-{n}: y" for n in range(size // 8)))),
        "a query": await ask(url, _get(f"/events?sender={'x' * size}", good)),
    }


async def come_and_go(url: str, token: str, count: int) -> Counter[str]:
    """Streams that are left as soon as they have answered."""
    head = _get("/events", f"Authorization: Bearer {token}")
    return await _all((ask(url, head) for _ in range(count)), at_once=10)


@contextlib.asynccontextmanager
async def slow_requests(url: str, count: int) -> AsyncIterator[None]:
    """So many connections that are never done with their request, a byte at a time."""
    parts = urlsplit(url)
    opened = [await asyncio.open_connection(parts.hostname, parts.port) for _ in range(count)]

    async def trickle() -> None:
        for _reader, writer in opened:
            writer.write(b"GET /events HTTP/1.1\r\nX-Slow: ")
        while True:
            for _reader, writer in opened:
                writer.write(b"x")
            await asyncio.sleep(0.5)

    trickling = asyncio.create_task(trickle())
    try:
        yield
    finally:
        trickling.cancel()
        for _reader, writer in opened:
            writer.close()


async def _all(asked: Iterable[Awaitable[str]], *, at_once: int) -> Counter[str]:
    gate, answers = asyncio.Semaphore(at_once), Counter[str]()

    async def one(question: Awaitable[str]) -> None:
        async with gate:
            answers[await question] += 1

    await asyncio.gather(*map(one, asked))
    return answers
