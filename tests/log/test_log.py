"""The log on both databases: one entry a message, ids and times that only grow, pages without gaps."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from mailevents.eventlog import log
from mailevents.eventlog.filters import Selection
from mailevents.models import Delivery, Mailbox, MailEvent
from tests.log.entries import append, new_agent, new_entry


def test_a_message_is_logged_once_however_often_it_is_appended(database: str) -> None:
    agent = new_agent()
    assert len(append(agent, 1, 2)) == 2
    assert len(append(agent, 1, 2, 3)) == 1
    assert [entry.json.partition("uid")[2] for entry in log.after(0, 10)] == ['":1}}', '":2}}', '":3}}']


def test_what_is_appended_is_told_as_it_will_be_read(database: str) -> None:
    agent = new_agent()
    with log.appended() as told:
        append(agent, 1, 2, sender="a" * 400, priority="high", verdict="ham")
        append(agent, 2, 3)  # which of them was there already is not known: neither is told
        append(agent, 4)
    append(agent, 5)  # nobody listens
    assert [entry.id for entry in told] == [
        one.id for one in log.after(0, 10) if one.json[-4:] in (":1}}", ":2}}", ":4}}")
    ]
    assert set(told) < set(log.after(0, 10))


def test_the_same_uid_after_a_renumbering_is_another_message(database: str) -> None:
    agent = new_agent()
    append(agent, 1)
    assert len(append(agent, 1, generation=1)) == 1


def test_the_database_itself_refuses_a_message_twice(database: str) -> None:
    agent = new_agent()
    append(agent, 1)
    row = MailEvent.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError):
        row.save(force_insert=True)


def test_times_never_go_back_even_if_the_clock_does(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    agent = new_agent()
    append(agent, 1, 2)
    earlier = timezone.now() - timedelta(hours=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: earlier)
    append(agent, 3, 4)
    times = [entry.occurred_at for entry in log.after(0, 10)]
    assert times == sorted(set(times))


def test_an_id_is_never_given_twice_even_if_the_newest_was_dropped(database: str) -> None:
    agent = new_agent()
    (first,) = append(agent, 1)
    MailEvent.objects.all().delete()
    assert append(agent, 2)[0] > first


def test_the_cursor_moves_with_its_events_and_never_back(database: str) -> None:
    agent = new_agent()
    journal = Delivery.objects.create(mailbox=agent.mailbox, generation=0, uid=5, event={}, steps=[])

    def deliver(uid: int, upto: int, generation: int = 0, close: int | None = None) -> int | None:
        entry = new_entry(agent, uid, generation=generation)
        log.append_for_mailbox([entry], mailbox_id=agent.mailbox.pk, generation=generation, last_uid=upto, close=close)
        return Mailbox.objects.values_list("last_uid", flat=True).get()

    assert deliver(1, 3) == 3
    assert deliver(2, 2) == 3
    assert deliver(9, 9, generation=7) == 3  # of a numbering that is gone
    assert deliver(5, 5, close=journal.pk) == 5
    assert not Delivery.objects.exists()


def test_the_event_has_its_id_type_and_time_before_everything_else(database: str) -> None:
    agent = new_agent()
    (id,) = append(agent, 1)
    entry = log.one(id, [agent.pk])
    assert entry is not None
    assert entry.json.startswith(f'{{"id":{id},"type":"new","occurred_at":"2')
    assert log.one(id, [agent.pk + 1]) is None
    assert log.one(2**63 - 1, [agent.pk]) is None


def test_pages_have_no_gaps_and_no_repeats(database: str) -> None:
    agent, other = new_agent("a"), new_agent("b")
    for uid in range(1, 31):
        append(agent if uid % 3 else other, uid)
    selection, found, after = Selection(agent_ids=frozenset({agent.pk})), [], 0
    while page := log.selected(selection, after, 7):
        found += page
        after = page[-1].id
    assert [entry.id for entry in found] == [e.id for e in log.after(0, 100) if e.agent_id == agent.pk]
    assert len(found) == 20


def test_a_glob_that_the_query_only_narrows_still_fills_its_page(database: str) -> None:
    agent = new_agent()
    for uid in range(1, 41):
        append(agent, uid, sender="axb@x" if uid % 8 else "ayb@x")
    from mailevents.eventlog.filters import sender

    selection = Selection(agent_ids=frozenset({agent.pk}), senders=(sender("a*y*b@x"),))
    assert [entry.sender for entry in log.selected(selection, 0, 4)] == ["ayb@x"] * 4


def test_a_time_is_a_place_in_the_log(database: str) -> None:
    agent = new_agent()
    append(agent, 1)
    append(agent, 2)
    first, second = log.after(0, 2)
    assert log.before(first.occurred_at) == first.id - 1
    assert log.before(second.occurred_at) == first.id
    assert log.before(second.occurred_at + log.TICK) == second.id == log.head().id
    assert log.next_time(first.id) == second.occurred_at
    assert log.next_time(second.id) is None


def test_where_the_log_ends_and_begins_when_all_was_pruned(database: str) -> None:
    assert (log.head().id, log.oldest(), log.pruned().id) == (0, None, 0)
    agent = new_agent()
    ids = append(agent, 1, 2, 3)
    assert log.prune(timezone.now() + timedelta(seconds=9)) == 3
    assert (log.head().id, log.oldest(), log.pruned().id) == (ids[-1], None, ids[-1])
