"""Each action's end state, read back by a plain IMAP client: with MOVE and UIDPLUS, and without."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from mailevents.connecting import Account
from mailevents.events import Draft
from mailevents.mailbox import Session
from mailevents.perform import Performance
from mailevents.tasks import Task
from rules.actions import Action, Copy, Delete, Flag, Label, MarkRead, Move, Unlabel
from tests.conftest import demand
from tests.servers.dovecot import Dovecot

ID = "<m1@example.org>"
RAW = f"From: ann@example.org\r\nSubject: Invoice\r\nMessage-ID: {ID}\r\n\r\nHello\r\n".encode()


@pytest.fixture(scope="module", params=[(), ("MOVE", "UIDPLUS")], ids=["move and uidplus", "neither"])
def server(request) -> Iterator[Dovecot]:
    with demand(lambda: Dovecot(without=request.param, trash="Trash")) as dovecot:
        yield dovecot


@dataclass
class Box:
    """A mailbox with one message, what was done to it, and a plain client's view of it."""

    server: Dovecot
    user: str
    account: Account
    draft: Draft

    def perform(
        self, *actions: Action, again: bool = False, meanwhile: Callable[[], None] = lambda: None
    ) -> list[Task]:
        tasks = [Task(action=action, rule_id=1) for action in actions]
        session = Session.open(self.account)
        meanwhile()
        try:
            Performance(session, self.draft, tasks, again=again).run()
        finally:
            session.log_out()
        return tasks

    def where(self) -> dict[str, list[int]]:
        found = {}
        with self.server.client(self.user) as client:
            for name in [name for flags, _, name in client.list_folders() if b"\\Noselect" not in flags]:
                client.select_folder(name, readonly=True)
                if uids := client.search(["HEADER", "Message-ID", ID]):
                    found[name] = uids
        return found

    def flags(self, folder: str, uid: int) -> set[str]:
        with self.server.client(self.user, folder) as client:
            return {flag.decode() for flag in client.get_flags([uid])[uid]} - {"\\Recent"}

    @property
    def place(self) -> tuple[str, int]:
        return self.draft.message["folder"], self.draft.message["uid"]


@pytest.fixture
def box(server) -> Box:
    login = server.add_user()
    server.append(login.user, RAW)
    account = Account(
        host=server.host, port=server.imap, security="plain", user=login.user, password=login.password, folder="INBOX"
    )
    message = {
        "folder": "INBOX",
        "uid": 1,
        "uidvalidity": 1,
        "message_id": ID,
        "flags": [],
        "labels": [],
        "deleted": False,
    }
    return Box(server, login.user, account, Draft(event={"message": message, "rules": {}}))


def statuses(tasks: list[Task]) -> list[str]:
    return [task.status for task in tasks]


def test_a_move_makes_the_folder_and_tells_the_new_place(box):
    (task,) = box.perform(Move(folder="Bücher/Zürich"))
    folder, uid = box.place
    assert box.where() == {folder: [uid]}
    assert folder.replace(".", "/") == "Bücher/Zürich"
    assert task.report() == {"action": "move", "folder": "Bücher/Zürich", "status": "done"}


def test_flags_and_labels_are_on_the_message_and_in_the_event(box):
    tasks = box.perform(MarkRead(), Flag(), Label(label="vip"), Label(label="later"), Unlabel(label="vip"))
    assert set(statuses(tasks)) == {"done"}
    assert set(box.draft.message["flags"]) == {"\\Seen", "\\Flagged"}
    assert box.draft.message["labels"] == ["later"]
    assert box.flags("INBOX", 1) == {"\\Seen", "\\Flagged", "later"}


def test_labels_travel_with_a_move(box):
    box.perform(Move(folder="Invoices"), Label(label="vip"))
    assert box.draft.message["labels"] == ["vip"]
    assert box.flags(*box.place) == {"vip"}


def test_a_copy_leaves_the_original(box):
    assert statuses(box.perform(Copy(folder="Archive"))) == ["done"]
    assert box.where() == {"Archive": [1], "INBOX": [1]}
    assert box.place == ("INBOX", 1)


def test_a_copy_done_again_after_a_crash_is_not_a_second_one(box):
    box.perform(Copy(folder="Archive"))
    box.perform(Copy(folder="Archive"), again=True)
    assert box.where() == {"Archive": [1], "INBOX": [1]}


def test_a_deletion_goes_to_the_trash(box):
    assert statuses(box.perform(Delete())) == ["done"]
    assert box.where() == {"Trash": [box.place[1]]}
    assert (box.draft.message["deleted"], box.place[0]) == (True, "Trash")


def test_of_two_moves_the_last_counts_and_the_first_says_so(box):
    first, last = box.perform(Move(folder="A"), Move(folder="B"))
    assert list(box.where()) == ["B"]
    assert (first.status, last.status) == ("skipped", "done")
    assert "B" in first.reason


def test_a_move_after_a_deletion_does_not_bring_the_message_back(box):
    assert statuses(box.perform(Delete(), Move(folder="B"))) == ["done", "skipped"]
    assert list(box.where()) == ["Trash"]


def test_a_label_that_no_server_can_keep_fails_alone(box):
    assert statuses(box.perform(Label(label="très chic"), Move(folder="A"))) == ["failed", "done"]
    assert list(box.where()) == ["A"]


def test_a_folder_that_the_server_refuses_fails_alone(box):
    tasks = box.perform(Copy(folder="a/\x7f~/../b"), MarkRead())
    assert statuses(tasks) == ["failed", "done"]
    assert "refused" in tasks[0].reason
    assert box.flags("INBOX", 1) == {"\\Seen"}


def test_a_message_that_somebody_else_moved_away_is_said_to_be_gone(box, server):
    def elsewhere() -> None:
        with server.client(box.user, "INBOX") as client:
            client.create_folder("Elsewhere")
            client.copy([1], "Elsewhere")
            client.add_flags([1], [b"\\Deleted"])
            client.expunge()

    tasks = box.perform(Label(label="vip"), Move(folder="A"), meanwhile=elsewhere)
    assert statuses(tasks) == ["failed", "failed"]
    assert "somebody else" in tasks[0].reason
    assert list(box.where()) == ["Elsewhere"]


def test_a_message_that_was_moved_before_a_crash_is_found_where_it_went(box):
    box.perform(Label(label="vip"), Move(folder="A"))
    place, box.draft.message["folder"], box.draft.message["uid"] = box.place, "INBOX", 1
    assert statuses(box.perform(Label(label="vip"), Move(folder="A"), again=True)) == ["done", "done"]
    assert box.place == place


def test_other_messages_marked_deleted_are_spared_when_one_is_expunged(box, server):
    with server.client(box.user, "INBOX") as client:
        client.append("INBOX", RAW.replace(b"m1@", b"m2@"), [b"\\Deleted"])
    box.perform(Move(folder="A"))
    assert box.flags("INBOX", 2) == {"\\Deleted"}


def test_without_a_trash_a_deletion_is_for_good(own_dovecot, box):
    bare = own_dovecot()
    login = bare.add_user()
    bare.append(login.user, RAW)
    account = Account(host=bare.host, port=bare.imap, security="plain", user=login.user, password=login.password)
    lone = Box(bare, login.user, account, box.draft)
    assert statuses(lone.perform(Delete())) == ["done"]
    assert lone.where() == {}
    assert lone.draft.message["deleted"] is True
