"""Gives the filter's page “Explain a verdict” the messages of the event log, read from their mailboxes."""

import json
from datetime import datetime

from mailevents.errors import MailEventsError
from mailevents.models import MailEvent
from mailevents.retrieval.reading import fetch_message
from spamfilter.sources import Arrived, SourceError, offer


def arrived(event_id: int) -> Arrived:
    """The message of a `new` event; SourceError says why it cannot be had."""
    event = MailEvent.objects.select_related("agent").filter(pk=event_id).first()
    if event is None:
        raise SourceError("There is no such event in the log.")
    if event.type != "new":
        raise SourceError("Only the arrival of a message can be explained.")
    received_at = datetime.fromisoformat(json.loads(event.data)["message"]["received_at"])
    try:
        raw = fetch_message(event.pk)
    except MailEventsError as error:
        raise SourceError(str(error)) from error
    return Arrived(raw=raw, received_at=received_at, agent=event.agent.name)


offer(arrived)
