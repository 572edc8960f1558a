"""SIGTERM with a thousand agents: who hears `closing`, when the process is gone, and when each has what it missed.

Options: agents=1000
"""

import asyncio
import contextlib
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.fleet import agent, imap_url, load
from benchmarks.imap_load import ImapLoad
from benchmarks.report import Options, Table, percentile, progress, within
from tests.servers.live import Product
from tests.servers.sse import Event, follow
from tests.servers.waiting import wait_for

GONE_S, BACK_S = 2.0, 10.0


class Left(Exception):
    """A client that has heard `closing` leaves."""


@dataclass(slots=True)
class Client:
    """Follows one agent's stream; leaves when it hears `closing`, and comes back when it was told to."""

    url: str
    token: str
    heard: int = 0  # mails
    last_event_id: str = ""
    closing_at: float = 0.0
    retry_s: float = 0.5
    returned_at: float = 0.0
    heard_at: float = 0.0

    async def live(self) -> None:
        while True:
            with contextlib.suppress(OSError, EOFError, Left):
                await follow(self.url, self.token, self._hear, self._opened, last_event_id=self.last_event_id)
            await asyncio.sleep(self.retry_s)

    def _opened(self) -> None:
        self.returned_at = time.monotonic()

    def _hear(self, event: Event) -> None:
        if event.type == "new":
            self.heard, self.heard_at, self.last_event_id = self.heard + 1, event.at, event.id
        elif event.type == "closing":
            self.closing_at, self.retry_s = event.at, event.data["retry_ms"] / 1000
            raise Left


def measure(options: Options) -> Iterator[Table]:
    count = options.whole("agents", 1000)
    with ImapLoad() as mail:
        product = Product(environment={"SSL_CERT_FILE": str(mail.ca_file)})
        with contextlib.closing(product):
            names = [f"agent{number}" for number in range(count)]
            progress(f"{count} agents")
            tokens = load(product.migrate(), [agent(n, imap_url(n, "any", mail.imaps)) for n in names])
            product.start()
            yield asyncio.run(
                _table(product, mail, [Client(f"{product.url}/events", tokens[name]) for name in names], names)
            )


async def _table(product: Product, mail: ImapLoad, clients: Sequence[Client], names: Sequence[str]) -> Table:
    count = len(clients)
    tasks = []
    for client in clients:
        tasks.append(asyncio.create_task(client.live()))
        await asyncio.sleep(0.002)
    await _until(lambda: mail.idling() >= count, f"{count} mailboxes in IDLE")
    await _a_mail_to_each(mail, clients, names, 1)

    progress("SIGTERM")
    before = _of_ended_children()
    began, used = time.monotonic(), product.cpu_seconds()
    product.signal()
    await asyncio.to_thread(product.wait, 60)
    gone_s, gone_cpu_s = time.monotonic() - began, _of_ended_children() - before - used
    told = [client.closing_at - began for client in clients if client.closing_at]
    logged_out = mail.idling()

    mail.deliver(names)
    for client in clients:
        client.returned_at = 0.0
    progress("start")
    started = time.monotonic()
    await asyncio.to_thread(product.start)
    up_s = time.monotonic() - started
    await _until(lambda: all(client.heard >= 2 for client in clients), "what was missed")
    back_cpu_s = product.cpu_seconds()
    waited = [client.heard_at - client.returned_at for client in clients]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return Table(
        title=f"SIGTERM with {count} streams and {count} TLS mailboxes in one process, then a start",
        columns=("", "measured", "target"),
        rows=(
            ["streams that heard closing", f"{len(told)}", f"all: {'met' if len(told) == count else 'MISSED'}"],
            ["the last of them, after the signal", f"{max(told):.2f} s", ""],
            ["the process is gone, clients leaving at once", f"{gone_s:.2f} s", within(gone_s, GONE_S, "within 2 s")],
            ["processor time of that", f"{gone_cpu_s:.2f} s", ""],
            ["IMAP sessions left over", str(logged_out), "none: " + ("met" if not logged_out else "MISSED")],
            ["the next process answers, after its start", f"{up_s:.2f} s", ""],
            ["what was missed, after the client's return: p50", f"{percentile(waited, 50):.2f} s", ""],
            ["the last of them", f"{max(waited):.2f} s", within(max(waited), BACK_S, "within 10 s")],
            ["processor time of the process until then", f"{back_cpu_s:.2f} s", ""],
            ["mails heard twice", str(sum(client.heard > 2 for client in clients)), "none"],
        ),
        note="A mail came for each agent while the product was down. Clients return when they were told to (retry_ms).",
    )


def _of_ended_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


async def _a_mail_to_each(mail: ImapLoad, clients: Sequence[Client], names: Sequence[str], count: int) -> None:
    await asyncio.to_thread(mail.deliver, names)
    await _until(lambda: all(client.heard >= count for client in clients), "a mail for each")


async def _until(condition: Callable[[], bool], what: str) -> None:
    await asyncio.to_thread(wait_for, condition, what, within=300, every=0.05)
