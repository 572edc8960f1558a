"""The demo's ports, from the environment; and the environment that its process gets."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mailevents.errors import CannotListen, MailEventsError
from mailevents.serving.listening import listen

HOST = "127.0.0.1"
DEFAULTS = {"DEMO_PORT": 8000, "DEMO_IMAP_PORT": 1143, "DEMO_SMTP_PORT": 1025}


class PortRefused(MailEventsError):
    """A port of the demo cannot be had; the message names the variable that moves it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    http: int
    imap: int
    smtp: int


def chosen(environment: Mapping[str, str]) -> Ports:
    """The ports that the environment asks for, each of them free at this moment. PortRefused otherwise."""
    ports = {variable: _port(variable, environment.get(variable) or str(DEFAULTS[variable])) for variable in DEFAULTS}
    if len(set(ports.values())) < len(ports):
        raise PortRefused(f"{', '.join(ports)} must differ from each other.")
    for variable, port in ports.items():
        try:
            listen(HOST, port).close()
        except CannotListen as error:
            raise PortRefused(f"{error}: set {variable} to another, as in {variable}={port + 100} make demo") from error
    return Ports(http=ports["DEMO_PORT"], imap=ports["DEMO_IMAP_PORT"], smtp=ports["DEMO_SMTP_PORT"])


def environment_for(ports: Ports, folder: Path) -> dict[str, str]:
    """The environment to start over in: nothing of the demo touches what is configured otherwise."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE", "EMAIL"))}
    return kept | {
        "DEBUG": "false",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "AGENTICMAIL_MAILBOX_KEYS": secrets.token_urlsafe(48),
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "EMAIL_URL": f"smtp://{HOST}:{ports.smtp}",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "AGENTICMAIL_SHUTDOWN_GRACE_S": os.environ.get("AGENTICMAIL_SHUTDOWN_GRACE_S", "2"),
    }


def _port(variable: str, text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise PortRefused(f"{variable} is {text!r}; it takes a port from 1 to 65535.")
    return int(text)
