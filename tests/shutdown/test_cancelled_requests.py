"""A server that stops cancels its requests; what Django leaves of them behind ends without an error."""

import asyncio
import threading

from asgiref.sync import sync_to_async

from mailevents.threads import StreamLanes


def test_what_a_cancelled_request_leaves_behind_still_finds_its_lane():
    left: list[asyncio.Task[str]] = []
    cancelled = asyncio.Event()

    async def app(_scope, _receive, _send):
        """As Django's handler: the request is worked on by a task of its own."""

        async def work():
            await cancelled.wait()
            return await sync_to_async(lambda: threading.current_thread().name)()

        left.append(asyncio.create_task(work()))
        await asyncio.wait([asyncio.create_task(asyncio.sleep(60))])

    async def request_that_is_cancelled():
        lanes = StreamLanes(app)
        request = asyncio.create_task(lanes({"type": "http", "path": "/events"}, None, None))
        await asyncio.sleep(0)
        request.cancel()
        await asyncio.wait([request])
        assert request.cancelled()
        cancelled.set()
        return await left[0]

    assert asyncio.run(request_that_is_cancelled()).startswith("stream-lane")
