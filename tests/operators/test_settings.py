"""A setting that cannot be used is an error that names it and what it takes, and never shows the value."""

import os
import subprocess
import sys

import environ
import pytest

from agenticmail.environment import Environment
from tests.servers.live import ROOT

GOOD = {
    "PATH": os.environ.get("PATH", ""),
    "SECRET_KEY": "k" * 60,
    "AGENTICMAIL_MAILBOX_KEYS": "m" * 40,
    "DATABASE_URL": "sqlite://:memory:",
}
# What a person may get wrong, each with something of what is right.
WRONG = {
    "DEBUG": ("maybe", "true or false"),
    "DATABASE_URL": ("mysql://u:hunter2@h/d", "postgres://"),
    "EMAIL_URL": ("https://u:hunter2@h", "smtp+tls://"),
    "ALLOWED_HOSTS": ("https://hunter2.example.com", "without scheme"),
    "CSRF_TRUSTED_ORIGINS": ("hunter2.example.com", "with their scheme"),
    "AGENTICMAIL_HEARTBEAT_S": ("often", "0.05 to 3600"),
    "AGENTICMAIL_WORKERS": ("1.5", "1 to 256"),
    "AGENTICMAIL_SPAM_THRESHOLD": ("nan", "0.1 to 1000"),
    "AGENTICMAIL_STREAM_MAX_AGE_S": ("0", "1 to 31536000"),
    "SSL_CERT_FILE": ("/no/such/hunter2.pem", "a PEM file of certificates"),
}


def start(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], env=GOOD | environment, cwd=ROOT, capture_output=True, text=True, timeout=60
    )


def test_every_wrong_setting_is_told_at_once_with_what_it_takes():
    done = start("manage.py", "check", **{name: value for name, (value, _takes) in WRONG.items()})
    assert done.returncode == 1
    for name, (_value, takes) in WRONG.items():
        assert f"{name} has a value that cannot be used" in done.stderr
        assert takes in done.stderr
    assert "hunter2" not in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "url", ["postgres://u:hunter2@h:5432/", "postgres://h?sslmode=require", "sqlite:///", "sqlite://a.db"]
)
def test_a_database_without_a_name_is_told(url: str) -> None:
    done = start("manage.py", "check", DATABASE_URL=url)
    assert done.returncode == 1
    assert "DATABASE_URL has a value that cannot be used" in done.stderr
    assert "sqlite:///PATH or postgres://USER:PASSWORD@HOST:5432/NAME" in done.stderr
    assert "hunter2" not in done.stderr


def test_short_keys_are_warned_of() -> None:
    done = start("manage.py", "check", SECRET_KEY="hunter2", AGENTICMAIL_MAILBOX_KEYS="hunter3")
    assert done.returncode == 0
    for said in ("SECRET_KEY is short", "Key 1 of AGENTICMAIL_MAILBOX_KEYS is short", "32 random characters"):
        assert said in done.stderr
    assert "hunter" not in done.stderr


@pytest.mark.parametrize("url", ["postgres:///name", "postgres://h?service=ours", "sqlite:///a.db?timeout=3"])
def test_a_database_named_in_another_way_is_taken(url: str) -> None:
    done = start("manage.py", "check", DATABASE_URL=url)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_database_that_cannot_be_stops_other_servers_too():
    done = start("-c", "import agenticmail.asgi", DATABASE_URL="sqlite:////no/such/folder/db.sqlite3")
    assert done.returncode == 1
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_host_that_is_gone_is_noticed_unless_the_url_says_otherwise():
    done = start(
        "-c",
        "from agenticmail.settings import DATABASES; print(sorted(DATABASES['default']['OPTIONS'].items()))",
        DATABASE_URL="postgres://u@h/d?sslmode=require&connect_timeout=3",
    )
    assert "('connect_timeout', 3)" in done.stdout
    assert "('sslmode', 'require')" in done.stdout
    assert "('tcp_user_timeout', " in done.stdout


@pytest.fixture
def dotenv(tmp_path, monkeypatch):
    """Writes a `.env` and reads it, into an environment of its own."""
    monkeypatch.setattr(environ.Env, "ENVIRON", {})

    def read(content: bytes) -> Environment:
        (tmp_path / ".env").write_bytes(content)
        return Environment(tmp_path / ".env")

    return read


def test_a_value_that_begins_with_a_dollar_is_what_it_is(dotenv):
    read = dotenv(b"SECRET_KEY=$ecret\nDATABASE_URL=$SECRET_KEY\n")
    assert (read.text("SECRET_KEY"), read.text("DATABASE_URL")) == ("$ecret", "$SECRET_KEY")


def test_a_dotenv_with_a_byte_order_mark_is_read_and_one_that_is_no_text_is_told(dotenv):
    assert dotenv("\ufeffSECRET_KEY=ü\n".encode()).text("SECRET_KEY") == "ü"
    (problem,) = dotenv("SECRET_KEY=ü\n".encode("latin-1")).problems
    assert problem.variable.endswith(".env")
    assert "UTF-8" in problem.takes
