"""What `parse_message` promises of ordinary mail."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from agenticmail.mail.charsets import decode
from agenticmail.mail.dates import parse_date
from agenticmail.message import Address, Attachment, parse_message

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


def test_of_a_truncated_message_the_structure_says_which_attachments_it_has():
    raw = b"Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nfirst\r\n--b\r\nContent-Ty"
    known = Attachment(section="2", filename="7.pdf", content_type="application/pdf", size=40_211)

    message = parse_message(raw, received_at=NOW, size=50_000, truncated=True, structure=[known])

    assert message.attachments == (known,)
    assert (message.size, message.truncated, message.text) == (50_000, True, "first")
    assert [part.truncated for part in message.parts] == [False, True]
    assert message.defects == ()


def test_a_base64_part_that_is_cut_off_is_no_defect():
    raw = b"Subject: x\r\nContent-Transfer-Encoding: base64\r\n\r\nSGVsbG8gd29ybGQ"
    assert parse_message(raw, received_at=NOW, truncated=True).defects == ()
    assert parse_message(raw, received_at=NOW).defects == ("broken_base64",)


def test_what_the_server_knows_of_a_message_is_kept():
    there = datetime(2026, 11, 22, 11, 11, 11, tzinfo=timezone(timedelta(hours=1)))
    message = parse_message(b"Subject: x\n\ny", received_at=there, flags=["\\Seen"], labels=["vip"])
    assert (message.received_at, message.received_at.tzinfo) == (NOW, UTC)
    assert (message.flags, message.labels, message.size) == (("\\Seen",), ("vip",), 13)


def test_headers_are_found_by_name_in_any_case():
    message = parse_message(b"X-Tag: =?utf-8?q?=C3=A4?=\r\nx-tag:\r\n two\r\n\r\n", received_at=NOW)
    assert message.header("X-TAG") == "ä"
    assert message.header_all("x-tag") == ("ä", "two")
    assert message.header("absent") is None
    assert message.raw_headers == (("X-Tag", b"=?utf-8?q?=C3=A4?="), ("x-tag", b"two"))


def test_a_preview_folds_white_space_and_the_filling_of_newsletters():
    filling = "\u200c \u034f\u00a0" * 50
    message = parse_message(f"Subject: x\n\n\n  Sale\t{filling}\nends  today\n".encode(), received_at=NOW)
    assert message.preview.replace("\u200c", "") == "Sale ends today"
    assert len(parse_message(b"Subject: x\n\n" + b"word " * 100, received_at=NOW).preview) <= 200


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("您好，这是一封没有说明字符集的邮件，请查收附件。", "gb18030"),
        ("こんにちは。これは文字コードを示さないメールです。", "shift_jis"),
        ("こんにちは。これは文字コードを示さないメールです。", "euc_jp"),
        ("こんにちは。これは文字コードを示さないメールです。", "iso2022_jp"),
        ("안녕하세요. 문자 집합을 밝히지 않은 편지입니다.", "euc_kr"),
        ("Здравствуйте! Письмо без указания кодировки.", "koi8-r"),
        ("Здравствуйте! Письмо без указания кодировки.", "cp1251"),
        ("Ein Brief ohne Zeichensatz: schöne Grüße – für 5 €.", "cp1252"),
        ("Grüße", "cp1252"),
        ("Größe: süß", "cp1252"),
        ("Re: Привет", "cp1251"),
        ("Ein Brief ohne Zeichensatz: schöne Grüße – für 5 €.", "utf-8"),
    ],
)
def test_the_charset_of_text_that_names_none_is_guessed(text: str, codec: str):
    assert decode(text.encode(codec))[0] == text


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("Sun, 22 Nov 2026 11:11:09 +0100", datetime(2026, 11, 22, 10, 11, 9, tzinfo=UTC)),
        ("22 Nov 2026 10:11 GMT", datetime(2026, 11, 22, 10, 11, tzinfo=UTC)),
        ("Sun, 22 Nov 2026 10:11:60 -0000", datetime(2026, 11, 22, 10, 11, 59, tzinfo=UTC)),
        ("Sun, 22 Nov 26 05:11:09 EST", datetime(2026, 11, 22, 10, 11, 9, tzinfo=UTC)),
        ("Sun Nov 22 10:11:09 2026", datetime(2026, 11, 22, 10, 11, 9, tzinfo=UTC)),
        ("2026-11-22 11:11:09+01:00", datetime(2026, 11, 22, 10, 11, 9, tzinfo=UTC)),
        ("Fri, 31 Dec 9999 23:59:59 -0100", None),
        ("Mon, 01 Jan 0000 00:00:00 +0000", None),
        ("Sun, 31 Feb 2026 10:11:09 +0000", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_are_read_as_utc_or_not_at_all(value: str, moment: datetime | None):
    assert parse_date(value) == moment
