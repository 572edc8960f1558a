"""Carries out what was decided, on the mailbox, and writes into the draft what became of it.

Everything can be asked for again after a crash: a flag set twice is set, and a message that has moved already is
looked for where it went. Steps that only touch flags are done first and the one move last, so that the message
stays under its UID until everything else is done; the end is the same in any order.
"""

import logging
from collections.abc import Callable, Sequence
from typing import Any

from mailevents.errors import CommandRefused
from mailevents.events import Draft
from mailevents.mailbox import KEYWORD, Place, Session
from rules.actions import Action, Copy, Delete, Flag, Label, MarkRead, Move, SetPriority, Unlabel

logger = logging.getLogger(__name__)

GONE = "The message is no longer in the folder: somebody else moved or deleted it."
SYSTEM_FLAGS = {MarkRead: "\\Seen", Flag: "\\Flagged"}


class Performance:
    """One message's steps on one session. `finished` is the report of each step, in the order it was asked for."""

    def __init__(self, session: Session, draft: Draft, actions: Sequence[Action], *, again: bool) -> None:
        self._session = session
        self._draft = draft
        self._actions = actions
        self._again = again
        self._reports: dict[int, dict[str, Any]] = {}
        self._uid: int = draft.message["uid"]

    def run(self) -> list[dict[str, Any]]:
        """Does all of it. Raises ConnectionLost, after which it can be run `again`."""
        if self._session.flags(self._uid) is None:
            self._missing()
        else:
            self._mark()
            self._copies()
            self._leave()
        return [self._reports[number] for number in sorted(self._reports)]

    def _numbered(self, *kinds: type[Action]) -> list[tuple[int, Any]]:
        return [(number, action) for number, action in enumerate(self._actions) if isinstance(action, kinds)]

    def _report(self, number: int, status: str, reason: str | None = None, **more: Any) -> None:
        report = self._actions[number].as_dict() | {"status": status} | more
        self._reports[number] = report if reason is None else report | {"reason": reason}

    def _try(self, number: int, act: Callable[[], None]) -> None:
        """Runs one step; a refusal is its report, and the others go on."""
        try:
            act()
        except CommandRefused as refusal:
            self._report(number, "failed", f"The server refused: {refusal}")
        else:
            self._report(number, "done")

    # -- flags and labels

    def _mark(self) -> None:
        for number, action in self._numbered(MarkRead, Flag):
            flag = SYSTEM_FLAGS[type(action)]
            self._try(number, lambda flag=flag: self._session.add_flags(self._uid, [flag]))  # type: ignore[misc]
        for number, action in self._numbered(Label, Unlabel):
            self._label(number, action)
        for number, _action in self._numbered(SetPriority):
            self._report(number, "done")
        if self._reports:
            self._read_back()

    def _label(self, number: int, action: Label | Unlabel) -> None:
        gmail = self._session.has("X-GM-EXT-1")
        if not gmail and not KEYWORD.match(action.label):
            self._report(
                number,
                "failed",
                f"{action.label!r} cannot be a keyword on this server: it takes ASCII letters, digits and - _ . only.",
            )
            return
        add = isinstance(action, Label)

        def act() -> None:
            if gmail:
                self._session.gmail_labels(self._uid, **{"add" if add else "remove": [action.label]})
            elif add:
                self._session.add_flags(self._uid, [action.label])
            else:
                self._session.remove_flags(self._uid, [action.label])

        self._try(number, act)

    def _read_back(self) -> None:
        """The event tells the flags that the server has, and a label that it did not keep is a failure."""
        found = self._session.flags(self._uid)
        if found is None:
            return
        flags, labels = found
        gmail = self._session.has("X-GM-EXT-1")
        if gmail:
            labels = tuple(self._draft.message["labels"])
            for _number, action in self._numbered(Label, Unlabel):
                labels = tuple(one for one in labels if one != action.label)
                labels += (action.label,) if isinstance(action, Label) else ()
        self._draft.message["flags"], self._draft.message["labels"] = list(flags), list(labels)
        kept = {label.lower() for label in labels}
        for number, action in self._numbered(Label):
            if self._reports[number]["status"] == "done" and action.label.lower() not in kept:
                self._report(number, "failed", "The server does not keep keywords of users in this folder.")

    # -- copies, and the way out

    def _copies(self) -> None:
        for number, action in self._numbered(Copy):
            folder = self._session.folder_named(action.folder)

            def act(folder: str = folder) -> None:
                message_id = self._draft.message["message_id"]
                if self._again and message_id and self._session.find(folder, message_id):
                    return
                self._session.copy(self._uid, folder)

            self._try(number, act)

    def _leave(self) -> None:
        """The move or deletion that counts: a deletion before any move, else the last move."""
        leaving = self._numbered(Move, Delete)
        if not leaving:
            return
        deletions = self._numbered(Delete)
        final, action = (deletions or leaving)[-1]
        for number, _action in leaving:
            if number != final:
                self._report(number, "skipped", self._why_not(action))
        self._try(final, lambda: self._go(action))

    def _why_not(self, action: Action) -> str:
        if isinstance(action, Move):
            return f"A later rule moves the message to {action.folder}."
        return "The message is deleted."

    def _go(self, action: Action) -> None:
        target = self._target(action)
        if target == self._session.folder:
            return
        if target is None:
            self._session.expunge(self._uid)
            self._draft.message["uid"] = None
        else:
            self._arrived(self._session.move(self._uid, target))
        self._draft.message["deleted"] = isinstance(action, Delete)

    def _target(self, action: Action) -> str | None:
        if isinstance(action, Move):
            return self._session.folder_named(action.folder)
        return self._session.special_folder(b"\\Trash")

    def _arrived(self, place: Place) -> None:
        message = self._draft.message
        if place.uid is None and message["message_id"]:
            place = self._session.find(place.folder, message["message_id"]) or place
        message["folder"], message["uid"], message["uidvalidity"] = place.folder, place.uid, place.uidvalidity

    # -- the message is not where it was

    def _missing(self) -> None:
        """After a crash it may be where we moved it; else somebody else took it."""
        leaving = self._numbered(Delete) or self._numbered(Move)
        if self._again and leaving and self._went(leaving[-1][1]):
            for number, _action in enumerate(self._actions):
                self._report(number, "done")
            return
        for number, action in enumerate(self._actions):
            if isinstance(action, SetPriority):
                self._report(number, "done")
            else:
                self._report(number, "failed", GONE)

    def _went(self, action: Action) -> bool:
        target, message_id = self._target(action), self._draft.message["message_id"]
        if target is None:
            self._draft.message.update(uid=None, deleted=True)
            return True
        place = self._session.find(target, message_id) if message_id else None
        if place is None:
            return False
        self._arrived(place)
        self._draft.message["deleted"] = isinstance(action, Delete)
        return True
