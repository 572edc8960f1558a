"""The automatic mails themselves, as the wire has them."""

from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenticmail.message import Address, parse_message
from rules.actions import AutoReply, Forward
from rules.composing import compose_forward, compose_reply
from rules.replies import Suppressed, may_forward, may_reply
from tests.rules.mails import NOW, headers, invoice, mail, verdict

OWN = "billing@corp.example.org"
RAW = b"From: ann@shop.example.com\r\nSubject: Hi\r\n\r\nHello\r\n"


def reply(message=None, action=None, to="ann@shop.example.com", own=OWN):
    composed = compose_reply(
        action or AutoReply(text="Thank you.\n"),
        message or invoice(),
        to=to,
        from_address=own,
        message_id="<r1@corp.example.org>",
        now=NOW,
    )
    return composed.as_bytes()


def forward(raw=RAW, message=None, to="archive@other.example"):
    return compose_forward(
        Forward(to=to),
        message or invoice(),
        raw,
        from_address=OWN,
        message_id="<f1@corp.example.org>",
        now=NOW,
    ).as_bytes()


def read(raw: bytes):
    return message_from_bytes(raw, policy=policy.default)


def text_of(part):
    return part.get_content().replace("\r\n", "\n")


def test_a_reply_says_that_it_is_one():
    read_reply = read(reply())
    assert read_reply["From"] == OWN
    assert read_reply["To"] == "ann@shop.example.com"
    assert read_reply["Subject"] == "Re: Rechnung Nr. 7 für März"
    assert read_reply["Auto-Submitted"] == "auto-replied"
    assert read_reply["X-Auto-Response-Suppress"] == "All"
    assert read_reply["In-Reply-To"] == "<inv7@shop.example.com>"
    assert read_reply["References"] == "<inv7@shop.example.com>"
    assert read_reply["Message-ID"] == "<r1@corp.example.org>"
    assert read_reply["Date"].datetime == NOW
    assert read_reply["X-Loop"] == OWN
    assert text_of(read_reply) == "Thank you.\n"


def test_a_reply_fills_in_its_placeholders():
    action = AutoReply(
        subject="Away ({subject})",
        text="Dear {sender_name},\nyour “{subject}” of {date} reached {own_address}. {{sic}} {sender_address}",
    )
    read_reply = read(reply(action=action))
    assert read_reply["Subject"] == "Away (Rechnung Nr. 7 für März)"
    assert text_of(read_reply).strip() == (
        "Dear Ann Müller,\nyour “Rechnung Nr. 7 für März” of 2026-11-22 reached billing@corp.example.org. "
        "{sic} ann@shop.example.com"
    )


def test_what_a_sender_writes_is_never_a_template():
    message = invoice(subject="{own_address} {0.__class__}", from_=Address(name="{text}", address="a@b.example"))
    assert (
        "{text}: {own_address} {0.__class__}"
        in read(reply(message, AutoReply(text="{sender_name}: {subject}"))).get_content()
    )


def test_a_sender_without_a_name_is_called_by_the_address():
    message = invoice(from_=Address(address="ann@shop.example.com"))
    assert text_of(read(reply(message, AutoReply(text="Dear {sender_name}")))) == "Dear ann@shop.example.com\n"


def test_who_is_named_nowhere_is_greeted_by_the_address_that_is_answered():
    message = invoice(from_=Address(name="", address=""))
    raw = reply(message, AutoReply(text="Dear {sender_name} ({sender_address})"))
    to = read(raw)["To"]
    assert text_of(read(raw)) == f"Dear {to} ({to})\n"


@pytest.mark.parametrize(
    ("subject", "expected"),
    [("Re: Hi", "Re: Hi"), ("RE: Hi", "RE: Hi"), ("re[2]: Hi", "re[2]: Hi"), ("", "Re:"), ("Reply", "Re: Reply")],
)
def test_a_reply_is_marked_once(subject, expected):
    assert read(reply(invoice(subject=subject)))["Subject"] == expected


@given(st.text(max_size=300), st.text(max_size=100))
def test_no_subject_or_name_gets_a_header_in(subject, name):
    message = invoice(
        subject="x\r\nBcc: evil@example.net\r\n\r\n" + subject, from_=Address(name=name, address="a@b.example")
    )
    action = AutoReply(text="{sender_name} {subject}", subject="{sender_name} {subject}")
    raw = reply(message, action)
    read_reply = read(raw)
    assert read_reply["Bcc"] is None
    assert set(read_reply.keys()) == {
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Auto-Submitted",
        "X-Auto-Response-Suppress",
        "In-Reply-To",
        "References",
        "X-Loop",
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
    }
    assert raw.isascii()


def test_a_long_message_id_stays_as_it_is():
    long_id = f"<{'a' * 300}@mail.example.com>"
    raw = reply(invoice(message_id=long_id))
    assert f"In-Reply-To: {long_id}\r\n".encode() in raw
    assert f"References: {long_id}\r\n".encode() in raw


@pytest.mark.parametrize("bad", ["<a b@c>", "<a\r\nBcc: x@y>", "no brackets", "<" + "a" * 600 + "@b>", "<ä@b.example>"])
def test_a_message_id_that_is_none_is_not_repeated(bad):
    read_reply = read(reply(invoice(message_id=bad)))
    assert read_reply["In-Reply-To"] is None
    assert read_reply["References"] is None


def test_a_long_thread_keeps_its_start_and_its_end():
    references = tuple(f"<{n}@example.com>" for n in range(100))
    ids = read(reply(invoice(references=references)))["References"].split()
    assert len(ids) == 20
    assert ids[0] == "<0@example.com>"
    assert ids[-2:] == ["<99@example.com>", "<inv7@shop.example.com>"]


def test_without_references_the_thread_goes_on_from_what_was_answered():
    message = invoice(in_reply_to="<before@example.com>", references=())
    assert read(reply(message))["References"] == "<before@example.com> <inv7@shop.example.com>"


def test_a_reply_is_seven_bit_and_its_lines_are_short():
    raw = reply(action=AutoReply(text="Grüße 👋\n" + "x" * 5000))
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert text_of(read(raw)).startswith("Grüße 👋\nxxx")


def test_an_international_domain_is_written_in_ascii_that_any_server_takes():
    raw = reply(to="ann@bücher.example", own="billing@straße.example")
    assert b"To: ann@xn--bcher-kva.example\r\n" in raw
    assert "From: billing@straße.example\r\n".encode() in raw  # ß has no way back from the ASCII of RFC 3490


def test_what_is_before_the_at_sign_has_one_spelling_and_is_written_in_utf8():
    raw = reply(to="jürgen@bücher.example")
    assert "To: jürgen@xn--bcher-kva.example\r\n".encode() in raw


@pytest.mark.parametrize(
    ("answers", "written"),
    [
        (("ann@bücher.example",), b"Reply-To: ann@xn--bcher-kva.example\r\n"),
        (("jürgen@example.com", "ann@example.com"), b"Reply-To: ann@example.com\r\n"),
    ],
)
def test_a_forward_that_any_server_takes_stays_so_whoever_is_to_be_answered(answers, written):
    message = invoice(reply_to=tuple(Address(address=answer) for answer in answers))
    raw = forward(message=message)
    assert raw.isascii()
    assert written in raw


def test_a_reply_to_a_reply_is_never_sent():
    answered = parse_message(b"Return-Path: <billing@corp.example.org>\r\n" + reply(), received_at=NOW)
    other = may_reply(
        AutoReply(text="x"),
        answered,
        verdict(),
        own_addresses=("ann@shop.example.com",),
        agent_addresses=(),
        now=NOW,
    )
    assert isinstance(other, Suppressed)
    assert other.reason == "automatic"


def test_a_forward_shows_the_text_and_brings_the_whole_message():
    read_forward = read(forward())
    assert read_forward["To"] == "archive@other.example"
    assert read_forward["From"] == OWN
    assert read_forward["Subject"] == "Fwd: Rechnung Nr. 7 für März"
    assert read_forward["Reply-To"] == "answers@shop.example.com"
    assert read_forward["Auto-Submitted"] == "auto-generated"
    assert read_forward.get_all("X-Loop") == [OWN]
    body, attached = read_forward.iter_parts()
    assert text_of(body).startswith("---------- Forwarded message ----------\nFrom: Ann Müller <ann@shop.")
    assert "your invoice of 120.50 EUR" in body.get_content()
    assert attached.get_content_type() == "message/rfc822"
    assert attached.get_content()["Subject"] == "Hi"


def test_a_seven_bit_message_is_attached_byte_for_byte():
    signed = b"X-Odd:   spaces  kept \r\nSubject: =?utf-8?q?=C3=A4?=\r\n\r\n" + b"line one\r\n  line two\r\n" * 3
    assert b"\r\n\r\n" + signed + b"\r\n--" in forward(signed)


@pytest.mark.parametrize(
    "raw",
    [
        "Subject: ä\r\n\r\nGrüße\r\n".encode(),
        b"Subject: x\r\n\r\n" + b"y" * 2000,
        b"Subject: x\n\nbare line feeds\n",
        b"Subject: x\r\n\r\nnul \0 here",
        b"\xff\xfe\x00",
        b"",
    ],
)
def test_a_message_that_cannot_travel_as_one_travels_as_a_file(raw):
    sent = forward(raw)
    assert sent.isascii()
    _, attached = read(sent).iter_parts()
    if attached.get_content_type() == "message/rfc822":
        assert raw == b""
    else:
        assert attached.get_filename() == "message.eml"
        assert attached.get_content() == raw


def test_a_forward_carries_the_trace_so_that_the_circle_closes():
    first = parse_message(forward(), received_at=NOW)
    second = parse_message(
        compose_forward(
            Forward(to="third@third.example"),
            first,
            RAW,
            from_address="archive@other.example",
            message_id="<f2@other.example>",
            now=NOW,
        ).as_bytes(),
        received_at=NOW,
    )
    back = may_forward(Forward(to=OWN), second, own_addresses=("third@third.example",), now=NOW)
    assert isinstance(back, Suppressed)
    assert back.reason == "loop"
    assert isinstance(may_forward(Forward(to="x@y.example"), second, own_addresses=(OWN,), now=NOW), Suppressed)


def test_a_forward_without_anything_in_it_is_still_a_mail():
    read_forward = read(forward(b"", mail(headers=headers())))
    assert read_forward["Subject"] == "Fwd:"
    assert read_forward["Reply-To"] is None


@given(st.binary(max_size=400))
def test_any_message_can_be_answered_and_sent_on(raw):
    message = parse_message(raw, received_at=NOW)
    read(reply(message))
    read(forward(raw, message))
