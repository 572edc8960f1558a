"""What one step costs as rules, list entries, streams, watchers, mailboxes and the log grow: 100, 1,000, 10,000.

Options: most=10000
"""

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.report import Options, Table, ratio
from tests.servers.live import ROOT, Product

SIZES = (100, 1000, 10_000)


def measure(options: Options) -> Iterator[Table]:
    sizes = [size for size in SIZES if size <= options.whole("most", max(SIZES))]
    with contextlib.closing(Product()) as product:
        product.migrate()
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.growth"],
            cwd=ROOT,
            env=product.environment | {"SIZES": json.dumps(sizes)},
            capture_output=True,
            text=True,
            timeout=600,
        )
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, float]] = json.loads(done.stdout)
    rows = []
    for name, costs in found.items():
        each = list(costs.values())
        rows.append([name, *(f"{cost:.0f} µs" for cost in each), ratio(each[-1], each[0])])
    yield Table(
        title="One step, as the rest grows (SQLite; processor time)",
        columns=("what grows, and what is done", *(f"{size:,}" for size in sizes), f"{sizes[-1]:,} to {sizes[0]:,}"),
        rows=rows,
    )
