import pytest

from tests.servers.sse import NotAnEventStream, Parser

STREAM = b'retry: 2000\n\n: beat\n\nevent: new\nid: 7\ndata: {"a":\ndata: 1}\n\nevent: ready\ndata: {}\n\n'


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_events_are_the_same_however_the_bytes_are_split(size: int) -> None:
    parser = Parser()
    events = [event for at in range(0, len(STREAM), size) for event in parser.feed(STREAM[at : at + size])]
    assert [(event.type, event.data, event.id) for event in events] == [("new", {"a": 1}, "7"), ("ready", {}, "")]
    assert (parser.comments, parser.retry_ms, parser.last_event_id) == (1, 2000, "7")


@pytest.mark.parametrize(
    "block", [b"event: new\n\n", b"evnt: new\ndata: 1\n\n", b"data\n\n", b"id: 1\nid: 2\ndata: 1\n\n", b"data: a\r\n\n"]
)
def test_what_a_browser_would_ignore_is_an_error(block: bytes) -> None:
    with pytest.raises(NotAnEventStream):
        Parser().feed(block)
