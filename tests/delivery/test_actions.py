"""Each action's end state, read back by a plain IMAP client: on Dovecot and the embedded server, each with MOVE and
UIDPLUS and without."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from unittest.mock import ANY

import pytest
from imapclient import IMAPClient

from mailevents.delivering.events import Draft
from mailevents.delivering.perform import Performance
from mailevents.delivering.tasks import Task
from mailevents.embedded.server import EmbeddedMail
from mailevents.imap.connecting import Account
from mailevents.imap.mailbox import Session
from rules.actions import Action, Copy, Delete, Flag, Label, MarkRead, Move, Unlabel
from tests.conftest import demand
from tests.servers.dovecot import Dovecot, Login

ID = "<m1@example.org>"
RAW = f"From: ann@example.org\r\nSubject: Invoice\r\nMessage-ID: {ID}\r\n\r\nHello\r\n".encode()


NEITHER = ("MOVE", "UIDPLUS")
KINDS = {
    "dovecot": (Dovecot, ()),
    "dovecot without": (Dovecot, NEITHER),
    "embedded": (EmbeddedMail, ()),
    "embedded without": (EmbeddedMail, NEITHER),
}


class Server:
    """A Dovecot or an embedded server: users, mail in, and a plain client."""

    def __init__(self, server: Dovecot | EmbeddedMail) -> None:
        self.host = server.host
        self.port = server.imap if isinstance(server, Dovecot) else server.imap_port
        self._server = server
        self._numbers = count(1)

    def add_user(self) -> Login:
        if isinstance(self._server, Dovecot):
            return self._server.add_user()
        login = Login(user=f"user{next(self._numbers)}@example.com", password="correct horse")
        self._server.add(login.user, login.password)
        return login

    @contextlib.contextmanager
    def client(self, login: Login, folder: str = "") -> Iterator[IMAPClient]:
        client = IMAPClient(self.host, self.port, ssl=False, timeout=20)
        try:
            client.login(login.user, login.password)
            if folder:
                client.select_folder(folder)
            yield client
        finally:
            client.logout()


@pytest.fixture(scope="module", params=KINDS)
def server(request) -> Iterator[Server]:
    kind, without = KINDS[request.param]
    with demand(lambda: kind(without=without) if kind is Dovecot else kind({}, without=without)) as made:
        yield Server(made)


@dataclass
class Box:
    """A mailbox with one message, what was done to it, and a plain client's view of it."""

    server: Server
    login: Login
    uid: int  # on arrival
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
        with self.server.client(self.login) as client:
            for name in [name for flags, _, name in client.list_folders() if b"\\Noselect" not in flags]:
                client.select_folder(name, readonly=True)
                if uids := client.search(["HEADER", "Message-ID", ID]):
                    found[name] = uids
        return found

    def flags(self, folder: str, uid: int) -> set[str]:
        with self.server.client(self.login, folder) as client:
            return {flag.decode() for flag in client.get_flags([uid])[uid]} - {"\\Recent"}

    @property
    def place(self) -> tuple[str, int]:
        return self.draft.message["folder"], self.draft.message["uid"]


@pytest.fixture
def box(server) -> Box:
    return box_on(server)


def box_on(server: Server, *, trash: str = "Trash") -> Box:
    login = server.add_user()
    with server.client(login) as client:
        if trash:
            client.create_folder(trash)
        client.append("INBOX", RAW)
        client.select_folder("INBOX", readonly=True)
        (uid,) = client.search()
    account = Account(host=server.host, port=server.port, security="plain", user=login.user, password=login.password)
    message = {
        "folder": "INBOX",
        "uid": uid,
        "uidvalidity": 1,
        "message_id": ID,
        "flags": [],
        "labels": [],
        "deleted": False,
    }
    return Box(server, login, uid, account, Draft(event={"message": message, "rules": {}}))


def statuses(tasks: list[Task]) -> list[str]:
    return [task.status for task in tasks]


def test_a_move_makes_the_folder_and_tells_the_new_place(box):
    (task,) = box.perform(Move(folder="Bücher/Zürich"))
    folder, uid = box.place
    assert box.where() == {folder: [uid]}
    assert folder.replace(".", "/") == "Bücher/Zürich"
    assert task.report() == {"action": "move", "folder": "Bücher/Zürich", "status": "done"}


BELOW_INBOX = "namespace inbox {\n prefix = INBOX.\n separator = .\n}"


@pytest.mark.parametrize("named", ["Clients/Ann", "INBOX/Clients/Ann", "INBOX.Clients.Ann", "inbox.Clients.Ann"])
def test_where_all_folders_lie_below_the_inbox_a_folder_is_made_there(own_dovecot, named):
    """As Courier has it, and many hosts with Dovecot."""
    box = box_on(Server(own_dovecot(extra=BELOW_INBOX)), trash="")
    assert statuses(box.perform(Copy(folder=named))) == ["done"]
    assert statuses(box.perform(Move(folder="Done"))) == ["done"]
    assert box.place[0] == "INBOX.Done"
    assert {folder.casefold() for folder in box.where()} == {"inbox.clients.ann", "inbox.done"}


def test_where_all_folders_lie_below_the_inbox_the_trash_is_found_there(own_dovecot):
    box = box_on(Server(own_dovecot(extra=BELOW_INBOX)), trash="INBOX.Trash")
    box.perform(Delete())
    assert box.place[0] == "INBOX.Trash"


def test_flags_and_labels_are_on_the_message_and_in_the_event(box):
    tasks = box.perform(MarkRead(), Flag(), Label(label="vip"), Label(label="later"), Unlabel(label="vip"))
    assert set(statuses(tasks)) == {"done"}
    assert set(box.draft.message["flags"]) == {"\\Seen", "\\Flagged"}
    assert box.draft.message["labels"] == ["later"]
    assert box.flags("INBOX", box.uid) == {"\\Seen", "\\Flagged", "later"}


def test_labels_travel_with_a_move(box):
    box.perform(Move(folder="Invoices"), Label(label="vip"))
    assert box.draft.message["labels"] == ["vip"]
    assert box.flags(*box.place) == {"vip"}


def test_a_copy_leaves_the_original(box):
    assert statuses(box.perform(Copy(folder="Archive"))) == ["done"]
    assert box.where() == {"Archive": [ANY], "INBOX": [box.uid]}
    assert box.place == ("INBOX", box.uid)


def test_a_copy_done_again_after_a_crash_is_not_a_second_one(box):
    box.perform(Copy(folder="Archive"))
    box.perform(Copy(folder="Archive"), again=True)
    assert box.where() == {"Archive": [ANY], "INBOX": [box.uid]}


def test_a_copy_or_a_move_to_where_the_message_is_makes_no_new_mail_of_it(box):
    """There would be no end: it would be new mail again, for the same rule."""
    assert statuses(box.perform(Copy(folder="inbox"), Move(folder="Inbox"))) == ["done", "done"]
    assert box.where() == {"INBOX": [box.uid]}
    assert box.place == ("INBOX", box.uid)


def test_a_deletion_in_the_trash_leaves_it_there(box, server):
    box.perform(Delete())
    box.account = replace(box.account, folder="Trash")
    box.draft.message["deleted"] = False
    assert statuses(box.perform(Delete())) == ["done"]
    assert list(box.where()) == ["Trash"]
    assert box.draft.message["deleted"] is True


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


def test_a_folder_whose_name_is_a_pattern_that_others_match_is_made_all_the_same(dovecot):
    box = box_on(Server(dovecot))
    assert statuses(box.perform(Copy(folder="100 Percent"), Move(folder="100%"))) == ["done", "done"]
    assert set(box.where()) == {"100 Percent", "100%"}


def test_a_folder_that_the_server_refuses_fails_alone(dovecot):
    box = box_on(Server(dovecot))
    tasks = box.perform(Copy(folder="a/\x7f~/../b"), MarkRead())
    assert statuses(tasks) == ["failed", "done"]
    assert "refused" in tasks[0].reason
    assert box.flags("INBOX", box.uid) == {"\\Seen"}


def test_a_message_that_somebody_else_moved_away_is_said_to_be_gone(box, server):
    def elsewhere() -> None:
        with server.client(box.login, "INBOX") as client:
            client.create_folder("Elsewhere")
            client.copy([box.uid], "Elsewhere")
            client.add_flags([box.uid], [b"\\Deleted"])
            client.expunge()

    tasks = box.perform(Label(label="vip"), Move(folder="A"), meanwhile=elsewhere)
    assert statuses(tasks) == ["failed", "failed"]
    assert "somebody else" in tasks[0].reason
    assert list(box.where()) == ["Elsewhere"]


def test_a_message_that_was_moved_before_a_crash_is_found_where_it_went(box):
    box.perform(Label(label="vip"), Move(folder="A"))
    place, box.draft.message["folder"], box.draft.message["uid"] = box.place, "INBOX", box.uid
    assert statuses(box.perform(Label(label="vip"), Move(folder="A"), again=True)) == ["done", "done"]
    assert box.place == place


def test_other_messages_marked_deleted_are_spared_when_one_is_expunged(box, server):
    with server.client(box.login, "INBOX") as client:
        client.append("INBOX", RAW.replace(b"m1@", b"m2@"), [b"\\Deleted"])
    box.perform(Move(folder="A"))
    assert box.flags("INBOX", box.uid + 1) == {"\\Deleted"}


def test_without_a_trash_a_deletion_is_for_good(server):
    lone = box_on(server, trash="")
    assert statuses(lone.perform(Delete())) == ["done"]
    assert lone.where() == {}
    assert lone.draft.message["deleted"] is True
