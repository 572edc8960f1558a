"""deploy/nginx.conf in a real nginx, in front of the real product."""

import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from mailevents.embedded import EmbeddedMail
from tests.conftest import demand
from tests.servers.account import find_program
from tests.servers.certificate import make_certificate
from tests.servers.live import ROOT
from tests.servers.missing import ServerMissing
from tests.servers.ports import free_port
from tests.servers.waiting import wait_for

NAME = "events.example.com"
AROUND = """
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  include {folder}/site.conf;
}}
"""


class Nginx:
    """One nginx with the site of deploy/, on ports and with a certificate of its own."""

    def __init__(self, upstream: int) -> None:
        program = find_program("nginx", "/usr/sbin")
        if program is None:
            raise ServerMissing("nginx is not installed (apt-get install nginx-light)")
        self.folder = Path(tempfile.mkdtemp(prefix="nginx-", dir="/tmp"))
        certificate = make_certificate(self.folder, NAME)
        self.http, self.https, self.authority = free_port(), free_port(), certificate.authority
        site = (ROOT / "deploy" / "nginx.conf").read_text()
        for pattern, put in (
            (r"(?m)^ *listen \[::\].*\n", ""),
            (r"listen 80;", f"listen 127.0.0.1:{self.http};"),
            (r"listen 443 ", f"listen 127.0.0.1:{self.https} "),
            (r"server 127\.0\.0\.1:8000 ", f"server 127.0.0.1:{upstream} "),
            (r"/etc/letsencrypt\S+/fullchain\.pem", str(certificate.chain)),
            (r"/etc/letsencrypt\S+/privkey\.pem", str(certificate.key)),
        ):
            site, found = re.subn(pattern, put, site)
            assert found, pattern
        (self.folder / "site.conf").write_text(site)
        whole = ("user root;\n" if os.getuid() == 0 else "") + AROUND.format(folder=self.folder)
        (self.folder / "nginx.conf").write_text(whole)
        self._process = subprocess.Popen([program, "-p", self.folder, "-c", self.folder / "nginx.conf"])
        wait_for(self._listens, f"nginx to listen: {self.folder / 'error.log'}")

    def client(self) -> httpx.Client:
        """One that takes 127.0.0.1 for NAME, over TLS."""
        return httpx.Client(
            base_url=f"https://127.0.0.1:{self.https}",
            headers={"Host": NAME},
            verify=ssl.create_default_context(cafile=self.authority),
            timeout=20,
        )

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(10)
        shutil.rmtree(self.folder)

    def _listens(self) -> bool:
        assert self._process.poll() is None
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.https)) == 0


@pytest.fixture
def mail() -> Iterator[EmbeddedMail]:
    with EmbeddedMail({"billing@fleet.test": "pw"}) as server:
        yield server


@pytest.fixture
def behind(product, mail):
    """The product behind nginx: (nginx, the product, an agent's token)."""
    live = product(environment={"ALLOWED_HOSTS": f"{NAME},127.0.0.1", "AGENTICMAIL_SHUTDOWN_GRACE_S": "1"})
    url = f"imap://billing%40fleet.test:pw@127.0.0.1:{mail.imap_port}"
    token = json.loads(live.manage("create_agent", "billing", "--imap", url, "--json"))["token"]
    live.start()
    nginx = demand(lambda: Nginx(live.port))
    yield nginx, live, token
    nginx.close()


def test_a_stream_passes_through_nginx_as_it_is_written_and_says_goodbye(behind, mail):
    nginx, live, token = behind
    lines: list[str] = []

    def read() -> None:
        with (
            nginx.client() as client,
            client.stream("GET", "/events", extensions=SNI, headers={"Authorization": f"Bearer {token}"}) as stream,
        ):
            lines.append(f"status {stream.status_code} {stream.headers['Content-Type']}")
            lines.extend(stream.iter_lines())
            lines.append("the end")

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    wait_for(lambda: "event: ready" in lines, "the first event through nginx")
    assert lines[0] == "status 200 text/event-stream; charset=utf-8"
    wait_for(lambda: mail.is_watched("billing@fleet.test"), "the mailbox to be watched")
    mail.deliver("billing@fleet.test", b"From: a@example.net\r\nSubject: hello\r\n\r\ntext\r\n")
    wait_for(lambda: "event: new" in lines, "the mail through nginx")
    live.signal()
    wait_for(lambda: "event: closing" in lines, "the goodbye through nginx")
    wait_for(lambda: lines[-1] == "the end", "the end of the stream")
    reader.join(10)
    assert live.wait() == 0


def test_people_are_led_to_https_and_get_cookies_for_it_alone(behind):
    nginx, _live, _token = behind
    plain = httpx.get(f"http://127.0.0.1:{nginx.http}/admin/?x=1", headers={"Host": NAME})
    assert (plain.status_code, plain.headers["Location"]) == (301, f"https://{NAME}/admin/?x=1")
    with nginx.client() as client:
        page = client.get("/admin/login/", extensions=SNI)
        assert page.status_code == 200
        assert "Secure" in page.headers["Set-Cookie"]
        assert "max-age" in page.headers["Strict-Transport-Security"]
        assert client.get("/static/mailevents/console.css", extensions=SNI).status_code == 200
        assert client.get("/healthz", extensions=SNI).status_code == 200
        assert client.get("/readyz", extensions=SNI).status_code == 200


SNI = {"sni_hostname": NAME}
