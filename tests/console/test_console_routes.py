"""Who may see the console, what it tells, and that looking changes nothing."""

import json

from tests.servers.waiting import wait_for


def stream_of(scene, visitor, query=""):
    cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    return scene.stream(f"/console/events{query}", Cookie=cookies)


def state(visitor):
    answer = visitor.get("/console/state")
    assert answer.status_code == 200, answer.text
    return answer.json()


def of(visitor, agent):
    """What the state tells of one agent."""
    return next(each for each in state(visitor)["agents"] if each["name"] == agent)


def test_only_administrators_who_may_view_events_get_in(scene):
    nobody, clerk = scene.visitor(), scene.visitor("clerk")
    page = nobody.get("/")
    assert (page.status_code, page.headers["Location"]) == (302, "/admin/login/?next=/")
    assert clerk.get("/").status_code == 403
    assert "may not view events" in clerk.get("/").text
    for visitor in (nobody, clerk):
        for path in ("/console/state", "/console/events"):
            refused = visitor.get(path)
            assert refused.status_code == 403
            assert refused.headers["Content-Type"] == "application/problem+json"
    assert scene.visitor("viewer").get("/").status_code == 200
    assert scene.visitor("root").get("/").status_code == 200


def test_an_agents_token_opens_no_console(scene):
    status, _headers, _body = scene.product.get("/console/state", token=scene.tokens["main"])
    assert status == 403


def test_the_page_allows_no_script_but_its_own(scene):
    page = scene.visitor("viewer").get("/")
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["Cache-Control"] == "no-store"
    assert "<style" not in page.text
    assert " style=" not in page.text
    assert all("src=" in tag for tag in page.text.split("<script")[1:])


def test_the_state_tells_agents_mailboxes_streams_and_the_last_events(scene):
    visitor = scene.visitor("viewer")
    before = state(visitor)
    tree = [(agent["name"], agent["depth"]) for agent in before["agents"] if agent["name"] != "late"]
    assert tree == [("main", 0), ("billing", 1), ("sales", 1), ("support", 1)]
    stream = scene.open("billing")
    wait_for(lambda: scene.watched("billing"), "billing to be watched")
    scene.deliver("Invoice 7", to="billing")
    [event] = stream.wait("new")
    wait_for(lambda: of(visitor, "billing")["state"] == "watching", "the mailbox to show as watched")
    after = state(visitor)
    assert after["counts"]["watched"] >= 1
    assert of(visitor, "main")["state"] == "not watched: no stream is open"
    assert of(visitor, "billing")["mailbox"] == "billing@fleet.test at 127.0.0.1"
    [shown] = [each for each in after["streams"] if each["agent"] == "billing"]
    assert (shown["kind"], shown["agents"]) == ("events", 1)
    assert shown["sent"] >= 1
    assert event.data in after["recent"]
    assert after["cursor"] >= event.data["id"]
    stream.close()


def test_the_console_hears_every_agent_and_opens_no_mailbox(scene):
    visitor = scene.visitor("root")
    console = stream_of(scene, visitor)
    wait_for(lambda: any(s["kind"] == "console" for s in state(visitor)["streams"]), "the console's own stream")
    assert not scene.watched("sales")
    stream = scene.open("main", "/watch")
    wait_for(lambda: scene.watched("sales"), "sales to be watched")
    scene.deliver("Invoice 8", to="sales")
    [event] = console.wait("new")
    assert event.data["agent"] == "sales"
    assert event.data["message"]["folder"] == "Invoices"
    rounds = console.parser.comments + 3  # heartbeats, at each of which it is looked who is there
    wait_for(lambda: console.parser.comments >= rounds, "three heartbeats")
    assert (len(stream.of("ready")), len(console.of("ready"))) == (1, 1)  # nobody came or went, and none has a new name
    stream.close()
    console.close()


def test_an_agent_that_joins_later_is_heard_and_its_mailbox_is_left_alone(scene):
    console = stream_of(scene, scene.visitor("root"))
    scene.mail.add("late@fleet.test", "pw")
    url = f"imap://late%40fleet.test:pw@127.0.0.1:{scene.mail.imap_port}"
    token = json.loads(scene.product.manage("create_agent", "late", "--imap", url, "--json"))["token"]
    assert "late" in console.wait("ready", 2)[-1].data["agents"]
    assert not scene.watched("late")
    stream = scene.stream("/events", token)
    wait_for(lambda: scene.watched("late"), "the new mailbox to be watched")
    scene.deliver("hello", to="late")
    [event] = console.wait("new")
    assert event.data["agent"] == "late"
    stream.close()
    console.close()


def test_it_goes_on_from_where_it_was_and_an_absurd_start_does_no_harm(scene):
    stream = scene.open("support")
    wait_for(lambda: scene.watched("support"), "support to be watched")
    for subject in ("one", "two", "three"):
        scene.deliver(subject, to="support")
    ids = [event.data["id"] for event in stream.wait("new", 3)]
    visitor = scene.visitor("viewer")
    console = stream_of(scene, visitor, f"?since={ids[0]}")
    assert [event.data["id"] for event in console.wait("new", 2)] == ids[1:]
    console.close()
    for absurd in ("99999999999", "-5", "x", "9" * 30):
        console = stream_of(scene, visitor, f"?since={absurd}")
        assert console.wait("ready")[0].data["cursor"] == ids[-1]
        console.close()
    stream.close()


def test_while_closing_it_says_so(own_scene):
    console = stream_of(own_scene, own_scene.visitor("viewer"))
    own_scene.product.signal()
    assert console.wait("closing")[0].data["reason"] == "shutdown"
    assert own_scene.product.wait() == 0


def test_other_methods_and_paths_are_refused(scene):
    visitor = scene.visitor("root")
    assert visitor.post("/console/state").status_code in (403, 405)
    assert visitor.get("/console/nothing").status_code == 404
