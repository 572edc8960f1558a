"""The newest messages of an agent's mailbox, to look at. Blocking; over a session of its own that changes nothing."""

from dataclasses import dataclass

from django.conf import settings

from agenticmail.message import Message
from mailevents.delivering.delivery import parsed
from mailevents.enrolment import account_of
from mailevents.imap.answers import batches
from mailevents.imap.mailbox import Session
from mailevents.models import Agent
from spamfilter.judging import verdict_for
from spamfilter.verdict import Verdict

MOST_BYTES = 65536  # of a message: less than a delivery reads, as somebody waits for the page


@dataclass(frozen=True, slots=True, kw_only=True)
class Recent:
    """The watched folder and its newest messages, newest first, each judged as on its delivery."""

    folder: str
    messages: tuple[tuple[Message, Verdict], ...]


def recent_messages(agent: Agent, count: int) -> Recent:
    """Raises Refused where the agent has no mailbox, SecretUnreadable, or a MailboxError: each with plain words."""
    session = Session.open(account_of(agent), looking=True)
    try:
        uids = sorted(session.newest_flags(count)[0])
        limit = min(MOST_BYTES, settings.AGENTICMAIL_FETCH_BYTES)
        messages = [parsed(fetched) for some in batches(uids, limit) for fetched in session.fetch(some, limit)]
    finally:
        session.log_out()
    judged = tuple((message, verdict_for(message, agent)) for message in reversed(messages))
    return Recent(folder=session.folder, messages=judged)
