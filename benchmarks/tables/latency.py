"""What we add to a mail server's own latency: from EXISTS on a bare IDLE connection to the event at the client.

Beside each watched mailbox of a real Dovecot stands a bare IDLE connection of another client. Both hear of the same
message; the difference between that line and the event on the stream, judged and through its rules, is ours.
"""

import contextlib
import random
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.fleet import agent, imap_url, load
from benchmarks.report import Options, Table, ms, percentile, progress, within
from tests.servers.dovecot import Dovecot
from tests.servers.live import Product
from tests.servers.sse import Stream

P50_S, P99_S = 0.015, 0.060
# Dovecot announces 500 ms after the first change it sees, in each session's process by a clock of its own. Only
# where all is quiet before do both clocks start with the same message.
QUIET_S = (0.8, 1.2)
RULES = """
[[rule]]
name = "Invoices"
conditions = [{field = "subject", op = "contains", value = "invoice"}]
actions = [{action = "label", label = "invoice"}]
[[rule]]
name = "Suppliers"
conditions = [{field = "from", op = "domain_is", value = "supplier.example"}]
actions = [{action = "mark_read"}]
"""
MAIL = (
    "From: Ann Miller <ann@customer.example>\r\nTo: support@fleet.example\r\nSubject: {mark}\r\n"
    "Date: Sun, 22 Nov 2026 10:00:00 +0000\r\nMessage-ID: <{mark}@customer.example>\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n\r\n" + "Two lamps of order 1234 have arrived.\r\n" * 60
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Seconds after the message was handed to the mail server."""

    exists_s: float
    event_s: float

    @property
    def added_s(self) -> float:
        return self.event_s - self.exists_s


class BareIdle:
    """A plain IMAP connection in IDLE that notes when a line with EXISTS comes."""

    def __init__(self, port: int, user: str, password: str) -> None:
        self._line = socket.create_connection(("127.0.0.1", port), timeout=20)
        self._file = self._line.makefile("rb")
        self._line.sendall(f'a LOGIN "{user}" "{password}"\r\nb SELECT INBOX\r\n'.encode())
        while not self._file.readline().startswith(b"b OK"):
            pass
        self._line.sendall(b"c IDLE\r\n")
        while not self._file.readline().startswith(b"+"):
            pass

    def next_exists(self) -> float:
        while b"EXISTS" not in self._file.readline():
            pass
        return time.monotonic()

    def close(self) -> None:
        self._file.close()
        self._line.close()


def measure(options: Options) -> Iterator[Table]:
    boxes, mails = options.whole("boxes", 8), options.whole("mails", 25)
    with (
        Dovecot(imap_client_limit=1) as dovecot,
        contextlib.closing(Product(environment={"SSL_CERT_FILE": str(dovecot.ca_file)})) as product,
    ):
        users = [dovecot.add_user() for _ in range(boxes)]
        entries = [agent(u.user, imap_url(u.user, u.password, dovecot.imaps)) for u in users]
        tokens = load(product.migrate(), [*entries, RULES])
        product.start()
        progress(f"{boxes} mailboxes, {mails} mails each")
        samples: list[Sample] = []
        threads = [
            threading.Thread(
                target=_one_box, args=(dovecot, product, u.user, u.password, tokens[u.user], mails, samples)
            )
            for u in users
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    yield _table(samples, boxes * mails)


def _one_box(
    dovecot: Dovecot, product: Product, user: str, password: str, token: str, mails: int, samples: list[Sample]
) -> None:
    bare = BareIdle(dovecot.imap, user, password)
    with contextlib.closing(bare), Stream(f"{product.url}/events?type=new&type=mailbox", token) as stream:
        stream.wait_until(lambda: any(e.data["state"] == "idle" for e in stream.of("mailbox")), "the mailbox to idle")
        for number in range(1, mails + 1):
            time.sleep(random.uniform(*QUIET_S))
            sent = time.monotonic()
            dovecot.deliver(user, MAIL.format(mark=f"{user}-{number}").encode())
            exists = bare.next_exists()
            event = stream.wait("new", number, within=30)[number - 1]
            samples.append(Sample(exists_s=exists - sent, event_s=event.at - sent))


def _table(samples: list[Sample], expected: int) -> Table:
    added = [sample.added_s for sample in samples]
    exists, events = [s.exists_s for s in samples], [s.event_s for s in samples]

    def row(what: str, values: list[float], target: str = "") -> list[str]:
        return [what, ms(percentile(values, 50)), ms(percentile(values, 99)), ms(max(values)), target]

    p50, p99 = percentile(added, 50), percentile(added, 99)
    target = f"{within(p50, P50_S, 'p50 at most 15 ms')}; {within(p99, P99_S, 'p99 at most 60 ms')}"
    return Table(
        title=f"Latency from delivery, Dovecot over TLS, {len(samples)} of {expected} mails",
        columns=("until", "p50", "p99", "most", "target"),
        rows=(
            row("EXISTS on a bare IDLE connection", exists),
            row("the event at the client", events),
            row("what we add", added, target),
        ),
        note="Dovecot waits 500 ms before it says EXISTS; that is in both of the upper lines.",
    )
