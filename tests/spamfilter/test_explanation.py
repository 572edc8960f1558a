"""Why a verdict is what it is, and what would change it."""

from dataclasses import replace

import pytest

from spamfilter.explanation import explain
from spamfilter.policy import Known, Listed, Policy
from tests.spamfilter.mails import mail

HEAVY = Known(name="wave", how="exact", score=8.0)
LIGHT = Known(name="link", how="url", score=1.0)


def test_every_hit_has_a_share_measured_by_the_heaviest():
    explained = explain(mail(), Policy(known=(HEAVY, LIGHT)))
    shares = {share.hit.score: share.percent for share in explained.shares}
    assert (shares[8.0], shares[1.0]) == (100, 12)
    assert len(explained.shares) == len(explained.verdict.hits)


def test_the_hits_without_which_it_would_be_milder_are_the_fewest():
    explained = explain(mail(), Policy(known=(HEAVY, LIGHT)))
    assert explained.verdict.verdict == "spam"
    assert [hit.score for hit in explained.decisive] == [8.0]
    assert explained.milder == "ham"
    explained = explain(mail(), Policy(known=(HEAVY, replace(LIGHT, score=3.0))))
    assert [hit.score for hit in explained.decisive] == [8.0]
    assert explained.milder == "suspicious"
    assert explained.missing == 0


def test_ham_says_how_far_it_is_from_suspicious_and_what_would_block_it():
    explained = explain(mail(), Policy())
    assert explained.verdict.verdict == "ham"
    assert explained.decisive == ()
    assert explained.missing == pytest.approx(2.5 - explained.verdict.score)
    changes = {change.what: change for change in explained.changes}
    assert set(changes) == {
        "with bob@example.net on the block list",
        "with @example.net on the block list",
        "with 198.51.100.7 on the block list",
    }
    assert {change.verdict for change in changes.values()} == {"spam"}


def test_suspicious_says_how_far_it_is_from_spam():
    explained = explain(mail(), Policy(known=(replace(HEAVY, score=4.0),)))
    assert explained.verdict.verdict == "suspicious"
    assert explained.missing == pytest.approx(5.0 - explained.verdict.score)


def test_the_entry_that_applies_is_taken_away_to_see_what_would_be():
    blocked = Policy(listed=(Listed(kind="block", what="domain", value="@example.net"),))
    changes = {change.what: change for change in explain(mail(), blocked).changes}
    assert changes["without the block entry @example.net"].verdict == "ham"


def test_an_allow_entry_that_would_not_count_is_said_to_change_nothing():
    """Nothing shows that the sender is who he says he is."""
    policy = Policy(known=(HEAVY,), authserv_id="mx1.example.org")
    changes = {change.what: change for change in explain(mail(), policy).changes}
    assert changes["with bob@example.net on the allow list"].verdict == "spam"
    trusting = explain(mail(), replace(policy, authserv_id="")).changes
    assert {change.what: change.verdict for change in trusting}["with bob@example.net on the allow list"] == "ham"
