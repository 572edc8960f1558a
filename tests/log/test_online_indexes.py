"""A log that is in use gets a further index while others write to it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.db.migrations import AddIndex
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models import Index
from django.test.utils import CaptureQueriesContext

from mailevents.eventlog.indexes import AddIndexOnline
from tests.log.entries import append, new_agent
from tests.servers.database import connected_to
from tests.servers.postgres import Postgres
from tests.servers.waiting import wait_for

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX%' AND wait_event_type = 'Lock'"
INDEX = Index(fields=["subject"], name="event_by_subject")


def indexes() -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, "mailevents_mailevent"))


def state() -> ProjectState:
    return MigrationLoader(connection).project_state()


def test_an_index_is_added_and_taken_away_while_others_write(database: str) -> None:
    agent, added = new_agent(), AddIndexOnline("mailevent", INDEX)
    before = state()
    after = before.clone()
    added.state_forwards("mailevents", after)
    with CaptureQueriesContext(connection) as queries, connection.schema_editor(atomic=False) as editor:
        added.database_forwards("mailevents", editor, before, after)
    assert ("CONCURRENTLY" in queries[-1]["sql"]) == (connection.vendor == "postgresql")
    assert "event_by_subject" in indexes()
    append(agent, 1)
    with connection.schema_editor(atomic=False) as editor:
        added.database_backwards("mailevents", editor, after, before)
    assert "event_by_subject" not in indexes()


@pytest.fixture
def postgresql(new_database: Callable[[str], str], django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), connected_to(new_database("postgresql")):
        yield


def test_who_writes_while_a_log_gets_its_index_is_not_held_up(postgresql: None, postgres: Postgres) -> None:
    agent = new_agent()
    before = state()
    after = before.clone()
    added = AddIndexOnline("mailevent", INDEX)
    added.state_forwards("mailevents", after)

    def add() -> None:
        with connection.schema_editor(atomic=False) as editor:
            added.database_forwards("mailevents", editor, before, after)
        connections.close_all()

    def write() -> list[int]:
        try:
            return append(agent, 2)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():  # the index waits for this one to end, and lets others write meanwhile
            append(agent, 1)
            adding = pool.submit(add)
            wait_for(lambda: postgres.sql(WAITING) != "0", "the index to be begun")
            assert len(pool.submit(write).result(timeout=20)) == 1
            assert not adding.done()
        adding.result(timeout=20)
    assert "event_by_subject" in indexes()


def test_every_later_index_of_the_log_is_added_so() -> None:
    known = MigrationLoader(None).disk_migrations.items()
    for migration in (found for (app, name), found in known if app == "mailevents" and name > "0002"):
        for operation in migration.operations:
            if isinstance(operation, AddIndex) and operation.model_name_lower == "mailevent":
                assert isinstance(operation, AddIndexOnline), f"{migration}: use {AddIndexOnline.__name__}"
                assert not migration.atomic, f"{migration}: atomic = False"
