"""What benchmarks are asked with and answer with: options, tables, percentiles, ratios."""

import math
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """`name=value` words of the command line."""

    values: Mapping[str, str] = field(default_factory=dict)

    def whole(self, name: str, default: int) -> int:
        return int(self.values.get(name, default))

    def number(self, name: str, default: float) -> float:
        return float(self.values.get(name, default))


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows as they are printed; numbers already in words, with their units."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""

    def markdown(self) -> str:
        """Columns padded, so that it reads well as text too."""
        lines = [self.columns, *self.rows]
        widths = [max(len(line[at]) for line in lines) for at in range(len(self.columns))]
        padded = [
            "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
            for line in lines
        ]
        padded.insert(1, "| " + " | ".join("-" * width for width in widths) + " |")
        return "\n".join([f"\n{self.title}\n", *padded, *([f"\n{self.note}"] if self.note else [])])


def percentile(samples: Sequence[float], percent: float) -> float:
    """The smallest sample that at least `percent` of all do not exceed."""
    ordered = sorted(samples)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def ratio(ours: float, reference: float) -> str:
    """How we fare against the reference, where less is better."""
    return f"{ours / reference:.2f} x" if reference else "–"


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def kb(count: float) -> str:
    return f"{count / 1024:.1f} KB"


def within(value: float, most: float, words: str) -> str:
    """A target and whether it is met."""
    return f"{words}: {'met' if value <= most else 'MISSED'}"


def progress(text: str) -> None:
    """To the one who waits; the tables alone go to standard output."""
    print(f"[{time.strftime('%H:%M:%S')}] {text}", file=sys.stderr, flush=True)
