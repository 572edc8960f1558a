"""What a thousand agents cost in one process: threads, database connections, memory, idle CPU.

Streams and TLS mailboxes are added one after the other, so that each has its own price. PostgreSQL, so that
connections can be counted; the mailboxes are on the load server of `benchmarks.imap_load_server`.
"""

import asyncio
import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.fleet import Streams, agent, imap_url, load
from benchmarks.imap_load import ImapLoad
from benchmarks.report import Options, Table, kb, progress, within
from tests.servers.live import Product
from tests.servers.postgres import Postgres
from tests.servers.waiting import wait_for

STREAM_BYTES = MAILBOX_BYTES = 50 * 1024
IDLE_CPU = 3.0  # percent of one processor
CPU_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """The product at one moment."""

    resident_bytes: int
    threads: int
    connections: int
    descriptors: int

    @classmethod
    def of(cls, product: Product, postgres: Postgres) -> "Cost":
        database = product.database_url.rpartition("/")[2]
        count = postgres.sql(f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database}'")
        return cls(
            resident_bytes=product.resident_bytes(),
            threads=product.threads(),
            connections=int(count),
            descriptors=product.descriptors(),
        )

    def words(self) -> list[str]:
        return [
            f"{self.resident_bytes / 2**20:.0f} MB",
            str(self.threads),
            str(self.connections),
            str(self.descriptors),
        ]


def measure(options: Options) -> Iterator[Table]:
    count = options.whole("agents", 1000)
    with Postgres() as postgres, ImapLoad() as mail:
        environment = {"SSL_CERT_FILE": str(mail.ca_file), "AGENTICMAIL_HEARTBEAT_S": "15"}
        product = Product(database_url=postgres.create_database(), environment=environment)
        with contextlib.closing(product):
            names = [f"agent{number}" for number in range(count)]
            entries = [agent(name, imap_url(name, "any", mail.imaps), parent="main") for name in names]
            main = agent("main", imap_url("main", "any", mail.imaps))
            progress(f"{count} agents")
            tokens = load(product.migrate(), [main, *entries])
            product.start()
            yield asyncio.run(_table(product, postgres, mail, names, tokens))


async def _table(
    product: Product, postgres: Postgres, mail: ImapLoad, names: list[str], tokens: dict[str, str]
) -> Table:
    count = len(names)
    streams = Streams()
    # A stream of the main agent's own starts every pool, so that what follows is the price of more of the same.
    await streams.add([(f"{product.url}/events", tokens["main"])])
    await _mailboxes(mail, 1)
    bare = Cost.of(product, postgres)
    begun = time.monotonic()
    await streams.add([(f"{product.url}/watch", tokens["main"])])
    await _mailboxes(mail, count + 1)
    progress(f"{count} mailboxes in IDLE after {time.monotonic() - begun:.1f} s")
    watching = Cost.of(product, postgres)
    begun = time.monotonic()
    await streams.add((f"{product.url}/events", tokens[name]) for name in names)
    progress(f"{count} streams open after {time.monotonic() - begun:.1f} s")
    both = Cost.of(product, postgres)
    used = product.cpu_seconds()
    await asyncio.sleep(CPU_S)
    cpu = 100 * (product.cpu_seconds() - used) / CPU_S
    await streams.close()
    a_mailbox = (watching.resident_bytes - bare.resident_bytes) / count
    a_stream = (both.resident_bytes - watching.resident_bytes) / count
    return Table(
        title=f"{count} agents in one process: {count} TLS mailboxes in IDLE, {count} streams",
        columns=("", "memory", "threads", "database connections", "descriptors", "target"),
        rows=(
            ["one stream, one mailbox", *bare.words(), ""],
            [f"and {count} mailboxes", *watching.words(), ""],
            [f"and {count} streams", *both.words(), "threads and connections as with one"],
            ["a mailbox", kb(a_mailbox), "", "", "", within(a_mailbox, MAILBOX_BYTES, "at most 50 KB")],
            ["a stream", kb(a_stream), "", "", "", within(a_stream, STREAM_BYTES, "at most 50 KB")],
            ["idle CPU", f"{cpu:.1f} %", "", "", "", within(cpu, IDLE_CPU, "under 3 %")],
        ),
        note=f"At most {mail.most_sessions()} IMAP session a mailbox at any time.",
    )


async def _mailboxes(mail: ImapLoad, count: int) -> None:
    await asyncio.to_thread(
        wait_for, lambda: mail.idling() >= count, f"{count} mailboxes in IDLE", within=300, every=0.1
    )
