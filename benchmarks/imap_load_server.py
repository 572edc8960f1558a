"""An IMAP server for load: thousands of mailboxes in IDLE over TLS, in one small process.

For where a real server's own limits would be what is measured. It takes any user with any password, speaks what a
client of new mail needs (RFC 3501, IDLE, UIDPLUS, MOVE), announces a message in the moment it arrives, and writes
that moment into its subject: the monotonic clock, which all processes of a machine share.

Run by `benchmarks.imap_load`: `python -m benchmarks.imap_load_server CERT KEY`; prints its ports as JSON.
"""

import asyncio
import json
import random
import re
import resource
import ssl
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

CAPABILITIES = b"IMAP4rev1 IDLE UIDPLUS MOVE LITERAL+"
_RANGE = re.compile(rb"(\d+|\*)(?::(\d+|\*))?\Z")
_WHOLE = re.compile(rb"RFC822[ )]")
_PARTIAL = re.compile(rb"BODY(?:\.PEEK)?\[\]<0\.(\d+)>", re.IGNORECASE)
_BODY = (
    "Return-Path: <ann@customer.example>\r\nFrom: Ann Miller <ann@customer.example>\r\nTo: {box}@fleet.example\r\n"
    "Subject: {mark}\r\nDate: {date}\r\nMessage-ID: <{mark}.{box}@customer.example>\r\nMIME-Version: 1.0\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n\r\n"
)
_LINE = "The two lamps of order 1234 have arrived, and one of them does not light up.\r\n"


@dataclass(slots=True)
class Message:
    uid: int
    raw: bytes
    at: bytes  # INTERNALDATE
    flags: set[bytes] = field(default_factory=set)


@dataclass(slots=True)
class Folder:
    uidnext: int = 1
    messages: list[Message] = field(default_factory=list)

    def add(self, raw: bytes, at: bytes, flags: set[bytes]) -> int:
        self.messages.append(Message(self.uidnext, raw, at, flags))
        self.uidnext += 1
        return self.uidnext - 1

    def among(self, uids: bytes) -> Iterator[tuple[int, Message]]:
        """(sequence number, message) of a UID set."""
        last = self.uidnext - 1
        bounds = []
        for part in uids.split(b","):
            found = _RANGE.match(part)
            if found:
                ends = [last if end == b"*" else int(end) for end in found.groups() if end is not None]
                bounds.append((min(ends), max(ends)))
        for number, message in enumerate(self.messages, 1):
            if any(low <= message.uid <= high for low, high in bounds):
                yield number, message


class Store:
    """Mailboxes by user, made when first asked for."""

    def __init__(self) -> None:
        self.folders: dict[bytes, dict[bytes, Folder]] = {}
        self.sessions: dict[bytes, set[Session]] = {}
        self.idling = 0
        self.most_sessions = 0  # of one mailbox, ever
        self.longest_double = 0.0  # seconds that one mailbox has been in IDLE over more than one session
        self._double_since: dict[bytes, float] = {}

    def of(self, user: bytes) -> dict[bytes, Folder]:
        return self.folders.setdefault(user, {b"INBOX": Folder()})

    def idles(self, user: bytes, change: int) -> None:
        """One session more, or less, is in IDLE."""
        self.idling += change
        if sum(bool(session.idle_tag) for session in self.sessions.get(user, ())) > 1:
            self._double_since.setdefault(user, time.monotonic())
        elif (since := self._double_since.pop(user, None)) is not None:
            self.longest_double = max(self.longest_double, time.monotonic() - since)

    def append(self, user: bytes, raw: bytes) -> None:
        """A new message, as it is."""
        self.of(user)[b"INBOX"].add(raw, datetime.now(UTC).strftime("%d-%b-%Y %H:%M:%S +0000").encode(), set())
        for session in self.sessions.get(user, ()):
            session.announce()

    def deliver(self, user: bytes, size: int) -> None:
        """A new message of about `size` bytes, marked with the moment in which it is announced."""
        now = datetime.now(UTC)
        mark = time.monotonic_ns()
        head = _BODY.format(box=user.decode(), mark=mark, date=now.strftime("%a, %d %b %Y %H:%M:%S +0000"))
        body = _LINE * max(1, (size - len(head)) // len(_LINE))
        self.append(user, (head + body).encode())


class Session(asyncio.Protocol):
    """One connection."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.user = b""
        self.folder = Folder()
        self.told = 0  # messages that the client knows of
        self.idle_tag = b""
        self.rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.transport.write(b"* OK [CAPABILITY %b] load\r\n" % CAPABILITIES)

    def connection_lost(self, _: Exception | None) -> None:
        self.store.sessions.get(self.user, set()).discard(self)
        if self.idle_tag:
            self.store.idles(self.user, -1)

    def data_received(self, data: bytes) -> None:
        lines = (self.rest + data).split(b"\r\n")
        self.rest = lines.pop()
        for line in lines:
            self._line(line)

    def announce(self) -> None:
        """At once in IDLE; else with the answer to the next command."""
        if self.idle_tag:
            self.transport.write(self._news())

    def _news(self) -> bytes:
        count = len(self.folder.messages)
        told, self.told = self.told, count
        return b"* %d EXISTS\r\n" % count if count > told else b""

    def _line(self, line: bytes) -> None:
        if self.idle_tag:
            self.transport.write(self.idle_tag + b" OK done\r\n")
            self.idle_tag = b""
            self.store.idles(self.user, -1)
            return
        tag, _, rest = line.partition(b" ")
        command, _, arguments = rest.partition(b" ")
        name = command.upper()
        if name == b"UID":
            command, _, arguments = arguments.partition(b" ")
            name = b"UID " + command.upper()
        if name == b"IDLE":
            self.idle_tag = tag
            self.store.idles(self.user, 1)
            self.transport.write(b"+ idling\r\n" + self._news())
            return
        answer = _COMMANDS.get(name, Session._nothing)(self, arguments)
        self.transport.write(b"".join([*answer, self._news(), tag, b" OK done\r\n"]))
        if name == b"LOGOUT":
            self.transport.close()

    def _nothing(self, _: bytes) -> list[bytes]:
        return []

    def _capability(self, _: bytes) -> list[bytes]:
        return [b"* CAPABILITY %b\r\n" % CAPABILITIES]

    def _login(self, arguments: bytes) -> list[bytes]:
        self.user = _words(arguments)[0]
        self.store.of(self.user)
        sessions = self.store.sessions.setdefault(self.user, set())
        sessions.add(self)
        self.store.most_sessions = max(self.store.most_sessions, len(sessions))
        return []

    def _select(self, arguments: bytes) -> list[bytes]:
        self.folder = self.store.of(self.user).setdefault(_words(arguments)[0], Folder())
        self.told = len(self.folder.messages)
        return [
            b"* FLAGS (\\Seen \\Flagged \\Deleted)\r\n* %d EXISTS\r\n" % len(self.folder.messages),
            b"* OK [PERMANENTFLAGS (\\Seen \\Flagged \\Deleted \\*)] \r\n",
            b"* OK [UIDVALIDITY 1] \r\n* OK [UIDNEXT %d] \r\n" % self.folder.uidnext,
        ]

    def _logout(self, _: bytes) -> list[bytes]:
        return [b"* BYE\r\n"]

    def _search(self, arguments: bytes) -> list[bytes]:
        words = arguments.split()
        uids = words[words.index(b"UID") + 1] if b"UID" in words else b"1:*"
        return [b"* SEARCH", *(b" %d" % message.uid for _, message in self.folder.among(uids)), b"\r\n"]

    def _fetch(self, arguments: bytes) -> list[bytes]:
        uids, _, items = arguments.partition(b" ")
        partial = _PARTIAL.search(items)
        lines = []
        for number, message in self.folder.among(uids):
            lines.append(
                b'* %d FETCH (UID %d FLAGS (%b) INTERNALDATE "%b" RFC822.SIZE %d'
                % (number, message.uid, b" ".join(message.flags), message.at, len(message.raw))
            )
            if _WHOLE.search(items):
                lines.append(b" RFC822 {%d}\r\n%b" % (len(message.raw), message.raw))
            elif b"BODY" in items:
                raw = message.raw[: int(partial[1])] if partial else message.raw
                lines.append(b" BODY[]%b {%d}\r\n%b" % (b"<0>" if partial else b"", len(raw), raw))
            lines.append(b")\r\n")
        return lines

    def _store(self, arguments: bytes) -> list[bytes]:
        uids, how, flags = arguments.split(b" ", 2)
        given = set(flags.strip(b"()").split())
        lines = []
        for number, message in self.folder.among(uids):
            message.flags = message.flags - given if how.startswith(b"-") else message.flags | given
            lines.append(b"* %d FETCH (UID %d FLAGS (%b))\r\n" % (number, message.uid, b" ".join(message.flags)))
        return lines

    def _move(self, arguments: bytes) -> list[bytes]:
        lines = self._copy(arguments)
        gone = [(number, message) for number, message in self.folder.among(arguments.partition(b" ")[0])]
        for number, message in reversed(gone):
            self.folder.messages.remove(message)
            lines.append(b"* %d EXPUNGE\r\n" % number)
        return lines

    def _copy(self, arguments: bytes) -> list[bytes]:
        uids, _, target = arguments.partition(b" ")
        folder = self.store.of(self.user).setdefault(_words(target)[0], Folder())
        return [
            b"* OK [COPYUID 1 %d %d] \r\n" % (message.uid, folder.add(message.raw, message.at, set(message.flags)))
            for _, message in list(self.folder.among(uids))
        ]

    def _list(self, arguments: bytes) -> list[bytes]:
        wanted = _words(arguments)[-1]
        names = [name for name in self.store.of(self.user) if wanted in (b"*", b"%", name)]
        return [b'* LIST () "/" "%b"\r\n' % name for name in names]


_COMMANDS: dict[bytes, Callable[[Session, bytes], list[bytes]]] = {
    b"CAPABILITY": Session._capability,
    b"LOGIN": Session._login,
    b"SELECT": Session._select,
    b"EXAMINE": Session._select,
    b"LIST": Session._list,
    b"LOGOUT": Session._logout,
    b"UID SEARCH": Session._search,
    b"UID FETCH": Session._fetch,
    b"UID STORE": Session._store,
    b"UID MOVE": Session._move,
    b"UID COPY": Session._copy,
}


def _words(text: bytes) -> list[bytes]:
    """Atoms and quoted strings."""
    return [quoted or atom for quoted, atom in re.findall(rb'"((?:[^"\\]|\\.)*)"|([^\s"]+)', text)]


class Control:
    """One JSON request a line, one JSON answer."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.random = random.Random(7)  # the same load in every run

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            request = json.loads(line)
            writer.write(json.dumps(await self._answer(request)).encode() + b"\n")
        writer.close()

    async def _answer(self, request: dict[str, Any]) -> dict[str, Any]:
        match request["do"]:
            case "deliver":
                for box in request["boxes"]:
                    self.store.deliver(box.encode(), request["size"])
            case "append":
                self.store.append(request["box"].encode(), request["raw"].encode())
            case "rate":
                return {"delivered": await self._rate(request["per_s"], request["for_s"], request["size"])}
        watched = sum(any(each.idle_tag for each in sessions) for sessions in self.store.sessions.values())
        return {
            "idling": self.store.idling,
            "watched": watched,
            "most_sessions": self.store.most_sessions,
            "longest_double": self.store.longest_double,
        }

    async def _rate(self, per_s: float, for_s: float, size: int) -> int:
        """Messages to random mailboxes that are watched, at random moments."""
        users = [user for user, sessions in self.store.sessions.items() if sessions]
        delivered, due = 0, time.monotonic()
        end = due + for_s
        while due < end:
            await asyncio.sleep(max(0, due - time.monotonic()))
            self.store.deliver(self.random.choice(users), size)
            delivered += 1
            due += self.random.expovariate(per_s)
        return delivered


async def main(certificate: str, key: str) -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    store = Store()
    loop = asyncio.get_running_loop()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    imap = await loop.create_server(lambda: Session(store), "127.0.0.1", 0, backlog=4096)
    imaps = await loop.create_server(lambda: Session(store), "127.0.0.1", 0, ssl=context, backlog=4096)
    control = await asyncio.start_server(Control(store).serve, "127.0.0.1", 0, limit=1 << 22)
    ports = {"imap": imap, "imaps": imaps, "control": control}
    print(json.dumps({name: server.sockets[0].getsockname()[1] for name, server in ports.items()}), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
