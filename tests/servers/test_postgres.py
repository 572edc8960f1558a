import psycopg

from tests.servers.postgres import Postgres


def test_each_database_is_new_and_empty(postgres: Postgres) -> None:
    first, second = postgres.create_database(), postgres.create_database()
    with psycopg.connect(first) as connection:
        connection.execute("CREATE TABLE t (id int)")
    with psycopg.connect(second) as connection:
        assert connection.execute("SELECT to_regclass('t')").fetchone() == (None,)


def test_it_comes_back_after_a_crash(own_postgres: Postgres) -> None:
    own_postgres.sql("CREATE TABLE t AS SELECT 7 AS seven")
    own_postgres.kill()
    own_postgres.start()
    assert own_postgres.sql("SELECT seven FROM t") == "7"
