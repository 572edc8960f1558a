"""A rootless Dovecot: IMAP, IMAPS and LMTP on free ports of 127.0.0.1, up in a fraction of a second.

Dovecot 2.3: release 2.4 reads another configuration language.
"""

import contextlib
import os
import re
import shutil
import signal
import smtplib
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

from imapclient import IMAPClient

from tests.servers.account import find_program, unprivileged
from tests.servers.certificate import make_certificate
from tests.servers.missing import ServerMissing
from tests.servers.ports import free_port
from tests.servers.waiting import wait_for, wait_or

CAPABILITIES = (
    "IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE SORT SORT=DISPLAY THREAD=REFERENCES THREAD=REFS "
    "THREAD=ORDEREDSUBJECT MULTIAPPEND URL-PARTIAL CATENATE UNSELECT CHILDREN NAMESPACE UIDPLUS LIST-EXTENDED "
    "I18NLEVEL=1 CONDSTORE QRESYNC ESEARCH ESORT SEARCHRES WITHIN CONTEXT=SEARCH LIST-STATUS BINARY MOVE "
    "SNIPPET=FUZZY PREVIEW=FUZZY PREVIEW STATUS=SIZE SAVEDATE LITERAL+ NOTIFY SPECIAL-USE"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """A user of the server."""

    user: str
    password: str


class Dovecot:
    """One server. `without` names capabilities not to announce; `trash` a folder with SPECIAL-USE \\Trash.

    `imap_client_limit` sessions share one imap process: a process each would exhaust the 128 inotify
    instances a user has, and Dovecot then looks for mail only every 30 s. But of two sessions that idle on the
    same mailbox in one process only one is told at once: where a test has two, it asks for a limit of 1.
    """

    def __init__(
        self,
        *,
        without: Sequence[str] = (),
        trash: str = "",
        imap_client_limit: int = 250,
        max_connections: int = 20000,
        extra: str = "",
    ) -> None:
        self._program = find_program("dovecot", "/usr/sbin", "/usr/local/sbin") or _missing("is not installed")
        self._doveadm = find_program("doveadm", "/usr/bin", "/usr/local/bin") or _missing("lacks doveadm")
        version = _output(self._program, "--version")
        if not version.startswith("2.3."):
            _missing(f"{version.split()[0]} is of another release line")
        self._as = unprivileged()
        self.folder = self._as.folder("dovecot")
        self.host = "127.0.0.1"
        self.imap, self.imaps, self.lmtp = free_port(), free_port(), free_port()
        self.log = self.folder / "dovecot.log"
        certificate = make_certificate(self.folder)
        self.ca_file = certificate.authority
        self._numbers = count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self._users = self.folder / "users"
        self._users.mkdir()
        self._configuration = self.folder / "dovecot.conf"
        announced = " ".join(name for name in CAPABILITIES.split() if name not in without)
        self._configuration.write_text(
            _CONFIGURATION.format(
                d=self.folder,
                user=self._as.name,
                group=self._as.group,
                uid=self._as.uid,
                gid=self._as.gid,
                imap=self.imap,
                imaps=self.imaps,
                lmtp=self.lmtp,
                capabilities=f"imap_capability = {announced}" if without else "",
                trash=f"mailbox {trash} {{\n auto = create\n special_use = \\Trash\n }}" if trash else "",
                imap_client_limit=imap_client_limit,
                max_connections=max_connections,
                extra=extra,
            )
        )
        for path in self.folder.rglob("*"):
            self._as.own(path)

    def start(self) -> "Dovecot":
        with (self.folder / "stdout").open("ab") as output:
            self._process = subprocess.Popen(
                [self._program, "-F", "-c", self._configuration],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **self._as.popen(),
            )
        wait_or(self.kill, self._greets, f"Dovecot's greeting ({self.folder})", within=30)
        return self

    def stop(self) -> None:
        """An orderly stop: sessions hear BYE."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """kill -9 of every process."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        self.stop()
        self.start()

    def close(self) -> None:
        """The end: server and folder are gone."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> "Dovecot":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()

    def add_user(self, user: str = "", password: str = "correct horse") -> Login:
        """A new mailbox; without a name, one that no other test has."""
        user = user or f"user{next(self._numbers)}"
        self._write(user, password)
        return Login(user=user, password=password)

    def set_password(self, user: str, password: str) -> None:
        """From when this returns, only the new password is taken."""
        self._write(user, password)
        wait_for(lambda: self._accepts(user, password), f"Dovecot to take {user}'s new password")

    def deliver(self, user: str, *raws: bytes, sender: str = "sender@example.net") -> None:
        """Mail in by LMTP, as from a mail transfer agent (it adds Return-Path, Delivered-To and Received)."""
        with smtplib.LMTP(self.host, self.lmtp) as lmtp:
            for raw in raws:
                lmtp.sendmail(sender, [user], raw)

    def drop(self, user: str, *raws: bytes) -> None:
        """Mail into the Maildir itself (a first session has made it), byte for byte; also while the server is down."""
        maildir = self.home(user) / "Maildir"
        for raw in raws:
            name = f"{time.time_ns()}.M{next(self._numbers)}.test"
            (maildir / "tmp" / name).write_bytes(raw)
            self._as.own(maildir / "tmp" / name)
            (maildir / "tmp" / name).rename(maildir / "new" / name)

    def append(
        self, user: str, raw: bytes, folder: str = "INBOX", flags: Sequence[str] = (), at: datetime | None = None
    ) -> None:
        """Mail in byte for byte, by IMAP's APPEND."""
        with self.client(user) as client:
            client.append(folder, raw, flags, at)

    @contextlib.contextmanager
    def client(self, user: str, folder: str = "") -> Iterator[IMAPClient]:
        """A plain IMAP session of `user`, with `folder` selected where one is named."""
        client = IMAPClient(self.host, self.imap, ssl=False, timeout=20)
        try:
            client.login(user, self._password(user))
            if folder:
                client.select_folder(folder)
            yield client
        finally:
            with contextlib.suppress(Exception):
                client.logout()

    def sessions(self, user: str = "") -> int:
        """How many IMAP sessions are logged in, of `user` or of all."""
        lines = self.doveadm("who", "-1", *((user,) if user else ())).splitlines()
        return sum(1 for line in lines if re.match(r"\S+\s+imap\s", line))

    def logins(self, user: str) -> int:
        """How many IMAP sessions `user` has begun, ended ones with them."""
        return self._logged().count(f"imap-login: Info: Login: user=<{user}>")

    def set_uidvalidity(self, user: str, uidvalidity: int, folder: str = "INBOX") -> None:
        self.doveadm("mailbox", "update", "--uid-validity", str(uidvalidity), "-u", user, folder)

    def doveadm(self, *arguments: str) -> str:
        return _output(self._doveadm, "-c", str(self._configuration), *arguments, **self._as.popen())

    def home(self, user: str) -> Path:
        """Where the user's Maildir is."""
        return self.folder / "mail" / user

    def _write(self, user: str, password: str) -> None:
        # A file a user: Dovecot re-reads a file at most once a second, but finds a new one at once.
        path = self._users / user
        path.write_text(f"{user}:{{PLAIN}}{password}::::::\n")
        self._as.own(path)

    def _password(self, user: str) -> str:
        return (self._users / user).read_text().split("{PLAIN}")[1].split("::::::")[0]

    def _accepts(self, user: str, password: str) -> bool:
        try:
            self.doveadm("auth", "test", user, password)
        except AssertionError:
            return False
        return True

    def _greets(self) -> bool:
        assert self._process is not None
        if self._process.poll() is not None:
            raise AssertionError(f"Dovecot ended: {(self.folder / 'stdout').read_text()}{self._logged()}")
        try:
            with socket.create_connection((self.host, self.imap), timeout=2) as line:
                return line.recv(4) == b"* OK"
        except OSError:
            return False

    def _logged(self) -> str:
        return self.log.read_text() if self.log.exists() else ""

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if how is signal.SIGTERM:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _missing(what: str) -> str:
    raise ServerMissing(f"Dovecot {what} (apt-get install dovecot-imapd dovecot-lmtpd, release 2.3)")


def _output(*command: str, **options: object) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, **options)  # type: ignore[call-overload]
    assert done.returncode == 0, f"{' '.join(command)}: {done.stderr}{done.stdout}"
    return str(done.stdout)


_CONFIGURATION = """
base_dir = {d}/run
state_dir = {d}/state
log_path = {d}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
# without root: every internal user is ours, and nothing is chrooted
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
default_client_limit = 20500
first_valid_uid = 1
first_valid_gid = 1
ssl = yes
ssl_cert = <{d}/cert.pem
ssl_key = <{d}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_username_format = %Lu
auth_failure_delay = 0
passdb {{
  driver = passwd-file
  args = {d}/users/%u
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={d}/mail/%u
}}
mail_location = maildir:~/Maildir
mail_fsync = never
mail_max_userip_connections = {max_connections}
protocol imap {{
  {capabilities}
}}
namespace inbox {{
  inbox = yes
  {trash}
}}
service anvil {{
  chroot =
  client_limit = 21000
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service auth {{
  client_limit = 21000
}}
service stats {{
  client_limit = 21000
}}
service imap-login {{
  chroot =
  service_count = 0
  process_min_avail = 1
  process_limit = 1
  client_limit = 10000
  vsz_limit = 2G
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service imap {{
  service_count = 0
  client_limit = {imap_client_limit}
  process_limit = 64
  vsz_limit = 4G
}}
service lmtp {{
  service_count = 0
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
{extra}
"""
