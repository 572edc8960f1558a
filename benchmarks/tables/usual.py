"""Ours against the usual design: an IMAP connection for each stream, another for each message, the whole message read.

Both against the load server, over TLS, with the same mail at the same pace. Ours judges with all its checks, runs
rules and writes a log besides; the reference (`benchmarks/reference/usual_design.py`) does neither.
"""

import asyncio
import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.fleet import Streams, agent, imap_url, load
from benchmarks.imap_load import ImapLoad
from benchmarks.report import Options, Table, kb, ms, percentile, progress, ratio
from benchmarks.tables.busy import RULES, Ears, heard
from tests.servers.live import Product
from tests.servers.waiting import wait_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Fared:
    """How a design fared with a fleet that has so many streams an agent."""

    seconds: Sequence[float]
    cpu_a_mail: float
    bytes_an_agent: float
    threads: int
    sessions: int


def measure(options: Options) -> Iterator[Table]:
    agents, streams = options.whole("agents", 100), options.whole("streams", 2)
    with ImapLoad() as mail:
        environment = {"SSL_CERT_FILE": str(mail.ca_file), "IMAP_PORT": str(mail.imaps)}
        names = [f"agent{number}" for number in range(agents)]
        with contextlib.closing(Product(environment=environment)) as product:
            tokens = load(product.migrate(), [*(agent(n, imap_url(n, "any", mail.imaps)) for n in names), RULES])
            product.start()
            where = [(f"{product.url}/events", tokens[name]) for name in names]
            ours = asyncio.run(_fare(product, mail, where, streams, options))
    with ImapLoad() as mail:
        environment = {"SSL_CERT_FILE": str(mail.ca_file), "IMAP_PORT": str(mail.imaps)}
        application = "benchmarks.reference.usual_design:application"
        with contextlib.closing(Product(server="daphne", application=application, environment=environment)) as usual:
            usual.start()
            where = [(f"{usual.url}/events?user={name}", "") for name in names]
            theirs = asyncio.run(_fare(usual, mail, where, streams, options))
    yield _table(ours, theirs, agents, streams)


async def _fare(product: Product, mail: ImapLoad, where: list[tuple[str, str]], each: int, options: Options) -> Fared:
    ears = Ears()
    streams = Streams(ears)
    await streams.add(where[:1])  # starts every pool: what follows is the price of more of the same
    await asyncio.to_thread(wait_for, mail.watched, "a mailbox in IDLE")
    before = product.resident_bytes()
    await streams.add([*where[1:], *where * (each - 1)])
    await asyncio.to_thread(wait_for, lambda: mail.watched() >= len(where), "every mailbox in IDLE", within=300)
    resident = product.resident_bytes()
    progress(f"{len(where) * each} streams; {mail.idling()} sessions in IDLE")
    used = product.cpu_seconds()
    delivered = await asyncio.to_thread(mail.rate, options.number("rate", 5), options.number("seconds", 20))
    await heard(ears, delivered * each)
    cpu = (product.cpu_seconds() - used) / delivered
    threads, sessions = product.threads(), mail.idling()
    await streams.close()
    return Fared(
        seconds=ears.seconds,
        cpu_a_mail=cpu,
        bytes_an_agent=(resident - before) / (len(where) - 1),
        threads=threads,
        sessions=sessions,
    )


def _table(ours: Fared, theirs: Fared, agents: int, streams: int) -> Table:
    def row(what: str, mine: float, other: float, words: object = str) -> list[str]:
        assert callable(words)
        return [what, words(mine), words(other), ratio(mine, other)]

    return Table(
        title=f"{agents} agents with {streams} streams each, against the usual design",
        columns=("", "ours", "usual", "ratio"),
        rows=(
            row("EXISTS to event, p50", percentile(ours.seconds, 50), percentile(theirs.seconds, 50), ms),
            row("EXISTS to event, p99", percentile(ours.seconds, 99), percentile(theirs.seconds, 99), ms),
            row("processor a mail", ours.cpu_a_mail, theirs.cpu_a_mail, ms),
            row("memory an agent", ours.bytes_an_agent, theirs.bytes_an_agent, kb),
            row("threads", ours.threads, theirs.threads),
            row("IMAP connections in IDLE", ours.sessions, theirs.sessions),
        ),
    )
