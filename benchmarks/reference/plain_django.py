"""An event stream as Django's documentation suggests: an async view, the async ORM, StreamingHttpResponse.

`daphne benchmarks.reference.plain_django:application`, DATABASE_URL set. It looks who asks, as every stream must,
then streams heartbeats. No mail: what is measured is what the stream itself costs.
"""

import asyncio
import os
from collections.abc import AsyncIterator

import environ
from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import path

HEARTBEAT_S = float(os.environ.get("HEARTBEAT_S", "15"))

if not settings.configured:
    settings.configure(
        SECRET_KEY="for a benchmark only",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        DATABASES={"default": environ.Env.db_url_config(os.environ["DATABASE_URL"])},
        INSTALLED_APPS=["django.contrib.contenttypes"],
    )

from django.core.asgi import get_asgi_application  # noqa: E402 - after the settings

application = get_asgi_application()

from django.contrib.contenttypes.models import ContentType  # noqa: E402 - after the set-up


async def events(request: HttpRequest) -> StreamingHttpResponse:
    await ContentType.objects.acount()  # stands for looking up the token
    return StreamingHttpResponse(_stream(), content_type="text/event-stream")


async def _stream() -> AsyncIterator[bytes]:
    yield b"event: ready\ndata: {}\n\n"
    while True:
        await asyncio.sleep(HEARTBEAT_S)
        yield b":\n\n"


urlpatterns = [path("events", events)]
