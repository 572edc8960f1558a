"""A message as JSON says when it shows less than there is."""

import json

import pytest
from django.utils import timezone

from mailevents.imap.answers import Fetched
from mailevents.retrieval import showing
from mailevents.retrieval.reading import Found

HEAD = b"From: a@example.org\r\nSubject: s\r\nMIME-Version: 1.0\r\n"
HTML = HEAD + b"Content-Type: text/html\r\n\r\n"
MIXED = HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
LINE = b"x" * 78 + b"\r\n"


def shown(raw: bytes) -> dict[str, object]:
    fetched = Fetched(uid=1, raw=raw, size=len(raw), flags=(), labels=(), received_at=timezone.now(), truncated=False)
    message: dict[str, object] = json.loads(showing.as_json(Found(message=fetched, folder="INBOX", uidvalidity=1)).body)
    return message


@pytest.mark.parametrize(
    ("raw", "truncated"),
    [
        (HEAD + b"\r\n" + LINE * 12_000, False),
        (HEAD + b"\r\n" + LINE * 13_000, True),
        (HTML + LINE * 12_000, False),
        (HTML + LINE * 13_000, True),
        (MIXED + (b"--b\r\n\r\n" + LINE * 6_000) * 2 + b"--b--", False),
        (MIXED + (b"--b\r\n\r\n" + LINE * 7_000) * 2 + b"--b--", True),
        (MIXED + b"--b\r\n\r\nx\r\n" * 900 + b"--b--", False),
        (MIXED + b"--b\r\n\r\nx\r\n" * 1100 + b"--b--", True),
        (b"X-A: b\r\n" * 900 + HEAD + b"\r\n", False),
        (b"X-A: b\r\n" * 1100 + HEAD + b"\r\n", True),
        (HEAD + b"X-A: " + b"b" * 70_000 + b"\r\n\r\n", True),
        (HEAD + (b"X-A: " + b"b" * 60_000 + b"\r\n") * 3 + b"\r\n", True),
    ],
)
def test_what_is_left_out_is_said(raw: bytes, truncated: bool) -> None:
    assert shown(raw)["truncated"] is truncated


def test_a_long_file_leaves_nothing_out_of_the_text() -> None:
    pdf = b"--b\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n" + LINE * 20_000
    message = shown(MIXED + b"--b\r\n\r\nhello\r\n" + pdf + b"--b--")
    assert (message["text"], message["truncated"]) == ("hello", False)
