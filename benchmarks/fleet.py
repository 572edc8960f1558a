"""Agents by the hundred in a running product, and streams by the thousand on it."""

import asyncio
import json
from collections.abc import Callable, Iterable
from urllib.parse import quote

from tests.servers.live import Product
from tests.servers.sse import Event, follow


def agent(name: str, imap: str, *, parent: str = "", watch: str = "streams") -> str:
    """An `[[agent]]` of a configuration file, with an address to write from."""
    lines = [
        "[[agent]]",
        f'name = "{name}"',
        f'email = "{name}@fleet.example"',
        f'imap = "{imap}"',
        f'watch = "{watch}"',
    ]
    return "\n".join([*lines, *([f'parent = "{parent}"'] if parent else []), ""])


def imap_url(user: str, password: str, port: int, *, tls: bool = True) -> str:
    scheme, host = ("imaps", "localhost") if tls else ("imap", "127.0.0.1")
    return f"{scheme}://{quote(user, safe='')}:{quote(password, safe='')}@{host}:{port}/INBOX"


def load(product: Product, entries: Iterable[str]) -> dict[str, str]:
    """Loads what the entries declare; the tokens of the new agents, by name."""
    file = product.folder / "fleet.toml"
    file.write_text("\n".join(entries))
    tokens: dict[str, str] = json.loads(product.manage("load_config", str(file), "--json", within=600))["tokens"]
    return tokens


class Streams:
    """Many open streams on one loop. `heard(index, event)` is called for every event of every stream."""

    def __init__(self, heard: Callable[[int, Event], None] = lambda index, event: None) -> None:
        self._heard = heard
        self._tasks: list[asyncio.Task[object]] = []
        self.open = 0

    async def add(self, urls_and_tokens: Iterable[tuple[str, str]], *, at_once: int = 50) -> None:
        """Opens these, `at_once` at a time; returns when each has answered."""
        gate = asyncio.Semaphore(at_once)

        async def one(index: int, url: str, token: str) -> None:
            opened = asyncio.Event()
            async with gate:
                reading = asyncio.create_task(follow(url, token, lambda event: self._heard(index, event), opened.set))
                self._tasks.append(reading)
                first = asyncio.create_task(opened.wait())
                await asyncio.wait([first, reading], return_when=asyncio.FIRST_COMPLETED)
                first.cancel()
                if reading.done():
                    reading.result()
                self.open += 1

        start = len(self._tasks)
        await asyncio.gather(*(one(start + at, url, token) for at, (url, token) in enumerate(urls_and_tokens)))

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
