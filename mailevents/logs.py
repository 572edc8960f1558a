"""Log lines, for machines as one JSON object each, for people as text; both say what they are about.

`logger.info("…", extra=about(agent="billing", mailbox=3, uid=7))`. Neither secrets nor mail are ever logged.
"""

import logging
from typing import Any

from mailevents.jsontext import dumps

FIELDS = ("agent", "mailbox", "uid", "event", "stream")


def about(**fields: Any) -> dict[str, Any]:
    """`extra` for a log call: any of agent, mailbox, uid, event and stream."""
    return {f"about_{name}": value for name, value in fields.items()}


def expect_refusals() -> None:
    """From now on Django logs no 503 as an error: this process says goodbye, and answers so to whoever comes."""
    logging.getLogger("django.request").addFilter(_is_no_refusal)


def _is_no_refusal(record: logging.LogRecord) -> bool:
    return getattr(record, "status_code", None) != 503


class Strangers(logging.Filter):
    """A request that makes no sense (Django's SuspiciousOperation) is a warning, without a traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security."):
            record.levelno, record.levelname, record.exc_info = logging.WARNING, "WARNING", None
        return True


class PlainFormatter(logging.Formatter):
    """Time, level, logger and message, and after it the fields of `about`."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        fields = ", ".join(f"{name} {value}" for name, value in _fields(record).items())
        return super().formatMessage(record) + (f" ({fields})" if fields else "")


class JsonFormatter(logging.Formatter):
    """time, level, logger, message, the fields of `about`, and a traceback where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S") + f".{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= _fields(record)
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return dumps(line)


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    found = {name: getattr(record, f"about_{name}", None) for name in FIELDS}
    return {name: value for name, value in found.items() if value is not None}
