"""What a server can: believed where it tells unasked, asked for where it does not."""

import pytest

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
