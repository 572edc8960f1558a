"""What an administrator says of a message teaches the filter: its words, and, where it is spam, its signature.

The message is read from the mailbox again: the log keeps no bodies.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from agenticmail.message import Message, parse_message
from mailevents.errors import MailboxError, MailEventsError
from mailevents.models import MailEvent
from mailevents.retrieval.reading import fetch_message
from spamfilter.models import Signature
from spamfilter.signature_keys import keys_of_value
from spamfilter.signatures import MOST_CHARACTERS, from_message
from spamfilter.training import learn


@dataclass(slots=True, kw_only=True)
class Marked:
    """How many messages were learnt, and were known as such before; the signatures made or switched off; refusals."""

    learnt: int = 0
    known: int = 0
    signatures: list[str] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)


def mark(events: Iterable[MailEvent], *, spam: bool) -> Marked:
    """Learns the messages of these `new` events. One that can't be read is refused with the reason, and left out."""
    marked = Marked()
    away: dict[int | None, str] = {}  # mailboxes that can't be reached: asked once
    for event in events:
        if event.type != "new":
            marked.refused[event.pk] = "Only the arrival of a message can be marked."
        elif event.mailbox_id in away:
            marked.refused[event.pk] = away[event.mailbox_id]
        else:
            try:
                _mark(event, spam, marked)
            except MailEventsError as error:
                marked.refused[event.pk] = str(error)
                if isinstance(error, MailboxError):
                    away[event.mailbox_id] = str(error)
    return marked


def _mark(event: MailEvent, spam: bool, marked: Marked) -> None:
    message = _message(event)
    lesson = learn([message], spam=spam)
    marked.learnt += lesson.counted
    marked.known += lesson.unchanged
    try:
        if spam:
            signature = from_message(message, f"Marked: {message.subject or 'no subject'}")
            _switch(signature, on=True, marked=marked)
        else:
            key = keys_of_value("body", message.text[:MOST_CHARACTERS])[0]
            for signature in Signature.objects.filter(kind="body", keys__key=key):
                _switch(signature, on=False, marked=marked)
    except ValueError:  # too few words to know a message by: it is learnt all the same
        return


def _switch(signature: Signature, *, on: bool, marked: Marked) -> None:
    if signature.enabled != on:
        signature.enabled = on
        signature.save()
    marked.signatures.append(signature.name)


def _message(event: MailEvent) -> Message:
    known = json.loads(event.data)["message"]
    received_at = datetime.fromisoformat(known["received_at"])
    raw = fetch_message(event.pk)
    return parse_message(raw, received_at=received_at, flags=known["flags"], labels=known["labels"])
