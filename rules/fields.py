"""What a condition may look at, and which ops each takes (CONTRACT section 3). Pure tables."""

import re
from dataclasses import dataclass

from rules.errors import Problem, RuleInvalid

PRESENCE_OPS = ("exists", "absent")
TEXT_OPS = (
    "is",
    "is_not",
    "contains",
    "not_contains",
    "starts_with",
    "ends_with",
    "matches",
    "regex",
)
DOMAIN_OPS = ("domain_is",)
NUMBER_OPS = ("over", "under")
OPS = (*TEXT_OPS, *DOMAIN_OPS, *NUMBER_OPS, *PRESENCE_OPS)

HEADER_PREFIX = "header:"
_HEADER_NAME = re.compile(r"[!-9;-~]{1,76}")  # RFC 5322 section 2.2: printable ASCII but the colon


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing to look at. `choices` are its only values; `settable` ones may be changed by an earlier rule."""

    ops: tuple[str, ...]
    choices: tuple[str, ...] = ()
    settable: bool = False
    unit: str = ""

    @property
    def numeric(self) -> bool:
        return "over" in self.ops


_TEXT = Field(ops=TEXT_OPS + PRESENCE_OPS)
_WITH_DOMAIN = Field(ops=TEXT_OPS + DOMAIN_OPS + PRESENCE_OPS)
_STATE = Field(ops=TEXT_OPS + PRESENCE_OPS, settable=True)

FIELDS: dict[str, Field] = {
    "from": _WITH_DOMAIN,
    "to": _WITH_DOMAIN,
    "cc": _WITH_DOMAIN,
    "recipient": _WITH_DOMAIN,
    "reply_to": _WITH_DOMAIN,
    "subject": _TEXT,
    "body": _TEXT,
    "list_id": _WITH_DOMAIN,
    "attachment_name": _TEXT,
    "attachment_type": _TEXT,
    "size": Field(ops=NUMBER_OPS + PRESENCE_OPS, unit="octets"),
    "priority": Field(ops=_TEXT.ops, choices=("high", "normal", "low"), settable=True),
    "label": _STATE,
    "folder": _STATE,
    "spam_verdict": Field(ops=_TEXT.ops, choices=("ham", "suspicious", "spam")),
    "spam_score": Field(ops=NUMBER_OPS + PRESENCE_OPS, unit="points"),
    "spam_category": _TEXT,
}


def field_named(name: str) -> Field:
    """The field `name`, `header:NAME` included. RuleInvalid says which there are."""
    if name.startswith(HEADER_PREFIX):
        if _HEADER_NAME.fullmatch(name.removeprefix(HEADER_PREFIX)):
            return _WITH_DOMAIN
        raise RuleInvalid(
            [
                Problem(
                    where="field",
                    message=f"{name!r} names no header; after `header:` stands its name, as in header:X-Mailer",
                )
            ]
        )
    if name in FIELDS:
        return FIELDS[name]
    raise RuleInvalid(
        [Problem(where="field", message=f"unknown field {name!r}; it takes one of {', '.join(FIELDS)}, header:NAME")]
    )
