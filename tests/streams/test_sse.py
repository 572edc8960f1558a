"""The wire format, read back by a strict parser."""

from hypothesis import given
from hypothesis import strategies as st

from mailevents.streams import sse
from tests.servers.sse import Parser

anything = st.text(
    alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("\r\n:\0 ﻿ddataeventidretry")), max_size=60
)
line_ends = str.maketrans({"\r": "\n"})


@given(name=anything.filter(lambda text: text.strip("\r\n\0")), data=anything, id=st.integers(0, 2**63 - 1))
def test_no_name_and_no_data_can_forge_a_line(name: str, data: str, id: int) -> None:
    name, data = name.replace("\0", ""), data.replace("\0", "")  # JSON escapes it; the strict parser refuses it
    (read,) = Parser().feed(sse.event(name or "x", data, id))
    assert read.id == str(id)
    assert "\n" not in read.type
    assert read.text == data.replace("\r\n", "\n").translate(line_ends)


@given(first=anything, second=anything)
def test_an_event_ends_where_it_ends(first: str, second: str) -> None:
    first, second = first.replace("\0", ""), second.replace("\0", "")
    read = Parser().feed(sse.event("a", first) + sse.HEARTBEAT + sse.event("b", second, 7) + sse.retry(5))
    assert [(event.type, event.id) for event in read] == [("a", ""), ("b", "7")]


def test_half_a_character_is_a_question_mark_and_no_error() -> None:
    (read,) = Parser().feed(sse.event("new", '{"subject":"\ud83d"}', 1))
    assert read.data == {"subject": "?"}


def test_retry_and_heartbeat_are_no_events() -> None:
    parser = Parser()
    assert parser.feed(sse.retry(2000) + sse.HEARTBEAT) == []
    assert (parser.retry_ms, parser.comments) == (2000, 1)
