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
from benchmarks.report import Options, Table, kb, progress, ratio, within
from tests.servers.live import Product
from tests.servers.postgres import Postgres
from tests.servers.waiting import wait_for

STREAM_BYTES = MAILBOX_BYTES = 50 * 1024
IDLE_CPU = 3.0  # percent of one processor
CPU_S = 10.0
CONTENT_TYPES = "CREATE TABLE django_content_type (id serial, app_label text, model text)"


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
    with Postgres(max_connections=count + 50) as postgres:
        with ImapLoad() as mail:
            ours = _ours(postgres, mail, count)
            sessions = mail.most_sessions()
        yield _ours_table(ours, count, sessions)
        yield _reference_table(ours, _plain_django(postgres, count), count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """The product with one stream and one mailbox, then with all the mailboxes, then with all the streams too."""

    bare: Cost
    watching: Cost
    both: Cost
    cpu_percent: float


def _ours(postgres: Postgres, mail: ImapLoad, count: int) -> Ours:
    product = Product(database_url=postgres.create_database(), environment={"SSL_CERT_FILE": str(mail.ca_file)})
    with contextlib.closing(product):
        names = [f"agent{number}" for number in range(count)]
        entries = [agent(name, imap_url(name, "any", mail.imaps), parent="main") for name in names]
        progress(f"{count} agents")
        tokens = load(product.migrate(), [agent("main", imap_url("main", "any", mail.imaps)), *entries])
        product.start()
        return asyncio.run(_grow(product, postgres, mail, names, tokens))


async def _grow(product: Product, postgres: Postgres, mail: ImapLoad, names: list[str], tokens: dict[str, str]) -> Ours:
    count = len(names)
    streams = Streams()
    # A stream of the main agent's own starts every pool: what follows is the price of more of the same.
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
    return Ours(bare=bare, watching=watching, both=both, cpu_percent=cpu)


async def _mailboxes(mail: ImapLoad, count: int) -> None:
    await asyncio.to_thread(
        wait_for, lambda: mail.idling() >= count, f"{count} mailboxes in IDLE", within=300, every=0.1
    )


def _ours_table(ours: Ours, count: int, sessions: int) -> Table:
    a_mailbox = (ours.watching.resident_bytes - ours.bare.resident_bytes) / count
    a_stream = (ours.both.resident_bytes - ours.watching.resident_bytes) / count
    return Table(
        title=f"{count} agents in one process: {count} TLS mailboxes in IDLE, {count} streams",
        columns=("", "memory", "threads", "database connections", "descriptors", "target"),
        rows=(
            ["one stream, one mailbox", *ours.bare.words(), ""],
            [f"and {count} mailboxes", *ours.watching.words(), ""],
            [f"and {count} streams", *ours.both.words(), "threads and connections bounded by the pools"],
            ["a mailbox", kb(a_mailbox), "", "", "", within(a_mailbox, MAILBOX_BYTES, "at most 50 KB")],
            ["a stream", kb(a_stream), "", "", "", within(a_stream, STREAM_BYTES, "at most 50 KB")],
            ["idle CPU", f"{ours.cpu_percent:.1f} %", "", "", "", within(ours.cpu_percent, IDLE_CPU, "under 3 %")],
        ),
        note=f"At most {sessions} IMAP session a mailbox at any time.",
    )


def _plain_django(postgres: Postgres, count: int) -> tuple[Cost, Cost]:
    """The reference with one stream, and with `count` more."""
    progress(f"the reference: {count} streams as Django's documentation suggests")
    plain = Product(
        server="daphne",
        application="benchmarks.reference.plain_django:application",
        database_url=postgres.create_database(),
    )
    with contextlib.closing(plain):
        postgres.sql(CONTENT_TYPES, plain.database_url.rpartition("/")[2])
        plain.start()

        async def grow() -> tuple[Cost, Cost]:
            streams = Streams()
            await streams.add([(f"{plain.url}/events", "")])
            bare = Cost.of(plain, postgres)
            await streams.add([(f"{plain.url}/events", "")] * count)
            full = Cost.of(plain, postgres)
            await streams.close()
            return bare, full

        return asyncio.run(grow())


def _reference_table(ours: Ours, reference: tuple[Cost, Cost], count: int) -> Table:
    bare, full = reference
    ours_bytes = (ours.both.resident_bytes - ours.watching.resident_bytes) / count
    their_bytes = (full.resident_bytes - bare.resident_bytes) / count
    pairs = (
        (f"threads at {count} streams", ours.both.threads, full.threads),
        (f"database connections at {count} streams", ours.both.connections, full.connections),
    )
    return Table(
        title=f"{count} streams, against Django's default way (async view, async ORM, daphne)",
        columns=("", "ours", "default", "ratio"),
        rows=(
            *([what, str(mine), str(theirs), ratio(mine, theirs)] for what, mine, theirs in pairs),
            ["memory a stream", kb(ours_bytes), kb(their_bytes), ratio(ours_bytes, their_bytes)],
        ),
        note=f"Ours watches {count} TLS mailboxes in the same process; the default has none.",
    )
