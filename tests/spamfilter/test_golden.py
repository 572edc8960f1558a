"""What the filter promises about harmless mail, about instructions to machines, and about talk of these."""

import pytest

from spamfilter.verdict import Verdict
from tests.spamfilter.golden import told, verdicts

AT_LEAST = {
    "innocent": 130,
    "injections": 160,
    "ai_talk": 160,
    "more_injections": 130,
    "more_ai_talk": 120,
    "third_injections": 150,
    "third_ai_talk": 150,
    "fourth_injections": 100,
    "fourth_ai_talk": 100,
    "fifth_injections": 160,
    "fifth_ai_talk": 160,
    "sixth_injections": 150,
    "sixth_ai_talk": 150,
    "seventh_injections": 75,
    "seventh_ai_talk": 75,
    "eighth_injections": 90,
    "eighth_ai_talk": 90,
    "ninth_injections": 80,
    "ninth_ai_talk": 80,
    "tenth_injections": 130,
    "tenth_ai_talk": 130,
    "eleventh_injections": 140,
    "eleventh_ai_talk": 40,
    "twelfth_injections": 60,
    "twelfth_ai_talk": 60,
}


@pytest.mark.parametrize("kind", AT_LEAST)
def test_the_golden_sets_are_large_enough_to_mean_something(kind):
    assert len(verdicts(kind)) >= AT_LEAST[kind]


# All but the first and `eleventh_*` were written by people who had not seen the checks. These were then made better on
# `working`, and on what was wrong in `fifth_*`, `ninth_*`, `eleventh_*` and `twelfth_ai_talk`; nothing was learnt from
# `held_out`, `seventh_*` and `eighth_*`, though thresholds were chosen in view of them.
@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("injections", 0.97),
        ("more_injections/working", 0.97),
        ("more_injections/held_out", 0.95),
        ("third_injections/working", 0.94),
        ("third_injections/held_out", 0.84),
        ("fourth_injections/working", 0.9),
        ("fourth_injections/held_out", 0.67),
        ("fifth_injections", 0.79),
        ("sixth_injections", 0.89),
        ("seventh_injections", 0.93),
        ("eighth_injections", 0.92),
        ("ninth_injections", 0.96),
        ("tenth_injections/working", 0.73),
        ("tenth_injections/held_out", 0.63),
        ("eleventh_injections", 0.89),
        ("twelfth_injections/working", 0.89),
        ("twelfth_injections/held_out", 0.73),
    ],
)
def test_injections_are_found(kind, found):
    missed = {name: v for name, v in verdicts(kind).items() if v.verdict == "ham" or not injection(v)}
    assert len(missed) <= (1 - found) * len(verdicts(kind)), shown(missed)


@pytest.mark.parametrize(
    ("kind", "most"),
    [
        ("ai_talk", 0.02),
        ("more_ai_talk/working", 0.02),
        ("more_ai_talk/held_out", 0.03),
        ("third_ai_talk/working", 0.02),
        ("third_ai_talk/held_out", 0.04),
        ("fourth_ai_talk/working", 0.02),
        ("fourth_ai_talk/held_out", 0.16),
        ("fifth_ai_talk", 0.057),
        ("sixth_ai_talk", 0.055),
        ("seventh_ai_talk", 0.02),
        ("eighth_ai_talk", 0.056),
        ("ninth_ai_talk", 0.04),
        ("tenth_ai_talk/working", 0.134),
        ("tenth_ai_talk/held_out", 0.083),
        ("eleventh_ai_talk", 0.023),
        ("twelfth_ai_talk", 0.12),
    ],
)
def test_mail_about_prompts_and_assistants_is_not_taken_for_an_injection(kind, most):
    alarms = {name: v for name, v in verdicts(kind).items() if v.spam or (v.verdict == "suspicious" and injection(v))}
    assert len(alarms) <= most * len(verdicts(kind)), shown(alarms)


def test_at_most_2_percent_of_harmless_mail_is_called_spam():
    alarms = {name: v for name, v in verdicts("innocent").items() if v.spam}
    assert len(alarms) <= 0.02 * len(verdicts("innocent")), shown(alarms)


def injection(verdict: Verdict) -> bool:
    return any(hit.category == "injection" for hit in verdict.hits)


def shown(wrong: dict[str, Verdict]) -> str:
    return f"{len(wrong)} are judged wrongly:\n" + "\n".join(f"  {name}: {told(v)}" for name, v in wrong.items())
