"""spamcheck, learn, import_list and export_list, as they are called."""

import io
import json
import os
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from mailevents.models import Agent, Mailbox
from spamfilter.models import ListEntry, Signature
from tests.spamfilter.mails import raw

pytestmark = pytest.mark.django_db


def run(*arguments, **options) -> str:
    out = io.StringIO()
    call_command(*map(str, arguments), stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "b.eml").write_bytes(raw(subject="second"))
    (tmp_path / "a.eml").write_bytes(raw(subject="first"))
    (tmp_path / "sub" / "c").write_bytes(raw(subject="third"))
    (tmp_path / ".hidden").write_bytes(raw(subject="hidden"))
    return tmp_path


def test_spamcheck_tells_every_message_of_a_folder_in_json(folder):
    lines = [json.loads(line) for line in run("spamcheck", "--json", folder).splitlines()]
    assert [line["path"] for line in lines] == [str(folder / name) for name in ("a.eml", "b.eml", "sub/c")]
    for line in lines:
        assert list(line) == ["path", "score", "threshold", "verdict", "spam", "categories", "hits"]
        assert (line["threshold"], line["verdict"], line["spam"]) == (5.0, "ham", False)


def test_spamcheck_names_hits_with_category_score_and_description(folder):
    Signature(name="minutes", kind="regex", value="the minutes", score=7.5).save()
    line = json.loads(run("spamcheck", "--json", folder / "a.eml"))
    assert (line["verdict"], line["spam"]) == ("spam", True)
    assert line["score"] == pytest.approx(sum(hit["score"] for hit in line["hits"]), abs=0.05)
    (hit,) = [hit for hit in line["hits"] if hit["score"] == 7.5]
    assert list(hit) == ["check", "category", "score", "description"]
    assert "minutes" in hit["description"]
    assert "spam " in run("spamcheck", folder / "a.eml")


def test_a_files_name_stays_on_its_line_and_commands_no_terminal(folder):
    (folder / "a.eml").rename(folder / "new\nline\x1b[31m\udcff.eml")
    told = run("spamcheck", folder)
    assert "new\\nline\\x1b[31m\\udcff.eml" in told
    assert "\x1b" not in told


def test_spamcheck_reads_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw())))
    assert json.loads(run("spamcheck", "--json", "-"))["path"] == "-"


def test_spamcheck_judges_as_for_an_agent(folder):
    agent = Agent.objects.create(name="billing", spam_threshold=2.5)
    Mailbox.objects.create(agent=agent, host="imap.example.org", user="billing", authserv_id="mx1.example.org")
    Agent.objects.create(name="plain")
    Signature(name="minutes", kind="regex", value="the minutes", score=4).save()
    line = json.loads(run("spamcheck", "--json", folder / "a.eml", agent="billing"))
    assert (line["threshold"], line["verdict"]) == (2.5, "spam")
    line = json.loads(run("spamcheck", "--json", folder / "a.eml", agent="plain"))
    assert (line["threshold"], line["verdict"]) == (5.0, "suspicious")


@pytest.mark.parametrize("content", [b"", b"\0\xff\xfe", b"no mail at all", b"From: a\nSubject: b"])
def test_whatever_is_in_a_file_there_is_a_verdict(tmp_path, content):
    (tmp_path / "m").write_bytes(content)
    assert json.loads(run("spamcheck", "--json", tmp_path))["verdict"] in ("ham", "suspicious", "spam")


def test_a_message_is_read_as_far_as_a_delivery_would_read_it(tmp_path, settings):
    Signature(name="late", kind="regex", value="at the very end").save()
    (tmp_path / "m").write_bytes(raw(text="word " * 20_000 + "at the very end"))
    settings.AGENTICMAIL_FETCH_BYTES = 8192
    assert "late" not in run("spamcheck", "--json", tmp_path)
    settings.AGENTICMAIL_FETCH_BYTES = 262144
    assert "late" in run("spamcheck", "--json", tmp_path)


@pytest.mark.parametrize("command", [("spamcheck", "/nowhere/at/all"), ("learn", "--spam", "/nowhere/at/all")])
def test_a_path_that_is_not_there_is_named(command):
    with pytest.raises(CommandError, match=r"/nowhere/at/all does not exist\. It takes a message file"):
        run(*command)


def test_a_file_that_cannot_be_read_keeps_no_other_from_being_judged(folder):
    others = len(run("spamcheck", "--json", folder).splitlines())
    (folder / "a gone one").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "a pipe")
    told = io.StringIO()
    with pytest.raises(CommandError, match=r"a gone one cannot be read: No such file or directory \(and 1 more\)"):
        call_command("spamcheck", "--json", str(folder), stdout=told)
    assert len(told.getvalue().splitlines()) == others > 0


def test_a_file_that_cannot_be_read_is_named(folder):
    (folder / "gone").symlink_to(folder / "nowhere")
    for path in (folder / "gone", folder):
        with pytest.raises(CommandError, match="gone cannot be read"):
            run("spamcheck", path)


@pytest.mark.parametrize("command", ["spamcheck", "learn"])
def test_an_unknown_agent_is_named_with_those_that_there_are(command, folder):
    Agent.objects.create(name="billing")
    paths = [folder] if command == "spamcheck" else ["--spam", folder]
    with pytest.raises(CommandError, match=r"There is no agent 'nobody'\. There are: billing\."):
        run(command, *paths, "--agent", "nobody")


def test_learn_says_what_it_did_and_what_it_knows(folder):
    told = run("learn", "--spam", folder / "a.eml", folder / "b.eml", "--ham", folder / "sub")
    assert "spam: 2 learnt, 0 known before." in told
    assert "ham: 1 learnt, 0 known before." in told
    assert "It knows 2 spam and 1 ham, " in told
    assert "48 more spam and 49 more ham" in told
    told = run("learn", "--forget", "--spam", folder)
    assert "spam: 2 forgotten, 1 had not been learnt as spam." in told
    assert "It knows 0 spam and 1 ham, " in told


def test_learn_for_an_agent_says_how_its_messages_are_judged_afterwards(folder):
    Agent.objects.create(name="billing", spam_threshold=1.0)
    Signature(name="minutes", kind="regex", value="the minutes", score=4).save()
    told = run("learn", "--spam", folder / "a.eml", "--ham", folder / "sub", "--agent", "billing")
    assert "billing: of 1 spam, 1 are now judged so." in told
    assert "billing: of 1 ham, 0 are now judged so." in told
    with pytest.raises(CommandError, match="standard input can be read once: name files"):
        run("learn", "--spam", "-", "--agent", "billing")


def test_learn_without_a_path_says_what_it_takes():
    with pytest.raises(CommandError, match="name at least one path after --spam or --ham"):
        run("learn")


@pytest.mark.parametrize("command", [["spamcheck", "-", "-"], ["learn", "--spam", "-", "--ham", "-"]])
def test_standard_input_is_read_once(command):
    with pytest.raises(CommandError, match="name - only once"):
        call_command(*command)


def test_lists_come_from_files_and_go_to_files(tmp_path):
    file = tmp_path / "block.txt"
    file.write_text("spam@example.net\n@example.com # all of it\n")
    assert run("import_list", file, "--kind", "block") == f"{file}: 2 added, 0 known before.\n"
    assert run("export_list", "--plain") == "spam@example.net\n@example.com\n"
    assert run("export_list", "--kind", "allow") == "entry,kind,agent,note\n"
    assert ListEntry.objects.get(key="d:example.com").note == "all of it"


def test_a_list_with_a_mistake_changes_nothing_unless_told_to_skip_it(tmp_path):
    file = tmp_path / "block.txt"
    file.write_text("@example.com\nnobody\n")
    with pytest.raises(CommandError, match="line 2: 'nobody' is none of"):
        run("import_list", file, "--kind", "block")
    assert not ListEntry.objects.exists()
    errors = io.StringIO()
    assert "1 added, 0 known before, 1 wrong left out." in run(
        "import_list", file, "--kind", "block", "--skip-wrong", stderr=errors
    )
    assert "line 2" in errors.getvalue()


def test_import_from_a_file_that_is_not_there_names_it(tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        run("import_list", tmp_path / "none", "--kind", "block")


def test_a_reader_that_has_seen_enough_ends_it_quietly(folder, tmp_path):
    """`spamcheck … | head -1`: in a process of its own, for it is the process that ends."""
    for number in range(300):
        (folder / f"{number}.eml").write_bytes(raw(subject=f"number {number}"))
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path}/own.sqlite3", "PYTHONPATH": os.getcwd()}
    environment["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=environment, check=True)
    with subprocess.Popen(
        [sys.executable, "manage.py", "spamcheck", "--json", str(folder)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["verdict"] == "ham"
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0
