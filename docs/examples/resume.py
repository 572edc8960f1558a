"""Follows a stream for ever, and misses nothing: `python resume.py http://127.0.0.1:8000/events TOKEN`."""

import json
import sys
import time
from collections.abc import Iterator
from typing import Any

import httpx
from httpx_sse import connect_sse

PATIENCE = httpx.Timeout(10, read=60)  # silence for four heartbeats: the connection is dead


def follow(url: str, token: str, last_id: str = "") -> Iterator[tuple[str, str, Any]]:
    """(type, id, data) of each event. Comes back by itself; `last_id` is where to go on after a restart."""
    wait_s = 2.0
    with httpx.Client(timeout=PATIENCE, headers={"Authorization": f"Bearer {token}"}) as client:
        while True:
            try:
                headers = {"Last-Event-ID": last_id} if last_id else {}
                with connect_sse(client, "GET", url, headers=headers) as stream:
                    if stream.response.is_client_error and stream.response.status_code != 429:
                        raise SystemExit(stream.response.read().decode())  # coming back would not help
                    stream.response.raise_for_status()
                    for event in stream.iter_sse():
                        wait_s = event.retry / 1000 if event.retry else wait_s
                        if event.data:  # httpx-sse gives heartbeats too, as events without data
                            yield event.event, event.id, json.loads(event.data)
                        last_id = event.id or last_id  # only now: what was not worked on comes again
                        if event.event == "revoked":
                            return
            except httpx.HTTPError:
                pass
            time.sleep(wait_s)


if __name__ == "__main__":
    for kind, id, data in follow(*sys.argv[1:]):
        print(kind, id or "-", json.dumps(data, ensure_ascii=False), flush=True)
