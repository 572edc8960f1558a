"""What Prometheus reads, and what the log lines say."""

import json
import logging
import re

from prometheus_client.parser import text_string_to_metric_families

from mailevents import metrics
from mailevents.logs import JsonFormatter, PlainFormatter, about
from spamfilter.judge import failures
from tests.delivery.scene import Scene, mail
from tests.servers.live import ROOT
from tests.servers.waiting import wait_for


def figures(product) -> dict[tuple[str, str], float]:
    status, headers, body = product.get("/metrics")
    assert (status, headers["Content-Type"].split(";")[0]) == (200, "text/plain")
    families = text_string_to_metric_families(body.decode())
    return {(s.name, "".join(s.labels.values())): s.value for family in families for s in family.samples}


def _named() -> set[str]:
    """Every figure that the board, the alerts and the documentation name."""
    pages = [ROOT / "deploy" / "grafana.json", ROOT / "deploy" / "alerts.yaml", ROOT / "docs" / "operations.md"]
    assert all(panel["targets"] for panel in json.loads(pages[0].read_text())["panels"])
    named = {name for page in pages for name in re.findall(r"\bagenticmail_[a-z_]+", page.read_text())}
    assert len(named) > 12
    return {re.sub("_(bucket|count|sum)$", "", name) for name in named}


def _exposed(product) -> set[str]:
    return set(re.findall(r"(?m)^# HELP (agenticmail_\S+)", product.get("/metrics")[2].decode()))


def test_a_message_is_counted_on_its_whole_way(product, dovecot):
    running = product()
    scene = Scene(running, dovecot, {"actions": [{"action": "mark_read"}]})
    running.start()
    with scene.ready() as stream:
        scene.deliver(mail(1))
        (event,) = scene.new(stream)
        wait_for(lambda: figures(running)["agenticmail_streams", ""] == 1, "the stream to be counted")
        seen = figures(running)
    assert seen["agenticmail_messages_total", event["spam"]["verdict"]] == 1
    assert seen["agenticmail_rule_matches_total", ""] == 1
    assert seen["agenticmail_rule_actions_total", "mark_readdone"] == 1
    assert seen["agenticmail_stream_events_total", ""] == 1
    assert seen["agenticmail_mailboxes", "idle"] == 1
    assert seen["agenticmail_wake_to_event_seconds_count", ""] == 1
    assert seen["agenticmail_event_to_stream_seconds_count", ""] == 1
    assert seen["agenticmail_journal_backlog", ""] == 0
    assert _named() <= _exposed(running), "named in deploy/ or in docs/operations.md, and not in /metrics"
    assert running.get("/events")[0] == 401
    assert figures(running)["agenticmail_requests_refused_total", "401"] == 1
    (line,) = [json.loads(line) for line in running.logged().splitlines() if '"delivered as' in line]
    assert (line["agent"], line["uid"], line["event"], line["level"]) == (scene.login.user, 1, event["id"], "info")


def test_a_check_of_the_spam_filter_that_raises_is_counted():
    failures["A_CHECK"] += 2
    try:
        assert b'agenticmail_spam_check_failures_total{check="A_CHECK"} 2.0' in metrics.page({})
    finally:
        del failures["A_CHECK"]


def test_a_log_line_is_one_object_with_what_it_is_about_and_its_traceback():
    try:
        raise ValueError("a\nb")
    except ValueError as error:
        record = logging.LogRecord("mailevents.x", logging.ERROR, "x.py", 1, "broke: %s", ("yes\nno",), None)
        record.exc_info = (ValueError, error, error.__traceback__)
    vars(record).update(about(agent="billing", uid=7))
    text = JsonFormatter().format(record)
    assert "\n" not in text
    line = json.loads(text)
    assert (line["message"], line["agent"], line["uid"], line["level"]) == ("broke: yes\nno", "billing", 7, "error")
    assert "ValueError" in line["traceback"]


def test_a_log_line_for_people_says_what_it_is_about_too():
    record = logging.LogRecord("mailevents.x", logging.WARNING, "x.py", 1, "broke", (), None)
    vars(record).update(about(agent="billing", uid=7))
    assert PlainFormatter().format(record).endswith("WARNING mailevents.x: broke (agent billing, uid 7)")
