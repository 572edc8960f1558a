"""What a server cannot or will not do: the message stays where it is, the rest is done, and the report says so."""

import pytest

from mailevents.delivering.events import Draft
from mailevents.delivering.perform import Performance
from mailevents.delivering.tasks import Task
from rules.actions import Copy, Delete, Flag, Label, MarkRead, Move, Unlabel
from tests.delivery.test_actions import Box, Server, box_on, statuses
from tests.mailbox.script import CAPABILITIES, Script, playing

QUOTA = """
mail_plugins = quota
protocol imap {
  mail_plugins = quota imap_quota
}
plugin {
  quota = count:User quota
  quota_vsizes = yes
  quota_rule = *:messages=1
}
"""
ACL = """
mail_plugins = acl
plugin {
  acl = vfile
}
"""


@pytest.fixture
def full(own_dovecot) -> Box:
    """A mailbox that holds all it may."""
    return box_on(Server(own_dovecot(extra=QUOTA)), trash="")


def test_a_copy_over_quota_fails_alone_and_leaves_no_half_of_it(full):
    tasks = full.perform(Copy(folder="Archive"), Label(label="vip"))
    assert statuses(tasks) == ["failed", "done"]
    assert "quota" in tasks[0].reason.lower()
    assert full.where() == {"INBOX": [full.uid]}
    assert full.place == ("INBOX", full.uid)
    assert full.flags("INBOX", full.uid) == {"vip"}


def test_a_full_mailbox_can_still_be_sorted(full):
    assert statuses(full.perform(Move(folder="Archive"))) == ["done"]
    assert list(full.where()) == ["Archive"]


def test_in_a_mailbox_that_may_only_be_read_each_action_is_refused_and_the_event_tells_the_truth(own_dovecot):
    server = own_dovecot(extra=ACL)
    box = box_on(Server(server))
    acl = server.folder / "mail" / box.login.user / "Maildir" / "dovecot-acl"
    acl.write_text("owner lr\n")
    acl.chmod(0o644)
    tasks = box.perform(Label(label="vip"), MarkRead(), Flag(), Move(folder="Archive"), Delete())
    assert statuses(tasks) == ["failed", "failed", "failed", "skipped", "failed"]
    assert all("refused" in task.reason or "keep" in task.reason for task in tasks if task.status == "failed")
    assert box.where() == {"INBOX": [box.uid]}
    with server.client(box.login.user) as client:
        client.select_folder("INBOX", readonly=True)
        assert set(client.get_flags([box.uid])[box.uid]) <= {b"\\Recent"}
    message = box.draft.message
    assert (message["folder"], message["uid"], message["flags"], message["labels"], message["deleted"]) == (
        "INBOX", box.uid, [], [], False,
    )  # fmt: skip


def test_labels_of_gmail_are_labels_there_with_any_characters():
    def gmail(script: Script) -> None:
        script.open(capabilities=f"{CAPABILITIES} X-GM-EXT-1", uidnext=2)
        script.answer("NOOP")
        fetch = "UID FETCH 1 (FLAGS X-GM-LABELS)"
        script.answer(fetch, '1 FETCH (UID 1 FLAGS (\\Seen) X-GM-LABELS (old "\\\\Important"))')
        script.answer('UID STORE 1 +X-GM-LABELS ("Gr&APYA3w-e 9")')
        script.answer('UID STORE 1 -X-GM-LABELS ("old")')
        script.answer(fetch, '1 FETCH (UID 1 FLAGS (\\Seen) X-GM-LABELS ("Gr&APYA3w-e 9" "\\\\Important"))')

    message = {"folder": "INBOX", "uid": 1, "uidvalidity": 7, "message_id": "<m@x>", "flags": [], "labels": []}
    draft = Draft(event={"message": message, "rules": {}})
    tasks = [Task(action=action, rule_id=1) for action in (Label(label="Größe 9"), Unlabel(label="old"))]
    with playing(gmail) as session:
        Performance(session, draft, tasks, again=False).run()
    assert statuses(tasks) == ["done", "done"]
    assert (message["flags"], message["labels"]) == (["\\Seen"], ["Größe 9"])
