"""A watcher over 1,000 sub agents at 200 events a second: log to socket; 100 watchers beside one; a client that stalls.

Options: agents=1000 rate=200 seconds=15 watchers=100 stall=60
"""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from benchmarks.report import Options, Table, ms, percentile, progress, ratio, within
from tests.fleet.enrolling import enrol_without_mailboxes
from tests.servers.loghost import LogHost
from tests.servers.sse import Event, Stream, follow

MEGABYTE = 1 << 20


def measure(options: Options) -> Iterator[Table]:
    agents, rate = options.whole("agents", 1000), options.number("rate", 200)
    seconds, watchers = options.number("seconds", 15), options.whole("watchers", 100)
    host = LogHost(environment={"AGENTICMAIL_MAX_STREAMS_PER_AGENT": "1000"})
    try:
        host.migrate()
        token = enrol_without_mailboxes(host, "main", agents)
        host.start()
        yield _crowds(host, token, agents, rate, seconds, watchers)
        yield _stalled(host, token, rate, options.number("stall", 60))
    finally:
        host.close()


@dataclass(slots=True)
class _Crowd:
    """Watchers, and what they heard."""

    queries: list[str]
    late: list[float] = field(default_factory=list)
    ids: list[list[int]] = field(default_factory=list)

    async def watch(self, host: LogHost, token: str, rate: float, seconds: float) -> tuple[float, int]:
        """CPU seconds of the server while events are written, and how many there were."""
        ready = asyncio.Semaphore(0)
        self.ids = [[] for _ in self.queries]
        tasks = [
            asyncio.create_task(self._one(f"{host.url}/watch?{query}", token, ids, ready))
            for query, ids in zip(self.queries, self.ids, strict=True)
        ]
        for _ in tasks:
            await ready.acquire()
        before = host.cpu_seconds()
        written = await asyncio.to_thread(host.write, rate=rate, seconds=seconds)
        await asyncio.sleep(1)
        used = host.cpu_seconds() - before
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return used, len(written)

    async def _one(self, url: str, token: str, ids: list[int], ready: asyncio.Semaphore) -> None:
        def heard(event: Event) -> None:
            if event.type == "ready":
                ready.release()
            elif event.type == "new":
                ids.append(int(event.id))
                self.late.append(event.at - event.data["written"])

        await follow(url, token, heard, lambda: None)


def _crowds(host: LogHost, token: str, agents: int, rate: float, seconds: float, watchers: int) -> Table:
    crowds = {
        "nobody (its events are of no stream)": [urlencode({"sender": "nobody@nowhere.example"})],
        "1 watcher, everything": [""],
        f"{watchers} watchers, a filter each, 1 % of the events each": [
            urlencode({"sender": f"@host{number}.example"}) for number in range(watchers)
        ],
        f"{watchers} watchers, a glob and a priority each": [
            urlencode({"sender": f"*@host*{number % 10}.example", "priority": ("high", "normal", "low")[number % 3]})
            for number in range(watchers)
        ],
    }
    rows, alone = [], 0.0
    for name, queries in crowds.items():
        progress(name)
        crowd = _Crowd(queries)
        used, written = asyncio.run(crowd.watch(host, token, rate, seconds))
        alone = used if name.startswith("1 ") else alone
        rows.append(
            [
                name,
                f"{written} → {sum(map(len, crowd.ids))}",
                "yes" if all(ids == sorted(set(ids)) for ids in crowd.ids) else "NO",
                ms(percentile(crowd.late, 50)) if crowd.late else "–",
                within(percentile(crowd.late, 99), 0.05, ms(percentile(crowd.late, 99))) if crowd.late else "–",
                f"{used / seconds * 100:.0f} %",
                ratio(used, alone) if alone else "–",
            ]
        )
    return Table(
        title=f"Watchers over {agents} sub agents, {rate:g} events a second for {seconds:g} s",
        columns=["who", "written → told", "in order, once", "p50", "p99", "CPU", "beside one"],
        rows=rows,
        note="Log to socket: from the hand-over to the log's writer until the client has parsed the event. "
        "CPU includes the writing.",
    )


def _stalled(host: LogHost, token: str, rate: float, stall: float) -> Table:
    progress(f"a client that reads nothing for {stall:g} s")
    with Stream(f"{host.url}/watch", token) as quick, Stream(f"{host.url}/watch", token) as slow:
        quick.wait("ready")
        slow.wait("ready")
        host.write(rate=rate, seconds=2)
        quick.wait("new", int(rate * 2), within=30)
        before = host.resident_bytes()
        slow.stop_reading()
        started = time.monotonic()
        ids = host.write(rate=rate, seconds=stall)
        quick.wait("new", len(ids), within=30)
        grown = host.resident_bytes() - before
        size = sum(len(event.text) for event in quick.of("new")[-len(ids) :])
        late = [event.at - event.data["written"] for event in quick.of("new") if event.at > started]
        slow.go_on_reading()
        heard, returned = _rest(slow, host, token, len(quick.of("new")))
        same = heard == [event.id for event in quick.of("new")]
    got = f"{'yes' if same else 'NO'}, {'coming back: it had been cut' if returned else 'on the same connection'}"
    row = [f"{size / MEGABYTE:.1f} MB", f"{grown / MEGABYTE:.1f} MB", ms(percentile(late, 99)), got]
    return Table(
        title=f"A client that reads nothing for {stall:g} s, at {rate:g} events a second",
        columns=["written meanwhile", "memory grew by", "another client's p99 meanwhile", "then got everything"],
        rows=[row],
    )


def _rest(slow: Stream, host: LogHost, token: str, count: int) -> tuple[list[str], bool]:
    """Ids of all that the client that stalled hears in the end, and whether it had to come back for it."""
    slow.wait_until(lambda: slow.ended.is_set() or len(slow.of("new")) >= count, "the rest", 60)
    heard = [event.id for event in slow.of("new")]
    if len(heard) >= count:
        return heard, False
    with Stream(f"{host.url}/watch", token, last_event_id=heard[-1]) as again:
        again.wait("new", count - len(heard), within=60)
        return heard + [event.id for event in again.of("new")], True
