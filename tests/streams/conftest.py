from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.servers.fleet import Fleet
from tests.servers.live import Product

ENVIRONMENT = {
    "AGENTICMAIL_HEARTBEAT_S": "0.5",
    "AGENTICMAIL_SHUTDOWN_GRACE_S": "1",
    "AGENTICMAIL_MAX_STREAMS_PER_AGENT": "3",
}


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def fleet(
    request: pytest.FixtureRequest, new_database: Callable[[str], str], django_db_blocker: Any
) -> Iterator[Fleet]:
    """One running product for the tests that leave it running, on each database."""
    url = new_database(request.param)
    with django_db_blocker.unblock(), Product(database_url=url, environment=ENVIRONMENT) as product:
        yield Fleet(product)
