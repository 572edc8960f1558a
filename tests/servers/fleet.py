"""A running product, and its rows: agents, tokens and events written as the product itself writes them."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from typing import Any

from mailevents import tokens
from mailevents.eventlog import log
from mailevents.eventlog.writer import Writer
from mailevents.models import Agent, Mailbox, Token
from mailevents.secrets import encrypt
from tests.log.entries import new_entry
from tests.servers.database import connected_to
from tests.servers.dovecot import Login
from tests.servers.live import Product
from tests.servers.sse import Stream

_numbers = count(1)


class Fleet:
    """Agents of a product, made without its commands: in milliseconds. Django must be allowed to use databases."""

    def __init__(self, product: Product) -> None:
        self.product = product

    @contextmanager
    def rows(self) -> Iterator[None]:
        """Within, Django's models are the product's rows."""
        with connected_to(self.product.database_url):
            yield

    def agent(
        self, *, parent: "Member | None" = None, login: Login | None = None, port: int = 0, **mailbox: Any
    ) -> "Member":
        """An agent with a token of both scopes; with `login`, one whose mailbox is on 127.0.0.1."""
        with self.rows():
            agent = Agent.objects.create(name=f"agent{next(_numbers)}", parent_id=parent.id if parent else None)
            if login is not None:
                columns = {"host": "127.0.0.1", "port": port, "security": "plain", "user": login.user}
                columns["password_encrypted"] = encrypt(login.password)
                Mailbox.objects.create(agent=agent, **(columns | mailbox))
            return Member(self, agent, self.token(agent))

    def token(self, agent: Agent, *scopes: str, expires_at: datetime | None = None) -> str:
        with self.rows():
            return tokens.issue(agent, scopes=scopes or tokens.SCOPES, expires_at=expires_at)[1]

    def page(self, path: str, token: str) -> Any:
        """A JSON page of events."""
        status, _headers, body = self.product.get(path, token, Accept="application/json")
        assert status == 200, body
        return json.loads(body)

    def problem(
        self, path: str, token: str = "", method: str = "GET", **headers: str
    ) -> tuple[int, Mapping[str, str], Any]:
        """Status, headers and problem document of an answer that is one."""
        status, found, body = self.product.request(method, path, token=token, headers=headers)
        assert found["Content-Type"] == "application/problem+json", (status, body)
        document = json.loads(body)
        assert set(document) == {"type", "title", "status", "detail"}
        assert document["status"] == status
        return status, found, document


class Member:
    """One agent."""

    def __init__(self, fleet: Fleet, row: Agent, token: str) -> None:
        self.fleet, self.row, self.token = fleet, row, token
        self.id, self.name = row.pk, row.name

    def stream(self, query: str = "", route: str = "/events", **more: Any) -> Stream:
        return Stream(f"{self.fleet.product.url}{route}{query}", more.pop("token", self.token), **more)

    def page(self, query: str = "", route: str = "/events") -> Any:
        return self.fleet.page(f"{route}{query}", self.token)

    def log(self, *uids: int, **columns: Any) -> list[int]:
        """Logs events of this agent, which need no mailbox, through a writer of its own. Their ids."""
        with self.fleet.rows():
            writer = Writer(committed=lambda _: None)
            try:
                return writer.run(lambda: log.append([_entry(self.row, uid, columns) for uid in uids]))
            finally:
                writer.close()

    def change(self, **columns: Any) -> None:
        """Changes the columns of its tokens, as the admin does."""
        with self.fleet.rows():
            Token.objects.filter(agent=self.row).update(**columns)

    def mailbox(self) -> Mailbox:
        with self.fleet.rows():
            return Mailbox.objects.get(agent=self.row)


def _entry(agent: Agent, uid: int, columns: dict[str, Any]) -> Any:
    if not Mailbox.objects.filter(agent=agent).exists():
        Mailbox.objects.create(agent=agent, host="127.0.0.1", port=1, user="nobody", security="plain")
        agent.refresh_from_db()
    return new_entry(agent, uid, **columns)
