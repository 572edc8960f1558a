"""How mailboxes fare, written on their rows: the last word of each, by whoever holds it."""

import threading
from collections.abc import Callable, Iterator

import pytest
from django.db.utils import OperationalError

from mailevents import queries
from mailevents.models import Mailbox
from mailevents.process import OWNER
from mailevents.states import State
from mailevents.telling import StateTeller
from tests.log.entries import new_agent
from tests.servers.waiting import wait_for

Make = Callable[..., StateTeller]


@pytest.fixture
def box(database: str) -> int:
    return new_agent().mailbox.pk


@pytest.fixture
def teller() -> Iterator[Make]:
    made: list[StateTeller] = []

    def make(told: Callable[[], None] = lambda: None) -> StateTeller:
        made.append(StateTeller(told))
        return made[-1]

    yield make
    for one in made:
        one.close()


def state(mailbox_id: int, detail: str) -> State:
    return State(mailbox_id=mailbox_id, state="reconnecting", detail=detail)


def detail(mailbox_id: int) -> str:
    return Mailbox.objects.values_list("detail", flat=True).get(pk=mailbox_id)


def test_the_first_is_written_at_once_and_of_what_is_said_meanwhile_the_last(box: int, teller: Make) -> None:
    other = new_agent("other").mailbox.pk
    going_on, seen = threading.Event(), []

    def told() -> None:
        seen.append((detail(box), detail(other)))
        going_on.wait(10)

    telling = teller(told)
    telling.tell(state(box, "0"))
    wait_for(lambda: seen == [("0", "")], "the first")
    for number in range(1, 6):
        telling.tell(state(box, str(number)))
    telling.tell(state(other, "other"))
    going_on.set()
    telling.close()
    assert seen == [("0", ""), ("5", "other")]


@pytest.mark.parametrize(
    ("lease", "written"),
    [(None, "new"), (OWNER, "new"), ("another-host:1:abcd", "")],
    ids=["free", "ours", "another's"],
)
def test_of_what_another_process_holds_nothing_is_told(box: int, teller: Make, lease: str | None, written: str) -> None:
    Mailbox.objects.update(lease=lease)
    telling = teller()
    telling.tell(state(box, "new"))
    telling.close()
    assert detail(box) == written


def test_a_database_that_is_away_costs_its_news_and_no_later_ones(
    box: int, teller: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> int:
        raise OperationalError("away")

    tried = threading.Event()
    telling = teller(tried.set)
    with monkeypatch.context() as broken:
        broken.setattr(queries, "change", away)
        telling.tell(state(box, "lost"))
        assert tried.wait(10)
    telling.tell(state(box, "back"))
    telling.close()
    assert detail(box) == "back"
