"""Claims on automatic mails: made before sending, so that nobody sends twice."""

from datetime import timedelta

import pytest

from mailevents.models import Agent
from rules.actions import AutoReply, Forward
from rules.history import Claim, claim_forward, claim_reply, prune, release
from rules.models import Rule, SentMail
from rules.replies import Suppressed
from rules.rows import write
from tests.rules.mails import NOW, rule

ANSWER = AutoReply(text="x", once_per="1d")


@pytest.fixture
def agent(db):
    return Agent.objects.create(name="billing")


@pytest.fixture
def rule_id(agent):
    return write(agent.pk, rule(name="answers")).pk


def claim(agent, rule_id, to="ann@example.com", now=NOW, action=ANSWER, an_hour=60):
    return claim_reply(action, agent_id=agent.pk, rule_id=rule_id, to=to, now=now, an_hour=an_hour)


def reason(answer) -> str | None:
    return answer.reason if isinstance(answer, Suppressed) else None


def test_one_sender_gets_one_answer_a_period(agent, rule_id):
    assert isinstance(claim(agent, rule_id), Claim)
    assert reason(claim(agent, rule_id)) == "once_per_period"
    assert reason(claim(agent, rule_id, to="ANN@Example.com", now=NOW + timedelta(hours=23))) == "once_per_period"
    assert isinstance(claim(agent, rule_id, now=NOW + timedelta(days=1)), Claim)
    assert reason(claim(agent, rule_id, now=NOW + timedelta(days=1, hours=1))) == "once_per_period"


def test_other_senders_rules_and_agents_are_not_in_the_way(agent, rule_id):
    other_rule = write(agent.pk, rule(name="answers too")).pk
    other_agent = Agent.objects.create(name="other")
    claim(agent, rule_id)
    assert isinstance(claim(agent, rule_id, to="bob@example.com"), Claim)
    assert isinstance(claim(agent, other_rule), Claim)
    assert isinstance(claim(other_agent, rule_id), Claim)


def test_a_mailbox_has_a_cap_an_hour(agent, rule_id):
    for number in range(3):
        assert isinstance(claim(agent, rule_id, to=f"a{number}@example.com", an_hour=3), Claim)
    assert reason(claim(agent, rule_id, to="late@example.com", an_hour=3)) == "hourly_cap"
    assert isinstance(claim(agent, rule_id, to="late@example.com", an_hour=3, now=NOW + timedelta(hours=1)), Claim)


def test_forwards_are_counted_apart(agent, rule_id):
    on = Forward(to="archive@other.example")

    def forwards():
        return claim_forward(on, agent_id=agent.pk, rule_id=rule_id, now=NOW, an_hour=2)

    assert isinstance(claim(agent, rule_id), Claim)
    assert isinstance(forwards(), Claim)
    assert isinstance(forwards(), Claim)
    assert reason(forwards()) == "hourly_cap"
    assert reason(claim(agent, rule_id, to="bob@example.com")) is None


def test_a_mail_that_did_not_go_out_gives_its_claim_back(agent, rule_id):
    first = claim(agent, rule_id)
    assert isinstance(first, Claim)
    release(first)
    assert isinstance(claim(agent, rule_id), Claim)


def test_a_rule_deleted_meanwhile_is_no_obstacle(agent):
    assert isinstance(claim(agent, 4711), Claim)


def test_the_history_of_a_deleted_rule_still_counts_for_the_cap(agent, rule_id):
    claim(agent, rule_id)
    Rule.objects.get(pk=rule_id).delete()
    assert SentMail.objects.get().rule_id is None
    assert reason(claim(agent, 4711, to="bob@example.com", an_hour=1)) == "hourly_cap"


def test_pruning_keeps_what_a_limit_still_needs(agent, rule_id):
    claim(agent, rule_id)
    claim(agent, rule_id, to="b@example.com", action=AutoReply(text="x", once_per="1m"))
    assert prune(NOW + timedelta(minutes=59)) == 0
    assert prune(NOW + timedelta(hours=2)) == 1
    assert SentMail.objects.get().address == "ann@example.com"
    assert prune(NOW + timedelta(days=2)) == 1
