"""`make demo`, as a newcomer uses it: paste the lines that it prints."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mailevents.demo.ports import PortRefused, chosen
from mailevents.demo.story import story
from tests.servers.live import ROOT
from tests.servers.ports import free_port
from tests.servers.waiting import wait_for, wait_or


def environment() -> dict[str, str]:
    """A newcomer's: nothing of the project is set."""
    ports = {name: str(free_port()) for name in ("DEMO_PORT", "DEMO_IMAP_PORT", "DEMO_SMTP_PORT")}
    return {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **ports}


class Demo:
    def __init__(self, folder: Path) -> None:
        self.output = folder / "output"
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "demo"], cwd=ROOT, env=environment(), stdout=output, stderr=output
            )

    def __enter__(self) -> "Demo":
        wait_or(self.end, lambda: "Ctrl-C" in self.said() or self.process.poll() is not None, "the demo", within=90)
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        self.process.kill()
        self.process.wait()

    def said(self) -> str:
        return self.output.read_text()

    def line(self, beginning: str) -> str:
        found = re.search(rf"^{beginning}.*$", self.said(), re.MULTILINE)
        assert found, self.said()
        return found[0]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with Demo(tmp_path_factory.mktemp("demo")) as running:
        yield running


class Pasted:
    """The curl line, running."""

    def __init__(self, line: str, folder: Path) -> None:
        self._heard = folder / "heard"
        with self._heard.open("wb") as heard:
            self._curl = subprocess.Popen(["sh", "-c", f"exec {line}"], stdout=heard, stderr=subprocess.DEVNULL)

    def events(self) -> list[dict[str, Any]]:
        texts = re.findall(r"^event: new\nid: \d+\ndata: (.*)\n\n", self._heard.read_text(), re.MULTILINE)
        return [json.loads(text) for text in texts]

    def subjects(self) -> set[str]:
        return {event["message"]["subject"] for event in self.events()}

    def __enter__(self) -> "Pasted":
        return self

    def __exit__(self, *_: object) -> None:
        self._curl.kill()
        self._curl.wait()


def _gist(event: dict[str, Any]) -> tuple[object, ...]:
    """What a mail of the story is there to show."""
    message, reply = event["message"], event["rules"]["auto_reply"]
    verdict, replied = event["spam"]["verdict"], reply and reply["status"]
    return event["agent"], verdict, message["folder"], message["priority"], replied, message["codes"]


@pytest.fixture
def watch(demo: Demo, tmp_path: Path) -> Iterator[Pasted]:
    with Pasted(demo.line("curl -N"), tmp_path) as pasted:
        yield pasted


def test_the_pasted_lines_watch_the_fleet_and_send_a_mail(demo: Demo, watch: Pasted) -> None:
    expected = {mail.subject for mail in story()}
    wait_for(lambda: watch.subjects() >= expected, "the mails that come in by themselves", within=30)
    assert {event["message"]["subject"]: _gist(event) for event in watch.events()} == {
        "Where is my order 1234?": ("support", "ham", "INBOX", "high", "sent", []),
        "Invoice 2026-0817": ("billing", "ham", "Invoices", "normal", None, []),
        "URGENT: your account will be suspended within 24 hours": ("billing", "spam", "Spam", "normal", None, []),
        "A study for your next report": ("research", "spam", "Spam", "normal", None, []),
        "Your sign-in code": ("research", "ham", "INBOX", "normal", None, ["482913"]),
    }
    assert "injection" in next(e["spam"]["categories"] for e in watch.events() if e["message"]["subject"][0] == "A")
    subprocess.run(["sh", "-c", demo.line(re.escape(sys.executable))], check=True, timeout=20)
    wait_for(lambda: "My order 1234, again" in watch.subjects(), "the mail that was sent", within=5)


def test_the_printed_login_opens_the_admin(demo: Demo) -> None:
    found = re.search(r"(http://\S+/admin/).*user: (\S+)\s+password: (\S+)\)", demo.said())
    assert found
    url, user, password = found.groups()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    page = browser.open(url, timeout=20).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    form = f"csrfmiddlewaretoken={token[1]}&username={user}&password={password}&next=/admin/"
    answer = browser.open(f"{url}login/?next=/admin/", form.encode(), timeout=20).read().decode()
    assert "Site administration" in answer


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_gracefully_with_a_stream_open(tmp_path: Path, how: signal.Signals) -> None:
    with Demo(tmp_path) as demo, Pasted(demo.line("curl -N"), tmp_path):
        wait_for(lambda: b"event: ready" in (tmp_path / "heard").read_bytes(), "the stream", within=30)
        demo.process.send_signal(how)
        assert demo.process.wait(60) == 0, demo.said()
    assert b"event: closing" in (tmp_path / "heard").read_bytes()
    assert "Traceback" not in demo.said()


@pytest.mark.parametrize("variable", ["DEMO_PORT", "DEMO_IMAP_PORT", "DEMO_SMTP_PORT"])
def test_a_busy_port_names_the_variable_that_moves_it(variable: str) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        with pytest.raises(PortRefused, match=f"in use by another program: set {variable} "):
            chosen(environment() | {variable: str(busy.getsockname()[1])})


@pytest.mark.parametrize("value", ["http", "0", "65536", "-1", "٣"])
def test_what_is_not_a_port_is_refused(value: str) -> None:
    with pytest.raises(PortRefused, match=r"DEMO_IMAP_PORT is .* takes a port from 1 to 65535"):
        chosen({"DEMO_IMAP_PORT": value})


def test_a_busy_port_ends_the_command_without_a_traceback() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        taken = environment() | {"DEMO_PORT": str(busy.getsockname()[1])}
        done = subprocess.run(
            [sys.executable, "manage.py", "demo"], cwd=ROOT, env=taken, capture_output=True, text=True, timeout=30
        )
    assert done.returncode == 1
    assert "DEMO_PORT" in done.stderr
    assert "Traceback" not in done.stderr
