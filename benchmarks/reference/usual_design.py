"""Mail as events the usual way: each stream has an IMAP connection of its own, and each message costs another one.

`daphne benchmarks.reference.usual_design:application`, IMAP_PORT and SSL_CERT_FILE set; `/events?user=NAME`.
A thread a stream idles; on EXISTS it opens a second connection, fetches the message whole, parses it, looks at it
for spam, and hands the event to the response. No log, no replay, no rules.
"""

import asyncio
import json
import os
import ssl
import threading
from collections.abc import AsyncIterator
from email import message_from_bytes
from email.policy import default

from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import path
from imapclient import IMAPClient

if not settings.configured:
    settings.configure(SECRET_KEY="for a benchmark only", ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__)

from django.core.asgi import get_asgi_application

application = get_asgi_application()
SPAM_WORDS = ("winner", "lottery", "viagra", "wire transfer", "act now")


async def events(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(_stream(request.GET["user"]), content_type="text/event-stream")


async def _stream(user: str) -> AsyncIterator[bytes]:
    loop, queue = asyncio.get_running_loop(), asyncio.Queue[dict[str, object]]()
    stop = threading.Event()

    def hear(event: dict[str, object]) -> None:
        loop.call_soon_threadsafe(queue.put_nowait, event)

    thread = threading.Thread(target=_watch, args=(user, hear, stop), daemon=True)
    thread.start()
    try:
        yield b"event: ready\ndata: {}\n\n"
        while True:
            event = await queue.get()
            yield f"event: new\ndata: {json.dumps(event)}\n\n".encode()
    finally:
        stop.set()


def _connect(user: str) -> IMAPClient:
    client = IMAPClient("localhost", int(os.environ["IMAP_PORT"]), ssl_context=ssl.create_default_context())
    client.login(user, "any")
    client.select_folder("INBOX")
    return client


def _watch(user: str, hear: "object", stop: threading.Event) -> None:
    assert callable(hear)
    client = _connect(user)
    known = max(client.search(), default=0)
    while not stop.is_set():
        client.idle()
        client.idle_check(timeout=60)
        client.idle_done()
        for uid in [uid for uid in client.search() if uid > known]:
            known = uid
            hear(_fetch(user, uid))
    client.logout()


def _fetch(user: str, uid: int) -> dict[str, object]:
    client = _connect(user)
    raw = client.fetch([uid], ["RFC822"])[uid][b"RFC822"]
    client.logout()
    message = message_from_bytes(raw, policy=default)
    text = str(message.get_body().get_content()).lower()  # type: ignore[union-attr]
    return {
        "message": {"uid": uid, "from": str(message["From"]), "subject": str(message["Subject"]), "size": len(raw)},
        "spam": any(word in text for word in SPAM_WORDS),
    }


urlpatterns = [path("events", events)]
