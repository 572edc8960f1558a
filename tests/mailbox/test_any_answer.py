"""Whatever a server answers: messages come of it, or one of our own errors; nothing else gets past the session."""

import contextlib
import socket
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mailevents.errors import MailEventsError
from mailevents.imap.mailbox import Session
from tests.mailbox.script import Script, playing

ATOMS = st.sampled_from(
    [
        "UID",
        "5",
        "FLAGS",
        "(\\Seen)",
        "()",
        "RFC822.SIZE",
        "12",
        "-1",
        "99999999999999999999",
        "NIL",
        '""',
        '"x"',
        "INTERNALDATE",
        '"22-Nov-2026 10:11:09 +0000"',
        '"99-Foo-0000 99:99:99 +9999"',
        "BODY[]<0>",
        "BODY[]",
        "{3}\r\nabc",
        "{0}\r\n",
        "{x}",
        "~{1}",
        "BODYSTRUCTURE",
        "MODSEQ",
        "(7)",
        '("text" "plain" NIL NIL NIL "7bit" 3 1)',
        "X-GM-LABELS",
        "(",
        ")",
        '"',
        "\\",
        "\x00",
        "é",
        "\r\n*",
    ]
)
ITEMS = st.lists(ATOMS, max_size=14).map(" ".join)
WHOLE = st.tuples(st.sampled_from(["UID 5", "uid 5", "UID 6"]), ITEMS).map(lambda parts: f"{parts[0]} {parts[1]}")
UNTAGGED = st.one_of(
    st.one_of(ITEMS, WHOLE).map(lambda items: f"1 FETCH ({items})"),
    st.sampled_from(
        [
            "3 EXISTS",
            "1 EXPUNGE",
            "VANISHED 1:9",
            "BYE",
            "OK [ALERT] x",
            "NO y",
            "SEARCH 1 x 3",
            "ESEARCH",
            "FLAGS (",
            "-1 EXISTS",
        ]
    ),
    st.text(max_size=30),
)
ANSWERS = st.lists(UNTAGGED, max_size=5)
COMMANDS: list[Callable[[Session], Any]] = [
    lambda session: session.fetch([5], 4096, structure=True),
    lambda session: session.fetch_unread(5),
    lambda session: session.uids_after(4),
    lambda session: session.whole(5),
    lambda session: session.identities([5]),
]


@pytest.mark.parametrize("command", COMMANDS, ids=["fetch", "unread", "search", "whole", "identities"])
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(answers=ANSWERS, done=st.sampled_from(["OK done", "NO no", "BAD bad", "OK [", "what"]))
@example(answers=["1 FETCH (UID 5 BODY[]<0> {3}\r\nabc FLAGS () RFC822.SIZE 3)"], done="OK done")
def test_any_answer_gives_messages_or_an_error_of_ours(command, answers: list[str], done: str) -> None:
    def script(server: Script) -> None:
        server.open()
        with contextlib.suppress(OSError):  # the client had enough
            tag = server.hear("UID")
            server.say(*(f"* {answer}" for answer in answers), f"{tag} {done}")
            server.line.shutdown(socket.SHUT_WR)

    with playing(script) as session:
        with contextlib.suppress(MailEventsError):
            command(session)
        session.abandon()
