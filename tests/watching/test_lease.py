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
from mailevents.models import Mailbox
from mailevents.watching import lease
from tests.log.entries import new_agent

ELSEWHERE = "another-host:1:abcd"


@pytest.fixture
def box(database: str) -> int:
    return new_agent().mailbox.pk


def hold(owner: str, *, for_s: float) -> None:
    Mailbox.objects.update(lease_owner=owner, lease_until=timezone.now() + timedelta(seconds=for_s))


def holder() -> str:
    return Mailbox.objects.values_list("lease_owner", flat=True).get()


def test_a_free_mailbox_is_taken_and_taken_again(box: int) -> None:
    assert lease.claim(box)
    assert lease.claim(box)
    assert holder() == process.OWNER
    until = Mailbox.objects.get().lease_until
    assert until is not None
    assert 0 < (until - timezone.now()).total_seconds() <= lease.LEASE_S + 1


def test_what_another_holds_is_not_taken_until_its_time_has_run_out(box: int) -> None:
    hold(ELSEWHERE, for_s=60)
    assert not lease.claim(box)
    hold(ELSEWHERE, for_s=-1)
    assert lease.claim(box)


def test_who_died_on_this_host_need_not_be_waited_for(box: int) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        pass
    hold(f"{process.HOST}:{gone.pid}:abcd", for_s=60)
    assert lease.claim(box)


@pytest.mark.parametrize("owner", ["", "x", ":", "a:b:c", "::", ELSEWHERE, f"{process.HOST}:x:y"])
def test_an_owner_that_cannot_be_asked_is_not_dead(owner: str) -> None:
    assert not process.is_dead(owner)


def test_who_lives_is_not_dead(box: int) -> None:
    assert not process.is_dead(f"{process.HOST}:{os.getppid()}:abcd")
    assert not process.is_dead(process.OWNER)
    assert process.is_dead(f"{process.HOST}:{os.getpid()}:other")  # an earlier process with our number


def test_renewing_prolongs_what_is_held_and_tells_what_was_lost(box: int) -> None:
    lease.claim(box)
    hold(process.OWNER, for_s=1)
    assert lease.renew({box}) == set()
    until = Mailbox.objects.get().lease_until
    assert until is not None
    assert (until - timezone.now()).total_seconds() > 5
    hold(ELSEWHERE, for_s=60)
    assert lease.renew({box}) == {box}
    assert holder() == ELSEWHERE


def test_renewing_is_two_queries_for_all(box: int) -> None:
    others = {new_agent(f"a{number}").mailbox.pk for number in range(20)}
    for one in {box} | others:
        lease.claim(one)
    with CaptureQueriesContext(connection) as queries:
        lease.renew({box} | others)
    assert len(queries) == 2


def test_what_others_hold_is_looked_at_with_two_queries_for_all(box: int) -> None:
    others = {new_agent(f"a{number}").mailbox.pk for number in range(20)}
    hold(ELSEWHERE, for_s=60)
    Mailbox.objects.filter(pk=box).update(lease_until=timezone.now() - timedelta(seconds=1))
    with CaptureQueriesContext(connection) as queries:
        assert lease.claimable({box} | others) == {box}
    assert len(queries) == 2
    with CaptureQueriesContext(connection) as queries:
        assert lease.claimable([]) == set()
    assert not queries


def test_only_its_holder_releases_it(box: int) -> None:
    hold(ELSEWHERE, for_s=60)
    lease.release(box)
    assert holder() == ELSEWHERE
    hold(process.OWNER, for_s=60)
    lease.release(box)
    assert holder() == ""


def test_a_mailbox_that_is_gone_is_nobodys(box: int) -> None:
    assert not lease.claim(box + 1000)
