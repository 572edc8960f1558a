"""The description of the routes is what the running product does: every route, every event type."""

import json
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from mailevents.http.reference import SOURCE, document
from tests.fleet.conftest import Live, Member
from tests.fleet.enrolling import change
from tests.servers.sse import Event
from tests.servers.waiting import wait_for

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
MAIL = b"From: =?utf-8?q?=C3=84nn?= <ann@example.com>\r\nTo: b@x.org, C <c@x.org>\r\nMessage-ID: <%d@x>\r\n\r\ntext\r\n"


@pytest.fixture(scope="module")
def main(live: Live) -> Member:
    return live.agents(("main", ""), ("sub", "main"))[0]


@pytest.fixture(scope="module")
def told(live: Live, main: Member) -> list[Event]:
    """What a stream said that saw mail come, change and go, and was then closed."""
    with live.stream(main.token, "/events?since=0") as stream, live.stream(main.token, "/watch") as watch:
        wait_for(lambda: any(event.data["state"] == "idle" for event in stream.of("mailbox")), "idle")
        live.deliver(main, *(MAIL % number for number in range(3)))
        stream.wait("new", 3)
        with live.dovecot.client(main.login.user, "INBOX") as client:
            client.add_flags([2], [b"\\Seen"])
            stream.wait("flags")
            client.delete_messages([3])
            client.expunge()
            stream.wait("expunge")
        with live.stream(main.token, "/events", last_event_id="999999") as lost:
            lost.wait("reset")
        return [*stream.events, *watch.events, *lost.events]


def streamed() -> dict[str, Any]:
    content = document()["paths"]["/events"]["get"]["responses"]["200"]["content"]
    found: dict[str, Any] = content["text/event-stream"]["schema"]["x-events"]
    return found


def validate(schema: Any, value: Any) -> None:
    components = {"components": document()["components"]}
    Draft202012Validator({**components, **schema}).validate(value)


def test_everything_that_a_stream_says_is_as_described(told: list[Event]) -> None:
    for event in told:
        validate(streamed()[event.type], event.data)
    assert {event.type for event in told} >= {"ready", "mailbox", "new", "flags", "expunge", "reset"}


def test_goodbyes_are_as_described(live: Live) -> None:
    agent = live.agent()
    issued = live.product.manage("issue_token", agent.name, "--expires-in", "5s", "--json")
    with live.stream(json.loads(issued)["token"]) as expiring, live.stream(agent.token) as revoked:
        expiring.wait("closing", within=20)
        change(live.product, f"Agent.objects.filter(name='{agent.name}').update(enabled=False)")
        revoked.wait("revoked")
    validate(streamed()["closing"], expiring.of("closing")[0].data)
    validate(streamed()["revoked"], revoked.of("revoked")[0].data)


def test_a_page_an_event_and_a_message_are_as_described(live: Live, main: Member, told: list[Event]) -> None:
    body = live.product.get("/events?since=0", main.token, Accept="application/json")[2]
    validate({"$ref": "#/components/schemas/Page"}, json.loads(body))
    new = next(event for event in told if event.type == "new")
    validate({"$ref": "#/components/schemas/Event"}, json.loads(live.product.get(f"/events/{new.id}", main.token)[2]))
    body = live.product.get(f"/events/{new.id}/message", main.token, Accept="application/json")[2]
    validate({"$ref": "#/components/schemas/Message"}, json.loads(body))


API = schemathesis.openapi.from_path(SOURCE)
OPERATIONS = {operation.label: operation for operation in (found.ok() for found in API.get_all_operations())}  # type: ignore[union-attr]


@pytest.mark.parametrize("label", OPERATIONS)
def test_no_request_is_answered_other_than_described(live: Live, main: Member, told: list[Event], label: str) -> None:
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(OPERATIONS[label].as_strategy())
    def ask(case: Any) -> None:
        if case.path in ("/events", "/watch"):
            case.headers["Accept"] = "application/json"  # a stream would not end
            case.query.pop("wait", None)
        headers = {"Authorization": f"Bearer {main.token}"}
        case.call_and_validate(base_url=live.product.url, checks=CHECKS, headers=headers)

    ask()


def test_the_description_is_served_for_machines_and_for_readers(live: Live) -> None:
    status, headers, body = live.product.get("/openapi.json")
    assert (status, headers["Content-Type"], json.loads(body)) == (200, "application/json", document())
    status, headers, body = live.product.get("/docs")
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    page = body.decode()
    for path in document()["paths"]:
        assert f"<code>GET {path}</code>" in page or f"<code>POST {path}</code>" in page
    assert "http://" not in page
    assert "https://" not in page


def test_every_route_of_agents_is_described() -> None:
    from mailevents.urls import urlpatterns

    routes = {"/" + str(one.pattern).replace("<str:id>", "{id}") for one in urlpatterns if one.name}
    assert routes - {"/docs", "/openapi.json"} == set(document()["paths"])
