"""The live console: for administrators, over all agents. It looks on: no mailbox is opened for its sake."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse

from mailevents import fleet
from mailevents.eventlog import log
from mailevents.eventlog.filters import Selection
from mailevents.http.parameters import event_id
from mailevents.http.refusals import look_up, refuse_while_closing
from mailevents.http.snapshot import snapshot
from mailevents.jsontext import dumps, timestamp
from mailevents.problems import Problem, answering_problems
from mailevents.runtime import runtime
from mailevents.serving.backpressure import write_now_of
from mailevents.streams.guard import Membership
from mailevents.streams.stream import Start, Stream, Viewer
from mailevents.threads import in_worker

PERMISSION = "mailevents.view_mailevent"
MAX_AGE_S = 300.0  # then it comes back by itself, and is asked again who it is
MOST_BEHIND = 200  # a console that slept does not get the whole day
NAME = "console"

SECURITY = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
STREAM_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

View = Callable[..., Any]


def _for_administrators(*, page: bool) -> Callable[[View], Any]:
    """Lets in who may see the log. Others: a page leads to the login, or says 403; the rest is a problem document."""

    def protecting(view: View) -> Any:
        @wraps(view)
        async def protected(request: HttpRequest) -> HttpResponseBase:
            user = await request.auser()
            if user.is_active and user.is_staff and await user.ahas_perm(PERMISSION):
                response: HttpResponseBase = await view(request)
                return response
            if page and not (user.is_authenticated and user.is_staff):
                return redirect_to_login(request.get_full_path(), reverse("admin:login"))
            if page:
                return await _page(request, "console/forbidden.html", status=403)
            raise Problem(403, "This is for administrators who may view events: log in at the admin.")

        return answering_problems(protected)

    return protecting


async def _page(request: HttpRequest, template: str, status: int = 200) -> HttpResponse:
    response = await in_worker(render, request, template, {"user": await request.auser()}, status=status)
    for name, value in SECURITY.items():
        response[name] = value
    return response


@_for_administrators(page=True)
async def index(request: HttpRequest) -> HttpResponse:
    """The page itself."""
    return await _page(request, "console/index.html")


@_for_administrators(page=False)
async def state(request: HttpRequest) -> HttpResponse:
    """Agents, mailboxes, this process's streams and the last events, as they are now."""
    shown = await look_up(snapshot)
    shown |= {"time": timestamp(datetime.now(UTC)), "streams": _streams()}
    recent = ",".join(shown.pop("recent"))
    body = dumps(shown)[:-1] + f',"recent":[{recent}]}}'
    return HttpResponse(body, content_type="application/json", headers={"Cache-Control": "no-store"})


@_for_administrators(page=False)
async def events(request: HttpRequest) -> StreamingHttpResponse:
    """Every agent's events as they arrive, from `since` or the Last-Event-ID on."""
    refuse_while_closing()
    asked = request.headers.get("Last-Event-ID") or request.GET.get("since", "")
    everyone, cursor = await look_up(_start, event_id(asked))
    running = runtime()
    user = await request.auser()
    viewer = Viewer(agent_id=0, agent=f"{NAME} ({user.get_username()})", token_id=None, scope="watch", client="")
    stream = Stream(
        running.tail,
        viewer,
        Selection(agent_ids=everyone.ids),
        names=everyone.names,
        start=Start(cursor=cursor),
        pace=replace(running.pace(), max_age_s=MAX_AGE_S, grace_s=0.0),
        write_now=write_now_of(getattr(request, "scope", {})),
    )
    running.admit(stream)
    return StreamingHttpResponse(
        running.serve(stream, ()), content_type="text/event-stream; charset=utf-8", headers=STREAM_HEADERS
    )


events.serves_streams = True


def _start(asked: int | None) -> tuple[Membership, int]:
    head = log.head().id
    cursor = head if asked is None else min(max(asked, head - MOST_BEHIND), head)
    return Membership.over([*fleet.load().members.values()]), cursor


def _streams() -> list[dict[str, Any]]:
    """The open streams of this process, the agents' own before the consoles."""
    if not runtime.cache_info().currsize:
        return []
    now = datetime.now(UTC)
    shown = [
        {
            "id": stream.id,
            "agent": stream.viewer.agent,
            "kind": NAME if stream.viewer.token_id is None else stream.viewer.scope,
            "agents": len(stream.selection.agent_ids),
            "client": stream.viewer.client,
            "open_s": int((now - stream.opened_at).total_seconds()),
            "sent": stream.sent,
            "ending": stream.ending,
        }
        for stream in list(runtime().streams)
    ]
    return sorted(shown, key=lambda stream: (stream["kind"] == NAME, stream["agent"]))
