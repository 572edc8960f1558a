"""Which mailbox is opened next: few at a time, mail servers in turn, so that one in trouble holds up its own only.

Plain bookkeeping; the caller holds a lock and tells the time.
"""

from collections import OrderedDict, defaultdict
from dataclasses import dataclass, field

SLOW_S = 3.0


@dataclass(slots=True)
class _Server:
    waiting: OrderedDict[int, None] = field(default_factory=OrderedDict)  # mailboxes, in the order they asked
    opening: int = 0
    troubled: bool = False  # its last opening took long and failed


class OpeningLanes:
    """At most `most` openings. All but one may go to one server; a troubled server gets one, troubled ones not all."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._servers: dict[str, _Server] = defaultdict(_Server)  # the one to ask next in front
        self._server_of: dict[int, str] = {}  # of those that wait or are being opened
        self._opening: dict[int, float] = {}  # since when

    def __len__(self) -> int:
        """How many wait."""
        return len(self._server_of) - len(self._opening)

    def __contains__(self, mailbox_id: int) -> bool:
        return mailbox_id in self._server_of and mailbox_id not in self._opening

    def ask(self, mailbox_id: int, server: str) -> None:
        self._servers[server].waiting[mailbox_id] = None
        self._server_of[mailbox_id] = server

    def withdraw(self, mailbox_id: int) -> None:
        """Nothing where it does not wait."""
        if mailbox_id in self:
            name = self._server_of.pop(mailbox_id)
            del self._servers[name].waiting[mailbox_id]
            self._tidy(name)

    def take(self, now: float) -> int | None:
        """The mailbox to open now; None where there is none, or no lane free."""
        if len(self._opening) >= self._most:
            return None
        for name, server in self._servers.items():
            if server.waiting and self._may(server):
                mailbox_id = next(iter(server.waiting))
                del server.waiting[mailbox_id]
                server.opening += 1
                self._opening[mailbox_id] = now
                self._servers[name] = self._servers.pop(name)  # to the end of the row
                return mailbox_id
        return None

    def done(self, mailbox_id: int, now: float, *, well: bool) -> None:
        """The opening has ended. Nothing where it was none."""
        since = self._opening.pop(mailbox_id, None)
        if since is None:
            return
        name = self._server_of.pop(mailbox_id)
        server = self._servers[name]
        server.opening -= 1
        server.troubled = not well and (now - since > SLOW_S or server.troubled)
        self._tidy(name)

    def _may(self, server: _Server) -> bool:
        if not server.troubled:
            return server.opening < max(1, self._most - 1)
        in_trouble = sum(self._servers[self._server_of[one]].troubled for one in self._opening)
        return not server.opening and in_trouble < max(1, self._most - 1)

    def _tidy(self, name: str) -> None:
        server = self._servers[name]
        if not (server.waiting or server.opening or server.troubled):
            del self._servers[name]
