"""The steps of the way to a mailbox, each with what it found, and what to do where it fails. Changes nothing there.

Blocking, and not bounded in time: that is `mailevents.imap.check`'s.
"""

import select
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from mailevents.errors import LoginRefused, MailboxError, MailEventsError, TlsFailed
from mailevents.imap import certificate, wire
from mailevents.imap.connecting import Account, log_in, open_connection

IDLE_S = 2.0
READ_S = 10.0

Status = Literal["ok", "note", "failed"]

CAPABILITIES = {
    "IDLE": "new mail is looked for by polling, so it comes later",
    "MOVE": "a move is a copy and a delete, which is slower",
    "UIDPLUS": "an event can't tell a moved message's new UID, and deleting one message takes more steps",
    "CONDSTORE": "changed flags are found by comparing all of them, which is slower",
}
_GOOGLE = (
    "Google takes no account password over IMAP: turn 2-Step Verification on and make an app password at "
    "https://myaccount.google.com/apppasswords."
)
_MICROSOFT = "Microsoft takes no password over IMAP, only OAuth, which is not supported: forward the mail elsewhere."
APP_PASSWORDS = (
    ("gmail", _GOOGLE),
    ("google", _GOOGLE),
    ("fastmail", "Fastmail wants an app password: Settings, Privacy & Security, Manage app passwords."),
    ("me.com", "iCloud wants an app-specific password: https://account.apple.com, Sign-In and Security."),
    ("yahoo", "Yahoo wants an app password: Account security, Generate app password."),
    ("outlook", _MICROSOFT),
    ("office365", _MICROSOFT),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one step found. `advice` says what to do, `""` where nothing is to be done."""

    step: str
    status: Status
    message: str
    advice: str = ""


class Failed(Exception):
    """A step that ends the walk."""

    def __init__(self, step: str, message: str, advice: str) -> None:
        super().__init__(message)
        self.finding = Finding(step=step, status="failed", message=message, advice=advice)


def steps(account: Account) -> Iterator[Finding]:
    """Every step up to the first that fails, which is raised as Failed."""
    yield _name(account)
    client = _connected(account)
    try:
        yield from _secured(account)
        client.socket().settimeout(READ_S)
        yield _login(client, account)
        names = frozenset(name.decode("ascii", "replace").upper() for name in client.capabilities())
        yield _capabilities(names)
        yield _folder(client, account.folder)
        yield _idle(client, names)
        client.logout()
    finally:
        wire.abandon(client)


def _name(account: Account) -> Finding:
    try:
        found = socket.getaddrinfo(account.host, account.port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Failed(
            "name",
            f"The name {account.host} can't be resolved ({reason}).",
            "Check its spelling, and that this machine has a working name server.",
        ) from None
    addresses = ", ".join(dict.fromkeys(str(entry[4][0]) for entry in found))
    return Finding(step="name", status="ok", message=f"{account.host} is {addresses}.")


def _connected(account: Account) -> IMAPClient:
    try:
        return open_connection(account)
    except TlsFailed as error:
        cause = error.__context__
        if isinstance(cause, ssl.SSLCertVerificationError):
            shown = certificate.shown_certificate(account, READ_S)
            where = f"{account.host}:{account.port}"
            problem = f"The certificate of {where} is not trusted: {cause.verify_message.rstrip('.')}."
            raise Failed("TLS", f"{problem} {shown}".rstrip(), certificate.advice(cause)) from None
        raise Failed("TLS", str(error), _port_advice(account)) from None
    except MailboxError as error:
        raise Failed("connection", str(error), _port_advice(account)) from None


def _port_advice(account: Account) -> str:
    usual = {"tls": 993}.get(account.security, 143)
    if account.port != usual:
        return f"The usual port for this security is {usual}. Check the port, and a firewall on the way."
    return "Check the host, the security (TLS, STARTTLS, none), and a firewall on the way."


def _secured(account: Account) -> Iterator[Finding]:
    yield Finding(step="connection", status="ok", message=f"An IMAP server answers at {account.host}:{account.port}.")
    if account.security == "plain":
        yield Finding(
            step="TLS",
            status="note",
            message="No TLS: the password and all mail travel in clear.",
            advice="Use TLS (993) or STARTTLS (143), unless the server is on this machine.",
        )
    else:
        yield Finding(step="TLS", status="ok", message="The connection is encrypted, the certificate is trusted.")


def _login(client: IMAPClient, account: Account) -> Finding:
    if client.has_capability("LOGINDISABLED"):
        raise Failed(
            "login", "The server takes no login on an unencrypted connection.", "Set the security to TLS or STARTTLS."
        )
    try:
        log_in(client, account)
    except LoginRefused as error:
        hosts = (advice for part, advice in APP_PASSWORDS if part in account.host.lower())
        raise Failed(
            "login",
            str(error).partition(". Check")[0] + ".",
            next(hosts, "Check user and password; many providers want an app password for IMAP."),
        ) from None
    except MailEventsError as error:
        raise Failed("login", str(error), "Try again in a minute: servers break off after too many logins.") from None
    return Finding(step="login", status="ok", message=f"{account.user} is logged in.")


def _capabilities(names: frozenset[str]) -> Finding:
    missing = [name for name in CAPABILITIES if name not in names]
    present = ", ".join(name for name in CAPABILITIES if name in names) or "none of those that help"
    if not missing:
        return Finding(step="capabilities", status="ok", message=f"The server has {present}.")
    return Finding(
        step="capabilities",
        status="note",
        message=f"The server has {present}. " + " ".join(f"No {name}: {CAPABILITIES[name]}." for name in missing),
        advice="It works without; a server that has them is faster.",
    )


def _folder(client: IMAPClient, folder: str) -> Finding:
    try:
        answer = client.select_folder(folder)
    except IMAPClientError as error:
        problem = f"The folder {folder!r} can't be opened: {in_words(error)}."
        raise Failed("folder", problem, _near(client, folder)) from None
    count = int(answer.get(b"EXISTS", 0))
    message = f"{folder} holds {count} message{'' if count == 1 else 's'}."
    if b"READ-ONLY" in answer:
        return Finding(
            step="folder",
            status="note",
            message=f"{message} It is read-only.",
            advice="Rules can't move, label or mark messages there: give the user write access.",
        )
    if b"\\*" not in answer.get(b"PERMANENTFLAGS", (b"\\*",)):
        return Finding(
            step="folder",
            status="note",
            message=f"{message} It keeps no keywords of ours.",
            advice="Labels are only in the events, not in the mailbox.",
        )
    return Finding(step="folder", status="ok", message=message)


def _near(client: IMAPClient, folder: str) -> str:
    names = {name.lower(): name for _flags, _delimiter, name in client.list_folders() if isinstance(name, str)}
    last = {name.replace("/", ".").rpartition(".")[2]: full for name, full in names.items()}
    wanted = folder.lower()
    near = [names[name] for name in get_close_matches(wanted, list(names))]
    near += [last[name] for name in get_close_matches(wanted.replace("/", ".").rpartition(".")[2], list(last))]
    if near:
        return f"Near names: {', '.join(dict.fromkeys(near))}."
    return f"The mailbox has: {', '.join(sorted(names.values())[:20]) or 'no folder at all'}."


def _idle(client: IMAPClient, names: frozenset[str]) -> Finding:
    if "IDLE" not in names:
        return Finding(
            step="IDLE", status="note", message="Not tried: the server has no IDLE.", advice="New mail is polled for."
        )
    try:
        wire.begin_idle(client)
        select.select([client.socket()], [], [], IDLE_S)
        wire.answer(client, wire.ask(client, idling=True))
    except (IMAPClientError, OSError) as error:
        raise Failed(
            "IDLE",
            f"The server says it has IDLE, but breaks it: {in_words(error)}.",
            "A proxy between here and the server may be cutting it: ask who runs it.",
        ) from None
    return Finding(step="IDLE", status="ok", message=f"The server keeps IDLE for {IDLE_S:g} seconds.")


def in_words(error: BaseException) -> str:
    return " ".join((str(error) or type(error).__name__).split())[:300].rstrip(".")
