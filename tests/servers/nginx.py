"""nginx in front of several processes of the product, with the locations of `deploy/nginx.conf`, without TLS."""

import contextlib
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.servers.account import find_program
from tests.servers.live import ROOT
from tests.servers.missing import ServerMissing
from tests.servers.ports import free_port
from tests.servers.waiting import wait_or


class Nginx:
    """Running from its making to `close`, at `url`, in front of these ports of 127.0.0.1."""

    def __init__(self, ports: Iterable[int]) -> None:
        program = find_program("nginx", "/usr/sbin")
        if program is None:
            raise ServerMissing("nginx is not installed (apt-get install nginx)")
        self.folder, self.port = Path(tempfile.mkdtemp(prefix="nginx-", dir="/tmp")), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder.chmod(0o755)
        configuration = self.folder / "nginx.conf"
        configuration.write_text(_AROUND.format(folder=self.folder, ours=_ours(self.port, ports)))
        self._process = subprocess.Popen(
            [program, "-p", self.folder, "-c", configuration, "-e", self.folder / "error.log"],
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_or(self.close, self._answers, "nginx", within=20)

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> "Nginx":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _answers(self) -> bool:
        assert self._process.poll() is None, f"nginx ended: {(self.folder / 'error.log').read_text()}"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False


def _ours(port: int, ports: Iterable[int]) -> str:
    """The file that is deployed, on a port of its own, in front of these, and without what TLS needs."""
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    text = re.sub(r"server \{\s+listen 80;.*?\n\}\n", "", text, flags=re.DOTALL)
    text = re.sub(r" +(ssl_\w+|listen \[::\]:443|add_header Strict|http2_\w+).*\n", "", text)
    text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};")
    return re.sub(
        r"( +server 127\.0\.0\.1:)\d+(.*\n)",
        lambda line: "".join(f"{line[1]}{one}{line[2]}" for one in ports),
        text,
        count=1,
    )


_AROUND = """
daemon off;
pid {folder}/pid;
worker_processes 1;
worker_rlimit_nofile 16000;
events {{ worker_connections 8000; }}
http {{
access_log off;
client_body_temp_path {folder}/body;
proxy_temp_path {folder}/proxy;
fastcgi_temp_path {folder}/fastcgi;
uwsgi_temp_path {folder}/uwsgi;
scgi_temp_path {folder}/scgi;
{ours}
}}
"""
