"""One mailbox that somebody wants: what is known of it between two turns. Who changes it holds the lock."""

import socket
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from mailevents.imap import wire
from mailevents.imap.idle import Timer
from mailevents.watching.visit import Visit


@dataclass(slots=True, eq=False)
class Watched:
    """One mailbox that somebody wants. Only the turn in progress touches `visit`."""

    mailbox_id: int
    since: datetime = field(default_factory=timezone.now)
    wanted: int = 0
    visit: Visit | None = None
    turning: bool = False
    changed_at: datetime | None = None  # of the account with which it was last opened
    stale: bool = False  # its account has changed: it is to be opened anew
    opening: bool = False
    always: bool = False  # it is to be watched always, by one of all processes
    leased: bool = False  # this process holds its lease
    elsewhere: bool = False  # another process is to have it; looked at with the others', once in a while
    stays_until: float = 0.0  # nobody else wanted it: it is not given away again before
    began: float = 0.0
    line: socket.socket | None = None  # while it is being opened: the connection, to end that by
    attempt: int = 0
    waited_s: float = 0.0  # before the last opening
    stands_since: float | None = None  # when the first turn of its session went well
    spoilt: dict[int, int] = field(default_factory=dict)  # UID: how often its fetch broke the connection
    again: Timer | None = None
    linger: Timer | None = None  # until when it is kept though nobody wants it

    @property
    def is_kept(self) -> bool:
        return self.wanted > 0 or self.linger is not None

    def note(self, sock: socket.socket) -> None:
        """A descriptor of our own: the socket itself passes to TLS and to imaplib, which may close it any time."""
        self.line = sock.dup()

    def cut(self) -> None:
        """Ends whatever waits for the server, with an error."""
        visit, line = self.visit, self.line
        if visit is not None:
            wire.interrupt(visit.session.socket)
        elif line is not None:
            wire.interrupt(line)
