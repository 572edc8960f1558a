"""From an account to a logged-in IMAP connection: name, socket, TLS, login; each failure in plain words.

Knows nothing of rows, folders or messages.
"""

import contextlib
import re
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from mailevents.errors import ConnectionLost, LoginRefused, TlsFailed, Unreachable
from mailevents.imap import wire

CONNECT_TIMEOUT_S = 15.0
_NOT_NOW = re.compile(r"\[(?:UNAVAILABLE|SERVERBUG|INUSE|LIMIT)\b", re.IGNORECASE)  # RFC 5530: no fault of the user's
READ_TIMEOUT_S = 30.0  # without a single byte; a whole command is bounded by the watchdog of `mailevents.imap.idle`
# A peer that is gone without a word is noticed in about two minutes. And nothing is held back: a command that goes
# out in pieces would wait for the server's delayed acknowledgement, 40 ms.
OPTIONS = {"TCP_NODELAY": 1, "TCP_KEEPIDLE": 60, "TCP_KEEPINTVL": 15, "TCP_KEEPCNT": 4, "TCP_USER_TIMEOUT": 120_000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """How to reach one mailbox. `security` is tls, starttls or plain."""

    host: str
    port: int
    security: str
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"


@lru_cache(maxsize=1)
def tls_context() -> ssl.SSLContext:
    """The one context of all connections: verifies certificate and name; SSL_CERT_FILE adds trust.

    One for each connection would cost 870 KB a mailbox.
    """
    return ssl.create_default_context()


Opened = Callable[[socket.socket], None]


def connect(account: Account, opened: Opened = lambda _sock: None) -> IMAPClient:
    """A logged-in connection. Raises Unreachable, TlsFailed, LoginRefused or ConnectionLost.

    `opened` is given the connection as soon as there is one. Each step has a time-out, but a server that says a
    byte now and then can stretch them: shutting the connection down from another thread ends that.
    """
    client = open_connection(account, opened)
    try:
        log_in(client, account)
    except BaseException:
        with contextlib.suppress(Exception):
            client.shutdown()
        raise
    return client


def open_connection(account: Account, opened: Opened = lambda _sock: None) -> IMAPClient:
    """A connection before login, TLS up where the account asks for it."""
    where = f"{account.host}:{account.port}"
    with _in_plain_words(account, where):
        sock = socket.create_connection((account.host, account.port), CONNECT_TIMEOUT_S)
        try:
            opened(sock)
            if account.security == "tls":
                sock = tls_context().wrap_socket(sock, server_hostname=account.host)
            client = wire.Client(sock, account.host, CONNECT_TIMEOUT_S)
            if account.security == "starttls":
                client.starttls(tls_context())
                sock = client.socket()
            _prepare(sock)
        except BaseException:
            sock.close()
            raise
    return client


def log_in(client: IMAPClient, account: Account) -> None:
    """LOGIN, or AUTHENTICATE PLAIN where the name or password is not ASCII.

    LoginRefused, with the server's words, is about user or password; ConnectionLost, that it breaks off or has no time.
    """
    try:
        if account.user.isascii() and account.password.isascii():
            answer = client.login(account.user, account.password)
        else:
            answer = client.plain_login(account.user, account.password)
        wire.note_capabilities(client, answer)
    except LoginError as error:
        if isinstance(error.__context__, IMAPClientAbortError) or _NOT_NOW.search(str(error)):
            raise ConnectionLost(f"{account.host} lets nobody in now: {_clean(error)}.") from None
        raise LoginRefused(
            f"{account.host} refuses the login of {account.user}: {_clean(error)}. Check user and password; "
            "some providers want an app password for IMAP."
        ) from None
    except (IMAPClientError, OSError) as error:
        raise ConnectionLost(f"{account.host} broke off during login: {_clean(error)}.") from None


@contextlib.contextmanager
def _in_plain_words(account: Account, where: str) -> Iterator[None]:
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise TlsFailed(
            f"The certificate of {where} is not trusted: {error.verify_message}. Use the name that it is made out "
            "for, or set SSL_CERT_FILE to the authority that signed it."
        ) from None
    except ssl.SSLError as error:
        raise TlsFailed(
            f"No TLS with {where}: {error.reason or error}. Is this the TLS port (993)? With STARTTLS it is 143."
        ) from None
    except socket.gaierror as error:
        raise Unreachable(f"The name {account.host} is not known ({error.strerror}). Check the host.") from None
    except TimeoutError:
        raise Unreachable(f"{where} does not answer within {CONNECT_TIMEOUT_S:g} seconds.") from None
    except ConnectionRefusedError:
        raise Unreachable(f"{where} refuses the connection. Check host and port, and that the server runs.") from None
    except IMAPClientAbortError as error:
        raise ConnectionLost(f"{where} closed the connection: {_clean(error)}.") from None
    except IMAPClientError as error:
        raise Unreachable(f"{where} is no IMAP server we can talk to: {_clean(error)}.") from None
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"{where} cannot be reached: {getattr(error, 'strerror', None) or error}.") from None


def _prepare(sock: socket.socket) -> None:
    sock.settimeout(READ_TIMEOUT_S)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in OPTIONS.items():
        if hasattr(socket, name):  # not every system has each
            sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


def _clean(error: BaseException) -> str:
    """A server's words on one line, without the `b'…'` and the full stop around them."""
    text = str(error)
    if text.startswith(("b'", 'b"')):
        text = text[2:-1]
    return " ".join(text.split())[:300].rstrip(".")
