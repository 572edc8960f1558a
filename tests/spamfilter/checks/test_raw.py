"""Checks whose subject no letter of the usual shape has: doubled headers, raw bytes, other encodings."""

import pytest

from agenticmail.message import parse_message
from spamfilter.checks.every import CHECKS
from spamfilter.evidence import Evidence
from spamfilter.policy import Listed, Policy
from tests.spamfilter.checks.letters import RECEIVED_AT, letter, raw_letter

SIGNED = (
    b"From: a@example.net\r\nContent-Type: multipart/signed; boundary=s\r\n\r\n--s\r\n\r\nHello\r\n"
    b"--s\r\nContent-Type: application/pgp-signature\r\n\r\nsig\r\n--s--\r\n"
)
CALENDAR = (
    b"From: a@example.net\r\nContent-Type: multipart/mixed; boundary=s\r\n\r\n--s\r\n\r\n%s\r\n"
    b"--s\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\n--s--\r\n"
)
PICTURE = (
    b"From: a@example.net\r\nContent-Type: multipart/mixed; boundary=s\r\n\r\n--s\r\n\r\nHello\r\n"
    b'--s\r\nContent-Type: image/png; name="%s"\r\nContent-Disposition: attachment\r\n\r\nx\r\n--s--\r\n'
)
BASE64 = b"From: a@example.net\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: %s\r\n\r\n%s\r\n"
CODED = b"SGVsbG8gQW5uLCB0aGUgbWludXRlcyBvZiB0aGUgbWVldGluZyBhcmUgaW4gdGhlIHVzdWFsIHBsYWNlLg=="
PAIRS = {
    "FROM_SEVERAL": (b"From: x@example.com\r\n" + raw_letter(), raw_letter()),
    "HEADER_TWICE": (b"Subject: Other\r\n" + raw_letter(), raw_letter()),
    "HEADER_RAW_8BIT": (raw_letter().replace(b"Minutes", b"Gr\xfc\xdfe"), raw_letter(subject="Grüße")),
    "CHARSET_UNKNOWN": (
        raw_letter(content_type="text/plain; charset=klingon"),
        raw_letter(content_type="text/plain; charset=koi8-r"),
    ),
    "MIME_BROKEN": (raw_letter(content_type="multipart/mixed"), raw_letter()),
    "TEXT_BASE64": (BASE64 % (b"base64", CODED), BASE64 % (b"7bit", CODED)),
    "CREDIT_SIGNED": (SIGNED, SIGNED.replace(b"pgp-signature", b"pdf")),
    "FILE_TYPE_WRONG": (PICTURE % b"a.exe", PICTURE % b"a.png"),
    "FILE_CALENDAR_LINK": (
        CALENDAR % b"Your account has been suspended. Verify your account.",
        CALENDAR % b"The planning meeting",
    ),
    "UNPARSEABLE": (b"", raw_letter()),
}


def answer(symbol: str, raw: bytes):
    return CHECKS[symbol](Evidence(parse_message(raw, received_at=RECEIVED_AT)), Policy())


@pytest.mark.parametrize("symbol", PAIRS)
def test_a_check_tells_the_one_from_the_other(symbol):
    hit, miss = PAIRS[symbol]
    assert answer(symbol, hit)
    assert not answer(symbol, miss)


def test_only_a_block_entry_blocks():
    evidence = Evidence(letter())
    entry = Listed(kind="block", what="domain", value="@example.com")
    assert CHECKS["BLOCKED"](evidence, Policy(listed=(entry,)))
    assert not CHECKS["BLOCKED"](evidence, Policy())
