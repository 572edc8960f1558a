"""What happens where a server is not there."""

import pytest

from tests.servers.live import ROOT

pytest_plugins = ["pytester"]

CONFTEST = "from tests.conftest import demand, pytest_terminal_summary"
TEST = """
from conftest import demand
from tests.servers.missing import ServerMissing

def make():
    raise ServerMissing("Dovecot is not installed (apt-get install …)")

def test_one(): demand(make)
def test_two(): demand(make)
def test_three(): pass
"""


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(TEST)
    return pytester


def test_its_tests_are_skipped_and_counted_aloud(suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REQUIRE_ALL", raising=False)
    result = suite.runpytest_subprocess("-p", "no:django")
    result.assert_outcomes(passed=1, skipped=2)
    result.stdout.fnmatch_lines(["*2 TESTS NOT RUN, SERVERS MISSING*", "2 need: Dovecot is not installed*"])


def test_with_require_all_they_fail(suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUIRE_ALL", "1")
    suite.runpytest_subprocess("-p", "no:django").assert_outcomes(passed=1, failed=2)
