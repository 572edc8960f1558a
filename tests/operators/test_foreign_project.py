"""The apps in somebody else's Django project, set up as docs/deploy.md says."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from mailevents.embedded import EmbeddedMail
from tests.servers.live import ROOT
from tests.servers.ports import free_port
from tests.servers.sse import Stream
from tests.servers.waiting import wait_for

SETTINGS = """
SECRET_KEY = "x" * 60
ALLOWED_HOSTS = ["127.0.0.1"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}}
INSTALLED_APPS = [
    "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
    "django.contrib.messages", "mailevents", "spamfilter", "rules",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]},
}]
ROOT_URLCONF = "shop.urls"
STATIC_URL = "static/"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
"""
URLS = """
from django.contrib import admin
from django.http import HttpResponse
from django.urls import include, path
urlpatterns = [
    path("", lambda request: HttpResponse("the shop")),
    path("admin/", admin.site.urls),
    path("", include("mailevents.urls")),
]
"""


def documented(block: int) -> str:
    """The Python that docs/deploy.md tells such a project to write: its settings, then its entry."""
    section = (ROOT / "docs" / "deploy.md").read_text().partition("## In your own Django project")[2]
    blocks: list[str] = re.findall(r"```python\n(.*?)```", section, re.S)
    return blocks[block]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shop = tmp_path / "shop"
    shop.mkdir()
    (shop / "__init__.py").write_text("")
    (shop / "settings.py").write_text(SETTINGS + documented(0))
    (shop / "urls.py").write_text(URLS)
    (shop / "asgi.py").write_text(documented(1))
    return tmp_path


def environment(project: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{project}{os.pathsep}{ROOT}",
        "DJANGO_SETTINGS_MODULE": "shop.settings",
    }


def manage(project: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "django", *arguments],
        cwd=project, env=environment(project), capture_output=True, text=True, timeout=90,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def mail() -> Iterator[EmbeddedMail]:
    with EmbeddedMail({"orders@shop.test": "pw"}) as server:
        yield server


def test_the_documented_settings_are_all_there_are() -> None:
    read = re.findall(r"(?m)^(AGENTICMAIL_\w+) = ", (ROOT / "agenticmail" / "settings.py").read_text())
    told = re.findall(r"(?m)^(AGENTICMAIL_\w+) = ", documented(0))
    assert sorted(told) == sorted(read)


def test_an_existing_project_gets_events_beside_its_own_pages(project: Path, mail: EmbeddedMail) -> None:
    manage(project, "migrate", "-v0")
    manage(project, "check")
    url = f"imap://orders%40shop.test:pw@127.0.0.1:{mail.imap_port}"
    token = json.loads(manage(project, "create_agent", "orders", "--imap", url, "--json"))["token"]
    port = free_port()
    daphne = Path(sys.executable).parent / "daphne"
    process = subprocess.Popen(
        [daphne, "-p", str(port), "shop.asgi:application"],
        cwd=project, env=environment(project), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        base = f"http://127.0.0.1:{port}"
        wait_for(lambda: _text(f"{base}/") == "the shop", "the project's own page", within=30, every=0.1)
        assert "Log in" in _text(f"{base}/admin/login/")
        with Stream(f"{base}/events", token) as stream:
            stream.wait("ready")
            wait_for(lambda: mail.is_watched("orders@shop.test"), "the mailbox to be watched")
            mail.deliver("orders@shop.test", b"From: a@example.net\r\nSubject: an order\r\n\r\ntext\r\n")
            [event] = stream.wait("new")
            assert event.data["message"]["subject"] == "an order"
            process.terminate()
            stream.wait("closing")
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.wait()


def _text(url: str) -> str:
    try:
        return httpx.get(url, timeout=5).text
    except httpx.HTTPError:
        return ""
