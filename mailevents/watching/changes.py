"""`flags` and `expunge` events: what others did to a mailbox's messages. What our own rules did is no news.

With QRESYNC (RFC 7162) the server remembers what changed, also while nobody watched, and nothing is held here;
without it the newest messages are compared with what they were, at first with what the log last said of them.

A look is taken only when what was hinted at has rested for a moment, so that a burst of changes to a message is
one event; and what it finds is told slice by slice, so that new mail need not wait for thousands of changes.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from mailevents.delivering.events import Whose
from mailevents.eventlog import log
from mailevents.eventlog.entry import NewEntry
from mailevents.eventlog.log import Known
from mailevents.eventlog.writer import Writer
from mailevents.imap.answers import Flagged
from mailevents.imap.mailbox import Session
from mailevents.jsontext import dumps
from mailevents.models import Mailbox

WINDOW = 200  # messages that are compared, where the server does not remember changes
REST_S = 1.0  # between the first hint and the look
SLICE = 200  # messages that are told of in one transaction


class Changes:
    """What one session sees of changes. Times are monotonic seconds."""

    def __init__(self, session: Session, whose: Whose, modseq: int | None, modseq_uid: int | None) -> None:
        self._session = session
        self._whose = whose
        # What changed later than the modseq is to be told; a higher UID than the second arrived later than that.
        self._modseq, self._modseq_uid = (modseq, modseq_uid) if modseq else (session.modseq, session.uidnext - 1)
        self._looked_upto = 0
        self._before: dict[int, Flagged] = {} if session.modseq else self._as_told()
        self._look_at: float | None = None  # nothing was hinted at
        self._found: list[tuple[int, Flagged | None]] = []  # looked at and not told yet; None: it is gone
        if not session.modseq or self._modseq != session.modseq:
            self._look_at = 0.0  # something may have happened while away

    def arrived(self, uid: int, flags: Flagged) -> None:
        """A message that is an event, or about to be: from here on it can change."""
        if not self._session.modseq:
            self._before[uid] = flags

    def hinted(self, now: float) -> None:
        """The server has said that something changed."""
        if self._look_at is None:
            self._look_at = now + REST_S

    def due_in(self, now: float) -> float | None:
        """Seconds until there is something to look at or to tell, 0 for now; None where nothing was hinted at."""
        if self._found:
            return 0.0
        return None if self._look_at is None else max(0.0, self._look_at - now)

    def tell(self, upto_uid: int, writer: Writer) -> None:
        """Logs the next slice of what changed among the messages up to `upto_uid`; later ones are to come as `new`."""
        if not self._found:
            self._look_at = None
            self._found = self._look(upto_uid)
        some = self._found[:SLICE]
        entries = self._entries(some)
        is_last = len(some) == len(self._found)
        if entries or self._session.modseq:
            writer.run(partial(self._record, entries, is_last))
        self._found = self._found[SLICE:]
        if is_last:
            self._modseq_uid = self._looked_upto

    def _look(self, upto_uid: int) -> list[tuple[int, Flagged | None]]:
        changed, gone = self._by_modseq() if self._session.modseq else self._by_comparison()
        found = [(uid, None if uid in gone else changed[uid]) for uid in sorted(changed.keys() | gone)]
        self._looked_upto = upto_uid
        return [(uid, flags) for uid, flags in found if uid <= upto_uid]

    def _entries(self, found: Sequence[tuple[int, Flagged | None]]) -> list[NewEntry]:
        known = log.known(self._whose.mailbox_id, self._whose.generation, [uid for uid, _flags in found])
        changed = {uid: flags for uid, flags in found if flags is not None}
        gone = [uid for uid, flags in found if flags is None]
        return [*self._flags(changed, known), *self._expunges(gone, known)]

    def _record(self, entries: Sequence[NewEntry], is_last: bool) -> None:
        """Appends them; with the last, how far they go. Inside the writer's transaction."""
        log.append(entries)
        if is_last and self._session.modseq:
            place = {"modseq": self._modseq, "modseq_uid": self._looked_upto}
            Mailbox.objects.filter(pk=self._whose.mailbox_id).update(**place)

    def _by_modseq(self) -> tuple[dict[int, Flagged], set[int]]:
        changed, gone, self._modseq = self._session.changed_since(self._modseq)
        return changed, gone

    def _as_told(self) -> dict[int, Flagged]:
        """What the log last said of the newest messages that it has in this folder."""
        told = log.newest(self._whose.mailbox_id, self._whose.generation, WINDOW)
        return {uid: (last.flags, last.labels) for uid, last in told.items() if self._is_here(uid, last)}

    def _is_here(self, uid: int, last: Known) -> bool:
        """Whether the log has the message in this folder still."""
        return (last.folder, last.uid) == (self._session.folder, uid)

    def _by_comparison(self) -> tuple[dict[int, Flagged], set[int]]:
        before = self._before
        self._before, lowest = self._session.newest_flags(WINDOW)
        gone = {uid for uid in before if uid not in self._before and uid >= lowest}
        return {uid: flags for uid, flags in self._before.items() if before.get(uid, flags) != flags}, gone

    def _flags(self, changed: Mapping[int, Flagged], known: Mapping[int, Known]) -> Iterable[NewEntry]:
        for uid, (flags, labels) in sorted(changed.items()):
            last = known.get(uid)
            told = (set(last.flags), set(last.labels)) == (set(flags), set(labels)) if last else self._was_told(uid)
            if not told:
                yield self._entry("flags", uid, {"flags": list(flags), "labels": list(labels)}, last)

    def _was_told(self, uid: int) -> bool:
        """Of a message that the log does not know: whether its arrival may be all that happened to it since the
        modseq, told then, and past retention now."""
        return bool(self._session.modseq) and self._modseq_uid is not None and uid > self._modseq_uid

    def _expunges(self, gone: Iterable[int], known: Mapping[int, Known]) -> Iterable[NewEntry]:
        """Only of messages that the log knows, and knows in this folder: a server may name long gone ones again."""
        for uid in gone:
            last = known.get(uid)
            if last is not None and self._is_here(uid, last):
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
