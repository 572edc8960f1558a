"""Whatever the bytes: `parse_message` answers, in time, with clean text."""

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agenticmail.message import Message, parse_message
from tests.message.malformed import KB, hostile_bodies, hostile_headers, hostile_trees, malformed_messages

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SIZE = 128 * KB  # half of what is read of a message
SECONDS = 1.5  # about ten times what it takes: what grows with the square takes far longer

_IN_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_IN_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def assert_clean(message: Message) -> None:
    """What everybody behind the parser builds on."""
    lines = [message.subject, message.preview, message.list_id or "", message.message_id or "", *message.references]
    lines += [message.in_reply_to or "", message.return_path or "", *message.codes, *message.defects]
    lines += [text for header in message.headers for text in header]
    lines += [text for one in (message.from_, *message.to, *message.cc) for text in (one.name, one.address)]
    lines += [text for part in message.parts for text in (part.filename or "", part.content_type, part.charset)]
    lines += [text for part in message.parts for text in (part.encoding, part.disposition, part.content_id)]
    for line in lines:
        assert not _IN_LINE.search(line), repr(line)
    for text in (message.text, message.html):
        assert not _IN_TEXT.search(text), repr(text)
    assert all(type(name) is str and type(value) is bytes for name, value in message.raw_headers)
    assert not any(b"\n" in value or b"\r" in value for _, value in message.raw_headers)
    assert len({part.section for part in message.parts}) == len(message.parts)
    assert len(message.preview) <= 200
    for moment in (message.received_at, message.date):
        assert moment is None or moment.tzinfo is UTC


@given(raw=st.binary(max_size=2000))
@settings(max_examples=300, deadline=None)
def test_random_bytes_are_read_without_an_error(raw: bytes):
    assert_clean(parse_message(raw, received_at=NOW))


@given(raw=malformed_messages(), truncated=st.booleans())
@settings(max_examples=500, deadline=None)
def test_malformed_messages_are_read_without_an_error(raw: bytes, truncated: bool):
    assert_clean(parse_message(raw, received_at=NOW, truncated=truncated))


@given(raw=malformed_messages())
@settings(max_examples=200, deadline=None)
def test_all_but_the_bytes_can_be_written_as_json(raw: bytes):
    values = asdict(parse_message(raw, received_at=NOW))
    json.dumps(values, default=lambda value: value.hex() if isinstance(value, bytes) else value.isoformat()).encode()


@given(raw=malformed_messages())
@settings(max_examples=100, deadline=None)
def test_a_message_reads_the_same_each_time(raw: bytes):
    assert parse_message(raw, received_at=NOW) == parse_message(raw, received_at=NOW)


@pytest.mark.parametrize("built", [hostile_headers, hostile_trees, hostile_bodies])
def test_hostile_messages_are_read_in_time(built: Callable[[int], Iterator[tuple[str, bytes]]]):
    for name, raw in built(SIZE):
        started = time.thread_time()
        message = parse_message(raw, received_at=NOW)
        assert time.thread_time() - started < SECONDS, name
        assert_clean(message)


def test_a_truncated_message_may_end_anywhere():
    raw = next(raw for name, raw in hostile_trees(500) if "<p>" in name)
    for end in range(len(raw)):
        assert_clean(parse_message(raw[:end], received_at=NOW, truncated=True))
