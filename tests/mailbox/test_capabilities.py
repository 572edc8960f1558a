"""What a server can: believed where it tells unasked, asked for where it does not."""

import pytest

from mailevents.errors import ConnectionLost, LoginRefused, MailboxError
from mailevents.imap.connecting import Account
from tests.mailbox.script import Script, playing

ACCOUNT = Account(host="localhost", port=143, security="plain", user="ann", password="secret")


def greet(server: Script, *, tells: bool) -> None:
    server.say(f"* OK {'[CAPABILITY IMAP4rev1 STARTTLS X-BEFORE] ' if tells else ''}hello")
    if not tells:
        server.answer("CAPABILITY", "CAPABILITY IMAP4rev1 STARTTLS X-BEFORE")


@pytest.mark.parametrize("greeting_tells", [True, False])
@pytest.mark.parametrize("answer", ["code", "untagged", "silent", "another code"])
def test_what_counts_is_what_is_said_after_the_login_and_nothing_is_asked_twice(
    greeting_tells: bool, answer: str
) -> None:
    def script(server: Script) -> None:
        greet(server, tells=greeting_tells)
        match answer:
            case "code":
                server.answer("LOGIN", done="OK [CAPABILITY IMAP4rev1 IDLE move] you are in")
            case "untagged":
                server.answer("LOGIN", "CAPABILITY IMAP4rev1 IDLE MOVE", done="OK you are in")
            case "silent":
                server.answer("LOGIN", done="OK you are in")
                server.answer("CAPABILITY", "CAPABILITY IMAP4rev1 IDLE MOVE")
            case _:
                server.answer("LOGIN", done="OK [ALERT] [CAPABILITY IMAP4rev1 X-LIE] you are in")
                server.answer("CAPABILITY", "CAPABILITY IMAP4rev1 IDLE MOVE")
        server.select()

    with playing(script, account=ACCOUNT) as session:
        assert session.capabilities == {"IMAP4REV1", "IDLE", "MOVE"}


def test_a_greeting_that_tells_nothing_in_its_code_is_asked() -> None:
    def script(server: Script) -> None:
        server.say("* OK [CAPABILITY ] hello")
        server.answer("CAPABILITY", "CAPABILITY IMAP4rev1")
        server.answer("LOGIN", done="OK [CAPABILITY IMAP4rev1] you are in")
        server.select()

    with playing(script, account=ACCOUNT) as session:
        assert session.capabilities == {"IMAP4REV1"}


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ("NO [AUTHENTICATIONFAILED] no", LoginRefused),
        ("NO wrong password", LoginRefused),
        ("NO [UNAVAILABLE] Temporary authentication failure.", ConnectionLost),
        ("NO [INUSE] another has it", ConnectionLost),
        ("BYE too busy", ConnectionLost),
    ],
)
def test_who_is_not_let_in_now_may_have_the_right_password(answer: str, error: type[MailboxError]) -> None:
    def script(server: Script) -> None:
        greet(server, tells=True)
        tag = server.hear("LOGIN")
        server.say(f"{'*' if answer.startswith('BYE') else tag} {answer}")

    words = answer.partition(" ")[2].partition("] ")[2] or answer.partition(" ")[2]
    with pytest.raises(error, match=words), playing(script, account=ACCOUNT):
        pass


@pytest.mark.parametrize(
    ("told", "folders"),
    [
        (('NAMESPACE (("" "/")) NIL NIL',), {"A/B": "A/B"}),
        (
            ('NAMESPACE (("INBOX." ".")) (("user." ".")) (("shared." "."))',),
            {"A/B": "INBOX.A.B", "inbox": "INBOX", "shared/x": "shared.x", "user/ann/x": "user.ann.x"},
        ),
        (('NAMESPACE (("INBOX." ".") ("" ".")) NIL NIL',), {"A/B": "A.B"}),
        (('NAMESPACE (("INBOX/" NIL)) NIL NIL',), {"A/B": "INBOX/A/B"}),
    ],
)
def test_a_folder_lies_where_the_users_own_lie(told: tuple[str, ...], folders: dict[str, str]) -> None:
    def script(server: Script) -> None:
        server.open(capabilities="IMAP4rev1 NAMESPACE")
        for number, _folder in enumerate(folders):
            server.answer("LIST")
            if not number:
                server.answer("NAMESPACE", *told)

    with playing(script) as session:
        assert {folder: session.folder_named(folder) for folder in folders} == folders


@pytest.mark.parametrize(
    ("told", "done"),
    [
        (("NAMESPACE NIL NIL NIL",), "OK done"),
        (("NAMESPACE ((",), "OK done"),
        (('NAMESPACE (("" "/" "X-PARAM" ("FLAG1"))) NIL NIL',), "OK done"),
        ((), "BAD what?"),
    ],
)
def test_a_server_that_does_not_say_where_the_users_folders_lie_is_asked_for_its_delimiter(
    told: tuple[str, ...], done: str
) -> None:
    def script(server: Script) -> None:
        server.open(capabilities="IMAP4rev1 NAMESPACE")
        server.answer("LIST")
        server.answer("NAMESPACE", *told, done=done)
        server.answer("LIST", 'LIST (\\Noselect) "." ""')

    with playing(script) as session:
        assert session.folder_named("A/B") == "A.B"
