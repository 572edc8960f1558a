"""Section numbers and sizes of parts are those of a real server's BODYSTRUCTURE (RFC 9051 section 7.5.2)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from imapclient import IMAPClient

from agenticmail.message import parse_message
from tests.servers.dovecot import Dovecot

GOLDEN = Path(__file__).parent.parent / "messages" / "parse"
NOW = datetime(2026, 11, 22, tzinfo=UTC)
# Where we show more than the server, or its tree is another for a reason.
OTHERWISE = {
    "multipart_without_boundary",  # the server calls it a multipart without parts
    "multipart_with_another_boundary",
    "only_cr_line_ends",  # the server sees one header line
    "body_without_blank_line",  # the server takes all of it for headers
    "no_mail_at_all",
    "empty",
}


@pytest.fixture(scope="module")
def mailbox(dovecot: Dovecot) -> Iterator[IMAPClient]:
    login = dovecot.add_user()
    with dovecot.client(login.user, "INBOX") as client:
        yield client


def leaves(structure: Any, section: str = "") -> Iterator[tuple[str, str, int]]:
    """Section, type and size of each leaf of a BODYSTRUCTURE.

    Without the size of an attached message: where that is a multipart, the server counts the line end before the
    next delimiter to it, which RFC 2046 section 5.1.1 gives to the delimiter.
    """
    if structure.is_multipart:
        for number, part in enumerate(structure[0], 1):
            yield from leaves(part, f"{section}.{number}" if section else str(number))
    else:
        content_type = b"/".join(structure[:2]).decode().lower()
        yield section or "1", content_type, 0 if content_type == "message/rfc822" else structure[6]


def parts_on_server(mailbox: IMAPClient, raw: bytes) -> list[tuple[str, str, int]]:
    answer = mailbox.append("INBOX", raw)
    uid = int(answer.rpartition(b"]")[0].rpartition(b" ")[2])
    return list(leaves(mailbox.fetch([uid], ["BODYSTRUCTURE"])[uid][b"BODYSTRUCTURE"]))


def parts_here(raw: bytes) -> list[tuple[str, str, int]]:
    parts = parse_message(raw, received_at=NOW).parts
    return [(one.section, one.content_type, 0 if one.content_type == "message/rfc822" else one.size) for one in parts]


def nested(random: Random, depth: int = 3) -> bytes:
    """A well-formed entity of multiparts in multiparts."""
    if depth == 0 or random.random() < 0.3:
        kind = random.choice([b"text/plain", b"text/html", b"image/png", b"application/pdf; name=a.pdf"])
        return b"Content-Type: " + kind + b"\r\n\r\n" + b"x" * random.randrange(50) + b"\r\n" * random.randrange(3)
    boundary = b"b%d" % random.getrandbits(60)
    kind = random.choice([b"mixed", b"alternative", b"related"])
    out = b"Content-Type: multipart/" + kind + b'; boundary="' + boundary + b'"\r\n\r\npreamble\r\n'
    for _ in range(random.randrange(1, 4)):
        out += b"--" + boundary + b"\r\n" + nested(random, depth - 1) + b"\r\n"
    return out + b"--" + boundary + b"--\r\nepilogue\r\n"


@pytest.mark.parametrize("name", sorted(path.stem for path in GOLDEN.glob("*.eml") if path.stem not in OTHERWISE))
def test_parts_of_a_golden_message_have_the_numbers_the_server_gives_them(mailbox: IMAPClient, name: str):
    raw = (GOLDEN / f"{name}.eml").read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    raw = raw.replace(b"\0", b"")  # which no literal may hold
    assert parts_here(raw) == parts_on_server(mailbox, raw)


def test_parts_of_nested_messages_have_the_numbers_the_server_gives_them(mailbox: IMAPClient):
    random = Random(2026)
    for _ in range(100):
        raw = b"From: a@example.com\r\nMIME-Version: 1.0\r\n" + nested(random)
        assert parts_here(raw) == parts_on_server(mailbox, raw), raw
