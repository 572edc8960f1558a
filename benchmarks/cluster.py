"""Several processes of the product on one PostgreSQL behind nginx, agents that are always watched, mail at a rate."""

import contextlib
import json
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.fleet import agent, imap_url, load
from benchmarks.imap_load import ImapLoad
from benchmarks.soak.clients import Clients
from benchmarks.soak.mails import BOSS, RULES, Mail, mails
from tests.servers.live import Product
from tests.servers.nginx import Nginx
from tests.servers.postgres import Postgres
from tests.servers.smtp import SmtpSink
from tests.servers.waiting import wait_for

ENVIRONMENT = {"AGENTICMAIL_HEARTBEAT_S": "2", "AGENTICMAIL_SHUTDOWN_GRACE_S": "2"}
LOGGED = "SELECT coalesce(json_agg(message_id), '[]') FROM mailevents_mailevent WHERE type = 'new'"
HELD = "SELECT coalesce(json_agg(lease_id), '[]') FROM mailevents_mailbox WHERE lease_id IS NOT NULL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What became of the mail. All but the first must be 0, and the last shorter than a lease."""

    sent_in: int
    lost: int
    twice: int
    unheard: int
    renamed: int
    second_mails: int
    longest_double_s: float


class Cluster:
    """`products` are not started; mail flows from `send` on. Reply and forward rules are on. `close` it."""

    def __init__(self, *, processes: int, agents: int) -> None:
        self._made = contextlib.ExitStack()
        with contextlib.ExitStack() as made:
            self.postgres = made.enter_context(Postgres())
            self.imap = made.enter_context(ImapLoad())
            self.smtp = made.enter_context(SmtpSink())
            url = self.postgres.create_database()
            self._database = url.rpartition("/")[2]
            environment = {"SSL_CERT_FILE": str(self.imap.ca_file), "EMAIL_URL": self.smtp.url, **ENVIRONMENT}
            self.products = [Product(database_url=url, environment=environment) for _ in range(processes)]
            for product in self.products:
                made.callback(product.close)
            self.nginx = made.enter_context(Nginx([product.port for product in self.products]))
            self.names = [f"agent{number}" for number in range(agents)]
            entries = [agent(name, imap_url(name, "any", self.imap.imaps), watch="always") for name in self.names]
            self.tokens = load(self.products[0].migrate(), [*entries, RULES])
            self.clients = Clients()
            made.callback(self.clients.close)
            self._made = made.pop_all()
        self.mails: dict[str, Mail] = {}
        self._mails, self._random = mails(Random("cluster")), Random("homes")
        self._over = threading.Event()
        self._sender: threading.Thread | None = None

    def close(self) -> None:
        self.stop_sending()
        self._made.close()

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- who watches

    def shares(self) -> list[int]:
        """How many mailboxes each process holds, most first."""
        return sorted(Counter(self._json(HELD)).values(), reverse=True)

    def wait_until_all_idle(self, within: float = 120) -> float:
        """Seconds until every mailbox is in IDLE."""
        began = time.monotonic()
        wait_for(lambda: self.imap.watched() == len(self.names), "every mailbox in IDLE", within=within, every=0.02)
        return time.monotonic() - began

    def wait_for_shares(self, processes: int, times: float = 1.5, within: float = 90) -> float:
        """Seconds until each of so many has at most `times` its share."""
        began = time.monotonic()
        most = times * len(self.names) / processes
        wait_for(
            lambda: len(self.shares()) == processes and self.shares()[0] <= most, "shares", within=within, every=0.2
        )
        return time.monotonic() - began

    # -- mail

    def listen(self) -> None:
        """A client of each agent, through nginx, that comes back with Last-Event-ID."""
        for name in self.names:
            self.clients.add("resume", name, self.nginx.url, self.tokens[name], name)

    def send(self, rate: float) -> None:
        """Mails to random agents, so many a second, until `stop_sending`."""

        def work() -> None:
            while not self._over.wait(self._random.expovariate(rate)):
                mail = next(self._mails)
                self.mails[mail.message_id] = mail
                self.imap.append(self._random.choice(self.names), mail.raw)

        self._sender = threading.Thread(target=work, name="mail")
        self._sender.start()

    def stop_sending(self) -> None:
        self._over.set()
        if self._sender is not None:
            self._sender.join()

    def settle(self, within: float = 120) -> Account:
        """The account, once every mail has its event and was heard of; with what is missing, after `within` seconds."""
        self.stop_sending()
        with contextlib.suppress(AssertionError):
            wait_for(lambda: not self._unheard() and not self._lost(), "every mail", within=within, every=0.5)
        times = Counter(self._json(LOGGED))
        replies = Counter(one.recipients[0] for one in self.smtp.mails if one.recipients != (BOSS,))
        return Account(
            sent_in=len(self.mails),
            lost=len(self._lost()),
            twice=times.total() - len(times),
            unheard=len(self._unheard()),
            renamed=sum(client.heard.renamed for client in self.clients.all),
            second_mails=replies.total() - len(replies),
            longest_double_s=self.imap.longest_double(),
        )

    def _lost(self) -> set[str]:
        return self.mails.keys() - set(self._json(LOGGED))

    def _unheard(self) -> set[str]:
        heard = {message_id for client in self.clients.all for message_id in client.heard.ids}
        return self.mails.keys() - heard

    def _json(self, query: str) -> Sequence[str]:
        found: list[str] = json.loads(self.postgres.sql(query, self._database))
        return found
