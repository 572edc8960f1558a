"""Which process watches a mailbox: one at a time, and another when that one is gone."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mailevents import process
from mailevents.models import Mailbox, Process
from mailevents.watching import lease
from mailevents.watching.shares import FEWEST, Shares
from tests.log.entries import new_agent

ELSEWHERE = "another-host:1:abcd"


@pytest.fixture
def box(database: str) -> int:
    return new_agent().mailbox.pk


def boxes(count: int, watch: str = "streams") -> set[int]:
    return {new_agent(f"a{number}", watch=watch).mailbox.pk for number in range(count)}


def alive(owner: str, *, for_s: float = 60) -> None:
    Process.objects.update_or_create(name=owner, defaults={"until": timezone.now() + timedelta(seconds=for_s)})


def hold(owner: str, *, for_s: float = 60) -> None:
    """Every mailbox, by a process that is believed to live for so long."""
    alive(owner, for_s=for_s)
    Mailbox.objects.update(lease=owner)


def holder() -> str | None:
    return Mailbox.objects.values_list("lease", flat=True).get()


def test_a_free_mailbox_is_taken_and_taken_again(box: int) -> None:
    assert lease.claim([box]) == {box}
    assert lease.claim([box]) == {box}
    assert holder() == process.OWNER
    until = Process.objects.get().until
    assert 0 < (until - timezone.now()).total_seconds() <= lease.LEASE_S + 1


def test_what_another_holds_is_not_taken_until_its_time_has_run_out(box: int) -> None:
    hold(ELSEWHERE)
    assert lease.claim([box]) == set()
    alive(ELSEWHERE, for_s=-1)
    assert lease.claim([box]) == {box}


def test_who_died_on_this_host_need_not_be_waited_for(box: int) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        pass
    hold(f"{process.HOST}:{gone.pid}:abcd")
    assert lease.claim([box]) == {box}


@pytest.mark.parametrize("owner", ["", "x", ":", "a:b:c", "::", ELSEWHERE, f"{process.HOST}:x:y"])
def test_an_owner_that_cannot_be_asked_is_not_dead(owner: str) -> None:
    assert not process.is_dead(owner)


def test_who_lives_is_not_dead(box: int) -> None:
    assert not process.is_dead(f"{process.HOST}:{os.getppid()}:abcd")
    assert not process.is_dead(process.OWNER)
    assert process.is_dead(f"{process.HOST}:{os.getpid()}:other")  # an earlier process with our number


def test_a_process_says_that_it_lives_in_one_query_however_much_it_holds(box: int) -> None:
    lease.claim({box} | boxes(20))
    alive(process.OWNER, for_s=1)
    with CaptureQueriesContext(connection) as queries:
        lease.renew()
    assert len(queries) == 1
    assert (Process.objects.get().until - timezone.now()).total_seconds() > 5


def test_what_was_lost_is_noticed(box: int) -> None:
    lease.claim([box])
    assert lease.held(expected=1) is None
    hold(ELSEWHERE)
    assert lease.held(expected=1) == set()


def test_many_are_claimed_with_few_queries_and_not_more_than_asked_for(box: int) -> None:
    others = boxes(50)
    with CaptureQueriesContext(connection) as queries:
        assert lease.claim({box} | others) == {box} | others
    assert len(queries) < 15
    lease.release(others)
    assert len(lease.claim(others, most=20)) == 20


def test_only_its_holder_releases_it(box: int) -> None:
    hold(ELSEWHERE)
    lease.release([box])
    assert holder() == ELSEWHERE
    hold(process.OWNER)
    lease.release([box])
    assert holder() is None


def test_what_a_process_leaves_as_it_ends_is_free_at_once(box: int) -> None:
    lease.claim([box])
    lease.leave()
    assert not Process.objects.exists()
    Mailbox.objects.update(lease="another-host:2:gone")
    assert lease.claim([box]) == {box}


def test_a_mailbox_that_is_gone_is_nobodys(box: int) -> None:
    assert lease.claim([box + 1000]) == set()


def test_processes_that_ended_long_ago_are_forgotten_unless_they_left_something(box: int) -> None:
    hold("left:1:mailboxes", for_s=-2 * lease.FORGET_S)
    alive("left:2:nothing", for_s=-2 * lease.FORGET_S)
    lease.renew()
    assert set(Process.objects.values_list("name", flat=True)) == {"left:1:mailboxes", process.OWNER}


# -- shares of what is always watched


def test_a_process_takes_its_share_of_what_is_always_watched_and_gives_the_rest_away(database: str) -> None:
    shared, streamed = boxes(30, watch="always"), {new_agent("streamed").mailbox.pk}
    assert Shares().claim(shared, streamed) == shared | streamed
    assert Shares().surplus() == 0
    alive(ELSEWHERE)
    alive("a-third:1:abcd")
    assert Shares().surplus() == FEWEST
    lease.release(shared)
    taken = Shares().claim(shared, streamed)
    assert (len(taken & shared), taken & streamed) == (10, streamed)


def test_what_nobody_else_wants_for_a_round_is_taken_beyond_the_share(database: str) -> None:
    shared = boxes(10, watch="always")
    alive(ELSEWHERE)
    shares = Shares()
    taken = shares.claim(shared, ())
    assert len(taken) == 5
    assert shares.free(shared - taken, ()) == shared - taken
    assert shares.claim(shared - taken, ()) == set()
    assert shares.free(shared - taken, ()) == shared - taken
    assert shares.claim(shared - taken, ()) == shared - taken


def test_what_others_hold_is_looked_at_with_few_queries_for_all(database: str) -> None:
    shared, streamed = boxes(20, watch="always"), {new_agent("streamed").mailbox.pk}
    hold(ELSEWHERE)
    with CaptureQueriesContext(connection) as queries:
        assert Shares().free(shared, streamed) == set()
    assert len(queries) <= 4
