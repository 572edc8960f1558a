"""A message's steps as the journal holds them: what is to be done, and what has become of it. Plain values."""

from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rules.actions import Action, AutoReply, Forward, action_from_dict

# What a step comes to. OPEN: not begun; SENDING: a mail that may be on its way, and is never sent again.
OPEN, SENDING = "", "sending"
DONE, SENT, FAILED, SKIPPED, SUPPRESSED, UNKNOWN = "done", "sent", "failed", "skipped", "suppressed", "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail to be sent: composed, with its only recipient."""

    to: str
    message_id: str
    raw: bytes

    def as_dict(self) -> dict[str, str]:
        return {"to": self.to, "message_id": self.message_id, "raw": b64encode(self.raw).decode()}

    @classmethod
    def of(cls, data: dict[str, str]) -> "Mail":
        return cls(to=data["to"], message_id=data["message_id"], raw=b64decode(data["raw"]))


@dataclass(slots=True, kw_only=True)
class Task:
    """One step. `reason` says why it came to anything but done or sent."""

    action: Action
    rule_id: int
    status: str = OPEN
    reason: str = ""
    mail: Mail | None = None

    @property
    def to_send(self) -> bool:
        return self.status == OPEN and self.mail is not None

    def settle(self, status: str, reason: str = "") -> None:
        self.status, self.reason = status, reason

    def as_dict(self) -> dict[str, Any]:
        return {
            "action": self.action.as_dict(),
            "rule": self.rule_id,
            "status": self.status,
            "reason": self.reason,
            "mail": self.mail.as_dict() if self.mail else None,
        }

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Task":
        return cls(
            action=action_from_dict(data["action"]),
            rule_id=data["rule"],
            status=data["status"],
            reason=data["reason"],
            mail=Mail.of(data["mail"]) if data["mail"] else None,
        )

    def report(self) -> dict[str, Any]:
        """As the event tells it (CONTRACT section 5), without the text of a reply."""
        if isinstance(self.action, AutoReply):
            told: dict[str, Any] = {"action": self.action.name, "to": self.mail.to if self.mail else None}
        else:
            told = self.action.as_dict()
        told |= {"status": DONE if self.status == SENT and isinstance(self.action, Forward) else self.status}
        return told | {"reason": self.reason} if self.reason else told


def auto_reply(tasks: Iterable[Task]) -> dict[str, Any] | None:
    """The `auto_reply` of an event: what became of the first reply that was asked for."""
    for task in tasks:
        if isinstance(task.action, AutoReply):
            mail = task.mail
            return {
                "status": task.status,
                "reason": task.reason or None,
                "message_id": mail.message_id if mail and task.status in (SENT, UNKNOWN) else None,
                "to": mail.to if mail else None,
            }
    return None
