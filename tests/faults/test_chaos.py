"""Every fault of the soak once, one after the other, with mail coming in all the while; then the account."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.soak import faults
from benchmarks.soak.run import Plan, Soak, unexpected
from tests.conftest import demand

HOLD_S = 0.2  # what a fault holds for seconds in a soak, it holds for so long here
MAILS = 4  # before each fault, and as many while it holds


@pytest.fixture
def soak(request: pytest.FixtureRequest, migrated: Path) -> Iterator[Soak]:
    plan = Plan(seed="suite", agents=5, postgresql=request.param)
    made = demand(lambda: Soak(plan, None if plan.postgresql else migrated))
    yield made
    made.close()


@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    "soak",
    [pytest.param(False, id="sqlite"), pytest.param(True, id="postgresql", marks=pytest.mark.soak)],
    indirect=True,
)
def test_nothing_is_lost_or_repeated_whatever_breaks(soak: Soak) -> None:
    def hold(seconds: float) -> None:
        soak.send(MAILS)
        time.sleep(min(seconds, HOLD_S))

    for deadly in (faults.killed, faults.restarted, faults.killed_at_a_step):
        before = soak.world.keeper.starts
        soak.send(MAILS)
        soak.inject(deadly)
        soak.world.keeper.wait_for_start(before)
    for number, fault in enumerate((*faults.of_the_database(soak.world), *faults.AROUND)):
        soak.send(MAILS)
        soak.inject(fault, hold=hold)
        if number % 3 == 2:
            soak.at_rest()  # else each failure makes the next wait twice as long
    soak.settle()
    assert {line.what: line.wrong for line in soak.account() if line.wrong} == {}
    assert len(soak.mails) >= 2 * MAILS * len(faults.AROUND)
    assert soak.world.keeper.starts >= 4
    assert list(unexpected(soak.world.logged())) == []
