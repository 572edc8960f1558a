"""The simulation of a shared log: what it says where the answer is known."""

import math
from random import Random

import pytest

from benchmarks.report import percentile
from benchmarks.tables.million import Log, logs_needed, waits

LOG = Log(hold_s=0.004, each_s=0.0)


def test_a_lone_event_waits_for_its_own_commit_only() -> None:
    assert percentile(waits(LOG, 1, 10, Random(1)), 50) == pytest.approx(LOG.hold_s)


def test_one_process_groups_what_comes_and_never_falls_behind() -> None:
    found = waits(LOG, 5000, 1, Random(1), seconds=2)
    assert percentile(found, 99) <= 2 * LOG.hold_s * 1.01


def test_many_processes_wait_for_each_others_turns_at_most_once_round() -> None:
    few, many = (percentile(waits(LOG, 2000, processes, Random(1), seconds=4), 99) for processes in (4, 40))
    assert few < many <= (40 + 2) * LOG.hold_s


def test_a_log_that_takes_longer_for_an_event_than_there_is_time_falls_behind_for_ever() -> None:
    assert percentile(waits(Log(hold_s=0.001, each_s=0.01), 200, 4, Random(1), seconds=60), 99) > 1
    assert waits(Log(hold_s=0.001, each_s=0.01), 5000, 4, Random(1)) == [math.inf]


def test_a_fleet_is_split_until_it_is_quick_enough() -> None:
    assert logs_needed(LOG, 10, 2) == 1
    assert logs_needed(LOG, 2000, 100) > 1
