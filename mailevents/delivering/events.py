"""From a message, its verdict and what its rules did, to the event that an agent reads (CONTRACT section 5). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from agenticmail.message import Address, Message
from mailevents.eventlog.entry import NewEntry
from mailevents.jsontext import dumps, seconds
from rules.decision import Decision
from spamfilter.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Whose message it is: what every event of a mailbox begins with."""

    agent_id: int
    agent: str
    mailbox_id: int
    generation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Where the message was first seen."""

    folder: str
    uid: int
    uidvalidity: int


@dataclass(slots=True, kw_only=True)
class Draft:
    """A `new` event in the making: plain JSON values, so that the journal can hold it. Columns ride along."""

    event: dict[str, Any]
    columns: dict[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> dict[str, Any]:
        message: dict[str, Any] = self.event["message"]
        return message

    @property
    def rules(self) -> dict[str, Any]:
        rules: dict[str, Any] = self.event["rules"]
        return rules

    @property
    def identity(self) -> tuple[datetime, str]:
        """INTERNALDATE and Message-ID: what tells the message without its UID."""
        return datetime.fromisoformat(self.columns["received_at"]), self.columns["message_id"]

    def as_dict(self) -> dict[str, Any]:
        return {"event": self.event, "columns": self.columns}


def draft(whose: Whose, arrival: Arrival, message: Message, verdict: Verdict, decision: Decision) -> Draft:
    """The event as it is before any rule has acted."""
    body = {
        "folder": arrival.folder,
        "uid": arrival.uid,
        "uidvalidity": arrival.uidvalidity,
        "message_id": message.message_id,
        "in_reply_to": message.in_reply_to,
        "from": _address(message.from_),
        "to": _addresses(message.to),
        "cc": _addresses(message.cc),
        "reply_to": _addresses(message.reply_to),
        "subject": message.subject,
        "date": seconds(message.date),
        "received_at": seconds(message.received_at),
        "size": message.size,
        "flags": list(message.flags),
        "labels": list(message.labels),
        "priority": decision.priority,
        "list_id": message.list_id,
        "deleted": False,
        "attachments": [
            {"filename": one.filename, "content_type": one.content_type, "size": one.size}
            for one in message.attachments
        ],
        "preview": message.preview,
        "codes": list(message.codes),
    }
    rules = {
        "matched": [{"id": rule.id, "name": rule.name} for rule in decision.matched],
        "actions": [],
        "auto_reply": None,
        "errors": [
            {"rule": {"id": error.rule.id, "name": error.rule.name}, "message": error.message}
            for error in decision.errors
        ],
    }
    columns = {
        "sender": message.from_.address.lower(),
        "subject": message.subject,
        "message_id": message.message_id or "",
        "received_at": message.received_at.isoformat(),
        "arrival_uid": arrival.uid,
    }
    event = {"agent": whose.agent, "message": body, "spam": verdict.as_dict(), "rules": rules}
    return Draft(event=event, columns=columns)


def entry(whose: Whose, draft: Draft) -> NewEntry:
    """The finished event, for the log."""
    columns = dict(draft.columns)
    received_at = datetime.fromisoformat(columns.pop("received_at"))
    return NewEntry(
        type="new",
        agent_id=whose.agent_id,
        mailbox_id=whose.mailbox_id,
        generation=whose.generation,
        data=dumps(draft.event),
        priority=draft.message["priority"],
        verdict=draft.event["spam"]["verdict"],
        received_at=received_at,
        **columns,
    )


def _address(address: Address) -> dict[str, str]:
    return {"name": address.name, "address": address.address}


def _addresses(addresses: Sequence[Address]) -> list[dict[str, str]]:
    return [_address(address) for address in addresses]
