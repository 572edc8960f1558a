"""Several processes that want to answer the same senders: each sender gets one answer."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROCESSES, SENDERS = 3, 30


@pytest.fixture(params=["sqlite", "postgres"])
def database(request, tmp_path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/claims.sqlite3"
    return str(request.getfixturevalue("postgres").create_database())


def test_of_all_processes_one_wins_each_sender(database):
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "agenticmail.settings",
        "DEBUG": "true",
        "PYTHONWARNINGS": "",
    }

    def manage(*command: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    manage("migrate", "--verbosity", "0")
    ids = manage(
        "shell",
        "--command",
        "from mailevents.models import Agent; from rules.models import Rule; a = Agent.objects.create(name='billing'); "
        "print(a.pk, Rule.objects.create(agent=a, name='answers').pk)",
    ).split()[-2:]
    claimants = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.rules.claimant", *ids, str(SENDERS)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    try:
        for claimant in claimants:
            assert claimant.stdout is not None
            assert claimant.stdout.readline() == "ready\n"
        for claimant in claimants:
            assert claimant.stdin is not None
            claimant.stdin.write("go\n")
            claimant.stdin.flush()
        won = [int(claimant.communicate(timeout=60)[0]) for claimant in claimants]
    finally:
        for claimant in claimants:
            claimant.kill()
            claimant.communicate()
    assert sum(won) == SENDERS
