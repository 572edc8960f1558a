"""Reading a message: how long, beside Python's own `email`, and how long the worst of 256 KB takes.

Python's part splits, walks and decodes to bytes only (`policy=compat32`); ours also decodes headers, addresses and
text, reads HTML, and looks for codes. `messages=DIR` says which messages; left out, the golden ones.
"""

import email
import email.policy
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from agenticmail.message import parse_message
from benchmarks.report import Options, Table, percentile, ratio, within
from tests.message.malformed import hostile_messages

GOLDEN = Path(__file__).parents[2] / "tests" / "messages"
NOW = datetime(2026, 11, 22, tzinfo=UTC)
WORST_S = 0.05
SHOWN = 5


def measure(options: Options) -> Iterator[Table]:
    yield ordinary(Path(options.values.get("messages", GOLDEN)))
    yield hostile()


def ordinary(folder: Path) -> Table:
    """Both on the same messages, one after the other on each, in turns the one and the other first."""
    files = sorted(path for path in folder.rglob("*.eml") if path.is_file())
    ours: list[float] = []
    theirs: list[float] = []
    for number, file in enumerate(files):
        raw = file.read_bytes()
        pair = [(ours, _ours), (theirs, _pythons)]
        for seconds, read in pair if number % 2 else reversed(pair):
            seconds.append(_timed(read, raw))
    rows = [
        [
            what,
            f"{measure(ours) * 1000:.3f} ms",
            f"{measure(theirs) * 1000:.3f} ms",
            ratio(measure(ours), measure(theirs)),
        ]
        for what, measure in (
            ("median", lambda seconds: percentile(seconds, 50)),
            ("p99", lambda seconds: percentile(seconds, 99)),
            ("max", max),
        )
    ]
    title = f"Reading a message, {len(files)} files of {folder} (CPU time)"
    return Table(title=title, columns=["", "parse_message", "email, compat32", "ratio"], rows=rows)


def hostile() -> Table:
    """The hostile messages that take longest, each read twice and the better time taken."""
    taken = [(min(_timed(_ours, raw), _timed(_ours, raw)), name, len(raw)) for name, raw in hostile_messages()]
    taken.sort(reverse=True)
    rows = [
        [name.replace("\r\n", " "), f"{size // 1024} KB", f"{seconds * 1000:.1f} ms"]
        for seconds, name, size in taken[:SHOWN]
    ]
    return Table(
        title=f"Reading {len(taken)} hostile messages (CPU time): the longest",
        columns=["message", "size", "parse_message"],
        rows=rows,
        note=within(taken[0][0], WORST_S, f"at most {WORST_S * 1000:.0f} ms"),
    )


def _ours(raw: bytes) -> None:
    parse_message(raw, received_at=NOW)


def _pythons(raw: bytes) -> None:
    for part in email.message_from_bytes(raw, policy=email.policy.compat32).walk():
        if not part.is_multipart():
            part.get_payload(decode=True)


def _timed(read: Callable[[bytes], None], raw: bytes) -> float:
    started = time.thread_time()
    read(raw)
    return time.thread_time() - started
