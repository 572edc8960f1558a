"""What is asked for by token is answered without the middleware that people's browsers need.

Sessions, logins and forms have no part in it, and under ASGI Django takes a thread for every step of its
middleware: more than the request itself. What only looks at a request or its headers is kept, in its order. A project
with any other middleware gets it: there all goes Django's own way.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast

from django.conf import settings
from django.core.handlers.asgi import ASGIHandler, ASGIRequest
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.common import CommonMiddleware
from django.middleware.security import SecurityMiddleware
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt

from mailevents.problems import answering_problems
from mailevents.routes import bears

KEPT = (SecurityMiddleware, CommonMiddleware, XFrameOptionsMiddleware)  # none of them asks a database, or waits
LEFT_OUT = (
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.locale.LocaleMiddleware",
)

Answering = Callable[[HttpRequest], Awaitable[HttpResponseBase]]
Receive = Callable[[], Awaitable[dict[str, Any]]]


def by_token(view: Any) -> Any:
    """An async view that looks at no cookie, and whose Problems become responses."""
    marked = csrf_exempt(answering_problems(view))
    marked.by_token = True
    return marked


def for_any_host(view: Any) -> Any:
    """A view `by_token` that ALLOWED_HOSTS does not concern: what looks after a process asks for it by its address."""
    marked = by_token(view)
    marked.for_any_host = True
    return marked


class ByToken:
    """ASGI middleware around a Django application: views marked with `by_token` are called as directly as can be."""

    def __init__(self, app: Callable[..., Any]) -> None:
        self._app = app
        known = all(map(_is_known, settings.MIDDLEWARE))
        self._direct: Callable[..., Any] = _Direct() if known else app
        self._for_any_host: Callable[..., Any] = _ForAnyHost() if known else app

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not bears(scope["path"], "by_token"):
            await self._app(scope, receive, send)
            return
        answering = self._for_any_host if bears(scope["path"], "for_any_host") else self._direct
        listening = _Listening(receive)
        try:
            await answering(scope, listening, send)
        finally:
            listening.let_go()


class _Listening:
    """`receive`, as Django's handler listens by it for the client's leaving, in a task of its own.

    What tells of that is an exception: task, exception, traceback and the handler's frame are then a ring around all
    that a stream held, which only a search for garbage would find.
    """

    __slots__ = ("_receive", "_task")

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._task: asyncio.Task[Any] | None = None

    def __call__(self) -> Awaitable[dict[str, Any]]:
        self._task = asyncio.current_task()
        return self._receive()

    def let_go(self) -> None:
        """Opens the ring; when the request is over."""
        task, self._task = self._task, None
        if task is not None and task.done() and not task.cancelled() and (error := task.exception()) is not None:
            error.__traceback__ = None


class _Direct(ASGIHandler):
    """Django's handler, with that part of the configured middleware that is in KEPT, called on the event loop."""

    def load_middleware(self, is_async: bool = False) -> None:
        self._view_middleware: list[Any] = []
        self._template_response_middleware: list[Any] = []
        self._exception_middleware: list[Any] = []
        chain = _answering(self._get_response_async)  # type: ignore[attr-defined]
        for path in reversed(settings.MIDDLEWARE):
            middleware = import_string(path)
            if middleware in KEPT:
                chain = _answering(_inside(middleware(_nothing), chain))
        self._middleware_chain = chain


class _AnyHost(ASGIRequest):
    """A request whose host is whatever it says, or nothing."""

    def get_host(self) -> str:
        host: str = self._get_raw_host()  # type: ignore[attr-defined]
        return host


class _ForAnyHost(_Direct):
    """For views marked with `for_any_host`."""

    request_class = _AnyHost


def _answering(view: Any) -> Answering:
    answering: Answering = cast(Any, convert_exception_to_response)(view)
    return answering


def _inside(middleware: Any, view: Answering) -> Answering:
    """As the middleware does it in Django's asynchronous mode, but for the threads."""

    async def answering(request: HttpRequest) -> HttpResponseBase:
        refused = middleware.process_request(request) if hasattr(middleware, "process_request") else None
        response: HttpResponseBase = middleware.process_response(request, refused or await view(request))
        return response

    return answering


def _nothing(_request: HttpRequest) -> HttpResponseBase:
    raise NotImplementedError  # `_inside` calls what is to be called


def _is_known(middleware: str) -> bool:
    return middleware in LEFT_OUT or import_string(middleware) in KEPT
