"""The rows of the filter on both databases: a test that takes `database` runs on each."""

from collections.abc import Iterator
from contextlib import contextmanager

import environ
import pytest
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django import DjangoDbBlocker

from tests.servers.postgres import Postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, db: None) -> Iterator[str]:
    """The name of the database that the test's rows are in; whatever it writes is rolled back."""
    if request.param == "sqlite":
        yield "sqlite"
        return
    connection = request.getfixturevalue("migrated_postgres")
    with in_place_of_the_default(connection), transaction.atomic():
        yield "postgresql"
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def migrated_postgres(
    postgres: Postgres, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[BaseDatabaseWrapper]:
    """A connection to a PostgreSQL database that has the project's tables."""
    options = {**connections.settings[DEFAULT_DB_ALIAS], "OPTIONS": {}}
    connections.settings["on_postgres"] = options | environ.Env.db_url_config(postgres.create_database())
    connection = connections.create_connection("on_postgres")
    with django_db_blocker.unblock(), in_place_of_the_default(connection):
        call_command("migrate", verbosity=0)
    yield connection
    with django_db_blocker.unblock():
        connection.close()
    del connections.settings["on_postgres"]


@contextmanager
def in_place_of_the_default(connection: BaseDatabaseWrapper) -> Iterator[None]:
    before = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = connection
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = before
