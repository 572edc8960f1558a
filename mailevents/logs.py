"""Log lines for machines: one JSON object each, with what a line is about as fields of its own.

`logger.info("…", extra=about(agent="billing", mailbox=3, uid=7))`. Neither secrets nor mail are ever logged.
"""

import logging
from typing import Any

from mailevents.jsontext import dumps

FIELDS = ("agent", "mailbox", "uid", "event", "stream")


def about(**fields: Any) -> dict[str, Any]:
    """`extra` for a log call: any of agent, mailbox, uid, event and stream."""
    return {f"about_{name}": value for name, value in fields.items()}


class JsonFormatter(logging.Formatter):
    """time, level, logger, message, the fields of `about`, and a traceback where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S") + f".{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        for name in FIELDS:
            value = getattr(record, f"about_{name}", None)
            if value is not None:
                line[name] = value
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return dumps(line)
