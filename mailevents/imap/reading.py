"""Reading one folder's messages: in part or in full, who they are, and what has become of them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from agenticmail.message import Attachment
from mailevents.imap import wire
from mailevents.imap.answers import Fetched, Flagged, News, at_a_time, gmail_labels, split_flags, text_of, uids_in
from mailevents.imap.bodystructure import attachments_of
from mailevents.imap.connection import Connection


class Reading(Connection):
    """A connection that reads messages, and changes nothing."""

    def uids_since(self, day: date) -> list[int]:
        """UIDs of messages that arrived (INTERNALDATE) on `day` or later, and a day earlier for time zones."""
        return self.search("SINCE", day - timedelta(days=1))

    def uids_with(self, message_id: str) -> list[int]:
        """UIDs of messages whose Message-ID contains the longest run of plain characters of this one."""
        plain = max(re.findall(r"[ -!#-[\]-~]+", message_id), key=len, default="")
        if not plain:
            return []
        with self._command():
            return sorted(self._client.search(f'HEADER Message-ID "{plain}"'.encode()))

    def fetch(self, uids: Sequence[int], limit: int, *, structure: bool = True) -> list[Fetched]:
        """The messages that still exist, in UID order; of each at most `limit` bytes, flags untouched (BODY.PEEK)."""
        with self._command():
            return self._messages(wire.fetch(self._client, uids, self._items(limit)), uids, limit, structure)

    def _items(self, limit: int) -> list[str]:
        return ["FLAGS", "INTERNALDATE", "RFC822.SIZE", f"BODY.PEEK[]<0.{limit}>", *self._label_items()]

    def _messages(
        self, answers: Mapping[int, dict[bytes, Any]], uids: Iterable[int], limit: int, structure: bool
    ) -> list[Fetched]:
        wanted = (answers[uid] | {b"UID": uid} for uid in sorted(uids) if b"RFC822.SIZE" in answers.get(uid, {}))
        return [self._fetched(answer, limit, structure) for answer in wanted]

    # -- what came while it idled

    def ask_news(self, after: int, limit: int, *, read: bool) -> None:
        """Ends idling, and asks in the same breath what came past the UID `after`: a round trip, not three.

        `read`: and for the messages, as many as `fetch` may read at a time. Waits for nothing.
        """
        self._read_to = after + at_a_time(limit) if read else 0
        items = " ".join(self._items(limit))
        reading = [f"UID FETCH {after + 1}:{self._read_to} ({items})".encode()] if read else []
        self.ask(b"UID SEARCH UID %d:*" % (after + 1), *reading)

    def news(self, after: int, limit: int) -> News | None:
        """The answer, which `end_idle` comes before; None where it was not asked for. CommandRefused: the server does
        not do such a thing, and is to be asked one by one."""
        if not self._ahead:
            return None
        searching, *reading = self._ahead
        self._ahead = []
        with self._command():
            uids = sorted(uid for uid in wire.searched(self._client, searching) if uid > after)
            answers = [wire.fetched(self._client, tag) for tag in reading]
            read = [uid for uid in uids if uid <= self._read_to]
            messages = [one for each in answers for one in self._messages(each, read, limit, True)]
        return News(uids=uids, read_to=self._read_to, messages=messages)

    def fetch_unread(self, uid: int) -> list[Fetched]:
        """A message without its content, for one whose content cannot be fetched."""
        with self._command():
            answer = wire.fetch(self._client, [uid], ["FLAGS", "INTERNALDATE", "RFC822.SIZE"]).get(uid)
            return [] if answer is None else [self._fetched(answer | {b"UID": uid}, 1, False)]

    def _fetched(self, answer: dict[bytes, Any], limit: int, structure: bool) -> Fetched:
        with self._command():
            uid, size = int(answer[b"UID"]), int(answer[b"RFC822.SIZE"])
            raw = bytes(answer.get(b"BODY[]<0>") or answer.get(b"BODY[]") or b"")
            received_at = answer.get(b"INTERNALDATE")
            flags, labels = self._flagged(answer)
        truncated = size > limit and (len(raw) >= limit or not raw)
        return Fetched(
            uid=uid,
            raw=raw[:limit],
            size=size,
            flags=flags,
            labels=labels,
            received_at=received_at.astimezone(UTC) if isinstance(received_at, datetime) else datetime.now(UTC),
            truncated=truncated,
            structure=self._structure(uid) if truncated and structure else None,
        )

    def _structure(self, uid: int) -> tuple[Attachment, ...] | None:
        """The attachments of a message that is read only in part."""
        with self._command():
            answer = wire.fetch(self._client, [uid], ["BODYSTRUCTURE"]).get(uid, {})
        return attachments_of(answer.get(b"BODYSTRUCTURE"))

    def whole(self, uid: int) -> bytes | None:
        """A message in full, flags untouched; None where it is gone."""
        with self._command():
            answer = wire.fetch(self._client, [uid], ["BODY.PEEK[]"]).get(uid, {})
        raw = answer.get(b"BODY[]")
        return raw if isinstance(raw, bytes) else None

    # -- what tells a message without its UID, and its size

    def identities(self, uids: Sequence[int]) -> dict[int, tuple[datetime, str]]:
        """INTERNALDATE and Message-ID (as sent, `""` without one) of each: what tells a message without its UID."""
        item = "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"
        with self._command():
            answers = wire.fetch(self._client, uids, ["INTERNALDATE", item]) if uids else {}
        found = {}
        for uid, answer in answers.items():
            received_at, header = answer.get(b"INTERNALDATE"), answer.get(b"BODY[HEADER.FIELDS (MESSAGE-ID)]", b"")
            if isinstance(received_at, datetime):
                message_id = re.sub(r"\s+", "", text_of(header).partition(":")[2])
                found[uid] = (received_at.astimezone(UTC), message_id)
        return found

    def uid_of(self, identity: tuple[datetime, str]) -> int | None:
        """The UID of the message that is told by this; None where it is not in the folder."""
        found = self.identities(self.uids_with(identity[1]))
        return next((uid for uid, one in found.items() if one == identity), None)

    def sizes(self, uids: Sequence[int]) -> dict[int, tuple[int, datetime | None]]:
        """RFC822.SIZE and INTERNALDATE of those that exist."""
        with self._command():
            answers = wire.fetch(self._client, uids, ["RFC822.SIZE", "INTERNALDATE"]) if uids else {}
        found = {}
        for uid, answer in answers.items():
            received_at = answer.get(b"INTERNALDATE")
            if b"RFC822.SIZE" in answer:
                at = received_at.astimezone(UTC) if isinstance(received_at, datetime) else None
                found[uid] = (int(answer[b"RFC822.SIZE"]), at)
        return found

    # -- flags, and what others did

    def flags(self, uid: int) -> Flagged | None:
        """(flags, labels) of a message, None where it is not in the folder."""
        with self._command():
            answer = wire.fetch(self._client, [uid], ["FLAGS", *self._label_items()]).get(uid, {})
        return self._flagged(answer) if b"FLAGS" in answer else None

    def changed_since(self, modseq: int) -> tuple[dict[int, Flagged], set[int], int]:
        """Flags by UID of what changed, UIDs that have gone (perhaps long ago), and the MODSEQ now (RFC 7162)."""
        with self._command():
            answers, gone = wire.changed_since(self._client, modseq)
        changed = {uid: split_flags(answer[b"FLAGS"]) for uid, answer in answers.items() if b"FLAGS" in answer}
        last = max((answer[b"MODSEQ"][0] for answer in answers.values() if b"MODSEQ" in answer), default=modseq)
        return changed, uids_in(gone), max(last, modseq)

    def newest_flags(self, count: int) -> tuple[dict[int, Flagged], int]:
        """Flags and labels by UID of about the `count` newest messages, for a server that does not remember changes;
        and the UID from which on these are all."""
        lowest = max(1, self.uidnext - 10 * count)
        with self._command():
            newest = sorted(self._client.search(["UID", f"{lowest}:*"]))[-count:]
            answers = wire.fetch(self._client, newest, ["FLAGS", *self._label_items()]) if newest else {}
            found = {uid: self._flagged(answer) for uid, answer in answers.items() if b"FLAGS" in answer}
        return found, newest[0] if len(newest) == count else lowest

    def _label_items(self) -> list[str]:
        return ["X-GM-LABELS"] if self.has("X-GM-EXT-1") else []

    def _flagged(self, answer: dict[bytes, Any]) -> Flagged:
        flags, labels = split_flags(answer.get(b"FLAGS", ()))
        return flags, labels + gmail_labels(answer.get(b"X-GM-LABELS") or ())
