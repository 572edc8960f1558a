"""Streams and pages as a client meets them, on a running product."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from mailevents.models import Agent
from tests.servers.fleet import Fleet
from tests.servers.waiting import wait_for

BEAT_S = 0.5


def test_a_stream_has_its_headers_and_begins_with_ready(fleet: Fleet) -> None:
    with fleet.agent().stream() as stream:
        assert stream.status == 200
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        assert stream.headers["Cache-Control"] == "no-store"
        assert stream.headers["X-Accel-Buffering"] == "no"
        assert "Content-Encoding" not in stream.headers
        (ready,) = stream.wait("ready")
        assert stream.events[0] is ready
        stream.wait_until(lambda: stream.parser.comments >= 2, "two heartbeats", within=10)
        assert stream.parser.retry_ms == 2000


def test_compression_is_not_given_even_if_asked_for(fleet: Fleet) -> None:
    with fleet.agent().stream(headers={"Accept-Encoding": "gzip, br"}) as stream:
        stream.wait("ready")
        assert "Content-Encoding" not in stream.headers


def test_events_arrive_with_their_ids_and_a_second_stream_replays_the_same(fleet: Fleet) -> None:
    agent = fleet.agent()
    with agent.stream() as live:
        live.wait("ready")
        ids = agent.log(1, 2, 3)
        events = live.wait("new", 3)
        with agent.stream(last_event_id=str(ids[0])) as later:
            assert [event.text for event in later.wait("new", 2)] == [event.text for event in events[1:]]
    assert [int(event.id) for event in events] == [event.data["id"] for event in events] == ids
    assert live.parser.last_event_id == str(ids[-1])


def test_another_agents_events_are_not_seen(fleet: Fleet) -> None:
    mine, others = fleet.agent(), fleet.agent()
    with mine.stream() as stream:
        stream.wait("ready")
        others.log(1)
        mine.log(2)
        (event,) = stream.wait("new")
        assert event.data["message"]["uid"] == 2
    assert [event["message"]["uid"] for event in mine.page("?since=0")["events"]] == [2]
    theirs = others.page("?since=0")["events"][0]["id"]
    assert fleet.problem(f"/events/{theirs}", mine.token)[0] == 404


def test_a_watcher_sees_all_below_with_their_names_and_only_them(fleet: Fleet) -> None:
    main = fleet.agent()
    child = fleet.agent(parent=main)
    grandchild, stranger = fleet.agent(parent=child), fleet.agent()
    with main.stream(route="/watch") as all_of_them, main.stream(f"?agent={child.name}", route="/watch") as one:
        assert set(all_of_them.wait("ready")[0].data["agents"]) == {child.name, grandchild.name}
        assert one.wait("ready")[0].data["agents"] == [child.name]
        for agent in (stranger, main, grandchild, child):
            agent.log(1)
        assert {event.data["agent"] for event in all_of_them.wait("new", 2)} == {child.name, grandchild.name}
        assert [event.data["agent"] for event in one.wait("new")] == [child.name]


def test_filters_are_applied_by_the_server(fleet: Fleet) -> None:
    agent = fleet.agent()
    with agent.stream("?type=new&sender=@example.com&priority=high&spam=exclude") as stream:
        stream.wait("ready")
        agent.log(1, sender="a@example.com", priority="high", verdict="spam")
        agent.log(2, sender="a@example.com", priority="low", verdict="ham")
        agent.log(3, sender="a@example.org", priority="high", verdict="ham")
        agent.log(4, sender="a@mail.example.com", priority="high", verdict="ham")
        agent.log(5, sender="a@example.com", priority="high", verdict="ham")
        (event,) = stream.wait("new")
        assert event.data["message"]["uid"] == 5


def test_a_cursor_that_the_log_never_held_is_said_on_the_stream_and_on_the_page(fleet: Fleet) -> None:
    agent = fleet.agent()
    (id,) = agent.log(1)
    with agent.stream(last_event_id="99999999") as stream:
        (reset,) = stream.wait("reset")
        assert reset.data["reason"] == "cursor_unknown"
        assert reset.data["requested"] == 99999999
        assert [event.type for event in stream.events[:2]] == ["ready", "reset"]
        assert stream.wait("new")[0].id == str(id)
    assert agent.page("?since=99999999")["reset"]["reason"] == "cursor_unknown"


# -- pages


def test_pages_go_through_everything_once(fleet: Fleet) -> None:
    agent = fleet.agent()
    ids = agent.log(*range(1, 8))
    found: list[int] = []
    after = 0
    while page := agent.page(f"?since={after}&limit=3")["events"]:
        found += [event["id"] for event in page]
        after = page[-1]["id"]
    assert found == ids
    first = agent.page("?since=0&limit=3")
    assert first["next"] == ids[2]
    assert agent.page(f"?since={ids[-1]}")["next"] >= ids[-1]


def test_an_empty_page_goes_on_from_where_it_has_looked(fleet: Fleet) -> None:
    agent, other = fleet.agent(), fleet.agent()
    (there,) = other.log(1)
    wait_for(lambda: agent.page("?since=0")["next"] >= there, "the page to have looked so far", every=0.05)
    assert agent.page("?since=0")["events"] == []


def test_a_page_waits_until_there_is_an_event(fleet: Fleet) -> None:
    agent, pages = fleet.agent(), []
    polling = threading.Thread(target=lambda: pages.append(agent.page("?wait=30")))
    polling.start()
    with agent.stream() as beside:
        beside.wait("ready")
        wait_for(lambda: polling.is_alive(), "the page to be asked for")
        polling.join(0.5)
        agent.log(1)
        polling.join(20)
    assert [event["message"]["uid"] for event in pages[0]["events"]] == [1]
    assert pages[0]["next"] == pages[0]["events"][0]["id"]


@pytest.mark.parametrize("how", ["revoked", "disabled"])
def test_a_waiting_page_ends_with_its_token(fleet: Fleet, how: str) -> None:
    agent, answers = fleet.agent(), []
    asked, accepted = "/events?wait=60", "application/json"
    polling = threading.Thread(target=lambda: answers.append(fleet.problem(asked, agent.token, Accept=accepted)))
    polling.start()
    with agent.stream() as beside:
        beside.wait("ready")
        polling.join(3 * BEAT_S)
        assert polling.is_alive()
        if how == "revoked":
            agent.change(revoked_at=timezone.now())
        else:
            with fleet.rows():
                Agent.objects.filter(pk=agent.row.pk).update(enabled=False)
        polling.join(30)
    assert [(status, how in problem["detail"]) for status, _, problem in answers] == [(401, True)]


def test_news_of_a_mailbox_does_not_end_the_wait_for_an_event(fleet: Fleet) -> None:
    agent = fleet.agent()
    agent.log(1)  # now it has a mailbox, on a port that refuses: its state changes while the page waits
    began = timezone.now()
    assert agent.page("?wait=2")["events"] == []
    assert timezone.now() - began > timedelta(seconds=1.9)


def test_one_event_by_its_id(fleet: Fleet) -> None:
    main = fleet.agent()
    child = fleet.agent(parent=main)
    (id,) = child.log(1)
    for token in (child.token, main.token):
        status, headers, body = fleet.product.get(f"/events/{id}", token)
        assert (status, headers["Content-Type"]) == (200, "application/json")
        assert json.loads(body)["id"] == id
    narrow = fleet.token(main.row, "events")
    for token, path in ((narrow, f"/events/{id}"), (main.token, "/events/999999999"), (main.token, "/events/x")):
        assert fleet.problem(path, token)[0] == 404


def test_the_acknowledged_cursor_is_where_the_next_stream_begins(fleet: Fleet) -> None:
    agent = fleet.agent()
    ids = agent.log(1, 2, 3)
    status, _headers, body = fleet.product.request(
        "POST", "/events/ack", token=agent.token, body=json.dumps({"id": ids[0]}).encode()
    )
    assert (status, json.loads(body)) == (200, {"cursor": ids[0]})
    with agent.stream() as stream:
        assert [int(event.id) for event in stream.wait("new", 2)] == ids[1:]


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"[]", b'{"id":"1"}', b'{"id":-1}', b'{"id":1.5}', b'{"id":true}', b"{" * 5000, b"\xff", b"null"],
)
def test_an_acknowledgement_that_makes_no_sense_is_refused(fleet: Fleet, body: bytes) -> None:
    status, headers, answer = fleet.product.request("POST", "/events/ack", token=fleet.agent().token, body=body)
    assert (status, headers["Content-Type"]) == (400, "application/problem+json")
    assert b"id" in answer


# -- who may not


@pytest.mark.parametrize("path", ["/events", "/watch", "/events/1", "/events/ack"])
def test_who_has_no_good_token_is_told_how_to_come_by_one(fleet: Fleet, path: str) -> None:
    method = "POST" if path.endswith("ack") else "GET"
    expired = fleet.token(fleet.agent().row, expires_at=timezone.now() - timedelta(seconds=1))
    revoked = fleet.agent()
    revoked.change(revoked_at=timezone.now())
    disabled = fleet.agent()
    with fleet.rows():
        type(disabled.row).objects.filter(pk=disabled.id).update(enabled=False)
    for sent, said in (
        ({}, "Authorization: Bearer"),
        ({"Authorization": "Basic eDp5"}, "Authorization: Bearer"),
        ({"Authorization": "Bearer"}, "Authorization: Bearer"),
        ({"Authorization": "Bearer am_wrong"}, "not known"),
        ({"Authorization": "Bearer \xff\xfe"}, "not known"),
        ({"Authorization": f"Bearer {expired}"}, "expired"),
        ({"Authorization": f"Bearer {revoked.token}"}, "revoked"),
        ({"Authorization": f"Bearer {disabled.token}"}, "disabled"),
    ):
        status, headers, document = fleet.problem(path, "", method, **sent)
        assert (status, headers["WWW-Authenticate"].split()[0]) == (401, "Bearer")
        assert said in document["detail"]


def test_a_token_without_the_scope_is_told_which(fleet: Fleet) -> None:
    agent = fleet.agent()
    for path, has, lacks in (("/events", "watch", "events"), ("/watch", "events", "watch")):
        status, _headers, document = fleet.problem(path, fleet.token(agent.row, has))
        assert (status, lacks in document["detail"]) == (403, True)


def test_what_is_wrong_with_a_request_is_a_problem_document(fleet: Fleet) -> None:
    token = fleet.agent().token
    for path, status, said in (
        ("/events?sinc=1", 400, "'sinc'"),
        ("/events?since=yesterday", 400, "'since'"),
        ("/events?since=9223372036854775808", 400, "'since'"),
        ("/events?limit=5", 400, "'limit'"),
        ("/events?agent=x", 400, "'agent'"),
        ("/watch?agent=nobody", 404, "nobody"),
        ("/events?" + "&".join(["type=new"] * 1100), 400, "type"),
        ("/events/1?x=1", 400, "'x'"),
        ("/events/", 404, "/docs"),
        ("/events/1/", 404, "/docs"),
        ("/watch/1", 404, "/docs"),
        ("/nowhere", 404, "/docs"),
    ):
        found, _headers, document = fleet.problem(path, token)
        assert (found, said in document["detail"]) == (status, True), path


def test_a_host_that_is_not_ours_is_said_and_is_no_error_in_the_log(fleet: Fleet) -> None:
    for path in ("/events", "/nowhere", "/admin/"):
        status, _headers, document = fleet.problem(path, Host="elsewhere.example")
        assert (status, "ALLOWED_HOSTS" in document["detail"]) == (400, True)
    (line, *_) = [json.loads(line) for line in fleet.product.logged().splitlines() if "elsewhere.example" in line]
    assert (line["level"], "traceback" in line) == ("warning", False)


def test_who_looks_after_the_process_may_ask_by_any_host(fleet: Fleet) -> None:
    for path in ("/healthz", "/readyz", "/metrics"):
        for host in ("elsewhere.example", "10.1.2.3:8000", "not a host"):
            status, headers, _body = fleet.product.get(path, Host=host)
            assert (status, headers["X-Content-Type-Options"]) == (200, "nosniff"), (path, host)


@pytest.mark.parametrize(("path", "host"), [("/nowhere", "localhost"), ("/events", "elsewhere.example")])
def test_a_browser_that_is_lost_is_shown_a_page(fleet: Fleet, path: str, host: str) -> None:
    _status, headers, body = fleet.product.get(path, Host=host, Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert headers["Content-Type"].startswith("text/html")
    assert b"<h1>" in body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_another_method_is_refused_with_those_there_are(fleet: Fleet, method: str) -> None:
    for path in ("/events", "/watch", "/events/1", "/events/1/message"):
        status, headers, _document = fleet.problem(path, fleet.agent().token, method)
        assert (status, headers["Allow"]) == (405, "GET")


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_probes_take_get_and_head(fleet: Fleet, path: str) -> None:
    assert fleet.product.request("HEAD", path)[0] == 200
    status, headers, _document = fleet.problem(path, method="POST")
    assert (status, headers["Allow"]) == (405, "GET, HEAD")


def test_head_is_refused_too(fleet: Fleet) -> None:
    for path in ("/events", "/watch", "/events/1"):
        status, headers, body = fleet.product.request("HEAD", path, token=fleet.agent().token)
        assert (status, headers["Allow"], body) == (405, "GET", b"")


def test_more_streams_than_allowed_are_refused_until_one_leaves(fleet: Fleet) -> None:
    agent = fleet.agent()
    open_ones = [agent.stream() for _ in range(3)]
    for stream in open_ones:
        stream.wait("ready")
    status, headers, _document = fleet.problem("/events", agent.token)
    assert status == 429
    assert int(headers["Retry-After"]) > 0
    open_ones.pop().close()

    def again() -> bool:
        open_ones.append(agent.stream())
        return open_ones[-1].status == 200

    wait_for(again, "a place to be free", every=0.05)
    for stream in open_ones:
        stream.close()


def test_streams_opened_at_once_are_counted_too(fleet: Fleet) -> None:
    agent = fleet.agent()
    with ThreadPoolExecutor(12) as threads:
        opened = list(threads.map(lambda _n: agent.stream(), range(12)))
    statuses = sorted(stream.status for stream in opened)
    for stream in opened:
        stream.close()
    assert statuses == [200] * 3 + [429] * 9


# -- tokens that end while a stream is open


def test_a_revoked_token_ends_its_streams_within_two_heartbeats_and_no_others(fleet: Fleet) -> None:
    revoked, other = fleet.agent(), fleet.agent()
    with revoked.stream() as own, revoked.stream(route="/watch") as watching, other.stream() as beside:
        for stream in (own, watching, beside):
            stream.wait("ready")
        revoked.change(revoked_at=timezone.now())
        for stream in (own, watching):
            stream.wait("revoked", within=2 * BEAT_S + 2)
            stream.wait_until(stream.ended.is_set, "the stream to end")
            assert "closing" not in [event.type for event in stream.events]
        assert not beside.ended.is_set()
        assert not beside.of("revoked")


@pytest.mark.parametrize("change", ["scope", "disabled", "deleted"])
def test_what_takes_the_right_away_ends_the_stream(fleet: Fleet, change: str) -> None:
    agent = fleet.agent()
    with agent.stream() as stream:
        stream.wait("ready")
        if change == "scope":
            agent.change(scope_events=False)
        else:
            with fleet.rows():
                rows = type(agent.row).objects.filter(pk=agent.id)
                rows.update(enabled=False) if change == "disabled" else rows.delete()
        stream.wait("revoked")
        stream.wait_until(stream.ended.is_set, "the stream to end")


@pytest.mark.parametrize("when", ["from the start", "moved in the admin"])
def test_a_token_that_runs_out_ends_its_stream_with_closing(fleet: Fleet, when: str) -> None:
    agent = fleet.agent()
    soon = timezone.now() + timedelta(seconds=1.5)
    token = fleet.token(agent.row, expires_at=soon if when == "from the start" else None)
    with agent.stream(token=token) as stream:
        stream.wait("ready")
        if when != "from the start":
            agent.change(expires_at=soon)
        (closing,) = stream.wait("closing")
        assert closing.data["reason"] == "token_expired"
        stream.wait_until(stream.ended.is_set, "the stream to end")


def test_health_and_readiness(fleet: Fleet) -> None:
    def statuses() -> list[Any]:
        return [fleet.product.get(path)[0] for path in ("/healthz", "/readyz")]

    assert statuses() == [200, 200]
