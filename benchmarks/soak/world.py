"""The servers of a soak, and the product among them: restarted whenever it has ended, as systemd would."""

import contextlib
import shutil
import signal
import threading
from pathlib import Path

from benchmarks.fleet import agent, imap_url, load
from benchmarks.soak.mails import RULES
from tests.servers.dovecot import Dovecot
from tests.servers.live import Product
from tests.servers.postgres import Postgres
from tests.servers.proxy import Proxy
from tests.servers.smtp import SmtpSink
from tests.servers.waiting import wait_for

ENVIRONMENT = {
    "AGENTICMAIL_HEARTBEAT_S": "2",
    "AGENTICMAIL_SHUTDOWN_GRACE_S": "1",
    "AGENTICMAIL_IDLE_RENEW_S": "10",
    "AGENTICMAIL_STREAM_MAX_AGE_S": "60",
    "AGENTICMAIL_MAX_STREAMS_PER_AGENT": "50",
}


class Keeper:
    """Runs the product; one that has ended is started again, a moment later."""

    def __init__(self, product: Product) -> None:
        self._product = product
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self.next_fault = ""  # the point at which the process that is started next is to be killed
        self.starts = 1
        product.start()
        self._thread = threading.Thread(target=self._keep, name="keeper", daemon=True)
        self._thread.start()

    def signal(self, which: signal.Signals) -> None:
        """Nothing where it is not running just now."""
        with self._lock, contextlib.suppress(ProcessLookupError):
            self._product.signal(which)

    def spare(self) -> None:
        """The process that runs from now on is not to be killed at any point."""
        self.next_fault, before = "", self.starts
        if "AGENTICMAIL_FAULT" in self._product.environment:
            self.signal(signal.SIGTERM)
            self.wait_for_start(before)

    def wait_for_start(self, before: int) -> None:
        """Until there has been a start more than `before`."""
        wait_for(lambda: self.starts > before, "the product to be started again", within=120)

    def close(self) -> None:
        self._closing.set()
        self._product.kill()
        self._thread.join(30)
        self._product.kill()

    def _keep(self) -> None:
        while not self._closing.wait(0.1):
            if self._product.ended() is not None:
                self._start()

    def _start(self) -> None:
        """A database that is away lets it end at once; it is tried until it stays."""
        with self._lock:
            fault, self.next_fault = self.next_fault, ""
            self._product.environment.pop("AGENTICMAIL_FAULT", None)
            if fault:
                self._product.environment["AGENTICMAIL_FAULT"] = fault
            while not self._closing.wait(0.2):
                with contextlib.suppress(AssertionError):
                    self._product.start()
                    self.starts += 1
                    return


class World:
    """`agents` agents below one main agent, mail over TLS through a line that can be broken.

    `migrated`: a SQLite database to copy, which spares the migrations.
    """

    def __init__(self, *, agents: int, postgresql: bool, migrated: Path | None = None) -> None:
        with contextlib.ExitStack() as made:
            self.dovecot = made.enter_context(Dovecot())
            self.line = made.enter_context(Proxy(self.dovecot.imaps))
            self.smtp = made.enter_context(SmtpSink())
            self.postgres = made.enter_context(Postgres()) if postgresql else None
            self.product = Product(
                database_url=self.postgres.create_database() if self.postgres else "",
                environment={"SSL_CERT_FILE": str(self.dovecot.ca_file), "EMAIL_URL": self.smtp.url, **ENVIRONMENT},
            )
            made.callback(self.product.close)
            self.names = [f"agent{number}" for number in range(agents)]
            if migrated is None:
                self.product.migrate()
            else:
                shutil.copy(migrated, self.product.folder / "db.sqlite3")
            self.tokens = load(self.product, [*self._entries(), RULES])
            self.keeper = Keeper(self.product)
            made.callback(self.keeper.close)
            self.door = made.enter_context(Proxy(self.product.port))  # for the clients that vanish
            self._made = made.pop_all()

    def close(self) -> None:
        self._made.close()

    @property
    def sqlite(self) -> Path | None:
        return None if self.postgres else Path(self.product.database_url.removeprefix("sqlite:///"))

    def calm(self) -> None:
        """Nothing is broken from now on. (A server that is down is started by the fault that stopped it.)"""
        self.keeper.spare()
        self.line.behave()
        self.door.behave()
        self.smtp.behave()
        self.smtp.start()

    def logged(self) -> list[str]:
        return self.product.logged().splitlines()

    def _entries(self) -> list[str]:
        main = self.dovecot.add_user("main")
        entries = [agent("main", imap_url(main.user, main.password, self.line.port))]
        for number, name in enumerate(self.names):
            login = self.dovecot.add_user(name)
            with self.dovecot.client(name, "INBOX"):
                pass  # its Maildir is there
            url = imap_url(login.user, login.password, self.line.port)
            entries.append(agent(name, url, parent="main", watch="streams" if number % 2 else "always"))
        return entries
