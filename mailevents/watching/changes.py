"""`flags` and `expunge` events: what others did to a mailbox's messages. What our own rules did is no news.

With QRESYNC (RFC 7162) the server remembers what changed, also while nobody watched, and nothing is held here;
without it the flags of the newest messages are compared with what they were.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mailevents.delivering.events import Whose
from mailevents.eventlog import log
from mailevents.eventlog.entry import NewEntry
from mailevents.eventlog.log import Known
from mailevents.imap.mailbox import Flagged, Session
from mailevents.jsontext import dumps
from mailevents.models import Mailbox

WINDOW = 200  # messages that are compared, where the server does not remember changes


class Changes:
    """One session's look at what changed. `collect` says what has, since it was last asked."""

    def __init__(self, session: Session, whose: Whose, modseq: int | None) -> None:
        self._session = session
        self._whose = whose
        self._modseq = modseq or session.modseq
        self._before: dict[int, Flagged] = {} if session.modseq else session.newest_flags(WINDOW)
        self.pending = bool(session.modseq and self._modseq != session.modseq)  # something happened while away

    def arrived(self, uid: int, flags: Flagged) -> None:
        """A message that is an event, or about to be: from here on it can change."""
        if not self._session.modseq:
            self._before[uid] = flags

    def entries(self, upto_uid: int) -> list[NewEntry]:
        """Events for what changed among the messages up to `upto_uid`; later ones are still to come as `new`."""
        changed, gone = self._by_modseq() if self._session.modseq else self._by_comparison()
        uids = {uid for uid in (*changed, *gone) if uid <= upto_uid}
        known = log.known(self._whose.mailbox_id, self._whose.generation, uids)
        return [
            *self._flags({uid: flags for uid, flags in changed.items() if uid in uids - gone}, known),
            *self._expunges(sorted(gone & uids), known),
        ]

    def record(self, entries: Sequence[NewEntry]) -> None:
        """Appends them, and remembers how far they go. Inside the writer's transaction."""
        log.append(entries)
        if self._session.modseq:
            Mailbox.objects.filter(pk=self._whose.mailbox_id).update(modseq=self._modseq)
        self.pending = False

    def _by_modseq(self) -> tuple[dict[int, Flagged], set[int]]:
        changed, gone, self._modseq = self._session.changed_since(self._modseq)
        return changed, gone

    def _by_comparison(self) -> tuple[dict[int, Flagged], set[int]]:
        before, self._before = self._before, self._session.newest_flags(WINDOW)
        lowest = min(self._before) if len(self._before) >= WINDOW else 0  # below it, it may just be out of sight
        gone = {uid for uid in before if uid not in self._before and uid >= lowest}
        return {uid: flags for uid, flags in self._before.items() if before.get(uid, flags) != flags}, gone

    def _flags(self, changed: Mapping[int, Flagged], known: Mapping[int, Known]) -> Iterable[NewEntry]:
        for uid, (flags, labels) in sorted(changed.items()):
            last = known.get(uid)
            if last is None or (set(last.flags), set(last.labels)) != (set(flags), set(labels)):
                yield self._entry("flags", uid, {"flags": list(flags), "labels": list(labels)}, last)

    def _expunges(self, gone: Iterable[int], known: Mapping[int, Known]) -> Iterable[NewEntry]:
        """Only of messages that the log knows, and knows in this folder: a server may name long gone ones again."""
        for uid in gone:
            last = known.get(uid)
            if last is not None and (last.folder, last.uid) == (self._session.folder, uid):
                yield self._entry("expunge", uid, {"flags": list(last.flags), "labels": list(last.labels)}, last)

    def _entry(self, type: str, uid: int, flags: dict[str, Any], last: Known | None) -> NewEntry:
        message = {
            "folder": self._session.folder,
            "uid": uid,
            "uidvalidity": self._session.uidvalidity,
            "message_id": last.message_id or None if last else None,
        }
        return NewEntry(
            type=type,
            agent_id=self._whose.agent_id,
            mailbox_id=self._whose.mailbox_id,
            generation=self._whose.generation,
            data=dumps({"agent": self._whose.agent, "message": message | flags}),
            arrival_uid=uid,
            sender=last.sender if last else "",
            subject=last.subject if last else "",
            message_id=last.message_id if last else "",
            priority=last.priority if last else "",
            verdict=last.verdict if last else "",
        )
