"""What `parse_message` promises of ordinary mail."""

from datetime import UTC, datetime

from agenticmail.message import Address, parse_message

NOW = datetime(2026, 11, 22, 10, 11, 11, tzinfo=UTC)


def test_an_ordinary_mail_is_read_whole():
    raw = (
        b"Return-Path: <bounce@example.com>\r\n"
        b"From: =?utf-8?q?J=C3=BCrgen?= <ann@Example.com>\r\n"
        b'To: "Bob, the second" <bob@example.org>, Team: c@example.org, d@example.org;\r\n'
        b"Subject: =?utf-8?b?w4RwZmVs?= =?utf-8?b?IHVuZCBCaXJuZW4=?=\r\n"
        b"Message-ID: <1@example.com>\r\n"
        b"Date: Sun, 22 Nov 2026 11:11:09 +0100\r\n"
        b"Importance: high\r\n"
        b"MIME-Version: 1.0\r\n"
        b"Content-Type: multipart/mixed; boundary=outer\r\n"
        b"\r\n"
        b"--outer\r\n"
        b"Content-Type: multipart/alternative; boundary=inner\r\n"
        b"\r\n"
        b"--inner\r\n"
        b"\r\n"
        b"Hello\r\n"
        b"--inner\r\n"
        b"Content-Type: text/html\r\n"
        b"\r\n"
        b"<p>Hello</p>\r\n"
        b"--inner--\r\n"
        b"--outer\r\n"
        b"Content-Type: application/pdf\r\n"
        b"Content-Disposition: attachment; filename*=utf-8''%e2%82%ac.pdf\r\n"
        b"Content-Transfer-Encoding: base64\r\n"
        b"\r\n"
        b"aGFsbG8=\r\n"
        b"--outer--\r\n"
    )

    message = parse_message(raw, received_at=NOW)

    assert message.from_ == Address(name="Jürgen", address="ann@Example.com")
    assert message.from_.domain == "example.com"
    assert [one.address for one in message.to] == ["bob@example.org", "c@example.org", "d@example.org"]
    assert message.to[0].name == "Bob, the second"
    assert message.subject == "Äpfel und Birnen"
    assert message.return_path == "bounce@example.com"
    assert message.date == datetime(2026, 11, 22, 10, 11, 9, tzinfo=UTC)
    assert message.priority == "high"
    assert (message.text, message.html) == ("Hello", "<p>Hello</p>")
    assert [part.section for part in message.parts] == ["1.1", "1.2", "2"]
    assert [(one.section, one.filename, one.size) for one in message.attachments] == [("2", "€.pdf", 5)]
    assert message.defects == ()
    assert not message.unparseable


def test_bytes_that_are_no_mail_are_unparseable():
    assert parse_message(b"\x00\xff\xfe", received_at=NOW).unparseable
    assert parse_message(b"", received_at=NOW).unparseable
