"""Attachments of a message that is read only in part: those that reading all of it would find."""

from email.message import EmailMessage
from email.policy import SMTP

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from agenticmail.message import parse_message
from mailevents.imap.answers import Fetched
from mailevents.imap.bodystructure import attachments_of
from mailevents.imap.connecting import Account
from mailevents.imap.mailbox import Session
from tests.servers.dovecot import Dovecot

HEAD = b"From: a@example.org\r\nSubject: s\r\nMIME-Version: 1.0\r\n"
PADDING = b"x" * 70 + b"\r\n"


def part(*headers: str, body: str = "content") -> str:
    return "".join(f"{header}\r\n" for header in headers) + f"\r\n{body}\r\n"


def mixed(*parts: str, kind: str = "mixed") -> bytes:
    inner = "".join(f"--b\r\n{one}" for one in parts)
    return HEAD + f"Content-Type: multipart/{kind}; boundary=b\r\n\r\n{inner}--b--\r\n".encode()


NESTED = (
    "--c\r\n" + part("Content-Type: text/plain") + "--c\r\n" + part('Content-Type: image/png; name="i.png"') + "--c--"
)
CONTINUED = [f"filename*{n}={chr(97 + n)}" for n in range(12)]
MESSAGES = {
    "plain": HEAD + b"\r\nhello\r\n",
    "file alone": HEAD + b'Content-Type: application/pdf; name="a.pdf"\r\n\r\nx\r\n',
    "files": mixed(
        part("Content-Type: text/plain"),
        part("Content-Type: application/pdf", 'Content-Disposition: attachment; filename="7.pdf"'),
        part("Content-Type: text/plain", "Content-Disposition: attachment"),
        part('Content-Type: text/html; name="page.html"'),
        part("Content-Type: text/calendar"),
        part("Content-Type: image/png", "Content-Disposition: inline"),
    ),
    "nested": mixed(part("Content-Type: multipart/related; boundary=c", body=NESTED), part("Content-Type: text/csv")),
    "forwarded": mixed(part("Content-Type: message/rfc822", body="Subject: inner\r\n\r\ninner")),
    "names": mixed(
        part("Content-Type: a/b", "Content-Disposition: attachment; filename*=utf-8''%e2%82%ac%20rates.txt"),
        part("Content-Type: a/b", f"Content-Disposition: attachment; {'; '.join(CONTINUED)}"),
        part("Content-Type: a/b", 'Content-Disposition: attachment; filename="=?utf-8?q?=C3=BCber.pdf?="'),
        part("Content-Type: a/b", 'Content-Disposition: attachment; filename="=?nonsense?b?!!!?="'),
        part("Content-Type: a/b", "Content-Disposition: attachment; filename*=nonsense''%ff"),
        part("Content-Type: a/b", 'Content-Disposition: strange; filename="kept.txt"'),
        part("Content-Type: a/b", 'Content-Disposition: attachment; filename="last.txt"'),
    ),
}


def of_a_part(dovecot: Dovecot, raw: bytes) -> Fetched:
    """What a session that reads all but the end of the message makes of it."""
    login = dovecot.add_user()
    dovecot.append(login.user, raw)
    account = Account(host="127.0.0.1", port=dovecot.imap, security="plain", user=login.user, password=login.password)
    session = Session.open(account)
    try:
        (fetched,) = session.fetch([1], len(raw) - 10)
    finally:
        session.log_out()
    assert fetched.truncated
    return fetched


@pytest.mark.parametrize("name", MESSAGES)
def test_dovecots_structure_tells_what_the_whole_message_tells(dovecot: Dovecot, name: str) -> None:
    raw = MESSAGES[name] + PADDING * 100
    fetched = of_a_part(dovecot, raw)
    assert fetched.structure is not None
    whole = parse_message(raw, received_at=timezone.now())
    assert [(one.section, one.filename, one.content_type) for one in fetched.structure] == [
        (one.section, one.filename, one.content_type) for one in whole.attachments
    ]


def test_the_size_of_a_file_in_base64_is_its_own(dovecot: Dovecot) -> None:
    message = EmailMessage(policy=SMTP)
    message["From"] = "a@example.org"
    message.set_content("see above")
    sizes = [1, 2, 3, 54, 55, 56, 57, 58, 59, 113, 114, 115, 5_000, 300_000]
    for size in sizes:
        message.add_attachment(b"x" * size, maintype="application", subtype="pdf", filename="a.pdf")
    fetched = of_a_part(dovecot, message.as_bytes())
    assert fetched.structure is not None
    assert [abs(one.size - size) <= 2 for one, size in zip(fetched.structure, sizes, strict=True)] == [True] * len(
        sizes
    )


values = st.recursive(
    st.none()
    | st.integers()
    | st.binary(max_size=8)
    | st.sampled_from([b"attachment", b"text", b"filename", b"message"]),
    lambda inner: st.lists(inner, max_size=5).map(tuple) | st.tuples(st.lists(inner, max_size=3)),
    max_leaves=30,
)


@given(values)
def test_no_structure_makes_it_fail(structure: object) -> None:
    found = attachments_of(structure)
    assert found is None or all(one.filename is None or one.filename.isprintable() for one in found)


def test_a_structure_without_end_is_read_in_part() -> None:
    deep: object = (b"text", b"x", None, None, None, b"7bit", 1)
    for _ in range(500):
        deep = ([deep], b"mixed")
    assert attachments_of(deep) == ()
    wide = ([(b"a", b"b", None, None, None, b"7bit", 1)] * 5000, b"mixed")
    found = attachments_of(wide)
    assert found is not None
    assert len(found) == 1000
