"""`manage.py`: what is wrong outside of a command is one line and an exit status, whichever command it was."""

import shlex
import subprocess
import sys
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError

import manage
from tests.operators.test_settings import GOOD, start
from tests.servers.live import ROOT


def raising(error: BaseException) -> Callable[[list[str]], None]:
    def execute(_arguments: list[str]) -> None:
        raise error

    return execute


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (KeyboardInterrupt(), "Interrupted."),
        (
            DatabaseError("no such table: mailevents_agent\nLINE 1: SELECT"),
            "The database cannot be used: no such table: mailevents_agent. "
            "Look at DATABASE_URL; `manage.py migrate` makes its tables.",
        ),
    ],
)
def test_what_stops_a_command_from_outside_is_one_line(monkeypatch, error, says):
    monkeypatch.setattr("django.core.management.execute_from_command_line", raising(error))
    with pytest.raises(SystemExit) as ended:
        manage.main()
    assert ended.value.code == says


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("spamcheck - <&-", "CommandError: Standard input cannot be read: it is closed\n"),
        ("spamcheck manage.py >&-", "Standard output is closed: "),
        ("spamcheck manage.py >/dev/full", "The output cannot be written: No space left on device.\n"),
    ],
)
def test_what_cannot_be_read_or_written_is_one_line(new_database, asked, says):
    line = f"exec {shlex.quote(sys.executable)} manage.py {asked}"
    environment = GOOD | {"DATABASE_URL": new_database("sqlite")}
    done = subprocess.run(["/bin/sh", "-c", line], env=environment, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith(says)
    assert done.stderr.count("\n") == 1


def test_a_mistake_of_ours_keeps_its_traceback_and_so_does_any_that_is_asked_for(monkeypatch):
    monkeypatch.setattr("django.core.management.execute_from_command_line", raising(IntegrityError("twice")))
    with pytest.raises(IntegrityError):
        manage.main()
    monkeypatch.setattr("django.core.management.execute_from_command_line", raising(DatabaseError("away")))
    monkeypatch.setattr(sys, "argv", ["manage.py", "learn", "--traceback"])
    with pytest.raises(DatabaseError):
        manage.main()


def test_a_database_without_tables_is_said_by_a_command_in_a_line():
    done: subprocess.CompletedProcess[str] = start("manage.py", "create_agent", "main", "--imap", "imaps://u:p@h")
    assert done.returncode == 1
    assert done.stderr.startswith("The database cannot be used: no such table: mailevents_agent. ")
    assert done.stderr.count("\n") == 1


def test_runserver_is_daphnes_and_no_other_command_waits_for_its_import():
    asked = (
        "import django, sys; django.setup(); from django.core.management import get_commands;"
        "print(get_commands()['runserver'], 'twisted' in sys.modules);"
        # and `serve`, of which the application must know that it is daphne
        "from mailevents.serving.server import application_for_daphne; application_for_daphne();"
        "print('mailevents.serving.bounds' in sys.modules)"
    )
    done = start("-c", asked, DJANGO_SETTINGS_MODULE="agenticmail.settings")
    assert done.stdout.split() == ["daphne", "False", "True"], done.stderr


@pytest.mark.parametrize(
    "command",
    [
        "issue_token {}",
        "issue_token known --label {}",
        "check_mailbox {}",
        "create_agent {} --imap imap://u:p@h",
        "create_agent new --imap imap://u:p@h --parent {}",
        "spamcheck - --agent {}",
        "learn --ham - --agent {}",
        "dry_run_rules - --agent {}",
        "import_sieve - --agent {}",
        "export_sieve --agent {}",
        "import_list - --agent {}",
        "export_list --agent {}",
    ],
)
def test_a_name_of_bytes_that_are_no_text_is_told(command: str) -> None:
    with pytest.raises(CommandError, match=r"a\\udcff is not UTF-8"):
        call_command(*command.format("a\udcff").split())
