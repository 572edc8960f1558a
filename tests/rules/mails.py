"""Messages, verdicts and rules for the tests of rules, each with only what a test cares about."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from agenticmail.message import Address, Attachment, Message, parse_message
from rules.actions import Action, Flag
from rules.conditions import Condition
from rules.decide import decide
from rules.decision import Decision
from rules.ruleset import Ruleset, StoredRule, compile_ruleset
from rules.spec import RuleSpec
from spamfilter.verdict import Outcome, Verdict

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def mail(raw: bytes = b"", **changes: Any) -> Message:
    return replace(parse_message(raw, received_at=NOW), **changes)


def headers(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name.lower(), value) for name, value in pairs)


def invoice(**changes: Any) -> Message:
    """A message that has something in every field."""
    fields: dict[str, Any] = {
        "message_id": "<inv7@shop.example.com>",
        "headers": headers(
            ("From", "Ann Müller <ann@shop.example.com>"),
            ("Subject", "Rechnung Nr. 7 für März"),
            ("X-Mailer", "Shop 2.1"),
            ("X-Tag", "first"),
            ("X-Tag", "second"),
            ("X-Empty", ""),
            ("Delivered-To", "billing+inbox@corp.example.org"),
            ("Return-Path", "<bounce-17@mail.shop.example.com>"),
        ),
        "from_": Address(name="Ann Müller", address="ann@shop.example.com"),
        "to": (Address(name="Billing", address="billing@corp.example.org"), Address(address="copy@b.example")),
        "cc": (Address(name="Boss", address="boss@corp.example.org"),),
        "reply_to": (Address(address="answers@shop.example.com"),),
        "return_path": "bounce-17@mail.shop.example.com",
        "subject": "Rechnung Nr. 7 für März",
        "size": 5000,
        "labels": ("vip", "Work"),
        "priority": "high",
        "list_id": "announce.lists.example.com",
        "text": "Dear customer,\nyour invoice of 120.50 EUR is attached.\nRegards\n",
        "attachments": (
            Attachment(section="2", filename="Invoice-7.PDF", content_type="application/pdf", size=4000),
            Attachment(section="3", filename=None, content_type="image/png", size=300),
        ),
        "unparseable": False,
    }
    return mail(**{**fields, **changes})


def verdict(outcome: Outcome = "ham", score: float = 0.4, categories: tuple[str, ...] = ()) -> Verdict:
    return Verdict(verdict=outcome, score=score, threshold=5.0, categories=categories)


def condition(field: str, op: str, value: str = "") -> Condition:
    return Condition(field=field, op=op, value=value)


def rule(*conditions: Condition, actions: tuple[Action, ...] = (Flag(),), **fields: Any) -> RuleSpec:
    return RuleSpec(**{"name": "a rule", "conditions": conditions, "actions": actions, **fields})


def ruleset(*specs: RuleSpec) -> Ruleset:
    return compile_ruleset(StoredRule(id=place, name=spec.name, spec=spec) for place, spec in enumerate(specs, 1))


def decided(message: Message, *specs: RuleSpec, judged: Verdict | None = None) -> Decision:
    return decide(message, judged or verdict(), ruleset(*specs))
