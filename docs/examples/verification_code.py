"""Waits for a verification code from a sender: `python verification_code.py http://127.0.0.1:8000 TOKEN @example.com`.

Sign up once it says that it listens: codes of earlier mail are not taken.
"""

import sys
from urllib.parse import urlencode

import httpx
from resume import follow


def wait_for_code(base: str, token: str, sender: str) -> str:
    """The code in the next mail from `sender` that has one; acknowledges that mail."""
    query = urlencode({"type": "new", "sender": sender, "spam": "exclude"})
    for kind, id, data in follow(f"{base}/events?{query}", token):
        if kind == "ready":
            print("listening", file=sys.stderr, flush=True)
        if kind == "new" and data["message"]["codes"]:
            httpx.post(f"{base}/events/ack", json={"id": int(id)}, headers={"Authorization": f"Bearer {token}"})
            return str(data["message"]["codes"][0])
    raise SystemExit("the token was revoked")


if __name__ == "__main__":
    print(wait_for_code(*sys.argv[1:]))
