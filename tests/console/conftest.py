"""A small fleet on a real server, and administrators to look at it."""

import contextlib
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from mailevents.embedded import EmbeddedMail
from tests.conftest import demand
from tests.console.browser import Browser
from tests.servers.live import Product
from tests.servers.sse import Stream

PASSWORD = "a-password-for-tests-1"
FOUND = """
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
User.objects.create_superuser("root", password="{password}")
User.objects.create_user("clerk", password="{password}", is_staff=True)
viewer = User.objects.create_user("viewer", password="{password}", is_staff=True)
viewer.user_permissions.add(Permission.objects.get(codename="view_mailevent"))
call_command("load_config", "{fleet}", "--json")
"""
FLEET = """
[[agent]]
name = "main"
imap = "imap://main%40fleet.test:pw@127.0.0.1:{port}"
[[agent]]
name = "billing"
parent = "main"
imap = "imap://billing%40fleet.test:pw@127.0.0.1:{port}"
[[agent]]
name = "sales"
parent = "main"
imap = "imap://sales%40fleet.test:pw@127.0.0.1:{port}"
[[agent]]
name = "support"
parent = "main"
imap = "imap://support%40fleet.test:pw@127.0.0.1:{port}"
[[rule]]
name = "Invoices"
conditions = [{{field = "subject", op = "contains", value = "invoice"}}]
actions = [{{action = "move", folder = "Invoices"}}, {{action = "label", label = "money"}}]
"""


@dataclass(frozen=True, slots=True)
class Scene:
    """The product with its mail server; `tokens` by agent. What it opens it closes at its end."""

    product: Product
    mail: EmbeddedMail
    tokens: dict[str, str]
    closing: contextlib.ExitStack

    def deliver(self, subject: str, to: str = "billing", text: str = "Hello.") -> None:
        head = f"From: Ann Miller <ann@customer.test>\r\nTo: {to}@fleet.test\r\nSubject: {subject}\r\n"
        self.mail.deliver(f"{to}@fleet.test", f"{head}Message-ID: <{subject}@x>\r\n\r\n{text}\r\n".encode())

    def watched(self, agent: str) -> bool:
        return self.mail.is_watched(f"{agent}@fleet.test")

    def open(self, agent: str, path: str = "/events") -> Stream:
        return self.stream(path, self.tokens[agent])

    def stream(self, path: str, token: str = "", **headers: str) -> Stream:
        stream = Stream(self.product.url + path, token, headers=headers)
        self.closing.callback(stream.close)
        stream.wait("ready")
        return stream

    def visitor(self, name: str = "") -> httpx.Client:
        """A browser without its window; logged in where a name is given."""
        client = self.closing.enter_context(httpx.Client(base_url=self.product.url, timeout=20))
        if name:
            page = client.get("/admin/login/").text
            found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
            assert found is not None
            answer = client.post(
                "/admin/login/",
                data={"username": name, "password": PASSWORD, "csrfmiddlewaretoken": found[1], "next": "/"},
            )
            assert answer.status_code == 302
        return client


@contextlib.contextmanager
def playing(migrated: Path) -> Iterator[Scene]:
    """A scene of its own: two processes to start, which takes a few seconds."""
    addresses = [f"{name}@fleet.test" for name in ("main", "billing", "sales", "support")]
    product = Product(environment={"AGENTICMAIL_HEARTBEAT_S": "0.3", "AGENTICMAIL_SHUTDOWN_GRACE_S": "1"})
    try:
        shutil.copy(migrated, product.folder / "db.sqlite3")
        with EmbeddedMail(dict.fromkeys(addresses, "pw")) as mail, contextlib.ExitStack() as closing:
            fleet = product.folder / "fleet.toml"
            fleet.write_text(FLEET.format(port=mail.imap_port))
            printed = product.manage("shell", "-v0", "-c", FOUND.format(password=PASSWORD, fleet=fleet))
            yield Scene(product.start(), mail, json.loads(printed)["tokens"], closing)
    finally:
        product.close()


@pytest.fixture(scope="module")
def scene(migrated: Path) -> Iterator[Scene]:
    """Shared: each test has an agent to itself, and counts from where it begins."""
    with playing(migrated) as made:
        yield made


@pytest.fixture
def own_scene(migrated: Path) -> Iterator[Scene]:
    """For tests that stop the server."""
    with playing(migrated) as made:
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    made = demand(Browser)
    yield made
    made.close()
