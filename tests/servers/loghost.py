"""The product with a generator of events inside: `python -m tests.servers.loghost PORT`, for load without mail servers.

`GET /write?rate=200&seconds=10&size=1500` writes events into the log, for all agents in turn, and answers when done.
Each carries `written`, the time.monotonic() just before it was handed to the log's writer.
"""

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from tests.servers.live import Product


class LogHost(Product):
    """As the product; `write` makes events."""

    def __init__(self, *, server: str = "serve", **options: Any) -> None:
        super().__init__(server=server, **options)
        module = "tests.servers.loghost"
        self._command = {
            "serve": [sys.executable, "-m", module, str(self.port)],
            "daphne": [f"{_bin()}/daphne", "-b", "127.0.0.1", "-p", str(self.port), f"{module}:application"],
            "uvicorn": [f"{_bin()}/uvicorn", "--port", str(self.port), f"{module}:application"],
        }[server]
        self.environment["DJANGO_SETTINGS_MODULE"] = "agenticmail.settings"

    def write(self, *, rate: float, seconds: float, size: int = 1500, group: int = 1) -> list[int]:
        """The ids of what was written, once it is; `group` events are handed over at a time."""
        status, _headers, body = self.get(f"/write?rate={rate}&seconds={seconds}&size={size}&group={group}")
        assert status == 200, body
        return list(json.loads(body))


def _bin() -> Path:
    return Path(sys.executable).parent


class _Application:
    """The product's own, with one route more."""

    def __init__(self) -> None:
        from agenticmail.asgi import application

        self._app = application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["path"] != "/write":
            await self._app(scope, receive, send)
            return
        query = {name: float(values[0]) for name, values in parse_qs(scope["query_string"].decode()).items()}
        from mailevents.runtime import runtime

        ids = await asyncio.to_thread(_write, runtime().writer, **query)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": json.dumps(ids).encode()})


def _write(writer: Any, *, rate: float, seconds: float, size: float, group: float) -> list[int]:
    from mailevents.eventlog import log
    from mailevents.models import Agent

    agents = list(Agent.objects.exclude(parent=None).values_list("id", "name"))
    filling, ids = "x" * int(size), []
    start = time.monotonic()
    for first in range(0, int(rate * seconds), int(group)):
        time.sleep(max(0.0, start + first / rate - time.monotonic()))
        numbers = range(first, first + int(group))
        entries = [_entry(number, *agents[number % len(agents)], filling) for number in numbers]
        ids += writer.run(lambda entries=entries: log.append(entries))
    return ids


def _entry(number: int, agent_id: int, agent: str, filling: str) -> Any:
    from mailevents.eventlog.entry import NewEntry

    data = {"agent": agent, "number": number, "written": time.monotonic(), "filling": filling}
    return NewEntry(
        type="new",
        agent_id=agent_id,
        mailbox_id=None,  # type: ignore[arg-type]  # nobody's mail
        data=json.dumps(data, separators=(",", ":")),
        sender=f"writer@host{number % 100}.example",
        priority=("normal", "high", "low")[number % 3],
        verdict="ham" if number % 10 else "spam",
    )


def __getattr__(name: str) -> Any:
    if name == "application":  # made only where a server asks for it: it needs Django to be set up
        globals()[name] = made = _Application()
        return made
    raise AttributeError(name)


def _main(port: int) -> None:
    from mailevents.serving.listening import listen, raise_file_limit
    from mailevents.serving.server import serve

    raise_file_limit()
    __import__("daphne.server")  # before the application, as `manage.py serve` has it
    serve(_Application(), listen("127.0.0.1", port))


if __name__ == "__main__":
    _main(int(sys.argv[1]))
