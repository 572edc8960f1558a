"""Where a stream begins: Last-Event-ID, else `since`, else the acknowledged cursor, else now; a loss is said."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import RequestFactory
from django.utils import timezone

from mailevents import tokens
from mailevents.eventlog import log
from mailevents.http import access
from mailevents.http.parameters import asked
from mailevents.jsontext import timestamp
from mailevents.models import Agent
from mailevents.problems import Problem
from mailevents.streams.stream import Start
from tests.log.entries import append, new_agent


@pytest.fixture
def agent(sqlite: str) -> Agent:
    """Its log: 1 to 3 were pruned, 4 to 8 are kept."""
    agent = new_agent()
    append(agent, 1, 2, 3)
    log.prune(timezone.now() + timedelta(seconds=1))
    append(agent, 4, 5, 6, 7, 8)
    return agent


def begin(agent: Agent, last_event_id: str | None = None, acked: int | None = None, **query: Any) -> Start:
    Agent.objects.update(acked_id=acked)
    _token, text = tokens.issue(agent)
    who = access.caller(f"Bearer {text}", "events")
    headers = {} if last_event_id is None else {"Last-Event-ID": last_event_id}
    request = RequestFactory().get(f"/events?{urlencode(query)}", headers=headers)
    found = asked(request, watch=False, paging=False)
    return access.start(who, found, access.members(who, found, watch=False))


def test_the_header_wins_over_since_which_wins_over_the_acknowledged_cursor(agent: Agent) -> None:
    assert begin(agent, "5", acked=7, since=6).cursor == 5
    assert begin(agent, acked=7, since=6).cursor == 6
    assert begin(agent, acked=7).cursor == 7
    assert begin(agent).cursor == 8
    assert begin(agent, "5", acked=7, since=6).reset is None


@pytest.mark.parametrize("last_event_id", ["3", "8"])
def test_the_edges_of_what_is_kept_lose_nothing(agent: Agent, last_event_id: str) -> None:
    start = begin(agent, last_event_id)
    assert (start.cursor, start.reset) == (int(last_event_id), None)


@pytest.mark.parametrize("unknown", ["9", "abc", "-1", "4.0", "9" * 40, "4;DROP", "٤", str(2**63 - 1)])
def test_an_id_that_the_log_never_held_starts_over_and_says_so(agent: Agent, unknown: str) -> None:
    start = begin(agent, unknown)
    assert start.cursor == 3
    assert start.reset is not None
    assert start.reset["reason"] == "cursor_unknown"
    assert str(start.reset["requested"]) == unknown[:64]
    assert start.reset["oldest"] == 4


@pytest.mark.parametrize("how", [{"last_event_id": "2"}, {"since": 2}, {"acked": 2}, {"since": 0}])
def test_an_id_that_the_log_no_longer_holds_starts_over_and_says_so(agent: Agent, how: dict[str, Any]) -> None:
    start = begin(agent, **how)
    requested = next(iter(how.values()))
    assert start.cursor == 3
    assert start.reset == {"reason": "cursor_expired", "requested": int(requested), "oldest": 4}


def test_an_id_beyond_the_end_is_unknown_wherever_it_comes_from(agent: Agent) -> None:
    for start in (begin(agent, since=10**15), begin(agent, acked=10**15)):
        assert start.reset is not None
        assert start.reset["reason"] == "cursor_unknown"


def test_an_id_whose_agent_was_deleted_since_is_still_one_to_go_on_from(database: str) -> None:
    agent, other = new_agent(), new_agent("other")
    append(agent, 1)
    (last,) = append(other, 1)
    other.delete()
    start = begin(agent, str(last))
    assert (start.cursor, start.reset) == (last, None)
    _token, text = tokens.issue(agent)
    assert access.acknowledge(access.caller(f"Bearer {text}", "events"), last) == last
    reset = begin(agent, str(last + 1)).reset
    assert reset is not None
    assert reset["reason"] == "cursor_unknown"


def test_a_time_starts_with_the_first_event_from_then_on(agent: Agent) -> None:
    times = {entry.id: entry.occurred_at for entry in log.after(0, 100)}
    assert begin(agent, since=timestamp(times[6])).cursor == 5
    assert begin(agent, since=timestamp(times[6] + log.TICK)).cursor == 6
    assert begin(agent, since=timestamp(times[8] + timedelta(hours=1))).cursor == 8


def test_a_time_before_what_is_kept_says_what_is_lost(agent: Agent) -> None:
    start = begin(agent, since="2001-01-01T00:00:00Z")
    assert start.cursor == 3
    assert start.reset == {"reason": "cursor_expired", "requested": "2001-01-01T00:00:00Z", "oldest": 4}


def test_an_empty_log_begins_at_nothing(sqlite: str) -> None:
    agent = new_agent()
    for start in (begin(agent), begin(agent, since=0), begin(agent, "0"), begin(agent, since="2001-01-01T00:00:00Z")):
        assert (start.cursor, start.reset) == (0, None)


def test_an_acknowledged_cursor_never_goes_back_and_never_ahead(agent: Agent) -> None:
    _token, text = tokens.issue(agent)
    who = access.caller(f"Bearer {text}", "events")
    assert access.acknowledge(who, 6) == 6
    assert access.acknowledge(who, 4) == 6
    with pytest.raises(Problem, match="9 is not one yet"):
        access.acknowledge(who, 9)
    assert Agent.objects.get().acked_id == 6
