"""The suite's servers as fixtures. One that this machine lacks skips its tests, and is counted aloud at the end."""

import gc
import os
import shutil
import signal
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings

from mailevents.garbage import Searches
from tests.servers.database import connected_to
from tests.servers.dovecot import Dovecot
from tests.servers.live import Product
from tests.servers.missing import ServerMissing
from tests.servers.postgres import Postgres
from tests.servers.proxy import Proxy
from tests.servers.smtp import SmtpSink

# However slow the machine is, an example is judged by what it shows.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")

T = TypeVar("T")
MISSING = "missing server: "


def demand(make: Callable[[], T]) -> T:
    """What `make` makes; where its server is missing the test is skipped, with REQUIRE_ALL=1 it fails."""
    try:
        return make()
    except ServerMissing as missing:
        if os.environ.get("REQUIRE_ALL") == "1":
            pytest.fail(f"{MISSING}{missing}", pytrace=False)
        pytest.skip(f"{MISSING}{missing}")


def pytest_configure() -> None:
    """A shell that starts the suite in the background has it, and what it starts, ignore SIGINT: servers must not."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable() -> Generator[None, Any, Any]:
    """A failure's text may hold half a character, from hostile input; on its way between processes it may not."""
    return _encodable((yield))


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {_encodable(key): _encodable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(map(_encodable, value))
    return value


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reasons = [report.longrepr[2] for report in terminalreporter.stats.get("skipped", []) if report.longrepr]
    missing = [reason.partition(MISSING)[2] for reason in reasons if MISSING in reason]
    if missing:
        terminalreporter.section(f"{len(missing)} TESTS NOT RUN, SERVERS MISSING", sep="!", red=True, bold=True)
        for server in sorted(set(missing)):
            terminalreporter.write_line(f"{missing.count(server)} need: {server}", red=True)


@pytest.fixture(autouse=True)
def usual_searches_for_garbage() -> Iterator[None]:
    """A service in this process has them made seldom: then what one test leaves would be found in another."""
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)
    gc.callbacks[:] = [each for each in gc.callbacks if not isinstance(each, Searches)]
    gc.unfreeze()


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """One Dovecot for the run. Each test takes mailboxes of its own: `dovecot.add_user()`."""
    with demand(Dovecot) as server:
        yield server


@pytest.fixture
def own_dovecot() -> Iterator[Callable[..., Dovecot]]:
    """Makes Dovecots that a test may configure, stop and kill."""
    made: list[Dovecot] = []

    def make(**options: object) -> Dovecot:
        server = demand(lambda: Dovecot(**options))  # type: ignore[arg-type]
        made.append(server)
        return server.start()

    yield make
    for server in made:
        server.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One PostgreSQL for the run. Each test takes a database of its own: `postgres.create_database()`."""
    with demand(Postgres) as server:
        yield server


@pytest.fixture
def own_postgres() -> Iterator[Postgres]:
    """A PostgreSQL that a test may stop and kill."""
    with demand(Postgres) as server:
        yield server


@pytest.fixture
def smtp_sink() -> Iterator[SmtpSink]:
    with SmtpSink() as server:
        yield server


@pytest.fixture
def proxy_to() -> Iterator[Callable[[int], Proxy]]:
    """`proxy_to(port)`: a proxy in front of a port of 127.0.0.1."""
    made: list[Proxy] = []

    def make(port: int) -> Proxy:
        made.append(Proxy(port))
        return made[-1]

    yield make
    for proxy in made:
        proxy.close()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated SQLite database, to be copied: migrating takes seconds."""
    product = Product()
    try:
        product.migrate()
        return Path(shutil.copy(product.folder / "db.sqlite3", tmp_path_factory.mktemp("migrated")))
    finally:
        product.close()


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Postgres) -> str:
    """The URL of an empty, migrated PostgreSQL database, to be copied."""
    url = postgres.create_database()
    template = Product(database_url=url)
    try:
        template.migrate()
    finally:
        template.close()
    return url


@pytest.fixture(scope="session")
def new_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, migrated: Path
) -> Callable[[str], str]:
    """`new_database("sqlite")` or `("postgresql")`: the URL of a migrated, empty database."""

    def make(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{shutil.copy(migrated, tmp_path_factory.mktemp('database') / 'db.sqlite3')}"
        template = str(request.getfixturevalue("migrated_postgres"))
        server: Postgres = request.getfixturevalue("postgres")
        return server.create_database(template=template.rpartition("/")[2])

    return make


@pytest.fixture(params=["sqlite", "postgresql"])
def database(
    request: pytest.FixtureRequest, new_database: Callable[[str], str], django_db_blocker: Any
) -> Iterator[str]:
    """A database of the test's own, on each engine; Django in this process works on it. Its URL."""
    url = new_database(request.param)
    with django_db_blocker.unblock(), connected_to(url):
        yield url


@pytest.fixture
def sqlite(new_database: Callable[[str], str], django_db_blocker: Any) -> Iterator[str]:
    """As `database`, for what is the same on every engine."""
    url = new_database("sqlite")
    with django_db_blocker.unblock(), connected_to(url):
        yield url


@pytest.fixture
def product(migrated: Path) -> Iterator[Callable[..., Product]]:
    """Makes products on a migrated database: `product(server="daphne", environment={…})`, then `.start()`."""
    made: list[Product] = []

    def make(**options: Any) -> Product:
        product = Product(**options)
        made.append(product)
        if "database_url" not in options:
            shutil.copy(migrated, product.folder / "db.sqlite3")
        return product

    yield make
    for each in made:
        each.close()
