"""The few places where IMAPClient and imaplib must be asked for what they keep to themselves.

Everything private that is touched is touched here, and `tests/mailbox/test_imapwire.py` fails where a new
version of either changes it.
"""

import contextlib
import imaplib
import re
import socket
import ssl
import time
from collections.abc import Iterator, Sequence
from typing import Any

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError
from imapclient.response_parser import parse_fetch_response, parse_message_list

Response = tuple[Any, ...]


class Client(IMAPClient):  # type: ignore[misc]
    """An IMAPClient over a connection that is there already, so that others can bound how long its opening takes."""

    def __init__(self, sock: socket.socket, host: str, timeout_s: float) -> None:
        self._given = sock
        super().__init__(host, use_uid=True, ssl=False, timeout=timeout_s)
        self._imap.debug = 0  # IMAPClient has imaplib print all it reads, whole messages twice, to a log nobody keeps

    def _create_IMAP4(self) -> imaplib.IMAP4:
        return _Connected(self._given, self.host)


class _Connected(imaplib.IMAP4):
    def __init__(self, sock: socket.socket, host: str) -> None:
        self._given = sock
        super().__init__(host)  # the name that STARTTLS verifies

    def _create_socket(self, timeout: float | None = None) -> socket.socket:
        return self._given

    def _get_capabilities(self) -> None:
        """What the greeting has told need not be asked for (RFC 9051 7.1)."""
        *_, told = self.untagged_responses.pop("CAPABILITY", []) or [b""]
        if isinstance(told, bytes) and told:
            self.capabilities = tuple(told.decode("ascii", "replace").upper().split())
        else:
            super()._get_capabilities()  # type: ignore[misc]

    def _log(self, line: str) -> None:
        """imaplib would keep the last lines of each connection, the password's among them."""

    def readline(self) -> bytes:
        """After a line that imaplib gives up on, nothing that follows can be understood: that is the end."""
        try:
            return super().readline()
        except imaplib.IMAP4.error as error:
            raise self.abort(str(error)) from None


def note_capabilities(client: IMAPClient, answer: bytes) -> None:
    """Takes what the server can from its answer to LOGIN, where that tells (RFC 9051 6.2.3): else it is asked for."""
    told = re.match(rb"\[CAPABILITY ([^\]]+)\]", answer, re.IGNORECASE)
    if told:
        client._cached_capabilities = tuple(told[1].upper().split())


def enable(client: IMAPClient, extension: str) -> bytes:
    """ENABLE (RFC 5161, which lets a SELECT follow at once); waits for nothing. The tag, for `enabled`."""
    return bytes(client._imap._command("ENABLE", extension))


def enabled(client: IMAPClient, tag: bytes, extension: str) -> bool:
    """Whether it was, by what the server has said up to the end of the command that followed."""
    client._imap.tagged_commands.pop(tag, None)
    told = client._imap.untagged_responses.pop("ENABLED", [])
    return any(extension.encode() in line.upper().split() for line in told)


def begin_idle(client: IMAPClient) -> None:
    """IDLE (RFC 2177), up to the server's `+`. What it announces before that stays with imaplib.

    IMAPClient.idle() takes an EXISTS that comes before the `+` for a failure.
    """
    imap = client._imap
    tag = imap._command("IDLE")
    while imap._get_response() is not None:
        if imap.tagged_commands.get(tag):
            raise imaplib.IMAP4.error(f"IDLE refused: {imap.tagged_commands.pop(tag)}")
    client._idle_tag = tag


def ask(client: IMAPClient, *, idling: bool) -> bytes:
    """DONE, or without IDLE a NOOP; waits for nothing. The tag of the answer, for `answer`."""
    return ask_ahead(client, ())[0] if idling else bytes(client._imap._command("NOOP"))


def ask_ahead(client: IMAPClient, commands: Sequence[bytes]) -> list[bytes]:
    """DONE and these commands, in one go (RFC 3501 section 5.5); waits for nothing.

    The tags of the answers, in their order: the first for `answer`, the others for `searched` and `fetched`.
    """
    tags = [client._imap._new_tag() for _ in commands]
    lines = [b"DONE", *(b"%b %b" % command for command in zip(tags, commands, strict=True)), b""]
    client._imap.send(b"\r\n".join(lines))
    return [bytes(client._idle_tag), *tags]


def answer(client: IMAPClient, tag: bytes) -> Sequence[Response]:
    """What the server announced up to there: `(3, b"EXISTS")`, `(2, b"FETCH", (…))`, `(1, b"EXPUNGE")`."""
    _text, responses = client._consume_until_tagged_response(tag, "IDLE or NOOP")
    return [response for response in responses if isinstance(response, tuple)]


def say_goodbye(client: IMAPClient, *, idling: bool) -> None:
    """LOGOUT, after DONE where it idles, in one go; waits for nothing."""
    client._imap.send((b"DONE\r\n" if idling else b"") + client._imap._new_tag() + b" LOGOUT\r\n")


def read_to_end(client: IMAPClient, within_s: float) -> None:
    """Until the server closes the connection. OSError where it says nothing any more."""
    client.socket().settimeout(within_s)
    deadline = time.monotonic() + within_s
    while client._imap.readline() and time.monotonic() < deadline:
        pass


def take_announced(client: IMAPClient) -> frozenset[str]:
    """What the server announced beside some answer (`EXISTS`, `EXPUNGE`, …); forgets it, and all that piled up.

    IDLE repeats nothing that was already said during another command.
    """
    untagged = client._imap.untagged_responses
    announced = frozenset(untagged)
    untagged.clear()
    return announced


def fetch(client: IMAPClient, uids: Sequence[int], items: Sequence[str]) -> dict[int, dict[bytes, Any]]:
    """UID FETCH, by UID. What the server says meanwhile of other messages, under their sequence numbers, is left out.

    IMAPClient.fetch() takes such a number for a UID.
    """
    return _by_uid(*client._imap.uid("FETCH", ",".join(map(str, uids)), f"({' '.join(items)})"))


def fetched(client: IMAPClient, tag: bytes) -> dict[int, dict[bytes, Any]]:
    """As `fetch`, of a command that was sent ahead."""
    imap = client._imap
    return _by_uid(*imap._untagged_response(*imap._get_tagged_response(tag), "FETCH"))


def searched(client: IMAPClient, tag: bytes) -> list[int]:
    """The answer to a UID SEARCH that was sent ahead."""
    imap = client._imap
    kind, data = imap._untagged_response(*imap._get_tagged_response(tag), "SEARCH")
    if kind != "OK":
        raise IMAPClientError(f"search failed: {data}")
    return list(parse_message_list(data))


def _by_uid(kind: str, data: Sequence[Any]) -> dict[int, dict[bytes, Any]]:
    if kind != "OK":
        raise IMAPClientError(f"fetch failed: {data}")
    found: dict[int, dict[bytes, Any]] = {}
    for response in _responses(data):
        for answer in parse_fetch_response(response, False, False).values():
            if b"UID" in answer:
                found.setdefault(answer[b"UID"], {}).update(answer)
    return found


def _responses(data: Sequence[Any]) -> Iterator[list[Any]]:
    """imaplib's flat list in its responses: each is pairs of text and literal, then a last piece of text."""
    response: list[Any] = []
    for piece in data:
        if piece is None:
            continue
        response.append(piece)
        if not isinstance(piece, tuple):
            yield response
            response = []


def changed_since(client: IMAPClient, modseq: int) -> tuple[dict[int, dict[bytes, Any]], list[bytes]]:
    """UID FETCH 1:* (FLAGS) (CHANGEDSINCE … VANISHED), RFC 7162 section 3.2.6: what changed, by UID, and the UID
    sets that have gone (more than have gone since, where the server does not remember that long)."""
    client._imap.untagged_responses.pop("VANISHED", None)
    kind, data = client._imap.uid("FETCH", "1:*", "(FLAGS)", f"(CHANGEDSINCE {modseq} VANISHED)")
    if kind != "OK":
        raise IMAPClientError(str(data))
    changed = parse_fetch_response([line for line in data if line is not None], False, True)
    gone = client._imap.untagged_responses.pop("VANISHED", [])
    return dict(changed), [line.rpartition(b" ")[2] for line in gone]


def has_unread(client: IMAPClient) -> bool:
    """Whether bytes wait in a buffer between the socket and us, where no selector can see them (imaplib's, TLS's)."""
    buffered = getattr(client._imap, "_readbuf", None)  # Python 3.14 and newer read lines themselves, from a list
    if buffered is not None and any(buffered):
        return True
    sock = client.socket()
    timeout = sock.gettimeout()
    sock.setblocking(False)
    try:
        if buffered is not None:
            return isinstance(sock, ssl.SSLSocket) and sock.pending() > 0
        return bool(client._imap.file.peek(1))  # this also pulls what TLS has decrypted already
    except (BlockingIOError, ssl.SSLWantReadError):
        return False
    finally:
        sock.settimeout(timeout)


def abandon(client: IMAPClient) -> None:
    """Closes the connection at once, without a word. Never raises."""
    with contextlib.suppress(OSError, AttributeError, imaplib.IMAP4.error):
        client.socket().close()
        client.shutdown()


def interrupt(sock: socket.socket) -> None:
    """Makes whoever blocks on `sock` in another thread return with an error. Never raises."""
    with contextlib.suppress(OSError):
        socket.socket.shutdown(sock, socket.SHUT_RDWR)  # below TLS: nothing is said, the read just ends


def take_copied(client: IMAPClient) -> tuple[int, int] | None:
    """(UIDVALIDITY, UID) of the one message that the last COPY or MOVE made (COPYUID, RFC 4315); None if not told."""
    _code, data = client._imap.response("COPYUID")
    client._imap.untagged_responses.pop("COPYUID", None)
    try:
        uidvalidity, _source, target = data[-1].split()
        return int(uidvalidity), int(target)
    except (AttributeError, IndexError, TypeError, ValueError):
        return None
