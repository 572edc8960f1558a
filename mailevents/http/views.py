"""The routes of agents (CONTRACT section 4): async, and without the ORM, which is asked on workers."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from mailevents import metrics
from mailevents.eventlog import log, past
from mailevents.eventlog.entry import Entry
from mailevents.fleet import Member
from mailevents.http import access, message_route
from mailevents.http.access import Caller
from mailevents.http.by_token import by_token, for_any_host
from mailevents.http.errors import NO_ROUTE
from mailevents.http.negotiation import preferred
from mailevents.http.parameters import Asked, asked, event_id, refuse_unknown
from mailevents.http.refusals import look_up, refuse_while_closing, with_database
from mailevents.jsontext import dumps
from mailevents.problems import Problem
from mailevents.retrieval import reading
from mailevents.runtime import Runtime, closing, runtime
from mailevents.serving.backpressure import write_now_of
from mailevents.streams.stream import Start, Stream, Viewer
from mailevents.streams.tail import Subscription

MAX_BODY = 4096
STREAM, JSON = "text/event-stream", "application/json"
LOOPBACK = ("127.0.0.1", "::1", "::ffff:127.0.0.1")
STREAM_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def _stream_view(*, watch: bool) -> Any:
    @by_token
    async def view(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        _take(request, "GET")
        refuse_while_closing()
        scope = "watch" if watch else "events"
        paging = preferred(request, STREAM, JSON) == JSON
        who, wanted, members, start = await _opened(request, scope, paging=paging)
        if paging:
            return await _page(runtime(), wanted, members, start, partial(_caller, request, scope))
        return _stream(runtime(), request, who, scope, wanted, members, start)

    view.serves_streams = True
    return view


async def _opened(request: HttpRequest, scope: str, *, paging: bool) -> tuple[Caller, Asked, list[Member], Start]:
    """Everything that is read before a stream or a page can begin, in one trip to a worker."""

    def read() -> tuple[Caller, Asked, list[Member], Start]:
        who = _caller(request, scope)
        wanted = asked(request, watch=scope == "watch", paging=paging)
        members = access.members(who, wanted, watch=scope == "watch")
        return who, wanted, members, access.start(who, wanted, members)

    return await look_up(read)


def _caller(request: HttpRequest, *scopes: str) -> Caller:
    """Whose token came along, as it stands now. On a worker."""
    return access.caller(request.headers.get("Authorization"), *scopes, address=_address(request))


def _address(request: HttpRequest) -> str:
    """Of the client: what a proxy on this machine says of it, last; of the peer where there is none."""
    peer, forwarded = (str(request.META.get(name, "")) for name in ("REMOTE_ADDR", "HTTP_X_FORWARDED_FOR"))
    return forwarded.rpartition(",")[2].strip() or peer if peer in LOOPBACK else peer


def _take(request: HttpRequest, *methods: str) -> None:
    if request.method not in methods:
        known = ", ".join(methods)
        raise Problem(405, f"This route takes {known}.", Allow=known)


def _stream(
    running: Runtime,
    request: HttpRequest,
    who: Caller,
    scope: str,
    wanted: Asked,
    members: list[Member],
    start: Start,
) -> StreamingHttpResponse:
    viewer = Viewer(
        agent_id=who.agent_id,
        agent=who.agent,
        token_id=who.token_id,
        scope=scope,
        client=_address(request),
        narrowed=wanted.agents,
    )
    selection = wanted.selection.of_agents(frozenset(member.id for member in members))
    names = [member.name for member in members]
    stream = Stream(
        running.tail,
        viewer,
        selection,
        names=names,
        start=start,
        pace=running.pace(),
        write_now=write_now_of(getattr(request, "scope", {})),
    )
    running.admit(stream)
    return StreamingHttpResponse(
        running.serve(stream, members), content_type="text/event-stream; charset=utf-8", headers=STREAM_HEADERS
    )


# -- the same as pages


async def _page(
    running: Runtime, wanted: Asked, members: list[Member], start: Start, caller: Callable[[], Caller]
) -> HttpResponse:
    """One JSON page; with `wait` and nothing there yet, as soon as there is an event. Once a heartbeat `caller` says
    whether the token is still good."""
    selection = wanted.selection.of_agents(frozenset(member.id for member in members))
    woken = asyncio.Event()
    subscription = Subscription(selection, woken.set)

    def read_on() -> tuple[list[Entry], past.Reset | None]:
        caller()
        return past.page(selection, start.cursor, wanted.limit)

    async with running.looking(members, start):
        try:
            async with with_database():
                head = (await running.tail.subscribe(subscription)).id
            entries, lost = await look_up(past.page, selection, start.cursor, wanted.limit)
            clock = asyncio.get_running_loop().time
            deadline = clock() + wanted.wait_s
            while not entries and clock() < deadline and not closing():
                await _woken(running, woken, min(deadline, clock() + settings.AGENTICMAIL_HEARTBEAT_S))
                subscription.clear()  # it may hold what is before the cursor, or nothing: mailboxes make news too
                head = running.tail.position.id
                entries, lost = await look_up(read_on)
        finally:
            running.tail.unsubscribe(subscription)
    next_id = entries[-1].id if entries else max(head, start.cursor)
    events = ",".join(entry.json for entry in entries)
    reset = start.reset or lost
    said = f',"reset":{dumps(reset)}' if reset else ""
    return _json(f'{{"events":[{events}],"next":{next_id}{said}}}')


async def _woken(running: Runtime, woken: asyncio.Event, until: float) -> None:
    """Waits until there may be something new, but no longer than `until` (of the loop's clock) or this process."""
    with suppress(TimeoutError):
        async with asyncio.timeout_at(until):
            await running.first(woken)
    woken.clear()


def _json(text: str) -> HttpResponse:
    return HttpResponse(text, content_type=JSON, headers={"Cache-Control": "no-store"})


# -- single events


@by_token
async def event(request: HttpRequest, id: str) -> HttpResponse:
    """`GET /events/N`."""
    entry = await _event(request, id)
    return _json(entry.json)


async def _event(request: HttpRequest, id: str, known: frozenset[str] = frozenset()) -> Entry:
    _take(request, "GET")

    def read() -> Entry:
        who = _caller(request, "events", "watch")
        refuse_unknown(request.GET, set(known))
        return access.event(who, event_id(id))

    return await look_up(read)


@by_token
async def message(request: HttpRequest, id: str) -> HttpResponse:
    """`GET /events/N/message`: the message itself, one part of it, or, as JSON, what is in it."""
    entry = await _event(request, id, frozenset({"part"}))
    refuse_while_closing()
    running = runtime()
    running.start()
    with message_route.mailbox_problems():
        account, sought = await look_up(reading.whereabouts, entry)
    return await message_route.message(request, running.fetching, account, sought)


@by_token
async def ack(request: HttpRequest) -> HttpResponse:
    """`POST /events/ack`: remembers the agent's cursor, and answers a pending `closing`."""
    _take(request, "POST")
    who = await look_up(_caller, request, "events")
    refuse_unknown(request.GET, set())
    cursor = await look_up(access.acknowledge, who, _acknowledged(request))
    runtime().acknowledge(who.agent_id)
    return _json(dumps({"cursor": cursor}))


def _acknowledged(request: HttpRequest) -> int:
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        body = json.loads(request.read(MAX_BODY)) if length <= MAX_BODY else None
    except (ValueError, RecursionError, OSError):
        body = None
    id = body.get("id") if isinstance(body, dict) else None
    if type(id) is not int or not 0 <= id <= log.MAX_ID:
        raise Problem(400, 'The body takes JSON of the form {"id": N}, N being the id of the last event worked on.')
    return id


# -- how the process fares


@for_any_host
async def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: the event loop answers."""
    _take(request, "GET", "HEAD")
    return HttpResponse("ok\n", content_type="text/plain")


@for_any_host
async def readyz(request: HttpRequest) -> HttpResponse:
    """Ready for streams: not on its way out, and the database answers."""
    _take(request, "GET", "HEAD")
    refuse_while_closing()
    await look_up(log.pruned)
    return HttpResponse("ready\n", content_type="text/plain")


@for_any_host
async def metrics_page(request: HttpRequest) -> HttpResponse:
    """For Prometheus. Keep it from the outside where that matters: it tells how busy the service is."""
    _take(request, "GET", "HEAD")
    figures = await look_up(runtime().gauges)
    return HttpResponse(metrics.page(figures), content_type=metrics.CONTENT_TYPE)


@by_token
async def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """A path below /events or /watch that is no route."""
    raise Problem(404, NO_ROUTE)


events: Any = _stream_view(watch=False)
watch: Any = _stream_view(watch=True)
