"""`manage.py serve`, run as a user runs it."""

import signal
import socket
from collections.abc import Callable

import pytest

from mailevents.errors import CannotListen
from mailevents.serving.listening import USER_TIMEOUT_MS, listen
from tests.servers.live import Product
from tests.servers.waiting import wait_for


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_the_admin_with_its_style_sheets_and_ends_with_code_0(
    product: Callable[..., Product], how: signal.Signals
) -> None:
    live = product().start()
    assert live.get("/admin/login/")[0] == 200
    assert live.get("/static/admin/css/base.css")[0] == 200
    live.signal(how)
    assert live.wait() == 0


def test_it_says_where_it_serves(product: Callable[..., Product]) -> None:
    live = product().start()
    wait_for(lambda: f"Serving on {live.url}" in live.logged(), "the address in the output")


def test_a_database_without_migrations_is_not_served() -> None:
    live = Product()
    done = live.run("serve", "--port", str(live.port))
    live.close()
    assert done.returncode == 1
    assert "Run: manage.py migrate" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_cannot_be_reached_is_said() -> None:
    live = Product(database_url="postgres://nobody@127.0.0.1:1/none")
    done = live.run("serve", "--port", str(live.port))
    live.close()
    assert done.returncode == 1
    assert "Look at DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_in_memory_is_not_served() -> None:
    live = Product(database_url="sqlite://:memory:")
    done = live.run("serve", "--port", str(live.port))
    live.close()
    assert (done.returncode, "in memory" in done.stderr, "migrate" in done.stderr) == (1, True, False)


def test_a_wrong_setting_stops_it_in_words(product: Callable[..., Product]) -> None:
    live = product(environment={"AGENTICMAIL_WORKERS": "many"})
    done = live.run("serve", "--port", str(live.port))
    assert done.returncode == 1
    assert "AGENTICMAIL_WORKERS" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_taken_port_is_said(product: Callable[..., Product]) -> None:
    with listen("127.0.0.1", 0) as taken:
        done = product().run("serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert "is in use by another program" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_soft_limit_of_open_files_is_raised_to_the_hard_one(product: Callable[..., Product]) -> None:
    import resource

    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    live = product().start()
    assert resource.prlimit(live.pid, resource.RLIMIT_NOFILE) == (hard, hard)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_accepted_connections_notice_a_vanished_client_in_seconds(host: str) -> None:
    with listen(host, 0) as listener, socket.create_connection(listener.getsockname()[:2]):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == USER_TIMEOUT_MS
            assert accepted.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 1


@pytest.mark.parametrize(
    ("host", "port", "said"),
    [
        ("127.0.0.1", 70000, "not between 0 and 65535"),
        ("192.0.2.1", 0, "does not have"),
        ("no host", 0, "neither an address nor a name"),
        ("a..b", 0, "neither an address nor a name"),
        ("\udcff", 0, r"\\udcff is neither an address nor a name"),
    ],
)
def test_why_a_port_cannot_be_had_is_said(host: str, port: int, said: str) -> None:
    with pytest.raises(CannotListen, match=said):
        listen(host, port)
