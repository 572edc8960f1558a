"""The IMAP load server as a process of its own, and the line to steer it."""

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.servers.certificate import make_certificate
from tests.servers.live import ROOT


class ImapLoad:
    """Running from its making to `close`. `ca_file` is for SSL_CERT_FILE of who connects to `imaps` at localhost."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="imapload-", dir="/tmp"))
        certificate = make_certificate(self._folder)
        self.ca_file = certificate.authority
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.imap_load_server", certificate.chain, certificate.key],
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )
        assert self._process.stdout is not None
        ports = json.loads(self._process.stdout.readline())
        self.imap, self.imaps = ports["imap"], ports["imaps"]
        self._control = socket.create_connection(("127.0.0.1", ports["control"]))
        self._answers = self._control.makefile("rb")
        self._asking = threading.Lock()

    def deliver(self, boxes: Sequence[str], size: int = 1200) -> None:
        """One message to each, now."""
        self._ask(do="deliver", boxes=list(boxes), size=size)

    def append(self, box: str, raw: bytes) -> None:
        """One message, as it is; ASCII."""
        self._ask(do="append", box=box, raw=raw.decode("ascii"))

    def longest_double(self) -> float:
        """The longest time in seconds that one mailbox has been in IDLE over more than one session."""
        return float(self._ask(do="stats")["longest_double"])

    def rate(self, per_s: float, for_s: float, size: int = 1200) -> int:
        """Messages to random watched mailboxes; how many, when they are all delivered."""
        return int(self._ask(do="rate", per_s=per_s, for_s=for_s, size=size)["delivered"])

    def idling(self) -> int:
        """How many sessions are in IDLE now."""
        return int(self._ask(do="stats")["idling"])

    def watched(self) -> int:
        """How many mailboxes have a session in IDLE now."""
        return int(self._ask(do="stats")["watched"])

    def most_sessions(self) -> int:
        """The most sessions that one mailbox has had at a time."""
        return int(self._ask(do="stats")["most_sessions"])

    def close(self) -> None:
        self._answers.close()
        self._control.close()
        self._process.kill()
        self._process.communicate()
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> "ImapLoad":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, **request: Any) -> dict[str, Any]:
        with self._asking:
            self._control.sendall(json.dumps(request).encode() + b"\n")
            answer: dict[str, Any] = json.loads(self._answers.readline())
        return answer
