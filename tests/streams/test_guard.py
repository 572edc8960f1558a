"""The guard looks after all streams at once: one query for every token."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mailevents import tokens
from mailevents.fleet import Fleet, Member
from mailevents.streams import guard
from mailevents.streams.guard import Standing
from mailevents.streams.stream import End, Viewer
from tests.log.entries import new_agent

NOW = timezone.now()


def test_five_hundred_tokens_are_one_query(database: str) -> None:
    agent = new_agent()
    ids = [tokens.issue(agent)[0].pk for _ in range(500)]
    with CaptureQueriesContext(connection) as queries:
        standings, fleet, _now = guard.look(ids, with_fleet=False)
    assert (len(queries), len(standings), fleet) == (1, 500, None)
    with CaptureQueriesContext(connection) as queries:
        _standings, fleet, _now = guard.look(ids, with_fleet=True)
    assert len(queries) == 2
    assert isinstance(fleet, Fleet)


def viewer(scope: str = "events", token_id: int | None = 1) -> Viewer:
    return Viewer(agent_id=1, agent="a", token_id=token_id, scope=scope, client="")


def standing(*scopes: str, left_s: float | None = None) -> Standing:
    expires_at = None if left_s is None else NOW + timedelta(seconds=left_s)
    return Standing(scopes=frozenset(scopes), expires_at=expires_at, agent=Member(1, "a", None))


@pytest.mark.parametrize(
    ("scope", "found", "end"),
    [
        ("events", None, End.REVOKED),
        ("events", standing("watch"), End.REVOKED),
        ("watch", standing("events"), End.REVOKED),
        ("watch", standing("events", "watch"), None),
        ("events", standing("events", left_s=1), None),
        ("events", standing("events", left_s=0), End.TOKEN_EXPIRED),
        ("events", standing("watch", left_s=-1), End.REVOKED),
    ],
)
def test_why_a_stream_must_end(scope: str, found: Standing | None, end: End | None) -> None:
    assert guard.verdict(viewer(scope), found, NOW) is end


def test_an_administrator_at_the_console_has_no_token_to_lose() -> None:
    assert guard.verdict(viewer(token_id=None), None, NOW) is None
