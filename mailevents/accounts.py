"""From a mailbox's row to its accounts, secrets decrypted: IMAP's, and SMTP's where it has one of its own."""

import re
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from mailevents.errors import MailEventsError
from mailevents.imap.connecting import Account
from mailevents.models import Mailbox
from mailevents.secrets import decrypt

TIMEOUT_S = 20
SCHEMES = {"smtp": 25, "smtp+tls": 587, "smtps": 465, "smtp+ssl": 465}
CONTROL = re.compile(r"[\x00-\x20\x7f]")
BACKEND = "django.core.mail.backends.smtp.EmailBackend"


class Reachable(Protocol):
    """What of a mailbox's row says how to reach it."""

    host: str
    port: int
    security: str
    user: str
    password_encrypted: str
    folder: str


def account_of(mailbox: Reachable) -> Account:
    """How to reach it, password decrypted. SecretUnreadable where no key fits."""
    return Account(
        host=mailbox.host,
        port=mailbox.port,
        security=mailbox.security,
        user=mailbox.user,
        password=decrypt(mailbox.password_encrypted) if mailbox.password_encrypted else "",
        folder=mailbox.folder,
    )


class SmtpUrlInvalid(MailEventsError):
    """It never shows what it was given, which may hold a password."""

    def __init__(self) -> None:
        super().__init__(
            "The SMTP account takes smtp+tls://USER:PASSWORD@HOST:587, smtps://…:465 or smtp://HOST:25, "
            "user and password percent-encoded, and no path behind."
        )


def parse_smtp_url(url: str) -> dict[str, Any]:
    """Arguments of Django's SMTP backend. SmtpUrlInvalid says what it takes."""
    try:
        url = url.strip()
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise SmtpUrlInvalid from None
    username, password = unquote(parts.username or ""), unquote(parts.password or "")
    more = parts.path.strip("/") or parts.query or parts.fragment
    if parts.scheme not in SCHEMES or not parts.hostname or more or CONTROL.search(username + password + url):
        raise SmtpUrlInvalid
    return {
        "backend": BACKEND,
        "host": parts.hostname,
        "port": port or SCHEMES[parts.scheme],
        "username": username,
        "password": password,
        "use_tls": parts.scheme == "smtp+tls",
        "use_ssl": parts.scheme in ("smtps", "smtp+ssl"),
        "timeout": TIMEOUT_S,
    }


def smtp_account(mailbox_id: int) -> dict[str, Any]:
    """Empty where the mailbox has none of its own. SecretUnreadable where no key fits."""
    stored = Mailbox.objects.values_list("smtp_url_encrypted", flat=True).get(pk=mailbox_id)
    return parse_smtp_url(decrypt(stored)) if stored else {}
