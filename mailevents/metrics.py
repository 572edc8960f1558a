"""What is counted, for Prometheus. Every figure is this process's own; `log_*` and `mailboxes` are the database's.

Names and labels never hold anything of a message, a token or an address.
"""

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from spamfilter.judge import failures as check_failures

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)

registry = CollectorRegistry()

delivered = Counter("agenticmail_messages", "Messages brought into the log.", ["verdict"], registry=registry)
rule_hits = Counter("agenticmail_rule_matches", "Rules that matched a message.", registry=registry)
rule_errors = Counter("agenticmail_rule_errors", "Rules that could not be used.", registry=registry)
steps = Counter("agenticmail_rule_actions", "What rules asked for.", ["action", "status"], registry=registry)
failures = Counter("agenticmail_mailbox_failures", "Connections to mailboxes that failed.", ["kind"], registry=registry)
commits = Counter("agenticmail_log_commits", "Transactions of the log's writer.", registry=registry)
sent = Counter("agenticmail_stream_events", "Events sent on streams.", registry=registry)
replayed = Counter("agenticmail_stream_overflows", "Streams that fell behind, and read the log.", registry=registry)
refused = Counter("agenticmail_requests_refused", "Requests answered with a problem.", ["status"], registry=registry)
to_event = Histogram(
    "agenticmail_wake_to_event_seconds",
    "From the mail server's word to the event in the log.",
    buckets=SECONDS,
    registry=registry,
)
to_stream = Histogram(
    "agenticmail_event_to_stream_seconds",
    "From the event in the log to the process's streams.",
    buckets=SECONDS,
    registry=registry,
)


class _Checks:
    """What the spam filter counts by itself, for it knows nothing of Prometheus."""

    def collect(self) -> Iterable[Metric]:
        family = CounterMetricFamily(
            "agenticmail_spam_check_failures", "Checks of the spam filter that raised.", labels=["check"]
        )
        for symbol, count in list(check_failures.items()):
            family.add_metric([symbol], count)
        yield family


registry.register(_Checks())

Figures = dict[str, tuple[str, dict[str, float]]]  # name -> help, and figures by state ("": the only one)


class _Present:
    """How things are now."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    def collect(self) -> Iterable[Metric]:
        for name, (help_text, figures) in self._figures.items():
            labels = [] if set(figures) == {""} else ["state"]
            family = GaugeMetricFamily(f"agenticmail_{name}", help_text, labels=labels)
            for label, figure in figures.items():
                family.add_metric([label] if labels else [], figure)
            yield family


def page(gauges: Figures) -> bytes:
    """The text that Prometheus reads."""
    present = CollectorRegistry()
    present.register(_Present(gauges))
    return generate_latest(registry) + generate_latest(present)
