"""`GET /watch` against the running product and real mailboxes: one stream over a fleet that changes meanwhile."""

import json
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.fleet.conftest import Live, Member
from tests.fleet.enrolling import Newcomer, change, enrol
from tests.servers.sse import Stream
from tests.servers.waiting import wait_for

MAIL = b"From: Ann <ann@example.com>\r\nMessage-ID: <%s@x>\r\nSubject: %s\r\n\r\ntext\r\n"


def mail(subject: str) -> bytes:
    return MAIL % (subject.encode(), subject.encode())


@pytest.fixture(scope="module")
def fleet(live: Live) -> dict[str, Member]:
    """main over sales and support, support over night; other over stranger."""
    tree = [("main", ""), ("sales", "main"), ("support", "main"), ("night", "support")]
    tree += [("other", ""), ("stranger", "other")]
    return {member.name: member for member in live.agents(*tree)}


def watch(live: Live, member: Member, query: str = "", **options: str) -> Stream:
    return live.stream(member.token, f"/watch{query}", **options)


def idle(stream: Stream, *names: str) -> None:
    def told() -> set[str]:
        return {event.data["agent"] for event in stream.of("mailbox") if event.data["state"] == "idle"}

    stream.wait_until(lambda: told() >= set(names), f"{names} to be watched", 20)


def subjects(stream: Stream) -> list[tuple[str, str]]:
    return [(event.data["agent"], event.data["message"]["subject"]) for event in stream.of("new")]


def members(stream: Stream) -> Any:
    return stream.of("ready")[-1].data["agents"]


def test_a_watcher_hears_of_all_below_at_any_depth_and_of_nobody_else(live: Live, fleet: dict[str, Member]) -> None:
    with watch(live, fleet["main"]) as main, watch(live, fleet["other"]) as other:
        idle(main, "sales", "support", "night")
        idle(other, "stranger")
        assert members(main) == ["night", "sales", "support"]
        for name in ("sales", "night", "stranger", "support"):
            live.deliver(fleet[name], mail(f"to-{name}"))
        main.wait("new", 3)
        other.wait("new", 1)
        assert sorted(subjects(main)) == [("night", "to-night"), ("sales", "to-sales"), ("support", "to-support")]
        assert subjects(other) == [("stranger", "to-stranger")]
        assert {event.data["agent"] for event in main.of("mailbox")} <= {"sales", "support", "night"}


def test_a_watcher_narrowed_to_some_agents_hears_of_these(live: Live, fleet: dict[str, Member]) -> None:
    with watch(live, fleet["main"], "?agent=night&agent=sales&type=new") as stream:
        assert (stream.wait("ready")[0].data["agents"]) == ["night", "sales"]
        with watch(live, fleet["main"]) as all_of_them:
            idle(all_of_them, "sales", "support", "night")
            live.deliver(fleet["support"], mail("not-selected"))
            all_of_them.wait("new")
            live.deliver(fleet["sales"], mail("selected"))
            stream.wait("new")
    assert subjects(stream) == [("sales", "selected")]
    assert {event.type for event in stream.events} == {"ready", "new"}


@pytest.mark.parametrize("name", ["stranger", "other", "main", "nobody", "NIGHT", "n%2A"])
def test_an_agent_outside_is_a_404_like_one_that_does_not_exist(
    live: Live, fleet: dict[str, Member], name: str
) -> None:
    for accept in ("text/event-stream", "application/json"):
        status, headers, body = live.product.get(f"/watch?agent={name}", fleet["main"].token, Accept=accept)
        assert (status, headers["Content-Type"]) == (404, "application/problem+json")
        expected = name.replace("%2A", "*")
        assert json.loads(body)["detail"] == f"There is no agent {expected!r} below main."


def test_an_event_of_an_agent_outside_is_a_404(live: Live, fleet: dict[str, Member]) -> None:
    with watch(live, fleet["main"]) as stream:
        idle(stream, "night")
        live.deliver(fleet["night"], mail("mine"))
        id = stream.wait("new")[-1].id
    for path in (f"/events/{id}", f"/events/{id}/message"):
        assert live.product.get(path, fleet["main"].token)[0] == 200
        assert live.product.get(path, fleet["support"].token)[0] == 200
        assert live.product.get(path, fleet["other"].token)[0] == 404
        assert live.product.get(path, fleet["sales"].token)[0] == 404


def test_agents_that_are_added_moved_and_disabled_join_and_leave_within_a_heartbeat(live: Live) -> None:
    base, _first, _elsewhere, moving = live.agents(
        ("base", ""), ("first", "base"), ("elsewhere", ""), ("moving", "elsewhere")
    )
    with watch(live, base, "?type=new&type=mailbox") as stream:
        idle(stream, "first")
        added = live.agents(("added", "first"))[0]
        stream.wait_until(lambda: members(stream) == ["added", "first"], "the one added")
        idle(stream, "added")
        live.deliver(added, mail("to-added"))
        stream.wait("new")
        assert subjects(stream) == [("added", "to-added")]

        change(live.product, "Agent.objects.filter(name='moving').update(parent=Agent.objects.get(name='added'))")
        stream.wait_until(lambda: "moving" in members(stream), "the one moved here")
        idle(stream, "moving")

        change(live.product, "Agent.objects.filter(name='added').update(enabled=False)")
        stream.wait_until(lambda: "added" not in members(stream), "the one disabled to leave")
        assert "moving" in members(stream)  # what is below a disabled agent stays
        wait_for(lambda: live.dovecot.sessions(added.login.user) == 0, "the disabled one's session to end", within=20)
        live.deliver(added, mail("unseen"))
        live.deliver(moving, mail("seen"))
        stream.wait("new", 2)
        assert subjects(stream) == [("added", "to-added"), ("moving", "seen")]


def test_a_new_name_is_said_on_the_agents_own_stream_and_its_watchers(live: Live) -> None:
    above, named = live.agents(("above", ""), ("named", "above"))
    with watch(live, above) as watching, live.stream(named.token) as own:
        assert (members(watching), members(own)) == (["named"], ["named"])
        change(live.product, "Agent.objects.filter(name='named').update(name='renamed')")
        for stream in (watching, own):
            again = stream.wait("ready", 2)[-1]
            assert again.data["agents"] == ["renamed"]


def test_two_watchers_share_one_session_a_mailbox_which_ends_with_the_last(
    live: Live, fleet: dict[str, Member]
) -> None:
    with watch(live, fleet["main"]) as first, watch(live, fleet["main"]) as second:
        idle(first, "sales")
        idle(second, "sales")
        assert live.dovecot.sessions(fleet["sales"].login.user) == 1
    wait_for(lambda: live.dovecot.sessions(fleet["sales"].login.user) == 0, "the end", within=20)


# -- mailboxes that are down


class Tarpit:
    """Takes connections and never says a word. `most` is how many there were at a time."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.port: int = self._listener.getsockname()[1]
        self._taken: list[socket.socket] = []
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def count(self) -> int:
        return len(self._taken)

    def _run(self) -> None:
        while True:
            try:
                taken, _ = self._listener.accept()
            except OSError:
                return
            self._taken.append(taken)

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()
        for taken in self._taken:
            taken.close()


@pytest.fixture
def tarpit() -> Iterator[Tarpit]:
    tarpit = Tarpit()
    yield tarpit
    tarpit.close()


def test_mailboxes_that_are_down_are_told_and_hold_up_nobody(live: Live, tarpit: Tarpit) -> None:
    stuck = [Newcomer(name=f"stuck{number}", parent="head", port=tarpit.port) for number in range(20)]
    head = enrol(live.product, [Newcomer(name="head"), *stuck, Newcomer(name="refused", parent="head", port=1)])["head"]
    well = live.agents(("well", "head"))[0]
    with live.stream(head, "/watch") as stream:
        idle(stream, "well")
        live.deliver(well, mail("all-is-well"))
        stream.wait("new")

        def down() -> list[Any]:
            states = [event.data for event in stream.of("mailbox")]
            return [state for state in states if state["agent"] == "refused" and state["state"] == "reconnecting"]

        stream.wait_until(down, "the one refused to be told")
        assert "refuses the connection" in down()[0]["detail"]
        assert down()[0]["next_attempt_at"]
        assert 1 <= tarpit.count <= 5  # logins at a time, out of twenty


THOUSAND = """
from mailevents.secrets import encrypt
chief, password = Agent.objects.get(name="chief"), encrypt("none")
below = Agent.objects.bulk_create(Agent(name="many%d" % number, parent=chief) for number in range(1000))
Mailbox.objects.bulk_create(
    Mailbox(agent=agent, host="127.0.0.1", port={port}, security="plain", user="nobody", password_encrypted=password)
    for agent in below
)
"""


def test_a_thousand_sub_agents_never_mean_a_thousand_logins_at_once(live: Live, tarpit: Tarpit) -> None:
    chief = enrol(live.product, [Newcomer(name="chief")])["chief"]
    change(live.product, THOUSAND.format(port=tarpit.port))
    with live.stream(chief, "/watch") as stream:
        assert len(stream.wait("ready", within=20)[0].data["agents"]) == 1000
        wait_for(lambda: tarpit.count, "the first to be tried", within=20)
        live.product.get("/healthz")
        assert tarpit.count <= 5
