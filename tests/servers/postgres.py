"""A throwaway PostgreSQL cluster: temporary folder, free port, no waiting for disks."""

import contextlib
import glob
import shutil
import signal
import subprocess
from itertools import count
from pathlib import Path

from tests.servers.account import find_program, unprivileged
from tests.servers.missing import ServerMissing
from tests.servers.ports import free_port
from tests.servers.waiting import wait_or


class Postgres:
    """One cluster, superuser `postgres` without a password. What it commits does not survive a power cut."""

    def __init__(self, *, max_connections: int = 200, extra: str = "") -> None:
        newest_first = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=_release, reverse=True)
        self._programs = {name: _program(name, newest_first) for name in ("initdb", "postgres", "psql")}
        self._as = unprivileged("postgres")
        self.folder = self._as.folder("postgres")
        self.host, self.port = "127.0.0.1", free_port()
        self.log = self.folder / "postgres.log"
        self._names = count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self._run("initdb", "-D", str(self._data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        with (self._data / "postgresql.conf").open("a") as configuration:
            configuration.write(_SETTINGS.format(folder=self.folder, port=self.port, connections=max_connections))
            configuration.write(extra + "\n")

    @property
    def url(self) -> str:
        """Of the database `postgres`; `create_database` gives others."""
        return self._url("postgres")

    def create_database(self, template: str = "template1") -> str:
        """The URL of a new database: empty, or a copy of `template` (a database's name)."""
        name = f"database{next(self._names)}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self._url(name)

    def sql(self, statement: str, database: str = "postgres") -> str:
        """What psql answers to `statement`, unaligned."""
        options = ("-h", self.host, "-p", str(self.port), "-U", "postgres", "-d", database, "-v", "ON_ERROR_STOP=1")
        return self._run("psql", *options, "-X", "-q", "-A", "-t", "-c", statement).strip()

    def start(self) -> "Postgres":
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [self._programs["postgres"], "-D", self._data],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                **self._as.popen(),
            )
        wait_or(self.kill, self._answers, f"PostgreSQL ({self.folder})", within=60)
        return self

    def stop(self) -> None:
        """Fast shutdown: sessions are ended, everything is written."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """Immediate shutdown, as in a crash: sessions break off, the next start recovers."""
        self._end(signal.SIGQUIT)

    def close(self) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> "Postgres":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _url(self, database: str) -> str:
        return f"postgres://postgres@{self.host}:{self.port}/{database}"

    def _run(self, program: str, *arguments: str) -> str:
        done = subprocess.run(
            [self._programs[program], *arguments],
            capture_output=True,
            text=True,
            timeout=60,
            cwd="/",
            **self._as.popen(),
        )
        assert done.returncode == 0, f"{program} {' '.join(arguments)}: {done.stderr}"
        return str(done.stdout)

    def _answers(self) -> bool:
        assert self._process is not None
        if self._process.poll() is not None:
            raise AssertionError(f"PostgreSQL ended: {self.log.read_text()}")
        with contextlib.suppress(AssertionError):
            return self.sql("SELECT 1") == "1"
        return False

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(how)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _release(folder: str) -> int:
    return int("".join(filter(str.isdigit, folder)) or 0)


def _program(name: str, folders: list[str]) -> str:
    # Debian's own folders first: a single program on PATH may be of another installation than its neighbours.
    found = find_program(name, *folders) if not folders else shutil.which(name, path=":".join(folders))
    if found is None:
        raise ServerMissing("PostgreSQL is not installed (apt-get install postgresql)")
    return found


_SETTINGS = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{folder}'
max_connections = {connections}
fsync = off
full_page_writes = off
shared_buffers = 64MB
"""
