"""The spam filter: recall, false positives and time a message, beside what other filters reach on the same mail.

`corpora=DIR` holds CORPUS/{ham,spam}/*.eml; left out, the golden messages are judged, for the time they take.
`results=FILE` writes a line of JSON for each message (path, score, spam, and the ms of parsing and of judging).
"""

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.report import Options, Table, percentile, ratio, within
from benchmarks.spam.accuracy import Judged, half_of, is_old, messages_below, rates, trained, untrained

GOLDEN = Path(__file__).parents[2] / "tests" / "messages"
MEDIAN_S, P99_S = 0.002, 0.020

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
    paths = messages_below(Path(folder)) if folder else sorted(GOLDEN.rglob("*.eml"))
    plain = untrained(paths)
    if "results" in options.values:
        _write(Path(options.values["results"]), plain)
    yield _times(plain, promised=folder is not None)
    if folder:
        yield from _accuracy(paths, plain)


def _accuracy(paths: list[Path], plain: list[Judged]) -> Iterator[Table]:
    yield _by_corpus(plain)
    halves = [
        *trained(paths, learn=lambda path: half_of(path) == 0, ask=lambda path: half_of(path) == 1),
        *trained(paths, learn=lambda path: half_of(path) == 1, ask=lambda path: half_of(path) == 0),
    ]
    old = list(trained(paths, learn=is_old, ask=lambda path: not is_old(path)))
    yield _beside_others(plain, halves, old)


def _by_corpus(judged: list[Judged]) -> Table:
    names = sorted({one.corpus for one in judged})
    rows = [[name, str(rates([one for one in judged if one.corpus == name]))] for name in names]
    return Table(title="Untrained, by collection", columns=["collection", "recall / false positives"], rows=rows)


def _beside_others(plain: list[Judged], halves: list[Judged], old: list[Judged]) -> Table:
    judging = f"{1000 * percentile([one.judge_s for one in plain], 50):.1f} ms"
    rows = [["untrained", *_groups(plain), judging], ["each half, trained on the other", *_groups(halves), ""]]
    rows.append(["modern mail, trained on old only", *_groups(old), ""])
    rows += [list(row) for row in OTHERS]
    columns = ["recall / false positives", "all", "old", "modern", MEASURED_ONLY, "time (median)"]
    return Table(title="The spam filter beside others", columns=columns, rows=rows)


def _groups(judged: list[Judged]) -> list[str]:
    old = [one for one in judged if is_old(Path(one.path))]
    modern = [one for one in judged if not is_old(Path(one.path))]
    measured = [one for one in judged if one.corpus == MEASURED_ONLY]
    return [str(rates(group)) if group else "–" for group in (judged, old, modern, measured)]


def _times(judged: list[Judged], *, promised: bool) -> Table:
    """The judgement beside the parse alone, of the same messages; `promised`: how quick it is to be on such ones."""
    parse, judge = [one.parse_s for one in judged], [one.judge_s for one in judged]
    both = [one.parse_s + one.judge_s for one in judged]
    rows = []
    for name, at in (("median", 50), ("p99", 99), ("max", 100)):
        parsing, judging, together = (percentile(seconds, at) for seconds in (parse, judge, both))
        rows.append([name, _ms(parsing), _ms(judging), _ms(together), ratio(judging, parsing)])
    median = within(percentile(judge, 50), MEDIAN_S, f"judge, median at most {_ms(MEDIAN_S)}")
    p99 = within(percentile(judge, 99), P99_S, f"p99 at most {_ms(P99_S)}")
    return Table(
        title=f"Time a message, {len(judged)} messages in one warm process (CPU)",
        columns=["", "parse alone", "judge", "both", "judge : parse"],
        rows=rows,
        note=f"{median}; {p99}" if promised else "",
    )


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.2f} ms"


def _write(path: Path, judged: list[Judged]) -> None:
    lines = (
        json.dumps(
            {
                "path": one.path,
                "score": one.score,
                "spam": one.called_spam,
                "parse_ms": 1000 * one.parse_s,
                "judge_ms": 1000 * one.judge_s,
            }
        )
        for one in judged
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
