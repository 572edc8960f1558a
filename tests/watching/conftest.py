"""A watcher of this process, on a real Dovecot through a proxy, with a database of its own and short waits."""

import threading
from collections.abc import Callable, Iterator

import pytest

from mailevents.eventlog.writer import Writer
from mailevents.imap import connecting
from mailevents.imap.idle import IdleThread
from mailevents.models import Agent, Mailbox, MailEvent
from mailevents.secrets import encrypt
from mailevents.states import State
from mailevents.telling import StateTeller
from mailevents.watching import backoff, changes, lease, watcher
from mailevents.watching.watcher import Watcher
from tests.servers.dovecot import Dovecot, Login
from tests.servers.proxy import Proxy
from tests.servers.waiting import wait_for


def mail(number: int, text: str = "text") -> bytes:
    head = (
        f"From: a@example.org\r\nTo: b@example.com\r\nSubject: mail {number}\r\nMessage-ID: <{number}@example.org>\r\n"
    )
    return f"{head}Date: Sun, 22 Nov 2026 10:11:09 +0000\r\n\r\n{text}\r\n".encode()


class Recorder(StateTeller):
    """Tells states as the product does, and remembers them."""

    def __init__(self) -> None:
        super().__init__(lambda: None)
        self.told: list[State] = []

    def tell(self, state: State) -> None:
        super().tell(state)
        self.told.append(state)


class Watching:
    """A watcher and what it makes of its mailboxes."""

    def __init__(self, workers: int = 4, renew_s: float = 600) -> None:
        self.idle, self.writer, self.recorder = IdleThread(), Writer(committed=lambda _: None), Recorder()
        self.watcher = Watcher(self.idle, self.writer, self.recorder, workers=workers, renew_s=renew_s)
        self.boxes: list[Box] = []

    def box(self, login: Login, port: int, **columns: object) -> "Box":
        """An agent's mailbox on `port`; `open` it."""
        agent = Agent.objects.create(name=login.user)
        row = Mailbox.objects.create(
            agent=agent,
            **{
                "host": "127.0.0.1",
                "port": port,
                "security": "plain",
                "user": login.user,
                "password_encrypted": encrypt(login.password),
                **columns,
            },
        )
        self.boxes.append(Box(self, row))
        return self.boxes[-1]

    def close(self) -> None:
        self.watcher.close()
        self.idle.close()
        self.writer.close()


class Box:
    """One mailbox."""

    def __init__(self, watching: Watching, row: Mailbox) -> None:
        self._watching, self.id, self.agent_id = watching, row.pk, row.agent_id

    def open(self) -> "Box":
        self._watching.watcher.acquire([self.id])
        return self

    def leave(self) -> None:
        self._watching.watcher.release([self.id], linger_s=0)

    def row(self) -> Mailbox:
        return Mailbox.objects.get(pk=self.id)

    def states(self) -> list[str]:
        return [state.state for state in self._watching.recorder.told if state.mailbox_id == self.id]

    def last(self) -> State:
        return [state for state in self._watching.recorder.told if state.mailbox_id == self.id][-1]

    def wait(self, state: str, within: float = 20) -> State:
        """Until it is in this state."""
        wait_for(lambda: self.states()[-1:] == [state], f"{state} ({self.states()})", within=within)
        return self.last()

    def wait_again(self, state: str, *, after: int, within: float = 20) -> None:
        """Until it has come to this state since `after` states were told."""
        wait_for(lambda: state in self.states()[after:], f"{state} after {self.states()[:after]}", within=within)

    def logged(self) -> list[str]:
        events = MailEvent.objects.filter(mailbox_id=self.id, type="new").order_by("id")
        return list(events.values_list("subject", flat=True))

    def wait_for_mail(self, *numbers: int, within: float = 20) -> None:
        """Until exactly these are logged, in this order."""
        wanted = [f"mail {number}" for number in numbers]
        wait_for(lambda: len(self.logged()) >= len(wanted), f"{len(wanted)} mails", within=within)
        assert self.logged() == wanted


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits of minutes become fractions of a second."""
    for module, name, value in (
        (backoff, "FIRST_S", 0.05),
        (backoff, "LONGEST_S", 0.2),
        (backoff, "REFUSED_S", 0.2),
        (connecting, "CONNECT_TIMEOUT_S", 1.0),
        (connecting, "READ_TIMEOUT_S", 1.0),
        (watcher, "POLL_S", 0.1),
        (watcher, "GONE_S", 0.1),
        (changes, "REST_S", 0.3),
        (lease, "RENEW_S", 0.1),
    ):
        monkeypatch.setattr(module, name, value)


@pytest.fixture
def watching(sqlite: str, quick: None) -> Iterator[Callable[..., Watching]]:
    """`watching(workers=…, renew_s=…)`; afterwards no thread of it is left."""
    before, made = _threads(), []

    def make(**options: float) -> Watching:
        made.append(Watching(**options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for one in made:
        one.close()
    wait_for(lambda: not _threads() - before, "its threads to end")


def _threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name.startswith(("imap", "idle", "leases"))}


@pytest.fixture
def line(dovecot: Dovecot, proxy_to: Callable[[int], Proxy]) -> Proxy:
    return proxy_to(dovecot.imap)


@pytest.fixture
def login(dovecot: Dovecot) -> Login:
    return dovecot.add_user()
