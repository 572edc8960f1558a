"""The product itself, as its users run it: a process of its own under one of the servers, with its own database."""

import contextlib
import http.client
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from tests.servers.ports import free_port
from tests.servers.waiting import wait_or

ROOT = Path(__file__).resolve().parent.parent.parent
TICKS = os.sysconf("SC_CLK_TCK")

# Each as its documentation tells to start it; {port} is where it listens.
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "serve": ("{python}", "manage.py", "serve", "--port", "{port}"),
    "daphne": ("{bin}/daphne", "-b", "127.0.0.1", "-p", "{port}", "{application}"),
    "runserver": ("{python}", "manage.py", "runserver", "--noreload", "127.0.0.1:{port}"),
    "uvicorn": ("{bin}/uvicorn", "--port", "{port}", "{application}"),
    "gunicorn": ("{bin}/gunicorn", "-k", "asgi", "-w", "1", "-b", "127.0.0.1:{port}", "{application}"),
    "gunicorn-uvicorn": (
        "{bin}/gunicorn",
        "-k",
        "uvicorn.workers.UvicornWorker",
        "-w",
        "1",
        "-b",
        "127.0.0.1:{port}",
        "{application}",
    ),
    "hypercorn": ("{bin}/hypercorn", "-w", "0", "-b", "127.0.0.1:{port}", "{application}"),
    "granian": ("{bin}/granian", "--interface", "asgi", "--workers", "1", "--port", "{port}", "{application}"),
}


class Product:
    """One process of the product. `environment` goes over the defaults; two share a log by one `database_url`.

    Without a `database_url` it has a SQLite database of its own in its temporary folder. `application`: another
    to serve in its stead.
    """

    def __init__(
        self,
        *,
        server: str = "serve",
        application: str = "agenticmail.asgi:application",
        database_url: str = "",
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="product-", dir="/tmp"))
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = self.folder / "log"
        self.database_url = database_url or f"sqlite:///{self.folder}/db.sqlite3"
        self._command = [
            word.format(python=sys.executable, bin=Path(sys.executable).parent, port=self.port, application=application)
            for word in COMMANDS[server]
        ]
        self.environment = {
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(self.folder),
            "SECRET_KEY": "a-key-for-tests-only-" + "x" * 48,
            "AGENTICMAIL_MAILBOX_KEYS": "a-mailbox-key-for-tests-only-0123456789",
            "DATABASE_URL": self.database_url,
            "EMAIL_URL": "smtp://127.0.0.1:1",
            "PYTHONUNBUFFERED": "1",
            **(environment or {}),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def migrate(self) -> "Product":
        self.manage("migrate", "-v0")
        return self

    def manage(self, *arguments: str, stdin: str = "", within: float = 120) -> str:
        """What `manage.py` prints to standard output; AssertionError with the rest where it fails."""
        done = self.run(*arguments, stdin=stdin, within=within)
        assert done.returncode == 0, f"manage.py {' '.join(arguments)}: {done.stderr}{done.stdout}"
        return done.stdout

    def run(self, *arguments: str, stdin: str = "", within: float = 120) -> subprocess.CompletedProcess[str]:
        """`manage.py` with what it answered, failed or not."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            timeout=within,
            cwd=ROOT,
            env=self.environment,
        )

    def start(self, within: float = 90) -> "Product":
        """Returns when it answers HTTP."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_or(self.kill, self._answers, f"{self.url} to answer", within=within)
        return self

    def signal(self, which: signal.Signals = signal.SIGTERM) -> None:
        assert self._process is not None
        self._process.send_signal(which)

    def wait(self, within: float = 30) -> int:
        """Its exit code, once it has ended."""
        assert self._process is not None
        try:
            return self._process.wait(within)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"the product did not end within {within:g} s: {self.logged()[-2000:]}") from None

    def ended(self) -> int | None:
        """Its exit code; None while it runs."""
        assert self._process is not None
        return self._process.poll()

    def stop(self, within: float = 30) -> int:
        """SIGTERM, and the exit code."""
        self.signal()
        return self.wait(within)

    def kill(self) -> None:
        """kill -9, of everything it started."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def close(self) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> "Product":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()

    def get(self, path: str, token: str = "", **headers: str) -> tuple[int, Mapping[str, str], bytes]:
        """Status, headers and body of a GET."""
        return self.request("GET", path, token=token, headers=headers)

    def request(
        self, method: str, path: str, *, token: str = "", body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> tuple[int, Mapping[str, str], bytes]:
        sent = dict(headers or {}) | ({"Authorization": f"Bearer {token}"} if token else {})
        connection = http.client.HTTPConnection("127.0.0.1", urlsplit(self.url).port, timeout=90)
        try:
            connection.request(method, path, body=body or None, headers=sent)
            response = connection.getresponse()
            return response.status, response.headers, response.read()  # type: ignore[return-value]
        finally:
            connection.close()

    def logged(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def pids(self) -> list[int]:
        """All its processes: some servers work in children."""
        found = []
        for entry in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                fields = entry.read_text().rpartition(")")[2].split()
                if int(fields[3]) == self.pid:  # its session
                    found.append(int(entry.parent.name))
        return found

    def resident_bytes(self) -> int:
        return 1024 * sum(self._status(pid, "VmRSS") for pid in self.pids())

    def threads(self) -> int:
        return sum(self._status(pid, "Threads") for pid in self.pids())

    def descriptors(self) -> int:
        return sum(len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in self.pids())

    def cpu_seconds(self) -> float:
        """User and system time so far."""
        stats = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in self.pids()]
        return sum(int(fields[11]) + int(fields[12]) for fields in stats) / TICKS

    @staticmethod
    def _status(pid: int, name: str) -> int:
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{pid}/status").read_text().splitlines():
                if line.startswith(f"{name}:"):
                    return int(line.split()[1])
        return 0

    def _answers(self) -> bool:
        assert self._process is not None
        if self._process.poll() is not None:
            raise AssertionError(f"the product ended with {self._process.returncode}: {self.logged()[-4000:]}")
        with contextlib.suppress(OSError, http.client.HTTPException):
            self.get("/healthz")
            return True
        return False
