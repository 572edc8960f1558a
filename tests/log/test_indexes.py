"""A log of some size, on PostgreSQL: each way it is read or cut goes by an index, and touches few of its rows."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mailevents.eventlog import log
from mailevents.eventlog.filters import Selection, sender
from mailevents.models import Agent, MailEvent
from tests.log.entries import new_agent
from tests.servers.database import connected_to

AGENTS, ROWS, PAGE = 1000, 100_000, 50
ROWS_A_READ = 20 * PAGE  # what is looked at for a page, at most; a way without an index looks at all

FILL = """
INSERT INTO mailevents_mailevent (type, agent_id, mailbox_id, occurred_at, data, sender, subject, priority, verdict,
    message_id, received_at, generation, arrival_uid)
SELECT CASE WHEN n %% 20 = 0 THEN 'flags' ELSE 'new' END, (ids.agents)[1 + n %% %(agents)s],
    (ids.boxes)[1 + n %% %(agents)s], now() - interval '30 days' + n * interval '26 seconds',
    '{"message":{"flags":[],"labels":[],"folder":"INBOX","uid":1}}', 'ann@host' || n %% 100 || '.example', 'subject',
    CASE WHEN n %% 50 = 0 THEN 'high' ELSE 'normal' END, CASE WHEN n %% 10 = 0 THEN 'spam' ELSE 'ham' END,
    '<' || n || '@host.example>', now(), 0, n / %(agents)s
FROM generate_series(1, %(rows)s) AS n, (SELECT array_agg(a.id) AS agents, array_agg(m.id) AS boxes
    FROM mailevents_agent a JOIN mailevents_mailbox m ON m.agent_id = a.id) AS ids
"""


@pytest.fixture(scope="module")
def full(new_database: Callable[[str], str], django_db_blocker: Any) -> Iterator[list[Agent]]:
    """The agents whose log it is."""
    with django_db_blocker.unblock(), connected_to(new_database("postgresql")):
        first = new_agent("agent0")
        agents = Agent.objects.bulk_create([Agent(name=f"agent{n}") for n in range(1, AGENTS)])
        columns = "host, port, security, user, watch, folder, state, detail, changed_at, generation"
        with connection.cursor() as cursor:
            row = connection.ops.quote_name("user")
            named = columns.replace("user", row) + ", password_encrypted, smtp_url_encrypted, authserv_id"
            cursor.execute(
                f"INSERT INTO mailevents_mailbox (agent_id, {named}) SELECT a.id, 'h', 1, 'plain', a.name, 'streams', "
                "'INBOX', '', '', now(), 0, '', '', '' FROM mailevents_agent a WHERE a.id <> %s",
                [first.pk],
            )
            cursor.execute(FILL, {"agents": AGENTS, "rows": ROWS})
            cursor.execute("VACUUM ANALYZE mailevents_mailevent")
        yield [first, *agents]


def looked_at(read: Callable[[], object]) -> int:
    """Rows of the log that the database looks at for `read`: those it takes, and those it throws away."""
    with CaptureQueriesContext(connection) as queries:
        read()
    statements = [query["sql"] for query in queries if MailEvent._meta.db_table in query["sql"]]
    assert statements
    return sum(_rows(statement) for statement in statements)


def _rows(statement: str) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}")
        (plan,) = cursor.fetchone()
        transaction.set_rollback(True)
    found = json.loads(plan) if isinstance(plan, str) else plan
    return sum(_of_node(found[0]["Plan"]))


def _of_node(node: dict[str, Any]) -> Iterator[int]:
    if node.get("Relation Name") == MailEvent._meta.db_table and node["Node Type"] != "ModifyTable":
        removed = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
        yield int((node["Actual Rows"] + removed) * node["Actual Loops"])
    for below in node.get("Plans", ()):
        yield from _of_node(below)


def everyone(agents: list[Agent]) -> frozenset[int]:
    return frozenset(agent.pk for agent in agents)


WAYS: dict[str, Callable[[list[Agent], int], object]] = {
    "what is new": lambda agents, end: log.after(end - 10, 200),
    "the end": lambda agents, end: log.head(),
    "the beginning": lambda agents, end: log.oldest(),
    "since a time": lambda agents, end: log.before(timezone.now() - timedelta(days=3)),
    "when the next happened": lambda agents, end: log.next_time(end // 2),
    "one agent, from the first": lambda agents, end: page(Selection(agent_ids=frozenset({agents[7].pk})), 0),
    "one agent, the last few": lambda agents, end: page(Selection(agent_ids=frozenset({agents[7].pk})), end - 2000),
    "an agent without events": lambda agents, end: page(Selection(agent_ids=frozenset({10**9})), 0),
    "a thousand agents": lambda agents, end: page(Selection(agent_ids=everyone(agents)), 0),
    "a thousand agents, by type": lambda agents, end: page(
        Selection(agent_ids=everyone(agents), types=frozenset({"flags"})), 0
    ),
    "one agent, by sender": lambda agents, end: page(
        Selection(agent_ids=frozenset({agents[7].pk}), senders=(sender("@host7.example"),)), 0
    ),
    "a thousand agents, by priority": lambda agents, end: page(
        Selection(agent_ids=everyone(agents), priorities=frozenset({"high"})), end // 2
    ),
    "one entry": lambda agents, end: log.one(end, [agents[0].pk]),
    "whether a message is known": lambda agents, end: log.has_new(agents[3].mailbox.pk, 0, 5),
    "what is known of messages": lambda agents, end: log.known(agents[3].mailbox.pk, 0, range(1, 50)),
    "a message by its Message-ID": lambda agents, end: list(
        MailEvent.objects.filter(mailbox=agents[3].mailbox, type="new", message_id="<3@host.example>")
    ),
}


def page(selection: Selection, after: int) -> None:
    log.selected(selection, after, PAGE)


@pytest.mark.parametrize("way", WAYS)
def test_no_way_to_read_the_log_reads_all_of_it(full: list[Agent], way: str) -> None:
    end = log.head().id
    assert looked_at(lambda: WAYS[way](full, end)) <= ROWS_A_READ * (4 if "by priority" in way else 1)


def test_a_way_without_an_index_is_seen(full: list[Agent]) -> None:
    """The test above can fail: this is what it looks for."""
    assert looked_at(lambda: list(MailEvent.objects.filter(subject="no such")[:1])) > ROWS_A_READ


def test_what_is_past_retention_is_dropped_in_batches_that_touch_no_other_rows(full: list[Agent]) -> None:
    batch = 500
    with transaction.atomic():
        assert looked_at(lambda: log.prune(timezone.now() - timedelta(days=20), batch)) <= 4 * batch
        transaction.set_rollback(True)
