"""What one step costs as the rest grows, in this process, on a database of its own: `python -m benchmarks.growth`.

A process of its own because Django knows one database. Prints, as JSON, microseconds of a processor by kind and size.
"""

import json
import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import django

REPEATS, BATCH = 7, 20
HEAD = b"From: Ann <ann@shop7.example>\r\nTo: billing@fleet.example\r\nSubject: Order 7\r\nMessage-ID: <7@a>\r\n"
RAW = HEAD + b"\r\n" + b"The two lamps of order 1234 have arrived: https://shop7.example/o/7\r\n" * 20


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agenticmail.settings")
    django.setup()
    sizes = json.loads(os.environ["SIZES"])
    found = {name: {str(size): cost for size, cost in kind(sizes)} for name, kind in KINDS.items()}
    print(json.dumps(found))


def _us(step: Callable[[], object]) -> float:
    """The least of some: what the step itself costs."""
    times = []
    for _ in range(REPEATS):
        before = time.thread_time()
        for _ in range(BATCH):
            step()
        times.append((time.thread_time() - before) / BATCH)
    return 1e6 * min(times)


def _rules(sizes: list[int]) -> Iterator[tuple[int, float]]:
    from agenticmail.message import parse_message
    from benchmarks.tables.rules import VERDICT, _mixed, _stored
    from rules.decide import decide
    from rules.ruleset import compile_ruleset

    message = parse_message(RAW, received_at=datetime.now(UTC))
    for size in sizes:
        ruleset = compile_ruleset(_stored(n, _mixed(n, "lamp")) for n in range(size))
        yield size, _us(lambda ruleset=ruleset: decide(message, VERDICT, ruleset))  # type: ignore[misc]


def _list_entries(sizes: list[int]) -> Iterator[tuple[int, float]]:
    from agenticmail.message import parse_message
    from spamfilter.importing import import_lines
    from spamfilter.lookup import policy_for

    message, there = parse_message(RAW, received_at=datetime.now(UTC)), 0
    for size in sizes:
        import_lines((f"@shop{n}.example" for n in range(there, size)), kind="block", source="bench")
        there = size
        yield size, _us(lambda: policy_for(message, agent_id=0, threshold=None))


def _watchers(sizes: list[int]) -> Iterator[tuple[int, float]]:
    """An event that one of so many watchers, each with a filter of its own, selects."""
    from mailevents.eventlog.entry import Entry
    from mailevents.eventlog.filters import Selection, sender
    from mailevents.streams.tail import Subscription, Tail

    entry = Entry(id=1, type="new", agent_id=1, occurred_at=datetime.now(UTC), json="{}", sender="ann@shop7.example")
    for size in sizes:
        tail = Tail()
        for number in range(size):
            selection = Selection(agent_ids=frozenset({1, 2, 3}), senders=(sender(f"@shop{number}.example"),))
            tail._index(Subscription(selection, lambda: None))

        def step(tail: Tail = tail) -> None:
            tail._offer([entry])

        yield size, _us(step)


def _streams(sizes: list[int]) -> Iterator[tuple[int, float]]:
    """An event that one of so many streams, each of its own agent, selects."""
    from mailevents.eventlog.entry import Entry
    from mailevents.eventlog.filters import Selection
    from mailevents.streams.tail import Subscription, Tail

    entry = Entry(id=1, type="new", agent_id=1, occurred_at=datetime.now(UTC), json="{}")
    for size in sizes:
        tail = Tail()
        for number in range(size):
            tail._index(Subscription(Selection(agent_ids=frozenset({number})), lambda: None))

        def step(tail: Tail = tail) -> None:
            tail._offer([entry])

        yield size, _us(step)


def _mailboxes(sizes: list[int]) -> Iterator[tuple[int, float]]:
    """To say that a process lives which holds so many."""
    from mailevents.models import Agent, Mailbox
    from mailevents.watching import lease

    there = 0
    for size in sizes:
        agents = Agent.objects.bulk_create([Agent(name=f"agent{n}") for n in range(there, size)])
        Mailbox.objects.bulk_create([Mailbox(agent=agent, host="h", user=agent.name) for agent in agents])
        lease.claim(Mailbox.objects.values_list("pk", flat=True))
        there = size
        yield size, _us(lease.renew)


def _log(step: Callable[[int], object]) -> Callable[[list[int]], Iterator[tuple[int, float]]]:
    def measured(sizes: list[int]) -> Iterator[tuple[int, float]]:
        from mailevents.eventlog import log
        from mailevents.eventlog.entry import NewEntry
        from mailevents.models import Mailbox, MailEvent

        boxes = list(Mailbox.objects.values_list("pk", "agent_id")[:100])
        MailEvent.objects.all().delete()
        there = 0
        for size in (10 * size for size in sizes):
            entries = [
                NewEntry(type="flags", agent_id=agent, mailbox_id=box, data='{"message":{"uid":1}}')
                for box, agent in (boxes[n % len(boxes)] for n in range(there, size))
            ]
            log.append(entries)
            there = size
            yield size, _us(lambda: step(boxes[0][1]))

    return measured


def _page(agent_id: int) -> object:
    from mailevents.eventlog import log
    from mailevents.eventlog.filters import Selection

    return log.selected(Selection(agent_ids=frozenset({agent_id})), 0, 10)


def _append(agent_id: int) -> object:
    from mailevents.eventlog import log
    from mailevents.eventlog.entry import NewEntry
    from mailevents.models import Mailbox

    box = Mailbox.objects.values_list("pk", flat=True).get(agent_id=agent_id)
    return log.append([NewEntry(type="flags", agent_id=agent_id, mailbox_id=box, data="{}")])


KINDS = {
    "rules: deciding a message": _rules,
    "list entries: looking a message up": _list_entries,
    "streams: handing an event to its one": _streams,
    "watchers, a filter each: handing an event to its one": _watchers,
    "mailboxes: saying that their process lives": _mailboxes,
    "log (10 times as long): a page of 10 events of one agent": _log(_page),
    "log (10 times as long): appending an event": _log(_append),
}

if __name__ == "__main__":
    main()
