"""One agent over a fleet: hands each mail to the sub agent's own worker. `python fleet.py http://127.0.0.1:8000 TOKEN`.

A mail is read in full only by who works on it, over HTTP: nobody here has IMAP credentials.
"""

import sys
from collections.abc import Callable
from typing import Any

import httpx
from resume import follow

Worker = Callable[[dict[str, Any], str], None]


def billing(event: dict[str, Any], text: str) -> None:
    print(f"billing: invoice {event['message']['subject']!r} of {event['message']['from']['address']}", flush=True)


def anybody(event: dict[str, Any], text: str) -> None:
    print(f"{event['agent']}: {len(text.split())} words from {event['message']['from']['address']}", flush=True)


WORKERS: dict[str, Worker] = {"billing": billing}


def main(base: str, token: str) -> None:
    with httpx.Client(base_url=base, headers={"Authorization": f"Bearer {token}"}) as client:
        for kind, id, event in follow(f"{base}/watch?type=new&spam=exclude", token):
            if kind == "ready":  # again whenever an agent joins or leaves
                print("watching", ", ".join(event["agents"]), flush=True)
            if kind != "new":
                continue
            answer = client.get(f"/events/{id}/message", headers={"Accept": "application/json"}, timeout=60)
            text = answer.json()["text"] if answer.is_success else ""  # 410: deleted meanwhile
            WORKERS.get(event["agent"], anybody)(event, text)


if __name__ == "__main__":
    main(*sys.argv[1:])
