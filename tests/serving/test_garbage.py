"""However much the process holds, no search for garbage takes long, and nothing is lost by that."""

import gc
import json
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest

from mailevents.garbage import Searches, keep_searches_short
from tests.servers.dovecot import Dovecot, Login
from tests.servers.fleet import Fleet, Member
from tests.servers.live import Product
from tests.servers.waiting import wait_for

HERE = "tests.serving.garbage_application:application"


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def search(searches: Searches, clock: Clock, generation: int, takes: float) -> None:
    searches("start", {"generation": generation})
    clock.now += takes
    searches("stop", {"generation": generation})


@pytest.mark.parametrize(("generation", "takes", "spares"), [(2, 0.03, True), (2, 0.01, False), (1, 0.03, False)])
def test_what_took_long_to_search_is_spared(generation: int, takes: float, spares: bool) -> None:
    clock = Clock()
    search(Searches(long_s=0.02, clock=clock), clock, generation, takes)
    assert (gc.get_freeze_count() > 0) is spares


def test_once_an_hour_everything_is_searched() -> None:
    clock = Clock()
    searches = Searches(long_s=0.02, clock=clock)
    search(searches, clock, 2, takes=0.03)
    clock.now += 3599
    searches("start", {"generation": 2})
    assert gc.get_freeze_count() > 0
    clock.now += 2
    searches("start", {"generation": 2})
    assert gc.get_freeze_count() == 0


@pytest.mark.parametrize(("before", "after"), [((700, 10, 10), 20_000), ((50_000, 5, 5), 50_000), ((0, 10, 10), 0)])
def test_the_young_are_searched_seldom(before: tuple[int, int, int], after: int) -> None:
    gc.set_threshold(*before)
    keep_searches_short()
    keep_searches_short()  # each start of the service does
    assert gc.get_threshold() == (after, *before[1:])
    assert sum(isinstance(each, Searches) for each in gc.callbacks) == 1


@pytest.mark.parametrize("foreign", ["", "1"])
def test_streams_mailboxes_and_mails_leave_nothing_to_search_for(
    new_database: Callable[[str], str], django_db_blocker: Any, dovecot: Dovecot, foreign: str
) -> None:
    """Also where a project's own middleware makes all go Django's own way."""
    environment = {"FOREIGN_MIDDLEWARE": foreign}
    product = Product(server="daphne", application=HERE, database_url=new_database("sqlite"), environment=environment)
    logins = [dovecot.add_user() for _ in range(3)]
    with django_db_blocker.unblock(), product:
        agents = [Fleet(product).agent(login=login, port=dovecot.imap) for login in logins]
        come_and_go(product, dovecot, agents, logins)  # what is made once is made now
        product.get("/garbage")
        come_and_go(product, dovecot, agents, logins)
        wait_for(lambda: not any(map(dovecot.sessions, [login.user for login in logins])), "the mailboxes to be let go")
        answer = json.loads(product.get("/garbage")[2])
        assert answer["short"]
        if not foreign:  # Django's messages and its request hold each other
            assert answer["found"] == {}
        assert not answer["found"].keys() & {
            "_asyncio.Task",
            "builtins.coroutine",
            "builtins.frame",
            "builtins.traceback",
        }


def come_and_go(product: Product, dovecot: Dovecot, agents: list[Member], logins: list[Login]) -> None:
    """A stream of each agent, and a mail on it; all over."""
    with ExitStack() as stack:
        streams = [stack.enter_context(agent.stream()) for agent in agents]
        for stream, login in zip(streams, logins, strict=True):
            stream.wait("ready")
            dovecot.deliver(login.user, b"Subject: hello\r\n\r\nhello\r\n")
            stream.wait("new")
    wait_for(lambda: b"\nagenticmail_streams 0" in product.get("/metrics")[2], "the streams to be over")
