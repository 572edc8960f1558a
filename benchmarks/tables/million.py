"""A simulation: where the limits of one database fall as a fleet grows to a million mailboxes.

Figures that the other tables measure go in as options: pairs=9000 (mailboxes with a stream in one process),
cpu=6 (ms of a processor a mail), hold=3.6 (ms that a commit keeps the log's lock), each=0.2 (ms more for each event
of the group), read=0.1 (ms to read an event that is for nobody here), mails=50 (a mailbox a day), peak=4 (times that).
"""

import heapq
import math
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from benchmarks.report import Options, Table, ms, percentile

DAY_S = 86400.0
FLEETS = (1_000, 10_000, 100_000, 1_000_000)
SECONDS = 20.0
COMFORTABLE = 0.6  # of a processor: beyond, mail waits for mail
ENOUGH_S = 0.05  # that an event may wait for its commit, 99 times of 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """What writing to one log costs, in seconds: a commit, and each event of its group."""

    hold_s: float
    each_s: float


def waits(log: Log, rate: float, processes: int, random: Random, seconds: float = SECONDS) -> list[float]:
    """Seconds from an event's hand-over until it is committed, where `rate` events a second come by chance to
    processes that each have one writer, and take turns.

    A writer that gets its turn takes all that waits for it by then. Whoever asked first has the next turn.
    """
    pending: list[list[float]] = [[] for _ in range(processes)]
    asking: list[tuple[float, int]] = []  # when, and which process
    found: list[float] = []
    now, free_at = 0.0, 0.0
    while now < seconds:
        now += random.expovariate(rate)
        while asking and max(free_at, asking[0][0]) < now:
            asked, process = heapq.heappop(asking)
            begins = max(free_at, asked)
            free_at = begins + log.hold_s + log.each_s * len(pending[process])
            found += [free_at - came for came in pending[process]]
            pending[process] = []
        process = random.randrange(processes)
        if not pending[process]:
            heapq.heappush(asking, (now, process))
        pending[process].append(now)
        if len(found) < rate * now / 2 - 5000:  # it only gets worse
            return [math.inf]
    return found or [log.hold_s]


def logs_needed(log: Log, rate: float, processes: int) -> int:
    """Into how many logs, with a part of the processes each, a fleet must be split to be quick enough."""
    parts = 1
    while percentile(waits(log, rate / parts, max(1, processes // parts), Random(1)), 99) > ENOUGH_S:
        parts *= 2
    return parts


def measure(options: Options) -> Iterator[Table]:
    log = Log(hold_s=options.number("hold", 3.6) / 1000, each_s=options.number("each", 0.2) / 1000)
    pairs, cpu_s = options.whole("pairs", 9000), options.number("cpu", 6) / 1000
    read_s = options.number("read", 0.1) / 1000
    a_day, peak = options.number("mails", 50), options.number("peak", 4)
    rows = []
    for mailboxes in FLEETS:
        rate = mailboxes * a_day * peak / DAY_S
        by_number, by_work = math.ceil(mailboxes / pairs), math.ceil(rate * cpu_s / COMFORTABLE)
        processes = max(by_number, by_work)
        one_log = waits(log, rate, processes, Random(1))
        parts = logs_needed(log, rate, processes)
        rows.append(
            [
                f"{mailboxes:,}",
                f"{rate:.0f}",
                f"{processes} ({by_number} for the connections, {by_work} for the work)",
                _words(percentile(one_log, 50)),
                _words(percentile(one_log, 99)),
                f"{100 * rate * read_s:.0f} %",
                str(parts),
            ]
        )
    yield Table(
        title=f"{a_day:g} mails a mailbox a day, {peak:g} times as many at the peak (a simulation)",
        columns=(
            "mailboxes",
            "mails a second",
            "processes",
            "wait for the commit, p50",
            "p99",
            "of each processor: reading the log",
            "logs needed",
        ),
        rows=rows,
        note=f"One log: a commit holds its lock {ms(log.hold_s)}, and {ms(log.each_s)} for each event of its group. "
        f"Logs needed: so that 99 of 100 events wait at most {ms(ENOUGH_S)}.",
    )


def _words(seconds: float) -> str:
    return "without end" if math.isinf(seconds) else ms(seconds)
