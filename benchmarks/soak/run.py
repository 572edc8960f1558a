"""One soak: mail at a rate, clients, faults from a seed, a settled end, and the account."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from benchmarks.report import progress
from benchmarks.soak import account, faults
from benchmarks.soak.clients import Clients
from benchmarks.soak.faults import Fault, Scene
from benchmarks.soak.mails import Mail, mails
from benchmarks.soak.world import World
from tests.servers.waiting import wait_for

SETTLED_WITHIN_S = 240.0
BURST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a soak is asked for. `every`: seconds between two faults of one lane."""

    seed: str
    agents: int = 20
    rate: float = 10.0  # mails a second
    every: float = 4.0
    postgresql: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Footprint:
    """One process of the product, at rest."""

    pid: int
    resident_bytes: int
    descriptors: int
    threads: int


class Soak:
    """A world with clients and mail. `close` it."""

    def __init__(self, plan: Plan, migrated: Path | None = None) -> None:
        self.plan = plan
        self.world = World(agents=plan.agents, postgresql=plan.postgresql, migrated=migrated)
        self.clients = Clients()
        self.mails: dict[str, Mail] = {}  # by Message-ID
        self.homes: dict[str, str] = {}  # the agent that each went to
        self.faults: Counter[str] = Counter()
        self._mails = mails(Random(f"{plan.seed} mails"))
        self._random = Random(f"{plan.seed} homes")
        self._settling = threading.Event()
        try:
            self._begin()
        except BaseException:
            self.close()
            raise

    def _begin(self) -> None:
        kinds = ("resume", "since", "ack", "page")
        for number, name in enumerate(self.world.names):
            self._listen("resume", name)
            self._listen(kinds[number % len(kinds)], name)
        self._listen("resume", "*")
        self._listen("since", "*")
        self.at_rest()

    def close(self) -> None:
        self.clients.close()
        self.world.close()

    def send(self, count: int) -> None:
        """Mail for agents at random; now and then a burst for one."""
        while count > 0:
            name = self._random.choice(self.world.names)
            some = min(count, BURST if self._random.random() < 0.01 else 1)
            new = [next(self._mails) for _ in range(some)]
            self.world.dovecot.drop(name, *(mail.raw for mail in new))
            self.mails |= {mail.message_id: mail for mail in new}
            self.homes |= dict.fromkeys((mail.message_id for mail in new), name)
            count -= some

    def run(self, seconds: float, *lanes: Sequence[Fault]) -> None:
        """Mail at the plan's rate for `seconds`, with faults of each lane one after the other, lanes side by side."""
        deadline = time.monotonic() + seconds
        over = threading.Event()
        failed: list[BaseException] = []
        threads = [threading.Thread(target=self._lane, args=(lane, over, failed)) for lane in lanes]
        for thread in threads:
            thread.start()
        began, sent, told = time.monotonic(), 0, 0.0
        while time.monotonic() < deadline and not failed:
            due = int((time.monotonic() - began) * self.plan.rate) - sent
            self.send(due)
            sent += due
            time.sleep(0.05)
            if time.monotonic() > told + 30:
                told = time.monotonic()
                progress(f"{len(self.mails)} mails, {self.faults.total()} faults, {deadline - told:.0f} s to go")
        over.set()
        for thread in threads:
            thread.join()
        if failed:
            raise failed[0]

    def inject(self, fault: Fault, random: Random | None = None, hold: Callable[[float], object] = time.sleep) -> None:
        """One fault, from its beginning to its end."""
        self.faults[fault.__name__] += 1
        fault(Scene(world=self.world, clients=self.clients, random=random or self._random, hold=hold))

    def settle(self) -> None:
        """Waits until every client has heard of every mail of its agent, for as long as any hears of more."""
        self.world.calm()
        while missing := self._missing():
            wait_for(partial(self._fewer_than, missing), "more mail to be heard of", within=SETTLED_WITHIN_S, every=0.2)
        self.at_rest()

    def _missing(self) -> int:
        """How many mails are still to be heard of, by all clients together."""
        of_agent = Counter(self.homes.values())
        of_agent["*"] = len(self.homes)
        return sum(max(0, of_agent[client.agent] - len(client.heard.ids)) for client in self.clients.all)

    def _fewer_than(self, missing: int) -> bool:
        return self._missing() < missing

    def at_rest(self) -> None:
        """Waits until every mailbox idles and nothing is in work."""
        wait_for(self._rests, "every mailbox to idle", within=SETTLED_WITHIN_S, every=0.2)

    def footprint(self) -> Footprint:
        product = self.world.product
        return Footprint(
            pid=product.pid,
            resident_bytes=product.resident_bytes(),
            descriptors=product.descriptors(),
            threads=product.threads(),
        )

    def account(self) -> list[account.Line]:
        return account.settle_up(self.world, self.mails, self.homes, self.clients.all)

    def _listen(self, kind: str, agent: str) -> None:
        token = self.world.tokens["main" if agent == "*" else agent]
        seed = f"{self.plan.seed} {kind} {agent}"
        self.clients.add(kind, agent, self.world.product.url, token, seed)

    def _lane(self, lane: Sequence[Fault], over: threading.Event, failed: list[BaseException]) -> None:
        """The order of faults and their lengths follow from the seed; when they fall, from the machine."""
        random = Random(f"{self.plan.seed} {lane[0].__name__}")
        try:
            while not over.wait(random.uniform(0.2, 1.8) * self.plan.every):
                self.inject(random.choice(lane), random, over.wait)
        except BaseException as error:
            failed.append(error)

    def _rests(self) -> bool:
        with suppress(OSError, AssertionError):
            text = self.world.product.get("/metrics")[2].decode()
            idle = f'agenticmail_mailboxes{{state="idle"}} {len(self.world.names):.1f}'
            return idle in text and "agenticmail_journal_backlog 0.0" in text and not self._streams_missing(text)
        return False

    def _streams_missing(self, text: str) -> bool:
        wanted = sum(client.kind != "page" for client in self.clients.all)
        return f"agenticmail_streams {wanted:.1f}\n" not in text


def unexpected(lines: Sequence[str]) -> Iterator[str]:
    """Log lines with a traceback: what nobody had thought of."""
    yield from (line for line in lines if '"traceback":' in line)


__all__ = ["Footprint", "Plan", "Soak", "faults", "unexpected"]
