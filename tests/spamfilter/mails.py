"""Mails for the tests of rows: only what a test is about has to be said."""

from datetime import UTC, datetime

from agenticmail.message import Message, parse_message

RECEIVED_AT = datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)
TEXT = "Hello Ann, the minutes of the meeting are in the usual place, with kind regards from all of us here."


def mail(
    sender: str = "bob@example.net",
    *,
    text: str = TEXT,
    subject: str = "Minutes",
    ip: str = "198.51.100.7",
    message_id: str = "<1@example.net>",
) -> Message:
    return parse_message(raw(sender, text=text, subject=subject, ip=ip, message_id=message_id), received_at=RECEIVED_AT)


def raw(
    sender: str = "bob@example.net",
    *,
    text: str = TEXT,
    subject: str = "Minutes",
    ip: str = "198.51.100.7",
    message_id: str = "<1@example.net>",
) -> bytes:
    literal = f"IPv6:{ip}" if ":" in ip else ip
    return (
        f"Return-Path: <{sender}>\r\n"
        f"Received: from mail.example.net (mail.example.net [{literal}])\r\n"
        "\tby mx1.example.org with ESMTPS; Tue, 04 Mar 2025 05:06:00 +0000\r\n"
        f"From: <{sender}>\r\n"
        "To: <ann@example.org>\r\n"
        f"Subject: {subject}\r\n"
        f"Message-ID: {message_id}\r\n"
        "Date: Tue, 04 Mar 2025 05:05:00 +0000\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\n"
        f"{text}\r\n"
    ).encode()
