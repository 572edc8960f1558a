"""Walks the way to a mailbox step by step and says in plain words how far it gets, and what to do.

Bounded in time whatever the server does; changes nothing in the mailbox.
"""

import queue
import threading
import time
from collections.abc import Callable, Iterator

from mailevents.imap.connecting import Account
from mailevents.imap.steps import Failed, Finding, in_words, steps

WHOLE_CHECK_S = 60.0


def check_mailbox(account: Account, *, limit: float = WHOLE_CHECK_S) -> tuple[Finding, ...]:
    """Every step up to the first that fails. Takes at most `limit` seconds, even where the server drips or hangs."""
    found: queue.SimpleQueue[Finding | None] = queue.SimpleQueue()
    threading.Thread(target=_walk, args=(account, found.put), name="check-mailbox", daemon=True).start()
    return tuple(_until(found, time.monotonic() + limit, limit))


def passed(findings: tuple[Finding, ...]) -> bool:
    """Whether no step failed."""
    return all(finding.status != "failed" for finding in findings)


def _until(found: "queue.SimpleQueue[Finding | None]", deadline: float, limit: float) -> Iterator[Finding]:
    last = "beginning"
    while True:
        try:
            finding = found.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            yield Finding(
                step="time",
                status="failed",
                message=f"The step after {last!r} did not end within {limit:g} seconds.",
                advice="The server, or something on the way to it, holds the connection without answering: "
                "try again, then ask who runs it.",
            )
            return
        if finding is None:
            return
        last = finding.step
        yield finding


def _walk(account: Account, tell: Callable[[Finding | None], None]) -> None:
    try:
        for finding in steps(account):
            tell(finding)
    except Failed as failed:
        tell(failed.finding)
    except Exception as error:  # noqa: BLE001 - a server can answer anything; the walk ends with what it said
        tell(
            Finding(
                step="conversation",
                status="failed",
                message=f"The conversation with {account.host} broke: {in_words(error)}.",
                advice="Try again. If it stays, the server speaks no IMAP that we understand.",
            )
        )
    finally:
        tell(None)
