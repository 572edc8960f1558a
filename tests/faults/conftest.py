from tests.watching.conftest import line, login, quick, watching  # noqa: F401 - fixtures
