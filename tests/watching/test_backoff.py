import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailevents.watching.backoff import LET_IN, LONGEST_S, REFUSED_S, counted, delay


@given(attempt=st.integers(1, 10**6), refused=st.booleans(), chance=st.floats(0, 1, exclude_max=True))
def test_a_wait_is_never_none_and_never_longer_than_the_longest(attempt: int, refused: bool, chance: float) -> None:
    wait_s = delay(attempt, refused=refused, jitter=lambda: chance)
    assert 0.5 <= wait_s <= (REFUSED_S if refused else LONGEST_S)


def test_it_doubles_up_to_the_longest() -> None:
    longest = [delay(attempt, jitter=lambda: 1.0) for attempt in range(1, 10)]
    assert longest == [1, 2, 4, 8, 16, 32, 64, LONGEST_S, LONGEST_S]


def test_a_refused_login_waits_longer_than_a_broken_line() -> None:
    assert delay(1, refused=True, jitter=lambda: 0.0) > delay(3, jitter=lambda: 1.0)


@pytest.mark.parametrize("attempt", [1, 4, 20])
def test_mailboxes_that_failed_together_come_back_spread_over_half_the_wait(attempt: int) -> None:
    waits = [delay(attempt, jitter=lambda chance=chance: chance) for chance in (0.0, 0.5, 0.999)]  # type: ignore[misc]
    assert waits[0] == pytest.approx(waits[2] / 2, rel=0.01)
    assert waits == sorted(set(waits))


@pytest.mark.parametrize(
    ("attempt", "held_s", "waited_s", "counts"),
    [
        (1, 0.0, 0.0, 1),
        (2, 1.9, 0.5, 2),
        (9, 0.0, 120.0, LET_IN),
        (2, 2.0, 1.0, 0),
        (3, 4.0, 8.0, 3),
        (3, 8.0, 8.0, 0),
        (9, 10.0, 120.0, 0),
    ],
)
def test_waiting_begins_anew_once_a_session_has_held(attempt: int, held_s: float, waited_s: float, counts: int) -> None:
    assert counted(attempt, held_s=held_s, waited_s=waited_s) == counts
