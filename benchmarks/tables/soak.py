"""Mail for 20 agents while something breaks every few seconds, and the account of it at the end.

Options: soak=60s (or 60m, 1h) seed=… agents=20 rate=10 (mails a second) every=4 (seconds between faults, in each of
two lanes) database=sqlite|postgresql
"""

import json
import secrets
from collections import Counter
from collections.abc import Iterator

from benchmarks.report import Options, Table, kb, progress
from benchmarks.soak import faults
from benchmarks.soak.account import Line
from benchmarks.soak.run import Footprint, Plan, Soak, unexpected

UNITS = {"s": 1, "m": 60, "h": 3600}
GROWN_BYTES = 30 * 2**20
POOLED = 20  # threads of all pools, which come as they are needed, each with its database connection


def measure(options: Options) -> Iterator[Table]:
    seconds = length(options.values.get("soak", "60s"))
    plan = Plan(
        seed=options.values.get("seed") or secrets.token_hex(4),
        agents=options.whole("agents", 20),
        rate=options.number("rate", 10),
        every=options.number("every", 4),
        postgresql=options.values.get("database") == "postgresql",
    )
    progress(f"seed={plan.seed}")
    soak = Soak(plan)
    try:
        deadly = (*faults.DEADLY, *faults.of_the_database(soak.world))
        soak.run(seconds * 2 / 3, deadly, faults.AROUND)
        soak.settle()
        before = soak.footprint()
        soak.run(seconds / 3, faults.of_the_database(soak.world), faults.AROUND)
        soak.settle()
        lines = [*soak.account(), *_cost(before, soak.footprint()), _surprises(soak)]
        yield _table(plan, seconds, soak, lines)
    finally:
        soak.close()


def length(words: str) -> float:
    """`90`, `90s`, `60m` or `1h`, in seconds."""
    unit = UNITS.get(words[-1:])
    return float(words[:-1]) * unit if unit else float(words)


def _cost(before: Footprint, after: Footprint) -> list[Line]:
    """Of the last third, in which the process itself is left alive."""
    grown = after.resident_bytes - before.resident_bytes
    return [
        Line(what="processes of the last third that ended", counted=1, wrong=int(before.pid != after.pid)),
        Line(what=f"memory: grown by {kb(grown)} in the last third", counted=1, wrong=int(grown > GROWN_BYTES)),
        _more("descriptors", before.descriptors, after.descriptors),
        _more("threads", before.threads, after.threads),
    ]


def _more(what: str, before: int, after: int) -> Line:
    words = f"{what} at rest, before {before}, and more than the pools explain"
    return Line(what=words, counted=after, wrong=max(0, after - before - POOLED))


def _surprises(soak: Soak) -> Line:
    lines = soak.world.logged()
    found = [json.loads(line) for line in unexpected(lines)]
    for name, count in Counter(map(_in_short, found)).most_common():
        progress(f"{count} x {name}")
    return Line(what="log lines, and those with a traceback", counted=len(lines), wrong=len(found))


def _in_short(line: dict[str, str]) -> str:
    error = next((text for text in reversed(line["traceback"].splitlines()) if text[:1].strip()), "")
    return f"{line['logger']}: {line['message'][:100]}: {error[:200]}"


def _table(plan: Plan, seconds: float, soak: Soak, lines: list[Line]) -> Table:
    database = "PostgreSQL" if plan.postgresql else "SQLite"
    mails = f"{len(soak.mails)} mails to {plan.agents} agents"
    verdict = "IT IS" if any(line.wrong for line in lines) else "nothing is"
    return Table(
        title=f"{seconds:.0f} s, {mails}, {soak.faults.total()} faults, {database}",
        columns=["", "counted", "wrong"],
        rows=[[line.what, str(line.counted), str(line.wrong)] for line in lines],
        note=f"seed={plan.seed}. Nothing may be wrong: {verdict}. The product was started "
        f"{soak.world.keeper.starts} times. Faults: {faults.in_words(soak.faults)}.",
    )
