"""What the filter promises about harmless mail, about instructions to machines, and about talk of these."""

import pytest

from spamfilter.verdict import Verdict
from tests.spamfilter.golden import told, verdicts

AT_LEAST = {"innocent": 130, "injections": 160, "ai_talk": 160}


@pytest.mark.parametrize("kind", AT_LEAST)
def test_the_golden_sets_are_large_enough_to_mean_something(kind):
    assert len(verdicts(kind)) >= AT_LEAST[kind]


def test_at_least_95_percent_of_injections_are_found():
    missed = {name: v for name, v in verdicts("injections").items() if v.verdict == "ham" or not injection(v)}
    assert len(missed) <= 0.05 * len(verdicts("injections")), shown(missed)


def test_at_most_2_percent_of_mail_about_prompts_is_taken_for_an_injection():
    alarms = {
        name: v for name, v in verdicts("ai_talk").items() if v.spam or (v.verdict == "suspicious" and injection(v))
    }
    assert len(alarms) <= 0.02 * len(verdicts("ai_talk")), shown(alarms)


def test_at_most_2_percent_of_harmless_mail_is_called_spam():
    alarms = {name: v for name, v in verdicts("innocent").items() if v.spam}
    assert len(alarms) <= 0.02 * len(verdicts("innocent")), shown(alarms)


def injection(verdict: Verdict) -> bool:
    return any(hit.category == "injection" for hit in verdict.hits)


def shown(wrong: dict[str, Verdict]) -> str:
    return f"{len(wrong)} are judged wrongly:\n" + "\n".join(f"  {name}: {told(v)}" for name, v in wrong.items())
