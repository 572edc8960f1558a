"""Three processes on PostgreSQL behind nginx: joined, killed, frozen and restarted in turn while mail comes in."""

import pytest

from benchmarks.cluster import Account, Cluster
from benchmarks.tables.cluster import LEASE_S, play
from tests.conftest import demand


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_nothing_is_lost_or_answered_twice_whatever_becomes_of_the_processes() -> None:
    with demand(lambda: Cluster(processes=3, agents=30)) as cluster:
        rows = play(cluster, rate=10)
        account = cluster.settle()
    assert [row for row in rows if "MISSED" in row[-1]] == []
    assert account.sent_in > 100
    assert account.longest_double_s <= LEASE_S
    assert account == Account(
        sent_in=account.sent_in,
        lost=0,
        twice=0,
        unheard=0,
        renamed=0,
        second_mails=0,
        longest_double_s=account.longest_double_s,
    )
