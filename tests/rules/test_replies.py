"""When an automatic mail may go out, and when not, and why."""

from datetime import timedelta

import pytest

from agenticmail.message import Address
from rules.actions import AutoReply, Forward
from rules.replies import NOTHING_SENT, Allowed, Past, Suppressed, may_forward, may_reply
from tests.rules.mails import NOW, headers, invoice, verdict

OWN = ("billing@corp.example.org", "Invoices@corp.example.org")
AGENTS = (*OWN, "support@corp.example.org")
ANSWER = AutoReply(text="Thank you.", once_per="7d")
ON = Forward(to="archive@other.example")


def person(**changes):
    """A message from a person that may be answered."""
    fields = {
        "headers": headers(("From", "ann@shop.example.com")),
        "return_path": "ann@shop.example.com",
        "list_id": None,
    }
    return invoice(**{**fields, **changes})


def with_header(name: str, value: str):
    return person(headers=headers(("From", "ann@shop.example.com"), (name, value)))


def author(address: str, **changes):
    return person(from_=Address(address=address), return_path=address, **changes)


def asked(message, *, judged=None, past=NOTHING_SENT, now=NOW, an_hour=60):
    return may_reply(
        ANSWER,
        message,
        judged or verdict(),
        own_addresses=OWN,
        agent_addresses=AGENTS,
        now=now,
        past=past,
        an_hour=an_hour,
    )


@pytest.mark.parametrize(
    ("message", "to"),
    [
        (person(), "ann@shop.example.com"),
        (person(return_path=None), "ann@shop.example.com"),
        (person(return_path="home@ann.example"), "home@ann.example"),
        (person(from_=Address()), "ann@shop.example.com"),
        (author("jürgen@bücher.example"), "jürgen@bücher.example"),
        (author("norah.eply@example.com"), "norah.eply@example.com"),
        (author("nora@noreply.example"), "nora@noreply.example"),
        (author("information@example.com"), "information@example.com"),
        (author("bouncer@example.com"), "bouncer@example.com"),
        (author("ownership@example.com"), "ownership@example.com"),
        (author("requests@example.com"), "requests@example.com"),
        (with_header("Auto-Submitted", "no"), "ann@shop.example.com"),
        (with_header("Auto-Submitted", "No (a person)"), "ann@shop.example.com"),
        (with_header("Precedence", "first-class"), "ann@shop.example.com"),
        (with_header("X-Auto-Response-Suppress", "DR, RN, NRN"), "ann@shop.example.com"),
        (with_header("X-Auto-Response-Suppress", "None"), "ann@shop.example.com"),
        (with_header("X-Loop", "somebody@else.example"), "ann@shop.example.com"),
        (with_header("Listing", "x"), "ann@shop.example.com"),
        (with_header("Content-Type", "multipart/mixed; boundary=x"), "ann@shop.example.com"),
        (author("support@corp.example.org"), "support@corp.example.org"),
        (person(received_at=NOW - timedelta(hours=23)), "ann@shop.example.com"),
        (person(received_at=NOW + timedelta(hours=1)), "ann@shop.example.com"),
        (person(in_reply_to="<x@y>", references=("<x@y>",)), "ann@shop.example.com"),
    ],
)
def test_mail_from_people_is_answered(message, to):
    assert asked(message) == Allowed(to=to)


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (person(return_path=""), "null_sender"),
        (person(return_path=None, from_=Address()), "no_sender"),
        (person(return_path=None, from_=Address(name="Ann")), "no_sender"),
        (author("not an address"), "invalid_sender"),
        (author("a@b@c.example"), "invalid_sender"),
        (author("ann@shop.example.com\r\nBcc: x@y.example"), "invalid_sender"),
        (author("x" * 300 + "@example.com"), "invalid_sender"),
        (author("no-reply@shop.example.com"), "no_reply_address"),
        (author("NoReply@shop.example.com"), "no_reply_address"),
        (author("no_reply@shop.example.com"), "no_reply_address"),
        (author("no.reply@shop.example.com"), "no_reply_address"),
        (author("noreply2@shop.example.com"), "no_reply_address"),
        (author("noreply-7f3a@shop.example.com"), "no_reply_address"),
        (author("noreply+token@shop.example.com"), "no_reply_address"),
        (author("orders-noreply@shop.example.com"), "no_reply_address"),
        (author("do-not-reply@shop.example.com"), "no_reply_address"),
        (author("donotreply@shop.example.com"), "no_reply_address"),
        (author("DoNot_Reply@shop.example.com"), "no_reply_address"),
        (author("MAILER-DAEMON@mx.example.com"), "no_reply_address"),
        (author("mailerdaemon@mx.example.com"), "no_reply_address"),
        (author("postmaster@example.com"), "no_reply_address"),
        (author("bounce@example.com"), "no_reply_address"),
        (author("bounces+123@example.com"), "no_reply_address"),
        (author("news-bounces@example.com"), "no_reply_address"),
        (author("owner-list@example.com"), "no_reply_address"),
        (author("list-owner@example.com"), "no_reply_address"),
        (author("list-request@example.com"), "no_reply_address"),
        (author("listserv@example.com"), "no_reply_address"),
        (author("majordomo@example.com"), "no_reply_address"),
        (person(from_=Address(address="noreply@shop.example.com")), "no_reply_address"),
        (person(return_path="bounces@shop.example.com"), "no_reply_address"),
        (person(sender=Address(address="list-bounces@shop.example.com")), "no_reply_address"),
        (author("billing@corp.example.org"), "own_address"),
        (author("BILLING@Corp.Example.Org"), "own_address"),
        (author("invoices@corp.example.org"), "own_address"),
        (person(from_=Address(address="billing@corp.example.org")), "own_address"),
        (with_header("X-Loop", "billing@corp.example.org"), "loop"),
        (with_header("X-Loop", " Billing@corp.example.org "), "loop"),
        (author("support@corp.example.org", in_reply_to="<x@y>"), "agent_loop"),
        (author("support@corp.example.org", references=("<x@y>",)), "agent_loop"),
        (author("support@corp.example.org", headers=headers(("X-Loop", "c@d.example"))), "agent_loop"),
        (person(list_id="announce.example.com"), "list"),
        (with_header("List-Id", "<announce.example.com>"), "list"),
        (with_header("List-Unsubscribe", "<mailto:x@y.example>"), "list"),
        (with_header("List-Post", "NO"), "list"),
        (with_header("Mailing-List", "x"), "list"),
        (with_header("X-Mailing-List", "x"), "list"),
        (with_header("X-BeenThere", "x"), "list"),
        (with_header("X-Mailman-Version", "2"), "list"),
        (with_header("Precedence", "bulk"), "list"),
        (with_header("Precedence", "List"), "list"),
        (with_header("Precedence", " JUNK "), "list"),
        (with_header("Precedence", "auto_reply"), "automatic"),
        (with_header("Auto-Submitted", "auto-replied"), "automatic"),
        (with_header("Auto-Submitted", "auto-generated"), "automatic"),
        (with_header("Auto-Submitted", "AUTO-NOTIFIED; owner=x"), "automatic"),
        (with_header("Auto-Submitted", "yes"), "automatic"),
        (with_header("X-Auto-Response-Suppress", "All"), "automatic"),
        (with_header("X-Auto-Response-Suppress", "DR, oof"), "automatic"),
        (with_header("X-Auto-Response-Suppress", "AutoReply"), "automatic"),
        (with_header("X-Autoreply", "yes"), "automatic"),
        (with_header("X-Autorespond", "x"), "automatic"),
        (with_header("X-Failed-Recipients", "a@b.example"), "automatic"),
        (with_header("Content-Type", "multipart/report; report-type=delivery-status"), "automatic"),
        (with_header("Content-Type", "Multipart/Report;boundary=x"), "automatic"),
        (person(received_at=NOW - timedelta(hours=25)), "too_old"),
        (person(received_at=NOW - timedelta(days=400)), "too_old"),
    ],
)
def test_other_mail_is_not_and_the_reason_is_said(message, reason):
    answer = asked(message)
    assert isinstance(answer, Suppressed)
    assert answer.reason == reason
    assert answer.detail


def test_spam_is_never_answered():
    assert asked(person(), judged=verdict("spam", 9)).reason == "spam"
    assert asked(person(), judged=verdict("suspicious", 3)) == Allowed(to="ann@shop.example.com")


@pytest.mark.parametrize(
    ("past", "an_hour", "reason"),
    [
        (Past(), 60, None),
        (Past(last_at=NOW - timedelta(days=6)), 60, "once_per_period"),
        (Past(last_at=NOW - timedelta(days=7)), 60, None),
        (Past(last_at=NOW - timedelta(days=8)), 60, None),
        (Past(last_at=NOW + timedelta(minutes=1)), 60, "once_per_period"),
        (Past(in_hour=59), 60, None),
        (Past(in_hour=60), 60, "hourly_cap"),
        (Past(in_hour=0), 0, "hourly_cap"),
    ],
)
def test_what_went_out_before_limits_what_goes_out(past, an_hour, reason):
    answer = asked(person(), past=past, an_hour=an_hour)
    assert (answer.reason if isinstance(answer, Suppressed) else None) == reason


def test_with_no_own_addresses_known_the_other_guards_hold():
    answer = may_reply(ANSWER, person(), verdict(), own_addresses=(), agent_addresses=("",), now=NOW)
    assert answer == Allowed(to="ann@shop.example.com")


def sent_on(message, action=ON, past=NOTHING_SENT):
    return may_forward(action, message, own_addresses=OWN, now=NOW, past=past, an_hour=200)


def test_a_message_is_sent_on():
    assert sent_on(invoice()) == Allowed(to="archive@other.example")


@pytest.mark.parametrize(
    ("message", "action", "reason"),
    [
        (invoice(), Forward(to="BILLING@corp.example.org"), "own_address"),
        (with_header("X-Loop", "billing@corp.example.org"), ON, "loop"),
        (with_header("X-Loop", "Archive@other.example"), ON, "loop"),
        (with_header("Delivered-To", "archive@other.example"), ON, "loop"),
        (person(headers=headers(*[("X-Loop", f"a{n}@b.example") for n in range(5)])), ON, "too_many_hops"),
        (person(headers=headers(*[("Received", "x")] * 51)), ON, "too_many_hops"),
        (person(size=26 * 1024 * 1024), ON, "too_large"),
    ],
)
def test_a_message_is_not_sent_in_circles_nor_without_bound(message, action, reason):
    assert sent_on(message, action).reason == reason


def test_mail_delivered_to_this_mailbox_is_no_loop():
    assert isinstance(sent_on(with_header("Delivered-To", "billing@corp.example.org")), Allowed)
    hops = person(headers=headers(*[("X-Loop", f"a{n}@b.example") for n in range(4)], *[("Received", "x")] * 50))
    assert isinstance(sent_on(hops), Allowed)


def test_forwards_have_a_cap():
    assert sent_on(invoice(), past=Past(in_hour=200)).reason == "hourly_cap"
    assert isinstance(sent_on(invoice(), past=Past(last_at=NOW, in_hour=199)), Allowed)
