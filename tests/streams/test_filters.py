"""A selection as a predicate and as a query: both mean the same, on every database."""

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailevents.eventlog import filters, log
from mailevents.eventlog.entry import Entry
from mailevents.eventlog.filters import Selection
from mailevents.models import Agent
from tests.log.entries import new_agent, new_entry

SENDERS = [
    "",
    "ann@example.com",
    "bob@mail.example.com",
    "bob@notexample.com",
    "a_n@example.com",
    "a%n@example.com",
    "a\\n@example.com",
    "a.n@example.com",
    "axn@example.com",
    "[a-z]@example.com",
    "ünï@bücher.example",
    "ÜNÏ@bücher.example",
    "straße@x.org",
    "x@example.com@evil.net",
    "*@example.com",
    "?@example.com",
    "日本@例え.jp",
]
patterns = st.one_of(
    st.sampled_from([sender for sender in SENDERS if "@" in sender]),
    st.sampled_from(
        ["@example.com", "@mail.example.com", "*@*example.com", "a?n@*", "*@*.*", "a_n@*", "a%n@*", "*ü*@*"]
    ),
    st.builds(
        lambda left, right: f"{left}@{right}",
        st.text(alphabet="ab*?._%\\[]ünx+()|^$", max_size=4),
        st.text(alphabet="ecx*?.om%_", min_size=1, max_size=5),
    ),
)


@pytest.fixture
def filled(database: str) -> tuple[list[Agent], list[Entry]]:
    chance = random.Random(7)
    agents = [new_agent(f"a{number}") for number in range(3)]
    rows = [
        new_entry(
            chance.choice(agents),
            None if chance.random() < 0.2 else uid,
            sender=sender,
            priority=chance.choice(filters.PRIORITIES),
            verdict=chance.choice(["ham", "suspicious", "spam", ""]),
        )
        for uid, sender in enumerate(SENDERS * 4, 1)
    ]
    log.append([row for row in rows if row.type == "flags"])
    for agent in agents:
        log.append([row for row in rows if row.type == "new" and row.agent_id == agent.pk])
    return agents, log.after(0, 1000)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_the_query_finds_what_the_predicate_selects(filled: tuple[list[Agent], list[Entry]], data: Any) -> None:
    agents, entries = filled
    assert len(entries) == 4 * len(SENDERS)
    selection = Selection(
        agent_ids=data.draw(st.frozensets(st.sampled_from([agent.pk for agent in agents]))),
        types=data.draw(st.frozensets(st.sampled_from(filters.TYPES), max_size=2)),
        senders=tuple(map(filters.sender, data.draw(st.lists(patterns, max_size=2)))),
        priorities=data.draw(st.frozensets(st.sampled_from(filters.PRIORITIES), max_size=2)),
        spam=data.draw(st.sampled_from(filters.SPAM)),
    )
    after, limit = data.draw(st.integers(0, entries[-1].id)), data.draw(st.integers(1, 30))
    upto = data.draw(st.one_of(st.none(), st.integers(0, entries[-1].id + 1)))
    wanted = [e for e in entries if selection.selects(e) and e.id > after and (upto is None or e.id <= upto)]
    assert log.selected(selection, after, limit, upto) == wanted[:limit]


PATTERNS = [
    "@example.com",
    "ann@example.com",
    "@mail.example.com",
    "*@*example.com",
    "*@*.*",
    "a_n@*",
    "a%n@*",
    "a?n@*",
]


def test_the_query_narrows_by_each_pattern_without_losing_any(filled: tuple[list[Agent], list[Entry]]) -> None:
    agents, entries = filled
    for pattern in PATTERNS + [sender for sender in SENDERS if "@" in sender]:
        selection = Selection(agent_ids=frozenset(agent.pk for agent in agents), senders=(filters.sender(pattern),))
        wanted = [entry for entry in entries if selection.selects(entry)]
        assert wanted, pattern
        assert log.selected(selection, 0, 1000) == wanted


@pytest.mark.parametrize(
    ("pattern", "selected"),
    [
        ("ann@example.com", ["ann@example.com"]),
        (" Ann@Example.COM ", ["ann@example.com"]),
        ("@example.com", ["ann@example.com", "a_n@example.com"]),
        ("*@*example.com", ["ann@example.com", "a_n@example.com", "bob@mail.example.com", "bob@notexample.com"]),
        ("*@*.example.com", ["bob@mail.example.com"]),
        ("a?n@example.com", ["ann@example.com", "a_n@example.com"]),
        ("a_n@example.com", ["a_n@example.com"]),
        ("@mail.*", ["bob@mail.example.com"]),
    ],
)
def test_what_a_sender_means(pattern: str, selected: list[str]) -> None:
    senders = ["ann@example.com", "a_n@example.com", "bob@mail.example.com", "bob@notexample.com", "x@example.com.org"]
    matches = filters.sender(pattern).matches
    assert [sender for sender in senders if matches(sender)] == selected


def test_a_hostile_glob_takes_no_time() -> None:
    matches = filters.sender("*a" * 100 + "@*").matches
    assert not matches("a" * 300 + "b")


def test_an_event_without_a_verdict_is_no_spam() -> None:
    entry = Entry(id=1, type="flags", agent_id=1, occurred_at=None, json="{}")  # type: ignore[arg-type]
    assert Selection(agent_ids=frozenset({1}), spam="exclude").selects(entry)
    assert not Selection(agent_ids=frozenset({1}), spam="only").selects(entry)


@pytest.mark.parametrize("value", ["@bücher.example", "@xn--bcher-kva.example", "@BÜCHER.example"])
def test_an_international_domain_is_found_in_either_spelling(value: str) -> None:
    asked = filters.senders(value)
    for found in ("ann@bücher.example", "ann@xn--bcher-kva.example"):
        assert any(one.matches(found) for one in asked)
    assert not any(one.matches("ann@bucher.example") for one in asked)


@pytest.mark.parametrize(
    "value", ["ann@example.com", "a@*.bücher?.example", "a@straße.example", "a@xn--9.example", "a@*"]
)
def test_what_has_no_second_spelling_is_asked_for_as_it_is(value: str) -> None:
    assert value in [one.pattern for one in filters.senders(value)]
    assert "a@strasse.example" not in [one.pattern for one in filters.senders(value)]
