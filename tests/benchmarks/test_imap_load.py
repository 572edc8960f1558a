"""The load server says what a real one would to our own session."""

import ssl
import time
from collections.abc import Iterator

import pytest
from imapclient import IMAPClient

from benchmarks.imap_load import ImapLoad
from tests.servers.waiting import wait_for


@pytest.fixture
def load() -> Iterator[ImapLoad]:
    with ImapLoad() as server:
        yield server


@pytest.fixture
def client(load: ImapLoad) -> Iterator[IMAPClient]:
    context = ssl.create_default_context(cafile=str(load.ca_file))
    with IMAPClient("localhost", load.imaps, ssl_context=context, timeout=10) as made:
        made.login("box1", "any")
        made.select_folder("INBOX")
        yield made


def test_a_message_is_announced_in_idle_and_says_when(load: ImapLoad, client: IMAPClient) -> None:
    client.idle()
    wait_for(lambda: load.idling() == 1, "IDLE")
    begun = time.monotonic_ns()
    load.deliver(["box1"], size=5000)
    assert (1, b"EXISTS") in client.idle_check(timeout=5)
    client.idle_done()
    (uid,) = client.search(["UID", "1:*"])
    fetched = client.fetch([uid], ["RFC822.SIZE", "INTERNALDATE", "BODY.PEEK[]<0.500>"])[uid]
    assert 4500 < fetched[b"RFC822.SIZE"] < 5500
    assert len(fetched[b"BODY[]<0>"]) == 500
    mark = int(fetched[b"BODY[]<0>"].split(b"Subject: ")[1].split(b"\r\n")[0])
    assert begun < mark < time.monotonic_ns()


def test_a_message_that_comes_outside_idle_is_announced_with_the_next_answer(
    load: ImapLoad, client: IMAPClient
) -> None:
    load.deliver(["box1"])
    assert (1, b"EXISTS") in client.noop()[1]
    load.deliver(["box1"])
    assert client.search(["UID", "1:*"]) == [1, 2]
    assert client.noop()[1] == [], "it was announced beside the search, and is not repeated"


def test_moved_and_flagged_messages_are_where_and_how_they_were_put(load: ImapLoad, client: IMAPClient) -> None:
    load.deliver(["box1", "box1"])
    client.add_flags([2], ["vip"])
    client.move([2], "Invoices")
    assert client.search() == [1]
    assert client.select_folder("Invoices")[b"EXISTS"] == 1
    assert client.get_flags([1])[1] == (b"vip",)


def test_a_rate_is_kept(load: ImapLoad, client: IMAPClient) -> None:
    assert 20 < load.rate(100, 0.5) < 100
    assert load.most_sessions() == 1
