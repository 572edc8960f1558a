"""One process as full as its descriptors allow: mailboxes in IDLE over TLS, a stream each, and mail at a rate.

Options: agents=9000 heartbeat=15 rate=100 seconds=20 idle=20. The mailboxes are on the load server of
`benchmarks.imap_load_server`; product, load server and clients need `ulimit -n` of a little more than twice the agents.
"""

import asyncio
import contextlib
import time
from collections.abc import Iterator

from benchmarks.fleet import Streams, agent, imap_url, load
from benchmarks.imap_load import ImapLoad
from benchmarks.report import Options, Table, kb, ms, percentile, progress, within
from benchmarks.tables.busy import P50_S, Ears, heard
from mailevents.serving.listening import raise_file_limit
from tests.servers.live import Product
from tests.servers.waiting import wait_for

PAIR_BYTES = 90 * 1024
IDLE_CPU = 5.0  # percent of one processor


def measure(options: Options) -> Iterator[Table]:
    count = options.whole("agents", 9000)
    raise_file_limit()
    with ImapLoad() as mail:
        environment = {
            "SSL_CERT_FILE": str(mail.ca_file),
            "AGENTICMAIL_HEARTBEAT_S": options.values.get("heartbeat", "15"),
            "AGENTICMAIL_STREAM_MAX_AGE_S": "86400",
        }
        with contextlib.closing(Product(environment=environment)) as product:
            names = [f"agent{number}" for number in range(count)]
            progress(f"{count} agents")
            tokens = load(product.migrate(), (agent(name, imap_url(name, "any", mail.imaps)) for name in names))
            product.start()
            yield asyncio.run(_fill(product, mail, list(tokens.values()), options))


async def _fill(product: Product, mail: ImapLoad, tokens: list[str], options: Options) -> Table:
    ears, count = Ears(), len(tokens)
    streams = Streams(ears)
    await streams.add([(f"{product.url}/events", tokens[0])])
    await _in_idle(mail, 1)
    before, began = product.resident_bytes(), time.monotonic()
    await streams.add(((f"{product.url}/events", token) for token in tokens[1:]), at_once=20)
    progress(f"{count} streams after {time.monotonic() - began:.0f} s")
    await _in_idle(mail, count)
    opened = time.monotonic() - began
    progress(f"{count} mailboxes in IDLE after {opened:.0f} s")
    a_pair = (product.resident_bytes() - before) / (count - 1)
    threads, descriptors = product.threads(), product.descriptors()
    idle_s = options.number("idle", 20)
    used = product.cpu_seconds()
    await asyncio.sleep(idle_s)
    idle = 100 * (product.cpu_seconds() - used) / idle_s
    rate, seconds = options.number("rate", 100), options.number("seconds", 20)
    progress(f"{rate:g} mails a second")
    used = product.cpu_seconds()
    delivered = await asyncio.to_thread(mail.rate, rate, seconds)
    await heard(ears, delivered)
    cpu, p50 = (product.cpu_seconds() - used) / delivered, percentile(ears.seconds, 50)
    await streams.close()
    return Table(
        title=f"One process with {count} mailboxes in IDLE over TLS and {count} streams, SQLite",
        columns=("", "", "target"),
        rows=(
            ["opened in", f"{opened:.0f} s", ""],
            ["memory a pair", kb(a_pair), within(a_pair, PAIR_BYTES, "at most 90 KB")],
            ["threads, descriptors", f"{threads}, {descriptors}", ""],
            ["idle CPU", f"{idle:.1f} %", within(idle, IDLE_CPU, "under 5 %")],
            [f"{delivered} mails, {rate:g} a second: p50", ms(p50), within(p50, P50_S, "at most 25 ms")],
            ["their p99", ms(percentile(ears.seconds, 99)), ""],
            ["processor a mail", ms(cpu), ""],
        ),
        note=f"A heartbeat each {options.values.get('heartbeat', '15')} s. IMAP: the load server, in a process beside.",
    )


async def _in_idle(mail: ImapLoad, count: int) -> None:
    await asyncio.to_thread(
        wait_for, lambda: mail.idling() >= count, f"{count} mailboxes in IDLE", within=900, every=0.5
    )
