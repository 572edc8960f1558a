"""JSON as it leaves the house: compact, UTF-8, times as RFC 3339 in UTC."""

import json
from datetime import UTC, datetime
from typing import Any

_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def dumps(value: Any) -> str:
    return _encoder.encode(value)


def timestamp(moment: datetime) -> str:
    """`2026-11-22T10:11:12.345678Z`, always with microseconds."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def seconds(moment: datetime | None) -> str | None:
    """`2026-11-22T10:11:12Z`: what mail itself knows of time."""
    return None if moment is None else moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
