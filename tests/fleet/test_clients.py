"""Clients as users have them, each against the running product: what docs/examples shows, and curl."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.conftest import demand
from tests.fleet.conftest import Live, Member
from tests.servers.live import ROOT
from tests.servers.missing import ServerMissing
from tests.servers.proxy import Proxy
from tests.servers.sse import Stream
from tests.servers.waiting import wait_for

EXAMPLES = ROOT / "docs" / "examples"
EVENTSOURCE = "eventsource@4.1.1"


class Client:
    """A program that follows a stream, and what it has printed."""

    def __init__(self, *command: str | Path, cwd: Path = EXAMPLES) -> None:
        environment = os.environ | {"PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        self._process = subprocess.Popen(
            [str(word) for word in command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=cwd,
            env=environment,
        )
        self.lines: list[str] = []
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def wait(self, *words: str, count: int = 1) -> list[str]:
        """The lines with all of `words`, once there are `count`."""

        def found() -> list[str]:
            lines = [line for line in self.lines if all(word in line for word in words)]
            return lines if len(lines) >= count else []

        return wait_for(found, f"{words} in {self.lines}", within=30)

    def ended(self) -> int:
        return self._process.wait(20)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        self._thread.join()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.lines.append(line.rstrip("\n"))


@pytest.fixture
def gateway(live: Live) -> Iterator[Proxy]:
    """A proxy in front of the product."""
    with Proxy(live.product.port) as proxy:
        yield proxy


def mail(subject: str, text: str = "text", sender: str = "ann@example.com") -> bytes:
    head = f"From: {sender}\r\nSubject: {subject}\r\nMessage-ID: <{subject}@x>\r\n"
    return f"{head}Date: Sun, 22 Nov 2026 10:00:00 +0000\r\n\r\n{text}\r\n".encode()


def test_curl_shows_events_as_they_come(live: Live) -> None:
    if shutil.which("curl") is None:
        demand(lambda: _missing("curl"))
    agent = live.agent()
    header = f"Authorization: Bearer {agent.token}"
    with Client("curl", "-sN", "-H", header, f"{live.product.url}/events") as curl:
        curl.wait('"state":"idle"')
        live.deliver(agent, mail("hello-curl"))
        curl.wait("event: new")
        curl.wait("data: ", '"subject":"hello-curl"')


def follows_through_a_cut(live: Live, gateway: Proxy, client: Client, agent: Member) -> None:
    """`client` prints every mail once, one that came while the connection was down included."""
    client.wait("mailbox", '"idle"')
    live.deliver(agent, mail("before"))
    client.wait("new", "before")
    gateway.stop_listening()
    gateway.cut()
    live.deliver(agent, mail("meanwhile"))
    gateway.listen()
    client.wait("new", "meanwhile")
    live.deliver(agent, mail("after"))
    client.wait("new", "after")
    told = [line.split(maxsplit=2)[1] for line in client.lines if line.startswith("new ")]
    assert len(told) == len(set(told)) == 3


def test_the_python_loop_follows_through_a_cut(live: Live, gateway: Proxy) -> None:
    agent = live.agent()
    url = f"http://127.0.0.1:{gateway.port}/events"
    with Client(sys.executable, "resume.py", url, agent.token) as client:
        follows_through_a_cut(live, gateway, client, agent)


def test_the_python_loop_gives_up_where_coming_back_would_not_help(live: Live) -> None:
    with Client(sys.executable, "resume.py", f"{live.product.url}/events", "am_wrong") as client:
        assert client.ended() == 1
        client.wait("This token is not known")


@pytest.fixture(scope="session")
def node_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with npm's eventsource and the example."""

    def make() -> Path:
        npm = shutil.which("npm")
        if npm is None or shutil.which("node") is None:
            _missing("node and npm (apt-get install nodejs npm)")
        folder = tmp_path_factory.mktemp("node")
        command = [str(npm), "install", "--silent", "--no-audit", "--no-fund", EVENTSOURCE]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=100)
        if done.returncode:
            _missing(f"npm's {EVENTSOURCE} ({done.stderr.strip()[-200:]})")
        shutil.copy(EXAMPLES / "listen.mjs", folder)
        return folder

    return demand(make)


def _missing(what: str) -> None:
    raise ServerMissing(what)


def test_the_node_example_follows_through_a_cut(live: Live, gateway: Proxy, node_folder: Path) -> None:
    agent = live.agent()
    url = f"http://127.0.0.1:{gateway.port}/events"
    with Client("node", "listen.mjs", url, agent.token, cwd=node_folder) as client:
        follows_through_a_cut(live, gateway, client, agent)


def test_an_agent_reads_a_verification_code_and_acknowledges_it(live: Live) -> None:
    agent = live.agent()
    command = (sys.executable, "verification_code.py", live.product.url, agent.token, "@example.com")
    with live.stream(agent.token) as stream, Client(*command) as client:
        wait_for(lambda: any(event.data["state"] == "idle" for event in stream.of("mailbox")), "idle")
        client.wait("listening")
        live.deliver(agent, mail("other", "Your code is 111111", sender="x@example.org"))
        live.deliver(agent, mail("Verify", "Your verification code is 482913.", sender="no-reply@example.com"))
        client.wait("482913")
        assert client.ended() == 0
        id = stream.wait("new", 2)[1].id
    with live.stream(agent.token) as again:
        assert again.wait("ready")[0].data["cursor"] == int(id)


def test_a_fleet_is_routed_by_sub_agent(live: Live) -> None:
    main, billing, other = live.agents(("main", ""), ("billing", "main"), ("other", "main"))
    command = (sys.executable, "fleet.py", live.product.url, main.token)
    with live.stream(main.token, "/watch") as stream, Client(*command) as client:
        client.wait("watching billing, other")
        for name in ("billing", "other"):
            wait_for(partial(_idle, stream, name), f"{name} to be watched")
        live.deliver(other, mail("Question", "one two three"))
        live.deliver(billing, mail("Invoice-7"))
        client.wait("other: 3 words from ann@example.com")
        client.wait("billing: invoice 'Invoice-7' of ann@example.com")


def _idle(stream: Stream, name: str) -> bool:
    return any(event.data["agent"] == name and event.data["state"] == "idle" for event in stream.of("mailbox"))
