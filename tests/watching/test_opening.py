"""Which mailbox is opened next, whatever the servers do."""

import pytest

from mailevents.watching.opening import SLOW_S, OpeningLanes


def taken(lanes: OpeningLanes, now: float = 0.0) -> list[int]:
    found = []
    while (mailbox_id := lanes.take(now)) is not None:
        found.append(mailbox_id)
    return found


def test_no_more_are_opened_at_a_time_than_there_are_lanes() -> None:
    lanes = OpeningLanes(4)
    for number in range(10):
        lanes.ask(number, f"server{number}")
    assert taken(lanes) == [0, 1, 2, 3]
    lanes.done(2, 0.1, well=True)
    assert taken(lanes) == [4]
    assert len(lanes) == 5


def test_one_server_never_takes_the_last_lane() -> None:
    lanes = OpeningLanes(4)
    for number in range(1000):
        lanes.ask(number, "stalls")
    assert len(taken(lanes)) == 3
    lanes.ask(5000, "well")
    assert taken(lanes) == [5000]


def test_servers_take_turns() -> None:
    lanes = OpeningLanes(3)
    for number in range(3):
        lanes.ask(number, "a")
        lanes.ask(10 + number, "b")
        lanes.ask(20 + number, "c")
    assert taken(lanes) == [0, 10, 20]


def test_a_server_in_trouble_is_tried_one_at_a_time_until_it_is_well() -> None:
    lanes = OpeningLanes(4)
    for number in range(9):
        lanes.ask(number, "stalls")
    for number in taken(lanes):
        lanes.done(number, SLOW_S + 1, well=False)
    assert taken(lanes) == [3]
    lanes.done(3, 0.2, well=True)
    assert taken(lanes) == [4, 5, 6]


def test_a_quick_refusal_is_no_trouble() -> None:
    lanes = OpeningLanes(4)
    for number in range(9):
        lanes.ask(number, "refuses")
    for number in taken(lanes):
        lanes.done(number, 0.01, well=False)
    assert len(taken(lanes)) == 3


def test_servers_in_trouble_leave_a_lane_to_the_others() -> None:
    lanes = OpeningLanes(3)
    for number in range(8):
        lanes.ask(number, f"stalls{number}")
    for _round in range(4):
        for number in taken(lanes):
            lanes.done(number, 100.0, well=False)
    for number in range(8):
        lanes.ask(number, f"stalls{number}")
    assert len(taken(lanes)) == 2
    lanes.ask(99, "well")
    assert taken(lanes) == [99]


@pytest.mark.parametrize("most", [1, 2])
def test_few_lanes_still_open_everything(most: int) -> None:
    lanes = OpeningLanes(most)
    for number in range(6):
        lanes.ask(number, f"server{number % 2}")
    opened = set()
    while found := taken(lanes):
        for number in found:
            lanes.done(number, 100.0, well=False)
        opened |= set(found)
    assert opened == set(range(6))


def test_one_that_is_no_longer_wanted_is_not_opened() -> None:
    lanes = OpeningLanes(2)
    lanes.ask(1, "a")
    lanes.ask(2, "a")
    lanes.withdraw(1)
    lanes.withdraw(7)
    assert 1 not in lanes
    assert taken(lanes) == [2]
    lanes.withdraw(2)  # too late: it is being opened
    lanes.done(2, 0.1, well=True)
    lanes.done(2, 0.1, well=True)
    assert len(lanes) == 0
    assert taken(lanes) == []
