"""One agent with a real mailbox and rules, and the product in front of it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from tests.servers.dovecot import Dovecot, Login
from tests.servers.live import Product
from tests.servers.sse import Stream

Rule = Mapping[str, Any]


def mail(number: int = 1, *, subject: str = "Invoice", sender: str = "ann@example.org", body: str = "Hello") -> bytes:
    return (
        f"From: Ann <{sender}>\r\nTo: agent@example.com\r\nSubject: {subject} {number}\r\n"
        f"Message-ID: <m{number}@example.org>\r\nDate: Sun, 22 Nov 2026 10:11:09 +0000\r\n\r\n{body}\r\n"
    ).encode()


class Scene:
    """An agent of its own on `product`, which may run already. `rules` as in a configuration file."""

    def __init__(self, product: Product, dovecot: Dovecot, *rules: Rule, **extra: Any) -> None:
        self.product, self.dovecot = product, dovecot
        self.login: Login = dovecot.add_user()
        self.address = f"{self.login.user}@example.com"
        agent = {"name": self.login.user, "email": self.address, "imap": self._url(self.login), **extra}
        named = ({"agent": self.login.user, "name": f"rule {n}", "position": n, **rule} for n, rule in enumerate(rules))
        tables = [("agent", agent), *(("rule", row) for row in named)]
        told = product.manage("load_config", str(self._file(tables)), "--json")
        self.token: str = json.loads(told)["tokens"][self.login.user]

    def reconfigure(self, login: Login, **values: Any) -> None:
        """The agent with the mailbox of `login`, and whatever else is to be changed."""
        agent = {"name": self.login.user, "imap": self._url(login), **values}
        self.product.manage("load_config", str(self._file([("agent", agent)])))

    def _url(self, login: Login) -> str:
        return f"imap://{login.user}:{quote(login.password)}@127.0.0.1:{self.dovecot.imap}/INBOX"

    def deliver(self, *raws: bytes, sender: str = "ann@example.org") -> None:
        self.dovecot.deliver(self.login.user, *raws, sender=sender)

    def stream(self, query: str = "") -> Stream:
        return Stream(f"{self.product.url}/events{query}", self.token)

    def ready(self, query: str = "") -> Stream:
        """A stream whose mailbox is being watched."""
        stream = self.stream(query)
        stream.wait_until(
            lambda: any(event.data["state"] == "idle" for event in stream.of("mailbox")), "the mailbox to idle", 20
        )
        return stream

    def new(self, stream: Stream, count: int = 1, within: float = 15) -> list[dict[str, Any]]:
        return [event.data for event in stream.wait("new", count, within)]

    def where(self, message_id: str) -> dict[str, list[int]]:
        """Every folder that holds the message, as a plain client sees it."""
        found = {}
        with self.dovecot.client(self.login.user) as client:
            for name in (name for flags, _, name in client.list_folders() if b"\\Noselect" not in flags):
                client.select_folder(name, readonly=True)
                uids = client.search(["HEADER", "Message-ID", message_id])
                if uids:
                    found[name] = uids
        return found

    def flags(self, folder: str, uid: int) -> set[str]:
        with self.dovecot.client(self.login.user, folder) as client:
            return {flag.decode() for flag in client.get_flags([uid])[uid]} - {"\\Recent"}

    def _file(self, tables: Sequence[tuple[str, Rule]]) -> Any:
        path = self.product.folder / "configuration.toml"
        path.write_text(
            "".join(f"[[{name}]]\n" + "".join(f"{k} = {_toml(v)}\n" for k, v in row.items()) for name, row in tables)
        )
        return path


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_toml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value)
