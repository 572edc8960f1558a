"""One running product for a module, beside the suite's Dovecot."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from tests.fleet.enrolling import Newcomer, enrol
from tests.servers.dovecot import Dovecot, Login
from tests.servers.live import Product
from tests.servers.sse import Stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An agent of the running product and its mailbox."""

    name: str
    token: str
    login: Login


SPARE = 8


class Live:
    """The product with a Dovecot behind it."""

    def __init__(self, product: Product, dovecot: Dovecot) -> None:
        self.product, self.dovecot = product, dovecot
        self._numbers = count(1)
        self._spare: list[Member] = []

    def agent(self) -> Member:
        """A main agent with a mailbox of its own. Made by the dozen: each command takes a second."""
        if not self._spare:
            self._spare = self.agents(*((f"agent{next(self._numbers)}", "") for _ in range(SPARE)))
        return self._spare.pop()

    def agents(self, *names: tuple[str, str], port: int = 0) -> list[Member]:
        """Of (name, parent's name)."""
        logins = {name: self.dovecot.add_user() for name, _parent in names}
        newcomers = [
            Newcomer(
                name=name,
                parent=parent,
                port=port or self.dovecot.imap,
                user=logins[name].user,
                password=logins[name].password,
            )
            for name, parent in names
        ]
        tokens = enrol(self.product, newcomers)
        return [Member(name=name, token=tokens[name], login=logins[name]) for name, _parent in names]

    def stream(self, token: str, path: str = "/events", **options: str) -> Stream:
        return Stream(self.product.url + path, token, **options)  # type: ignore[arg-type]

    def deliver(self, member: Member, *raws: bytes) -> None:
        self.dovecot.deliver(member.login.user, *raws)


@pytest.fixture(scope="module")
def live(migrated: Path, dovecot: Dovecot) -> Iterator[Live]:
    product = Product(environment={"AGENTICMAIL_HEARTBEAT_S": "0.3", "AGENTICMAIL_SHUTDOWN_GRACE_S": "0.3"})
    shutil.copy(migrated, product.folder / "db.sqlite3")
    try:
        yield Live(product.start(), dovecot)
    finally:
        product.close()
