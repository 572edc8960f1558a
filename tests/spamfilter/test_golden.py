"""What the filter promises about harmless mail, about instructions to machines, and about talk of these."""

import pytest

from spamfilter.verdict import Verdict
from tests.spamfilter.golden import told, verdicts

ATLEAST = {"innocent": 130, "injections": 160, "ai_talk": 160}


@pytest.mark.parametrize("kind", ATLEAST)
def test_the_golden_sets_are_large_enough_to_mean_something(kind):
    assert len(verdicts(kind)) >= ATLEAST[kind]


def test_at_most_2_percent_of_harmless_mail_is_called_spam():
    alarms = {name: v for name, v in verdicts("innocent").items() if v.spam}
    assert len(alarms) <= 0.02 * len(verdicts("innocent")), shown(alarms)


def shown(wrong: dict[str, Verdict]) -> str:
    return f"{len(wrong)} are judged wrongly:\n" + "\n".join(f"  {name}: {told(v)}" for name, v in wrong.items())
