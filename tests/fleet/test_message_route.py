"""`GET /events/N/message` against the running product and a real mailbox."""

import json
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest

from tests.fleet.conftest import Live, Member
from tests.servers.proxy import Proxy
from tests.servers.waiting import wait_for

JSON = {"Accept": "application/json"}


def report() -> bytes:
    mail = EmailMessage()
    mail["From"] = "Änne <ann@example.com>"
    mail["To"] = "bob@example.com"
    mail["Subject"] = "Bericht über Q3"
    mail["Message-ID"] = "<report@example.com>"
    mail.set_content("Grüße\n")
    mail.add_alternative("<p>Grüße</p>\n", subtype="html")
    mail.add_attachment(b"%PDF-\x00\xff", maintype="application", subtype="pdf", filename="q3.pdf")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename='ä/b\\"c.png')
    return mail.as_bytes().replace(b"\n", b"\r\n")


REPORT = report()


@pytest.fixture(scope="module")
def ann(live: Live) -> Member:
    return live.agent()


@pytest.fixture(scope="module")
def arrived(live: Live, ann: Member) -> int:
    return told(live, ann)


def test_the_message_comes_as_it_was_received(live: Live, ann: Member, arrived: int) -> None:
    status, headers, body = live.product.get(f"/events/{arrived}/message", ann.token)
    assert status == 200
    assert headers["Content-Type"] == "message/rfc822"
    assert headers["Content-Disposition"].startswith("attachment")
    assert body.endswith(REPORT)  # the server that took it in put its own headers before


def test_as_json_it_has_headers_text_html_and_attachments(live: Live, ann: Member, arrived: int) -> None:
    status, headers, body = live.product.get(f"/events/{arrived}/message", ann.token, **JSON)
    assert (status, headers["Content-Type"]) == (200, "application/json")
    message = json.loads(body)
    assert ["Subject", "Bericht über Q3"] in message["headers"]
    assert ["From", "Änne <ann@example.com>"] in message["headers"]
    assert (message["text"].strip(), message["html"].strip()) == ("Grüße", "<p>Grüße</p>")
    assert (message["folder"], message["truncated"]) == ("INBOX", False)
    assert [(one["part"], one["filename"], one["content_type"], one["size"]) for one in message["attachments"]] == [
        ("2", "q3.pdf", "application/pdf", 7),
        ("3", message["attachments"][1]["filename"], "image/png", 4),
    ]


@pytest.mark.parametrize(
    ("part", "content_type", "content"),
    [
        ("1.1", "text/plain; charset=utf-8", "Grüße".encode()),
        ("1.2", "text/html; charset=utf-8", "<p>Grüße</p>".encode()),
        ("2", "application/pdf", b"%PDF-\x00\xff"),
    ],
)
def test_a_part_comes_decoded_with_its_type(
    live: Live, ann: Member, arrived: int, part: str, content_type: str, content: bytes
) -> None:
    status, headers, body = live.product.get(f"/events/{arrived}/message?part={part}", ann.token)
    assert (status, headers["Content-Type"], body.strip()) == (200, content_type, content)
    assert headers["Content-Disposition"].startswith("attachment")
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_part_that_is_not_there_is_a_404_that_names_those_that_are(live: Live, ann: Member, arrived: int) -> None:
    status, _headers, body = live.product.get(f"/events/{arrived}/message?part=9.9", ann.token)
    assert (status, json.loads(body)["detail"]) == (404, "The message has no part 9.9; it has 1.1, 1.2, 2, 3.")


@pytest.mark.parametrize("query", ["part=", "part=0", "part=1.", "part=TEXT", "part=1&part=2", "part=1%0a", "pert=1"])
def test_a_wrong_parameter_is_a_400(live: Live, ann: Member, arrived: int, query: str) -> None:
    status, headers, body = live.product.get(f"/events/{arrived}/message?{query}", ann.token)
    assert (status, headers["Content-Type"]) == (400, "application/problem+json")
    assert "part" in json.loads(body)["detail"]


def test_only_who_may_see_the_event_may_read_its_message(live: Live, ann: Member, arrived: int) -> None:
    stranger = live.agent()
    assert live.product.get(f"/events/{arrived}/message")[0] == 401
    assert live.product.get(f"/events/{arrived}/message", stranger.token)[0] == 404
    assert live.product.get("/events/999999/message", ann.token)[0] == 404
    assert live.product.request("POST", f"/events/{arrived}/message", token=ann.token)[0] == 405


def test_reading_does_not_mark_as_read(live: Live, ann: Member, arrived: int) -> None:
    assert live.product.get(f"/events/{arrived}/message", ann.token)[0] == 200
    with live.dovecot.client(ann.login.user, "INBOX") as client:
        assert b"\\Seen" not in client.get_flags([1])[1]


def test_several_messages_cost_one_login_and_no_second_idle(live: Live, ann: Member, arrived: int) -> None:
    for _ in range(5):
        assert live.product.get(f"/events/{arrived}/message", ann.token)[0] == 200
    assert live.dovecot.sessions(ann.login.user) <= 2  # the stream's, and the reader's


# -- a mailbox in trouble


@pytest.fixture(scope="module")
def behind_proxy(live: Live) -> Iterator[tuple[Member, int, Proxy]]:
    """An agent, the id of its event, and the proxy before its mail server."""
    with Proxy(live.dovecot.imap) as proxy:
        member = live.agents(("proxied", ""), port=proxy.port)[0]
        yield member, told(live, member), proxy


def told(live: Live, member: Member) -> int:
    """The id of the event of REPORT, delivered to `member`."""
    with live.stream(member.token) as stream:
        wait_for(lambda: any(event.data["state"] == "idle" for event in stream.of("mailbox")), "idle")
        live.deliver(member, REPORT)
        return int(stream.wait("new")[0].id)


def problem(live: Live, id: int, token: str) -> tuple[int, str]:
    status, headers, body = live.product.get(f"/events/{id}/message", token)
    assert headers["Content-Type"] == "application/problem+json", body
    document: dict[str, Any] = json.loads(body)
    return status, document["detail"]


def test_a_kept_session_that_broke_is_replaced_unseen(live: Live, behind_proxy: tuple[Member, int, Proxy]) -> None:
    member, id, proxy = behind_proxy
    assert live.product.get(f"/events/{id}/message", member.token)[0] == 200
    proxy.cut()
    assert live.product.get(f"/events/{id}/message", member.token)[0] == 200


def test_a_mailbox_that_cannot_be_reached_is_a_502_in_plain_words(
    live: Live, behind_proxy: tuple[Member, int, Proxy]
) -> None:
    member, id, proxy = behind_proxy
    proxy.stop_listening()
    proxy.cut()
    status, detail = problem(live, id, member.token)
    proxy.listen()
    assert status == 502
    assert "Check host and port" in detail


def test_a_refused_login_is_a_502_that_says_so(live: Live) -> None:
    member = live.agent()
    id = told(live, member)
    live.dovecot.set_password(member.login.user, "another")
    status, detail = problem(live, id, member.token)
    assert status == 502
    assert "refuses the login" in detail


def test_a_message_that_was_moved_is_found_and_one_that_was_deleted_is_a_410(live: Live) -> None:
    member = live.agent()
    id = told(live, member)
    with live.dovecot.client(member.login.user, "INBOX") as client:
        client.create_folder("Later")
        client.move([1], "Later")
    _status, _headers, body = live.product.get(f"/events/{id}/message", member.token, **JSON)
    assert json.loads(body)["folder"] == "Later"
    with live.dovecot.client(member.login.user, "Later") as client:
        client.delete_messages([1])
        client.expunge()
    assert problem(live, id, member.token) == (
        410,
        "The message is no longer in the mailbox: it was deleted, or moved to where it cannot be found.",
    )
