"""Carries out what was decided, on the mailbox, and writes into the draft what became of it.

Everything can be asked for again after a crash: a flag set twice is set, and a message that has moved already is
looked for where it went. Steps that only touch flags are done first and the one move last, so that the message
stays under its UID until everything else is done; the end is the same in any order.
"""

from collections.abc import Callable, Sequence
from functools import partial

from mailevents.delivering.events import Draft
from mailevents.delivering.tasks import DONE, FAILED, OPEN, SKIPPED, Task
from mailevents.errors import CommandRefused
from mailevents.imap.answers import KEYWORD, Place
from mailevents.imap.mailbox import Session
from rules.actions import Action, Copy, Delete, Flag, Label, MarkRead, Move, Unlabel

GONE = "The message is no longer in the folder: somebody else moved or deleted it."
KEYWORDS = "these take up to 64 ASCII letters, digits and - _ . only"
NO_KEYWORDS = "The server does not keep keywords of users in this folder."
READ_ONLY = "The server does not keep it: the folder may be one that can only be read."
SYSTEM_FLAGS = {MarkRead: "\\Seen", Flag: "\\Flagged"}


class Performance:
    """One message's open tasks on one session."""

    def __init__(
        self, session: Session, draft: Draft, tasks: Sequence[Task], *, again: bool, renumbered: bool = False
    ) -> None:
        """`renumbered`: the draft's UID is of an earlier numbering, or of another folder."""
        self._session = session
        self._draft = draft
        self._tasks = [task for task in tasks if task.status == OPEN]
        self._again = again
        self._renumbered = renumbered
        self._uid: int = draft.message["uid"]

    def run(self) -> None:
        """Does all of it; each task has its status then. Raises ConnectionLost, after which it can be run `again`."""
        if not self._tasks:
            return
        self._session.refresh()
        if not self._is_there():
            self._missing()
        else:
            self._mark()
            self._copies()
            self._leave()

    def _is_there(self) -> bool:
        """Whether the message is in the folder. Under its old UID another message may be there by now."""
        if self._renumbered:
            is_its_folder = self._session.folder == self._draft.message["folder"]
            uid = self._session.uid_of(self._draft.identity) if is_its_folder else None
            if uid is None:
                return False
            self._uid = uid
            self._draft.message.update(uid=uid, uidvalidity=self._session.uidvalidity)
        return self._session.flags(self._uid) is not None

    def _of(self, *kinds: type[Action]) -> list[Task]:
        return [task for task in self._tasks if isinstance(task.action, kinds)]

    def _try(self, task: Task, act: Callable[[], None]) -> None:
        """Runs one step; a refusal is its report, and the others go on."""
        try:
            act()
        except CommandRefused as refusal:
            task.settle(FAILED, f"The server refused: {refusal}")
        else:
            task.settle(DONE)

    # -- flags and labels

    def _mark(self) -> None:
        marking = self._of(MarkRead, Flag, Label, Unlabel)
        for task in marking:
            if isinstance(task.action, Label | Unlabel):
                self._label(task, task.action)
            else:
                flag = SYSTEM_FLAGS[type(task.action)]
                self._try(task, partial(self._session.add_flags, self._uid, [flag]))
        if marking:
            self._read_back()

    def _label(self, task: Task, action: Label | Unlabel) -> None:
        add = isinstance(action, Label)
        if self._session.has("X-GM-EXT-1"):
            self._try(task, partial(self._session.gmail_labels, self._uid, [action.label], add=add))
        elif not KEYWORD.match(action.label):
            task.settle(FAILED, f"{action.label!r} cannot be a keyword: {KEYWORDS}")
        else:
            change = self._session.add_flags if add else self._session.remove_flags
            self._try(task, partial(change, self._uid, [action.label]))

    def _read_back(self) -> None:
        """The event tells the flags that the server has; where it said OK and did not do it, that is a failure."""
        found = self._session.flags(self._uid)
        if found is None:
            return
        flags, labels = found
        self._draft.message["flags"], self._draft.message["labels"] = list(flags), list(labels)
        there = {name.lower() for name in (*flags, *labels)}
        both = {_named(task.action) for task in self._of(Label)} & {_named(task.action) for task in self._of(Unlabel)}
        for task in self._of(MarkRead, Flag, Label, Unlabel):
            name = _named(task.action)
            if task.status == DONE and name not in both and (name in there) is isinstance(task.action, Unlabel):
                task.settle(FAILED, NO_KEYWORDS if isinstance(task.action, Label) else READ_ONLY)

    # -- copies, and the way out

    def _copies(self) -> None:
        for task in self._of(Copy):
            assert isinstance(task.action, Copy)
            self._try(task, partial(self._copy, task.action.folder))

    def _copy(self, name: str) -> None:
        folder, message_id = self._session.folder_named(name), self._draft.message["message_id"]
        if folder == self._session.folder:  # a copy there would be new mail, for the same rule to copy
            return
        if not (self._again and message_id and self._session.find(folder, message_id)):
            self._session.copy(self._uid, folder)

    def _leave(self) -> None:
        """The move or deletion that counts: a deletion before any move, else the last move."""
        leaving = self._of(Move, Delete)
        if not leaving:
            return
        final = (self._of(Delete) or leaving)[-1]
        for task in leaving:
            if task is not final:
                task.settle(SKIPPED, self._why_not(final.action))
        self._try(final, partial(self._go, final.action))

    def _why_not(self, action: Action) -> str:
        if isinstance(action, Move):
            return f"A later rule moves the message to {action.folder}."
        return "The message is deleted."

    def _go(self, action: Action) -> None:
        target = self._target(action)
        if target is None:
            self._session.expunge(self._uid)
            self._draft.message["uid"] = None
        elif target != self._session.folder:
            place = self._session.move(self._uid, target)
            if place.uid is None and self._session.has("UIDPLUS"):  # it tells of every message that it moves
                raise CommandRefused(GONE)
            self._arrived(place)
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
        if place.flagged is not None:
            message["flags"], message["labels"] = map(list, place.flagged)

    # -- the message is not where it was

    def _missing(self) -> None:
        """After a crash it may be where we moved it, with everything else done before; else somebody else took it."""
        leaving = self._of(Delete) or self._of(Move)
        went = self._again and bool(leaving) and self._went(leaving[-1].action)
        for task in self._tasks:
            if went:
                task.settle(DONE)
            else:
                task.settle(FAILED, GONE)

    def _went(self, action: Action) -> bool:
        target, message_id = self._target(action), self._draft.message["message_id"]
        if target is None:
            if not self._renumbered:
                self._draft.message.update(uid=None, deleted=True)
            return not self._renumbered
        place = self._session.find(target, message_id) if message_id else None
        if place is None:
            return False
        self._arrived(place)
        self._draft.message["deleted"] = isinstance(action, Delete)
        return True


def _named(action: Action) -> str:
    """The flag or label that an action is about, without case."""
    return (action.label if isinstance(action, Label | Unlabel) else SYSTEM_FLAGS[type(action)]).lower()
