"""The traps of IDLE, each against a server that lays it.

A new IMAPClient or imaplib that changes the insides that are touched fails here.
"""

import select
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from mailevents.errors import CommandRefused, ConnectionLost, FolderMissing
from mailevents.imap import wire
from mailevents.imap.mailbox import Session
from tests.mailbox.script import Script, playing

DATE = '"22-Nov-2026 10:00:00 +0200"'


def untagged(session: Session) -> dict[str, object]:
    found: dict[str, object] = session._client._imap.untagged_responses
    return found


def readable(session: Session, within: float) -> bool:
    return bool(select.select([session.socket], [], [], within)[0])


def idle(script: Script, *then: str) -> str:
    tag = script.hear("IDLE")
    script.say("+ idling", *then)
    return tag


def done(script: Script, tag: str, *before: str) -> None:
    script.hear("DONE")
    script.say(*before, f"{tag} OK idle ends")


@pytest.mark.parametrize("encrypted", [False, True])
def test_mail_announced_in_the_segment_of_the_continuation_is_seen(tmp_path: Path, encrypted: bool) -> None:
    def script(server: Script) -> None:
        server.open()
        done(server, idle(server, "* 1 EXISTS"))

    with playing(script, certificate=tmp_path if encrypted else None) as session:
        session.announced()
        assert session.begin_idle()
        session.end_idle()


def test_what_is_read_is_neither_kept_nor_logged(caplog: pytest.LogCaptureFixture) -> None:
    def script(server: Script) -> None:
        server.open()
        server.answer("SEARCH", "SEARCH 5")

    with caplog.at_level("DEBUG"), playing(script) as session:
        assert session.uids_after(4) == [5]
        assert not [record for record in caplog.records if record.name == "imapclient.imaplib"]
        assert not session._client._imap._cmd_log


@pytest.mark.parametrize("encrypted", [False, True])
def test_quiet_after_the_continuation_is_quiet(tmp_path: Path, encrypted: bool) -> None:
    def script(server: Script) -> None:
        server.open()
        done(server, idle(server))

    with playing(script, certificate=tmp_path if encrypted else None) as session:
        session.announced()
        assert not session.begin_idle()
        assert session.socket.gettimeout() == 10
        session.end_idle()


def test_mail_announced_before_the_continuation_is_no_failure(tmp_path: Path) -> None:
    def script(server: Script) -> None:
        server.open()
        tag = server.hear("IDLE")
        server.say("* 1 EXISTS", "* 1 RECENT", "+ idling")
        done(server, tag)

    with playing(script) as session:
        session.announced()
        assert session.begin_idle()
        session.end_idle()


def test_a_line_in_two_segments_is_one_line() -> None:
    def script(server: Script) -> None:
        server.open()
        tag = idle(server)
        waiting.wait(10)
        server.say_part("* 2 EXPU")
        server.hear("DONE")
        server.say_part("NGE\r\n")
        server.say(f"{tag} OK idle ends")

    waiting = threading.Event()
    with playing(script) as session:
        session.announced()
        assert not session.begin_idle()
        waiting.set()
        assert readable(session, 5)
        session.end_idle()
        assert session.changes_hinted()


def test_the_end_of_the_line_is_an_error_and_not_a_busy_loop() -> None:
    def script(server: Script) -> None:
        server.open()
        idle(server)
        server.line.close()
        server._file.close()

    with playing(script) as session:
        session.begin_idle()
        assert readable(session, 5)
        with pytest.raises(ConnectionLost):
            session.end_idle()


@pytest.mark.parametrize("goodbye", ["* BYE shutting down", "* BYE [UNAVAILABLE] x"])
def test_a_goodbye_is_a_lost_connection(goodbye: str) -> None:
    def script(server: Script) -> None:
        server.open()
        idle(server, goodbye)
        server.line.close()
        server._file.close()

    with playing(script) as session:
        assert session.begin_idle()
        with pytest.raises(ConnectionLost):
            session.end_idle()


def test_mail_announced_beside_another_answer_is_noticed_once() -> None:
    def script(server: Script) -> None:
        server.open()
        server.answer("UID SEARCH", "SEARCH 5", "2 EXISTS")
        server.answer(
            "UID FETCH", "2 EXISTS", '1 FETCH (UID 5 FLAGS () RFC822.SIZE 1 INTERNALDATE "22-Nov-2026 10:00:00 +0000")'
        )
        server.answer("NOOP", "3 EXISTS")
        server.answer("NOOP")

    with playing(script) as session:
        session.announced()
        assert session.uids_after(0) == [5]
        assert session.announced()
        assert not session.announced()
        session.fetch_unread(5)
        assert session.announced()
        session.end_idle()  # without IDLE under way: NOOP
        assert session.announced()
        session.end_idle()
        assert not session.announced()


def test_what_the_server_says_while_idle_does_not_pile_up() -> None:
    def script(server: Script) -> None:
        server.open()
        for _ in range(50):
            tag = idle(server)
            server.say("* 3 FETCH (FLAGS (\\Seen))", "* 9 EXISTS", "* OK still here")
            done(server, tag)

    with playing(script) as session:
        for _ in range(50):
            session.begin_idle()
            session.end_idle()
            session.announced()
        assert not untagged(session)


def test_a_search_beyond_the_last_message_finds_nothing() -> None:
    def script(server: Script) -> None:
        server.open()
        server.answer("UID SEARCH", "SEARCH 41")

    with playing(script) as session:
        assert session.uids_after(41) == []


@pytest.mark.parametrize("answer", ["NO not now", "BAD what"])
def test_idle_that_is_announced_and_refused_is_polling(answer: str) -> None:
    def script(server: Script) -> None:
        server.open()
        server.answer("IDLE", "1 EXISTS", done=answer)
        server.answer("NOOP", "2 EXISTS")
        server.answer("NOOP")

    with playing(script) as session:
        session.announced()
        assert session.begin_idle()  # it had spoken of mail
        session.end_idle()
        assert session.announced()
        assert not session.begin_idle()  # asked once only
        session.end_idle()


def test_qresync_that_is_announced_and_refused_is_done_without() -> None:
    def script(server: Script) -> None:
        server.greet("IMAP4rev1 ENABLE QRESYNC")
        server.answer("ENABLE QRESYNC", done="BAD no")
        server.select()

    with playing(script) as session:
        assert session.modseq == 0


def test_a_folder_that_may_only_be_read_is_watched_all_the_same() -> None:
    def script(server: Script) -> None:
        server.greet("IMAP4rev1 IDLE")
        server.answer("SELECT", "OK [UIDVALIDITY 7] v", "OK [UIDNEXT 9] n", done="OK [READ-ONLY] look")
        server.answer("EXAMINE", "OK [UIDVALIDITY 7] v", "OK [UIDNEXT 9] n", done="OK [READ-ONLY] look")
        server.answer("UID SEARCH", "SEARCH")
        done(server, idle(server))

    with playing(script) as session:
        assert (session.read_only, session.uidnext) == (True, 9)
        assert session.uids_after(8) == []
        session.begin_idle()
        session.end_idle()


def test_a_folder_that_is_refused_is_named() -> None:
    def script(server: Script) -> None:
        server.greet("IMAP4rev1")
        server.answer("SELECT", done="NO [NONEXISTENT] no such folder")

    with pytest.raises(FolderMissing, match=r"'INBOX' cannot be opened: .*no such folder"), playing(script):
        pass


def test_a_folder_of_many_is_searched_in_parts_whose_answers_can_be_read() -> None:
    """200,000 messages of seven digits: 1.6 MB in one line; imaplib gives up on a line over 1 MB."""
    uids = range(1_000_001, 1_200_001)

    def script(server: Script) -> None:
        server.greet("IMAP4rev1")
        server.answer("SELECT", "200000 EXISTS", "OK [UIDVALIDITY 7] v", "OK [UIDNEXT 1200001] n")
        for part in ("1:80000", "80001:160000", "160001:*"):
            low, high = part.replace("*", "200000").split(":")
            found = uids[int(low) - 1 : int(high)]
            server.answer(f"UID SEARCH {part} UID 1000001:*", f"SEARCH {' '.join(map(str, found))}")

    with playing(script) as session:
        assert session.uids_after(1_000_000) == list(uids)


def test_uidnext_is_found_where_the_server_does_not_tell() -> None:
    def script(server: Script) -> None:
        server.greet("IMAP4rev1")
        server.answer("SELECT", "OK [UIDVALIDITY 7] v")
        server.answer("UID SEARCH", "SEARCH 3 11 4")

    with playing(script) as session:
        assert session.uidnext == 12


@pytest.mark.parametrize(
    "nonsense",
    [
        "1 FETCH (UID x FLAGS () RFC822.SIZE 1)",
        "1 FETCH (UID 5 FLAGS)",
        "1 FETCH (UID 5 FLAGS () RFC822.SIZE many)",
        "1 FETCH (UID 5 FLAGS " + "(" * 3000 + ")" * 3000 + ")",
        "1 FETCH (UID 5 RFC822.SIZE 1 FLAGS (" + "x" * 1_100_000 + "))",
    ],
)
def test_an_answer_without_sense_is_a_lost_connection_and_nothing_worse(nonsense: str) -> None:
    def script(server: Script) -> None:
        server.open()
        tag = server.hear("UID FETCH")
        try:
            server.say(f"* {nonsense}", f"{tag} OK done")
        except OSError:  # the client had enough
            return

    with playing(script) as session:
        with pytest.raises(ConnectionLost):
            session.fetch_unread(5)
        session.abandon()


def test_a_refusal_ends_one_command_and_not_the_session() -> None:
    def script(server: Script) -> None:
        server.open()
        server.answer("UID FETCH", done="NO [SERVERBUG] cannot read it")
        server.answer("UID SEARCH", "SEARCH 6")

    with playing(script) as session:
        with pytest.raises(CommandRefused, match="cannot read it"):
            session.fetch_unread(5)
        assert session.uids_after(5) == [6]


def test_labels_of_gmail_are_compared_too_as_an_event_tells_them() -> None:
    def script(server: Script) -> None:
        server.open(capabilities="IMAP4rev1 X-GM-EXT-1", uidnext=9)
        server.answer("UID SEARCH", "SEARCH 8")
        server.answer(
            "UID FETCH 8 (FLAGS X-GM-LABELS)", r'1 FETCH (UID 8 FLAGS (\Seen) X-GM-LABELS (\Inbox "K&APY-ln"))'
        )

    with playing(script) as session:
        assert session.newest_flags(3) == ({8: (("\\Seen",), ("Köln",))}, 1)


def test_flags_of_other_messages_are_not_taken_for_the_one_asked_for() -> None:
    def script(server: Script) -> None:
        server.open()
        server.answer(
            "UID FETCH",
            f'2 FETCH (UID 5 FLAGS (\\Seen vip) RFC822.SIZE 3 INTERNALDATE {DATE} BODY[]<0> "abc")',
            "5 FETCH (FLAGS (\\Deleted))",
            "3 FETCH (UID 6 FLAGS (\\Flagged))",
        )

    with playing(script) as session:
        (message,) = session.fetch([5], 100)
    assert (message.uid, message.raw, message.truncated) == (5, b"abc", False)
    assert (message.flags, message.labels) == (("\\Seen",), ("vip",))


@pytest.mark.parametrize("close", [Session.abandon, Session.log_out])
def test_closing_leaves_no_descriptor_and_never_raises(close: Callable[[Session], None]) -> None:
    def script(server: Script) -> None:
        server.open()
        idle(server)
        server.line.close()
        server._file.close()

    with playing(script) as session:
        session.begin_idle()
        sock = session.socket
        close(session)
        assert sock.fileno() == -1
        close(session)


def answer_ahead(server: Script, *beside: str, fetch: str = "OK done") -> None:
    """A message that came while idling, asked for in one segment with the end of IDLE."""
    tag = idle(server, "* 1 EXISTS")
    server.hear("DONE")
    searching, fetching = server.hear("UID SEARCH UID 5:*"), server.hear("UID FETCH 5:")
    message = f'2 FETCH (UID 6 FLAGS (vip) RFC822.SIZE 3 INTERNALDATE {DATE} BODY[]<0> "abc")'
    later = f'3 FETCH (UID 8 FLAGS () RFC822.SIZE 3 INTERNALDATE {DATE} BODY[]<0> "def")'
    server.say(f"{tag} OK idle ends", "* SEARCH 4 6 90", f"{searching} OK done", *beside, f"* {message}", f"* {later}")
    server.say(f"{fetching} {fetch}")


def test_what_came_is_asked_for_with_the_end_of_idle() -> None:
    def script(server: Script) -> None:
        server.open()
        answer_ahead(server, "* 2 FETCH (FLAGS (\\Seen))")
        answer_ahead(server, "* 4 EXISTS")
        server.answer("UID SEARCH", "SEARCH 6")

    with playing(script) as session:
        for comes_more in (False, True):
            assert session.begin_idle()
            session.ask_news(4, 1 << 18, read=True)
            assert session.has_asked
            session.end_idle()
            session.announced()
            news = session.news(4, 1 << 18)
            assert news is not None
            assert (news.uids, news.read_to) == ([6, 90], 20)
            assert [(one.uid, one.raw, one.labels) for one in news.messages] == [(6, b"abc", ("vip",))]
            assert session.announced() == comes_more
        assert session.news(4, 1 << 18) is None  # not asked for
        assert session.uids_after(4) == [6]


def test_a_refusal_of_what_was_asked_ahead_is_one_of_a_command() -> None:
    def script(server: Script) -> None:
        server.open()
        answer_ahead(server, fetch="NO no such range")
        server.answer("UID SEARCH", "SEARCH 6")

    with playing(script) as session:
        session.begin_idle()
        session.ask_news(4, 1 << 18, read=True)
        session.end_idle()
        with pytest.raises(CommandRefused, match="no such range"):
            session.news(4, 1 << 18)
        assert session.uids_after(4) == [6]


def test_without_idle_nothing_is_asked_ahead() -> None:
    def script(server: Script) -> None:
        server.open(capabilities="IMAP4rev1")
        server.answer("NOOP", "1 EXISTS")
        server.answer("UID SEARCH", "SEARCH 6")

    with playing(script) as session:
        assert not session.begin_idle()
        session.ask_news(4, 1 << 18, read=True)
        session.end_idle()
        assert session.news(4, 1 << 18) is None
        assert session.uids_after(4) == [6]


def test_interrupting_ends_a_read_in_another_thread() -> None:
    def script(server: Script) -> None:
        server.open()
        idle(server)
        server.hear("DONE")
        wire.interrupt(clients[0])

    clients = []
    with playing(script) as session:
        clients.append(session.socket)
        session.begin_idle()
        with pytest.raises(ConnectionLost):
            session.end_idle()
