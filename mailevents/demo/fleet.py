"""The demo's agents, rules, lists and tokens, and an administrator, in an empty database."""

import json
import secrets
import tomllib
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from urllib.parse import quote

from django.contrib.auth import get_user_model
from django.core.management import call_command

TEMPLATE = Path(__file__).with_name("fleet.toml")
OUTSIDE = "outside@elsewhere.example"  # keeps what the fleet sends to the world: nothing leaves this machine


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleet:
    """What a user needs to get in."""

    tokens: dict[str, str]  # by agent
    admin_password: str


def addresses() -> dict[str, str]:
    """Each agent's address, by its name."""
    return {agent["name"]: agent["email"] for agent in tomllib.loads(TEMPLATE.read_text())["agent"]}


def new_passwords() -> dict[str, str]:
    """A password for every mailbox of the mail server, by address."""
    return {address: secrets.token_urlsafe(16) for address in (*addresses().values(), OUTSIDE)}


def found(passwords: dict[str, str], host: str, imap_port: int, folder: Path) -> Fleet:
    """Creates the fleet on a mail server that has these mailboxes."""
    configuration = folder / TEMPLATE.name
    text = TEMPLATE.read_text()
    for name, address in addresses().items():
        url = f"imap://{quote(address, safe='')}:{quote(passwords[address], safe='')}@{host}:{imap_port}/INBOX"
        text = text.replace(f"{{imap_{name}}}", url)
    configuration.write_text(text)
    output = StringIO()
    call_command("load_config", str(configuration), "--json", stdout=output)
    password = secrets.token_urlsafe(9)
    get_user_model().objects.create_superuser("admin", "admin@fleet.example", password)
    return Fleet(tokens=json.loads(output.getvalue())["tokens"], admin_password=password)
