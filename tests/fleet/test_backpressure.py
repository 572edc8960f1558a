"""A client that stops reading costs bounded memory, and gets everything when it reads again."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fleet.enrolling import enrol_without_mailboxes
from tests.servers.loghost import LogHost
from tests.servers.sse import Stream
from tests.servers.waiting import wait_for

MEGABYTE = 1 << 20
EVENTS, SIZE = 4000, 5000  # 20 MB


@pytest.fixture(params=["serve", "daphne"])
def host(request: pytest.FixtureRequest, migrated: Path) -> Iterator[LogHost]:
    host = LogHost(server=request.param)
    shutil.copy(migrated, host.folder / "db.sqlite3")
    try:
        yield host
    finally:
        host.close()


def rests(host: LogHost) -> bool:
    """Whether it does next to nothing for a while."""
    used = host.cpu_seconds()
    time.sleep(0.5)
    return host.cpu_seconds() - used < 0.1


def test_a_client_that_stops_reading_costs_bounded_memory_and_loses_nothing(host: LogHost) -> None:
    token = enrol_without_mailboxes(host, "main", 3)
    host.start()
    with Stream(f"{host.url}/watch", token) as quick, Stream(f"{host.url}/watch", token) as slow:
        quick.wait("ready")
        slow.wait("ready")
        host.write(rate=1000, seconds=0.1, size=SIZE, group=20)  # what any stream costs is there
        quick.wait("new", 100)
        slow.wait("new", 100)
        wait_for(lambda: rests(host), "what is prepared for the first mail")
        before = host.resident_bytes()
        slow.stop_reading()
        ids = host.write(rate=1000, seconds=EVENTS / 1000, size=SIZE, group=20)
        quick.wait("new", 100 + EVENTS, within=30)
        grown = host.resident_bytes() - before
        slow.go_on_reading()
        slow.wait("new", 100 + EVENTS, within=30)
        for stream in (quick, slow):
            assert [int(event.id) for event in stream.of("new")][100:] == ids
    assert grown < EVENTS * SIZE / 2, f"{grown / MEGABYTE:.1f} MB more"
