"""Query parameters and headers of the streams, checked: what is wrong is a Problem that says what would be right."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NoReturn

from django.http import HttpRequest, QueryDict

from mailevents.eventlog import filters
from mailevents.eventlog.filters import Selection
from mailevents.eventlog.log import MAX_ID
from mailevents.problems import Problem

RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)")
MAX_VALUES = 100  # of one parameter
SELECTING = frozenset({"type", "sender", "priority", "spam", "since"})
PAGING = frozenset({"limit", "wait"})
ELSEWHERE = dict.fromkeys(PAGING, " It is for pages: send Accept: application/json.") | {"agent": " It is for /watch."}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a request asks for. `since` is an event id or a time; `last_event_id` is the header as it came."""

    selection: Selection  # over no agents yet
    agents: frozenset[str]
    since: int | datetime | None
    last_event_id: str | None
    limit: int
    wait_s: float


def asked(request: HttpRequest, *, watch: bool, paging: bool) -> Asked:
    """Reads them all. Raises a 400 for a parameter that is unknown, malformed or out of bounds."""
    query = request.GET
    _refuse_unknown(query, SELECTING | (PAGING if paging else set()) | ({"agent"} if watch else set()))
    return Asked(
        selection=Selection(
            agent_ids=frozenset(),
            types=_choices(query, "type", filters.TYPES),
            senders=_senders(query),
            priorities=_choices(query, "priority", filters.PRIORITIES),
            spam=_choice(query, "spam", filters.SPAM, "include"),
        ),
        agents=frozenset(_values(query, "agent")),
        since=_since(query),
        last_event_id=request.headers.get("Last-Event-ID", "").strip() or None,
        limit=int(_number(query, "limit", 100, 1, 1000, whole=True)),
        wait_s=_number(query, "wait", 0, 0, 60),
    )


def event_id(text: str) -> int | None:
    """An event id, or None where `text` is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 20 and int(text) <= MAX_ID else None


def refuse_unknown(query: QueryDict, known: set[str]) -> None:
    """For routes with parameters of their own."""
    _refuse_unknown(query, known)


def _bad(name: str, takes: str) -> NoReturn:
    raise Problem(400, f"The parameter {name!r} takes {takes}.")


def _refuse_unknown(query: QueryDict, known: frozenset[str] | set[str]) -> None:
    for name in query:
        if name not in known:
            takes = f"This route takes {', '.join(sorted(known))}." if known else "This route takes none."
            hint = ELSEWHERE.get(name, "") if known >= SELECTING else ""
            raise Problem(400, f"The parameter {name[:60]!r} is not known here.{hint} {takes}")


def _values(query: QueryDict, name: str) -> list[str]:
    values = query.getlist(name)
    if len(values) > MAX_VALUES:
        _bad(name, f"at most {MAX_VALUES} values")
    if any(not value.strip() for value in values):
        _bad(name, "a value that is not empty")
    return values


def _choices(query: QueryDict, name: str, choices: tuple[str, ...]) -> frozenset[str]:
    values = _values(query, name)
    if any(value not in choices for value in values):
        _bad(name, f"{', '.join(choices[:-1])} or {choices[-1]}")
    return frozenset(values)


def _choice(query: QueryDict, name: str, choices: tuple[str, ...], default: str) -> str:
    values = query.getlist(name) or [default]
    if len(values) > 1 or values[0] not in choices:
        _bad(name, f"one of {', '.join(choices)}")
    return values[0]


def _senders(query: QueryDict) -> tuple[filters.Sender, ...]:
    try:
        return tuple(one for value in _values(query, "sender") for one in filters.senders(value))
    except ValueError as error:
        _bad("sender", str(error))


def _number(query: QueryDict, name: str, default: float, low: float, high: float, *, whole: bool = False) -> float:
    values = query.getlist(name) or [str(default)]
    form = r"\d{1,9}" if whole else r"\d{1,9}(\.\d{1,9})?"
    if len(values) > 1 or not re.fullmatch(form, values[0], re.ASCII) or not low <= float(values[0]) <= high:
        _bad(name, f"a {'whole ' if whole else ''}number from {low:g} to {high:g}")
    return float(values[0])


def _since(query: QueryDict) -> int | datetime | None:
    values = query.getlist("since")
    if not values:
        return None
    text = values[0].strip()
    known = event_id(text)
    if len(values) == 1 and known is not None:
        return known
    text = re.sub(r" (\d\d:\d\d)$", r"+\1", text)  # a `+` that was not percent-encoded arrives as a space
    if len(values) == 1 and RFC3339.fullmatch(text):
        moment = _time(text)
        if moment is not None and moment < datetime.now(UTC) + timedelta(days=1):
            return moment
    _bad("since", "one event id, or one RFC 3339 time that is not in the future, such as 2026-11-22T10:11:12Z")


def _time(text: str) -> datetime | None:
    text = re.sub(r"(T\d\d:\d\d):60", r"\1:59", text, flags=re.IGNORECASE)  # a leap second, as RFC 3339 writes it
    try:
        return datetime.fromisoformat(text.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
