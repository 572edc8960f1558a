"""Every wrong value is a 400 that names the parameter."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from mailevents.eventlog.log import MAX_ID
from mailevents.http.parameters import MAX_VALUES, Asked, asked, event_id
from mailevents.problems import Problem


def read(query: str, *, watch: bool = True, paging: bool = True, last_event_id: str | None = None) -> Asked:
    headers = {} if last_event_id is None else {"Last-Event-ID": last_event_id}
    return asked(RequestFactory().get(f"/watch?{query}", headers=headers), watch=watch, paging=paging)


def problem_of(query: str, says: str = "") -> int | None:
    """The status of the problem that a query is, if it is one."""
    try:
        read(query)
    except Problem as problem:
        return problem.status if says in problem.detail else 0
    return None


@pytest.mark.parametrize(
    ("name", "values"),
    {
        "type": ["", "NEW", "new,flags", "ready", "*", "new\0"],
        "sender": ["", "ann", "a b@c", "@", "a@", "@ b", "x@" + "y" * 400, "a@b\0"],
        "priority": ["", "urgent", "High", "1"],
        "spam": ["", "yes", "Only", "0"],
        "since": ["", "yesterday", "-1", "+1", "1.0", "1e3", "٣", str(2**63), "9" * 30, "2026-11-22",
                  "2026-11-22T10:11:12",
                  "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-11-22T25:00:00Z", "0000-01-01T00:00:00Z",
                  "9999-12-31T23:59:59-23:59", "3026-11-22T10:11:12Z", "2026-11-22T10:11:12+99:00", "NaN", "null"],
        "limit": ["", "0", "1001", "-1", "ten", "1.5", "1e2", "٣", "10 ", "9" * 30],
        "wait": ["", "61", "-1", "inf", "nan", "1e1", "60.1", "٣"],
        "agent": ["", "  "],
    }.items(),
)  # fmt: skip
def test_a_wrong_value_is_a_400_that_names_the_parameter(name: str, values: list[str]) -> None:
    for value in values:
        with pytest.raises(Problem) as caught:
            read(urlencode({name: value}))
        assert caught.value.status == 400, value
        assert f"'{name}'" in caught.value.detail


@pytest.mark.parametrize("name", ["since", "spam", "limit", "wait"])
def test_what_can_be_said_once_is_refused_twice(name: str) -> None:
    value = {"spam": "only"}.get(name, "5")
    read(f"{name}={value}")
    with pytest.raises(Problem, match=f"'{name}'"):
        read(f"{name}={value}&{name}={value}")


@pytest.mark.parametrize("name", ["type", "sender", "priority", "agent"])
def test_too_many_values_are_refused(name: str) -> None:
    value = {"type": "new", "sender": "a@b", "priority": "high", "agent": "x"}[name]
    read("&".join([f"{name}={value}"] * MAX_VALUES))
    with pytest.raises(Problem, match=f"'{name}' takes at most"):
        read("&".join([f"{name}={value}"] * (MAX_VALUES + 1)))


@pytest.mark.parametrize(
    ("query", "options"),
    [("sinc=1", {}), ("limit=1", {"paging": False}), ("wait=1", {"paging": False}), ("agent=a", {"watch": False}),
     ("Type=new", {}), ("=", {}), ("type[]=new", {})],
)  # fmt: skip
def test_an_unknown_parameter_is_named_with_those_there_are(query: str, options: dict[str, Any]) -> None:
    with pytest.raises(Problem, match=r"is not known here\..* This route takes .*since") as caught:
        read(query, **options)
    assert caught.value.status == 400
    assert repr(query.partition("=")[0]) in caught.value.detail


@pytest.mark.parametrize(
    ("query", "options", "where"),
    [
        ("limit=1", {"paging": False}, "Accept: application/json"),
        ("wait=1", {"paging": False}, "Accept: application/json"),
        ("agent=a", {"watch": False}, "/watch"),
    ],
)
def test_a_parameter_of_elsewhere_says_where_it_is_known(query: str, options: dict[str, Any], where: str) -> None:
    with pytest.raises(Problem, match=f"It is for .*{where}"):
        read(query, **options)


@given(st.dictionaries(st.text(max_size=10), st.text(max_size=30), max_size=3))
def test_nothing_but_a_problem_comes_of_any_query(query: dict[str, str]) -> None:
    assert problem_of(urlencode(query, errors="replace")) in (None, 400)


@given(st.sampled_from(["since", "limit", "wait", "sender"]), st.text(max_size=40))
def test_nothing_but_a_problem_comes_of_any_value(name: str, value: str) -> None:
    assert problem_of(urlencode({name: value}, errors="replace"), says=f"'{name}'") in (None, 400)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-22T10:11:12Z", datetime(2026, 11, 22, 10, 11, 12, tzinfo=UTC)),
        ("2026-11-22t10:11:12.5z", datetime(2026, 11, 22, 10, 11, 12, 500000, tzinfo=UTC)),
        ("2026-11-22T10:11:12.123456789Z", datetime(2026, 11, 22, 10, 11, 12, 123456, tzinfo=UTC)),
        ("2026-11-22T10:11:12+02:00", datetime(2026, 11, 22, 8, 11, 12, tzinfo=UTC)),
        ("2016-12-31T23:59:60Z", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("2026-11-22T10:11:12-00:30", datetime(2026, 11, 22, 10, 41, 12, tzinfo=UTC)),
        ("1970-01-01T00:00:00Z", datetime(1970, 1, 1, tzinfo=UTC)),
    ],
)
def test_since_takes_rfc_3339(text: str, moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(f"since={quote(text)}").since == moment
    assert read(f"since={text}").since == moment  # a `+` that was not encoded


def test_since_takes_the_clock_of_a_client_that_is_ahead_but_no_distant_future() -> None:
    def said(moment: datetime) -> Asked:
        return read(f"since={moment:%Y-%m-%dT%H:%M:%SZ}")

    now = datetime.now(UTC)
    said(now + timedelta(minutes=5))
    with pytest.raises(Problem, match="future"):
        said(now + timedelta(days=2))


@pytest.mark.parametrize("value", [0, 1, MAX_ID])
def test_since_takes_an_id(value: int) -> None:
    assert read(f"since={value}").since == value


@pytest.mark.parametrize("text", ["", "x", "-1", "1.5", "٣", "１", " 1", str(MAX_ID + 1), "1" * 50, "0x1"])
def test_what_is_no_id(text: str) -> None:
    assert event_id(text) is None


def test_everything_at_once() -> None:
    found = read(
        "type=new&type=flags&sender=A@B.C&sender=@d.e&priority=high&spam=only&agent=x&agent=y&limit=7&wait=2.5"
    )
    assert found.selection.types == {"new", "flags"}
    assert [one.pattern for one in found.selection.senders] == ["a@b.c", "*@d.e"]
    assert found.selection.priorities == {"high"}
    assert found.selection.spam == "only"
    assert found.agents == {"x", "y"}
    assert (found.limit, found.wait_s) == (7, 2.5)
    assert read("").limit == 100


def test_the_header_is_taken_as_it_comes_and_an_empty_one_is_none() -> None:
    assert read("", last_event_id="abc").last_event_id == "abc"
    assert read("", last_event_id=" ").last_event_id is None
