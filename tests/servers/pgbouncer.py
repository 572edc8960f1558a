"""pgbouncer in transaction mode in front of a PostgreSQL: what many hosted databases put there."""

import contextlib
import shutil
import socket
import subprocess

from tests.servers.account import find_program, unprivileged
from tests.servers.missing import ServerMissing
from tests.servers.ports import free_port
from tests.servers.postgres import Postgres
from tests.servers.waiting import wait_or


class Pgbouncer:
    """Running from its making to `close`; `through` turns a database's URL into one that leads through it."""

    def __init__(self, postgres: Postgres) -> None:
        program = find_program("pgbouncer", "/usr/sbin")
        if program is None:
            raise ServerMissing("pgbouncer is not installed (apt-get install pgbouncer)")
        runs_as = unprivileged("postgres")
        self._behind, self.port = postgres.port, free_port()
        self.folder = runs_as.folder("pgbouncer")
        users, configuration = self.folder / "users", self.folder / "pgbouncer.ini"
        users.write_text('"postgres" ""\n')
        configuration.write_text(_CONFIGURATION.format(port=self.port, behind=self._behind, users=users))
        for path in (users, configuration):
            runs_as.own(path)
        self._process = subprocess.Popen(
            [program, "-q", configuration], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **runs_as.popen()
        )
        wait_or(self.close, self._answers, "pgbouncer", within=20)

    def through(self, url: str) -> str:
        return url.replace(f":{self._behind}/", f":{self.port}/")

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> "Pgbouncer":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _answers(self) -> bool:
        assert self._process.poll() is None, "pgbouncer ended"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False


_CONFIGURATION = """
[databases]
* = host=127.0.0.1 port={behind}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = trust
auth_file = {users}
pool_mode = transaction
default_pool_size = 8
max_client_conn = 500
"""
