"""Which mailboxes this process takes, and how many it gives away: in bulk, and in fair shares of the always watched.

Asks rows only, and only from one thread; knows no sessions.
"""

from collections.abc import Collection

from mailevents.watching import lease

FEWEST, PART = 10, 20  # given away at a time: so many, or this part of a share; each costs its taker a login


class Shares:
    """What is watched only while somebody streams is for whoever comes first. What is watched always is shared: nobody
    takes more than the equal part, except of what nobody else has wanted for a whole round."""

    def __init__(self) -> None:
        self._free: set[int] = set()
        self._left_lying: set[int] = set()

    def claim(self, always: Collection[int], others: Collection[int]) -> set[int]:
        """Takes what may be taken of these; which."""
        lying = self._left_lying & set(always)
        taken = lease.claim([*others, *lying])
        if fought_for := set(always) - lying:
            lease.renew()  # before the living are counted
            taken |= lease.claim(fought_for, lease.standing().room)
        return taken

    def free(self, always: Collection[int], others: Collection[int]) -> set[int]:
        """Those of these that nobody holds. Once a round."""
        free = lease.free_of_always() & set(always) if always else set()
        self._left_lying, self._free = free & self._free, free
        return free | lease.free(others)

    def lies(self, mailbox_id: int) -> bool:
        """Whether nobody else has wanted it for a whole round."""
        return mailbox_id in self._left_lying

    def surplus(self) -> int:
        """How many of what is always watched to give away now: few at a time."""
        standing = lease.standing()
        return min(standing.excess, max(FEWEST, standing.share // PART))
