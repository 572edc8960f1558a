"""Mail in many languages and many states of disrepair, each beside what is to be read in it."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from agenticmail.message import Message, parse_message

FOLDER = Path(__file__).parent.parent / "messages" / "parse"
NOW = datetime(2026, 11, 22, 10, 11, 12, tzinfo=UTC)


def read_field(message: Message, field: str) -> Any:
    """A field of the message as JSON writes it, or one of the shorthands the expectations use."""
    if field == "sections":
        return [part.section for part in message.parts]
    if field == "content_types":
        return [part.content_type for part in message.parts]
    value = asdict(message)[field]
    return value.isoformat() if isinstance(value, datetime) else json.loads(json.dumps(value))


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.eml")))
def test_a_golden_message_is_read_as_expected(name: str):
    expected = json.loads((FOLDER / f"{name}.json").read_text())
    message = parse_message((FOLDER / f"{name}.eml").read_bytes(), received_at=NOW)

    hidden = expected.pop("html_contains", "")
    assert hidden in message.html
    assert {field: read_field(message, field) for field in expected} == expected


def test_every_golden_message_has_its_expectation():
    messages = {path.stem for path in FOLDER.glob("*.eml")}
    assert messages == {path.stem for path in FOLDER.glob("*.json")}
    assert len(messages) >= 40
