"""The server's side of an IMAP connection, played line by line by a test."""

import contextlib
import socket
import ssl
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from mailevents.imap import wire
from mailevents.imap.connecting import Account, log_in
from mailevents.imap.mailbox import Session
from tests.servers.certificate import make_certificate

CAPABILITIES = "IMAP4rev1 IDLE UIDPLUS MOVE"


class Script:
    """Answers the client's commands in the order that the test expects them."""

    def __init__(self, line: socket.socket) -> None:
        self.line = line
        line.settimeout(10)
        self._file = line.makefile("rb")

    def say(self, *lines: str) -> None:
        """All of them in one segment."""
        self.line.sendall("".join(f"{line}\r\n" for line in lines).encode())

    def say_part(self, text: str) -> None:
        self.line.sendall(text.encode())

    def hear(self, command: str) -> str:
        """The tag of the client's next line, which is this command."""
        said = self._file.readline().decode()
        assert command in said, f"expected {command}, heard {said!r}"
        return said.split()[0]

    def answer(self, command: str, *untagged: str, done: str = "OK done") -> None:
        tag = self.hear(command)
        self.say(*(f"* {line}" for line in untagged), f"{tag} {done}")

    def open(self, *, capabilities: str = CAPABILITIES, uidnext: int = 1) -> None:
        """All that comes before the first command on the folder."""
        self.greet(capabilities)
        self.select(uidnext=uidnext)

    def greet(self, capabilities: str) -> None:
        self.say("* PREAUTH ready")
        for _who_asks in ("imaplib", "IMAPClient"):
            self.answer("CAPABILITY", f"CAPABILITY {capabilities}")

    def select(self, *, uidnext: int = 1) -> None:
        said = ("0 EXISTS", "0 RECENT", "OK [UIDVALIDITY 7] v", f"OK [UIDNEXT {uidnext}] n")
        self.answer("SELECT", *said, done="OK [READ-WRITE] selected")


@contextlib.contextmanager
def playing(
    script: Callable[[Script], None], *, certificate: Path | None = None, account: Account | None = None
) -> Iterator[Session]:
    """A session whose server is `script`; it logs in where `account` says as whom. What the script asserts fails the
    test, at its end."""
    ours, theirs = socket.socketpair()
    with ThreadPoolExecutor(1) as pool:
        if certificate is not None:
            theirs, ours = _encrypted(theirs, ours, certificate, pool)
        done = pool.submit(lambda: script(Script(theirs)))
        session = None
        try:
            client = wire.Client(ours, "localhost", 10)
            if account is not None:
                log_in(client, account)
            session = Session(client, "INBOX")
            yield session
            done.result(10)
        finally:
            if session is not None:
                session.abandon()
            ours.close()
            theirs.close()


def _encrypted(
    server: socket.socket, client: socket.socket, folder: Path, pool: ThreadPoolExecutor
) -> tuple[ssl.SSLSocket, ssl.SSLSocket]:
    made = make_certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    shaking = pool.submit(lambda: context.wrap_socket(server, server_side=True))
    ours = ssl.create_default_context(cafile=str(made.authority)).wrap_socket(client, server_hostname="localhost")
    return shaking.result(10), ours
