"""When a message from a file arrived: its dates are judged against that, never against today."""

import os
from datetime import UTC, datetime

import pytest

from spamfilter.mailfiles import mail_files, received_at
from tests.spamfilter.mails import raw

MOMENT = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "head",
    [
        b"Received: from a by b; Mon, 6 May 2024 09:08:09 +0200\n",
        b"Return-Path: <a@b>\r\nReceived: from a\r\n\tby b;\r\n\tMon, 6 May 2024 07:08:09 +0000 (UTC)\r\n"
        b"Received: x; no date\r\n",
        b"RECEIVED: by b; 6 May 2024 07:08:09 GMT\n",
        b"Received: by b; Mon, 6 May 2024 07:08:09 -0000\n",
    ],
)
def test_the_topmost_received_header_says_when(head):
    assert received_at(head + b"From: a@b\n\nReceived: of the body; Tue, 7 May 2024 07:08:09 +0000\n") == MOMENT


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\nReceived: by b; Mon, 6 May 2024 07:08:09 +0000\n",
        b"From: a@b\n\nReceived: by b; Mon, 6 May 2024 07:08:09 +0000\n",
        b"Received: by b\n\n",
        b"Received: by b; someday\n\n",
        b"Received: by b; Mon, 6 May 99999 07:08:09 +0000\n\n",
        b"Received: by b; Mon, 31 Feb 2024 07:08:09 +0000\n\n",
        b"Received: " + b"x" * 100_000,
    ],
)
def test_without_a_readable_one_nothing_is_said(content):
    assert received_at(content) is None


def test_a_file_without_one_arrived_when_it_was_written(tmp_path):
    (tmp_path / "m").write_bytes(b"From: a@b\n\nhello\n")
    (file,) = mail_files([str(tmp_path)], most_bytes=1000)
    assert file.message().received_at == file.written_at


def test_a_long_file_is_read_in_part_and_says_so(tmp_path):
    (tmp_path / "m").write_bytes(raw(text="x" * 5000))
    (file,) = mail_files([str(tmp_path / "m")], most_bytes=1000)
    message = file.message()
    assert len(file.raw) == 1000
    assert message.truncated
    assert message.size == (tmp_path / "m").stat().st_size


def test_an_mbox_of_several_messages_is_no_message_and_one_of_a_single_message_is(tmp_path):
    box, one = tmp_path / "box", tmp_path / "one"
    message = b"From ann@example.com Mon Jan  1 10:00:00 2024\nFrom: ann@example.com\n\nFrom here on\n\nto 2024\n\n"
    one.write_bytes(message)
    assert next(mail_files([str(one)], most_bytes=4096)).raw == message
    box.write_bytes(message + message)
    with pytest.raises(OSError, match="an mbox of several messages; it takes one message a file"):
        list(mail_files([str(box)], most_bytes=4096))


def test_of_a_maildir_its_messages_are_read_and_nothing_else(tmp_path):
    for name in ("cur", "new", "tmp", "Sub/cur", "Sub/new", "old"):
        (tmp_path / name).mkdir(parents=True)
    for name in (
        "cur/1:2,S",
        "new/2",
        "tmp/half",
        "dovecot-uidlist",
        "dovecot.index.log",
        "Sub/cur/3:2,",
        "Sub/maildirfolder",
    ):
        (tmp_path / name).write_bytes(raw())
    (tmp_path / "old" / "4").write_bytes(raw())  # a folder of a user's own
    read = [file.path.removeprefix(f"{tmp_path}/") for file in mail_files([str(tmp_path)], most_bytes=1000)]
    assert read == ["Sub/cur/3:2,", "cur/1:2,S", "new/2", "old/4"]


def test_a_folder_that_cannot_be_read_is_told_when_the_others_are_read(tmp_path):
    (tmp_path / "m").write_bytes(raw())
    folder = os.open(tmp_path, os.O_RDONLY)
    for _ in range(20):  # its path is too long for the system
        os.mkdir("d" * 250, dir_fd=folder)
        inside = os.open("d" * 250, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inside
    os.close(folder)
    files = mail_files([str(tmp_path)], most_bytes=1000)
    assert next(files).path == str(tmp_path / "m")
    with pytest.raises(OSError, match="File name too long"):
        next(files)
