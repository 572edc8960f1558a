"""`dry_run_rules`: what would happen, and that nothing does."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from mailevents.models import Agent
from rules.actions import AutoReply, Flag, Forward, Label, Move, SetPriority
from rules.models import Rule, RuleAction, SentMail
from rules.rows import write
from tests.rules.mails import condition, rule

pytestmark = pytest.mark.django_db

MAIL = (
    b"Return-Path: <ann@example.com>\r\nFrom: Ann <ann@example.com>\r\nTo: billing@corp.example\r\n"
    b"Subject: Invoice 7\r\nDate: Mon, 2 Nov 2020 10:00:00 +0000\r\nMessage-ID: <a@example.com>\r\n\r\nHello\r\n"
)


@pytest.fixture
def billing() -> Agent:
    return Agent.objects.create(name="billing", email="billing@corp.example")


@pytest.fixture
def mail(tmp_path):
    path = tmp_path / "invoice.eml"
    path.write_bytes(MAIL)
    return path


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command("dry_run_rules", *map(str, arguments), stdout=out)
    return out.getvalue()


def run_json(*arguments: object) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(*arguments, "--json").splitlines()]


def test_it_tells_what_would_match_and_be_done(billing, mail):
    write(
        billing.pk,
        rule(
            condition("subject", "contains", "invoice"),
            name="Invoices",
            actions=(Move(folder="Invoices"), SetPriority(priority="high")),
        ),
    )
    write(None, rule(condition("priority", "is", "high"), name="Urgent", actions=(Flag(),)))
    write(billing.pk, rule(condition("subject", "contains", "offer"), name="Offers"))
    (told,) = run_json(mail, "--agent", "billing")
    assert told["path"] == str(mail)
    assert told["verdict"] in ("ham", "suspicious", "spam")
    assert [each["name"] for each in told["matched"]] == ["Invoices", "Urgent"]
    assert told["priority"] == "high"
    assert told["actions"] == [
        {"action": "move", "folder": "Invoices", "rule": "Invoices", "status": "planned"},
        {"action": "set_priority", "priority": "high", "rule": "Invoices", "status": "planned"},
        {"action": "flag", "rule": "Urgent", "status": "planned"},
    ]
    assert told["errors"] == []


def test_it_does_nothing(billing, mail):
    kept = write(billing.pk, rule(name="answers", actions=(AutoReply(text="Thanks"), Forward(to="a@b.example"))))
    (told,) = run_json(mail, "--agent", "billing")
    assert [action["status"] for action in told["actions"]] == ["planned", "planned"]
    assert not SentMail.objects.exists()
    assert Rule.objects.get(pk=kept.pk).match_count == 0


def test_it_tells_why_a_reply_would_not_go_out(billing, tmp_path):
    write(billing.pk, rule(name="answers", actions=(AutoReply(text="Thanks"),)))
    path = tmp_path / "list.eml"
    path.write_bytes(b"List-Id: <news.example.com>\r\n" + MAIL)
    (told,) = run_json(path, "--agent", "billing")
    assert told["actions"][0]["status"] == "suppressed"
    assert told["actions"][0]["reason"] == "list"
    assert "not done: it came over a mailing list" in run(path, "--agent", "billing")


def test_a_folder_is_walked_one_line_a_message(billing, tmp_path):
    for name in ("b.eml", "a.eml"):
        (tmp_path / name).write_bytes(MAIL)
    told = run_json(tmp_path, "--agent", "billing")
    assert [each["path"].rsplit("/", 1)[1] for each in told] == ["a.eml", "b.eml"]


def test_in_words_it_names_rules_steps_and_errors(billing, mail):
    write(billing.pk, rule(name="Labels", actions=(Label(label="vip"),)))
    broken = write(billing.pk, rule(name="Broken"))
    RuleAction.objects.filter(rule=broken).update(action="explode")
    text = run(mail, "--agent", "billing")
    assert f"{mail}: " in text
    assert "matched by “Labels”" in text
    assert "    label it “vip”\n" in text
    assert "error in rule “Broken”: actions[0].action: unknown action 'explode'" in text


def test_a_message_that_nothing_matches_is_told_too(billing, mail):
    assert "matched by no rule" in run(mail, "--agent", "billing")


def test_an_unknown_agent_or_path_is_refused_in_words(billing, mail):
    with pytest.raises(CommandError, match=r"There is no agent 'nobody'\. There are: billing"):
        run(mail, "--agent", "nobody")
    with pytest.raises(CommandError, match="does not exist"):
        run("/nonexistent.eml", "--agent", "billing")
