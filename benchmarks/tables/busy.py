"""Mail at a rate over many agents, and as fast as it goes: from EXISTS to the event at the client.

Options: agents=1000 processes=1 database=sqlite (postgresql, where there are several processes) rate=20 most=100
seconds=20 burst=2000. The mailboxes are on the load server of `benchmarks.imap_load_server`, which says EXISTS at once
and writes the moment into the message; all processes and the clients share the machine's processors.
"""

import asyncio
import contextlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle

from benchmarks.fleet import Streams, agent, imap_url, load
from benchmarks.imap_load import ImapLoad
from benchmarks.report import Options, Table, ms, percentile, progress, within
from tests.servers.live import Product
from tests.servers.postgres import Postgres
from tests.servers.sse import Event
from tests.servers.waiting import wait_for

P50_S = 0.025
RULES = """
[[rule]]
name = "Orders first"
conditions = [{field = "body", op = "contains", value = "order"}]
actions = [{action = "set_priority", priority = "high"}]
[[rule]]
name = "Invoices"
conditions = [{field = "subject", op = "contains", value = "invoice"}]
actions = [{action = "move", folder = "Invoices"}]
"""


@dataclass(slots=True)
class Ears:
    """Notes, for every `new` event, the seconds since its EXISTS."""

    seconds: list[float] = field(default_factory=list)
    last: float = 0.0

    def __call__(self, _: int, event: Event) -> None:
        if event.type == "new":
            self.last = event.at
            self.seconds.append(event.at - int(event.data["message"]["subject"]) / 1e9)


def measure(options: Options) -> Iterator[Table]:
    count, processes = options.whole("agents", 1000), options.whole("processes", 1)
    shared = options.values.get("database") == "postgresql" or processes > 1
    with contextlib.ExitStack() as made:
        mail = made.enter_context(ImapLoad())
        url = made.enter_context(Postgres()).create_database() if shared else ""
        environment = {"SSL_CERT_FILE": str(mail.ca_file)}
        products = [Product(database_url=url, environment=environment) for _ in range(processes)]
        for product in products:
            made.callback(product.close)
        names = [f"agent{number}" for number in range(count)]
        tokens = load(products[0].migrate(), [*(agent(n, imap_url(n, "any", mail.imaps)) for n in names), RULES])
        for product in products:
            product.start()
        yield asyncio.run(_table(products, mail, tokens, options))


async def _table(products: Sequence[Product], mail: ImapLoad, tokens: dict[str, str], options: Options) -> Table:
    count, ears = len(tokens), Ears()
    streams = Streams(ears)
    progress(f"{count} streams and mailboxes")
    await streams.add((f"{product.url}/events", token) for product, token in zip(cycle(products), tokens.values()))
    await asyncio.to_thread(wait_for, lambda: mail.idling() >= count, f"{count} in IDLE", within=600, every=0.1)
    rows = []
    for rate in (options.number("rate", 20), options.number("most", 100)):
        progress(f"{rate:g} mails a second")
        rows.append(await _at_rate(products, mail, ears, rate, options.number("seconds", 20)))
    for boxes in (20, 1):
        total = options.whole("burst", 2000) // (1 if boxes > 1 else 4)
        progress(f"{total} mails at once into {boxes} mailboxes")
        rows.append(await _burst(products, mail, ears, list(tokens)[:boxes], total))
    await streams.close()
    return Table(
        title=f"Mail to {count} agents with {count} streams, {_shape(products)}",
        columns=("", "mails", "p50", "p99", "mails a second", "processor a mail", "target"),
        rows=rows,
        note="Judged, through two rules, in the log, and on the stream. From EXISTS to the event at the client.",
    )


def _shape(products: Sequence[Product]) -> str:
    database = "SQLite" if products[0].database_url.startswith("sqlite") else "PostgreSQL"
    return f"{len(products)} process{'es' if len(products) > 1 else ''}, {database}"


def _cpu_seconds(products: Sequence[Product]) -> float:
    return sum(product.cpu_seconds() for product in products)


async def _at_rate(products: Sequence[Product], mail: ImapLoad, ears: Ears, rate: float, seconds: float) -> list[str]:
    ears.seconds.clear()
    used = _cpu_seconds(products)
    delivered = await asyncio.to_thread(mail.rate, rate, seconds)
    await heard(ears, delivered)
    p50 = percentile(ears.seconds, 50)
    words = [str(delivered), ms(p50), ms(percentile(ears.seconds, 99)), f"{delivered / seconds:.0f}"]
    words.append(ms((_cpu_seconds(products) - used) / delivered))
    return [f"{rate:g} a second", *words, within(p50, P50_S, "p50 at most 25 ms")]


async def _burst(products: Sequence[Product], mail: ImapLoad, ears: Ears, boxes: list[str], total: int) -> list[str]:
    ears.seconds.clear()
    used, begun = _cpu_seconds(products), time.monotonic()
    for _ in range(total // len(boxes)):
        await asyncio.to_thread(mail.deliver, boxes)
    await heard(ears, total)
    each = f"{len(boxes)} mailboxes" if len(boxes) > 1 else "one mailbox"
    words = [str(total), ms(percentile(ears.seconds, 50)), ms(percentile(ears.seconds, 99))]
    words += [f"{total / (ears.last - begun):.0f}", ms((_cpu_seconds(products) - used) / total)]
    return [f"all at once, {each}", *words, ""]


async def heard(ears: Ears, count: int) -> None:
    """Returns when all have come; AssertionError with their number after two minutes."""
    deadline = time.monotonic() + 120
    while len(ears.seconds) < count:
        if time.monotonic() > deadline:
            raise AssertionError(f"{len(ears.seconds)} of {count} events after 120 s")
        await asyncio.sleep(0.01)
