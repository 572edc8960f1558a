"""Agents by the dozen in a product's database, by one command; and later changes to them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from tests.servers.live import Product


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """An agent to be, its mailbox on 127.0.0.1."""

    name: str
    parent: str = ""
    port: int = 1
    user: str = "nobody"
    password: str = "none"


def enrol(product: Product, newcomers: Iterable[Newcomer]) -> Mapping[str, str]:
    """A token for each, with both scopes."""
    asked = json.dumps([asdict(newcomer) for newcomer in newcomers])
    found: dict[str, str] = json.loads(product.manage("shell", "-v0", "-c", _ENROL, stdin=asked))
    return found


def change(product: Product, code: str) -> None:
    """Runs `code` against the product's rows, with `Agent`, `Mailbox`, `Token` and `MailEvent` at hand."""
    product.manage("shell", "-v0", "-c", f"from mailevents.models import *\n{code}")


_ENROL = """
import json, sys
from django.db import transaction
from mailevents import tokens
from mailevents.imap.connecting import Account
from mailevents.enrolment import enrol
found = {}
with transaction.atomic():
    for one in json.load(sys.stdin):
        place = {name: one[name] for name in ("port", "user", "password")}
        account = Account(host="127.0.0.1", security="plain", **place)
        agent = enrol(one["name"], account, parent=one["parent"] or None)
        found[agent.name] = tokens.issue(agent)[1]
print(json.dumps(found))
"""


def enrol_without_mailboxes(product: Product, main: str, below: int) -> str:
    """A main agent with so many sub agents; the main agent's token."""
    return product.manage("shell", "-v0", "-c", _ENROL_MANY.format(main=main, below=below)).strip()


_ENROL_MANY = """
from mailevents import tokens
from mailevents.models import Agent
main = Agent.objects.create(name="{main}")
Agent.objects.bulk_create(Agent(name="{main}-%d" % number, parent=main) for number in range({below}))
print(tokens.issue(main)[1])
"""
