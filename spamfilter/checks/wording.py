"""What the words are after: groups of phrases in many languages, by how many different ones are found."""

from collections.abc import Callable

from spamfilter.checks.registry import Answer, check
from spamfilter.evidence import Evidence
from spamfilter.lexicon.groups import LURES
from spamfilter.policy import Policy

# The share of a group's points by the number of its phrases: one may be chance, seven are not.
SHARES = (0.0, 0.2, 0.4, 0.6, 0.75, 0.85, 0.95, 1.0)
LONG_TEXT = 300  # words above which phrases are met by chance


def _share(group: str) -> Callable[[Evidence, Policy], Answer]:
    def speaks(evidence: Evidence, policy: Policy) -> float:
        if not evidence.lures[group]:
            return 0.0
        found: float = evidence.lures[group] / max(1.0, (evidence.word_count / LONG_TEXT) ** 0.5)
        whole = min(int(found), len(SHARES) - 1)
        above = SHARES[min(whole + 1, len(SHARES) - 1)]
        return SHARES[whole] + (above - SHARES[whole]) * (found - int(found))

    return speaks


def _in_subject(group: str) -> Callable[[Evidence, Policy], Answer]:
    def speaks(evidence: Evidence, policy: Policy) -> bool:
        return evidence.subject_lures[group] > 0

    return speaks


for _group in LURES:
    check(_group, needs="lures")(_share(_group))
    check(f"SUBJECT_{_group}", needs="subject_lures")(_in_subject(_group))
