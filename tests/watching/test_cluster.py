"""Processes on one PostgreSQL behind nginx: restarted, joined, killed and frozen in turn while mail comes in."""

from collections.abc import Sized
from functools import partial

import pytest

from benchmarks.cluster import Account, Cluster
from benchmarks.tables.cluster import LEASE_S, play
from tests.conftest import demand
from tests.servers.waiting import wait_for


def test_a_rolling_restart_under_load_loses_nothing_and_answers_nothing_twice() -> None:
    with demand(lambda: Cluster(processes=2, agents=12)) as cluster:
        for product in cluster.products:
            product.start()
        cluster.wait_until_all_idle()
        cluster.listen()
        cluster.send(rate=15)
        for product in cluster.products:
            assert product.stop() == 0
            so_far = len(cluster.mails)
            wait_for(partial(more_than, so_far + 5, cluster.mails), "mail while one process is away")
            product.start()
        account = cluster.settle()
    assert_nothing_went_wrong(account)


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_nothing_is_lost_or_answered_twice_whatever_becomes_of_the_processes() -> None:
    with demand(lambda: Cluster(processes=3, agents=30)) as cluster:
        rows = play(cluster, rate=10)
        account = cluster.settle()
    assert [row for row in rows if "MISSED" in row[-1]] == []
    assert account.sent_in > 100
    assert_nothing_went_wrong(account)


def more_than(count: int, mails: Sized) -> bool:
    return len(mails) > count


def assert_nothing_went_wrong(account: Account) -> None:
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
