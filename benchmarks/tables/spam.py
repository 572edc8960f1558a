"""The spam filter: recall, false positives and time a message, beside what other filters reach on the same mail.

`corpora=DIR` holds CORPUS/{ham,spam}/*.eml; left out, only the golden messages are judged. `results=FILE` writes
a line of JSON for each message (path, score, spam, ms).
"""

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.report import Options, Table, percentile
from benchmarks.spam.accuracy import Judged, half_of, is_old, messages_below, rates, trained, untrained

# Default thresholds, rules only, no network, on the development collection: recall / false positives, ms (median).
OTHERS = (
    ("SpamAssassin 4.0.1", "30.6 % / 0.98 %", "75.5 % / 1.74 %", "17.1 % / 0.00 %", "18.3 %", "67 ms"),
    ("rspamd 3.4", "16.2 % / 0.13 %", "27.1 % / 0.18 %", "13.0 % / 0.05 %", "14.4 %", "4.1 ms"),
    (
        "bogofilter, trained on the other half",
        "88.4 % / 0.15 %",
        "66.6 % / 0.07 %",
        "95.0 % / 0.24 %",
        "98.3 %",
        "0.95 ms",
    ),
)
MEASURED_ONLY = "phishing_pot"


def measure(options: Options) -> Iterator[Table]:
    folder = options.values.get("corpora")
    if folder is None:
        yield Table(
            title="The spam filter", columns=["", ""], rows=[["corpora=DIR", "not given, so nothing is measured"]]
        )
        return
    paths = messages_below(Path(folder))
    plain = untrained(paths)
    if "results" in options.values:
        _write(Path(options.values["results"]), plain)
    yield _by_corpus(plain)
    halves = [
        *trained(paths, learn=lambda path: half_of(path) == 0, ask=lambda path: half_of(path) == 1),
        *trained(paths, learn=lambda path: half_of(path) == 1, ask=lambda path: half_of(path) == 0),
    ]
    old = list(trained(paths, learn=is_old, ask=lambda path: not is_old(path)))
    yield _beside_others(plain, halves, old)
    yield _times(plain)


def _by_corpus(judged: list[Judged]) -> Table:
    names = sorted({one.corpus for one in judged})
    rows = [[name, str(rates([one for one in judged if one.corpus == name]))] for name in names]
    return Table(title="Untrained, by collection", columns=["collection", "recall / false positives"], rows=rows)


def _beside_others(plain: list[Judged], halves: list[Judged], old: list[Judged]) -> Table:
    rows = [["untrained", *_groups(plain)], ["each half, trained on the other", *_groups(halves)]]
    rows.append(["modern mail, trained on old only", *_groups(old)])
    rows += [list(row[:5]) for row in OTHERS]
    columns = ["recall / false positives", "all", "old", "modern", MEASURED_ONLY]
    return Table(title="The spam filter beside others", columns=columns, rows=rows)


def _groups(judged: list[Judged]) -> list[str]:
    old = [one for one in judged if is_old(Path(one.path))]
    modern = [one for one in judged if not is_old(Path(one.path))]
    measured = [one for one in judged if one.corpus == MEASURED_ONLY]
    return [str(rates(group)) if group else "–" for group in (judged, old, modern, measured)]


def _times(judged: list[Judged]) -> Table:
    parse, whole = [one.parse_s for one in judged], [one.whole_s for one in judged]
    rows = [
        [name, *(f"{1000 * percentile(seconds, at):.2f} ms" for at in (50, 99, 100))]
        for name, seconds in (("parsing alone", parse), ("parsing and judging", whole))
    ]
    rows += [[row[0], row[5], "", ""] for row in OTHERS]
    return Table(title=f"Time a message, {len(judged)} messages (CPU)", columns=["", "median", "p99", "max"], rows=rows)


def _write(path: Path, judged: list[Judged]) -> None:
    lines = (
        json.dumps({"path": one.path, "score": one.score, "spam": one.called_spam, "ms": 1000 * one.whole_s})
        for one in judged
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
