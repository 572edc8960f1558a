"""Rules through the administrator's pages."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.admin import site
from django.core.exceptions import ValidationError
from django.urls import reverse

from mailevents.models import Agent
from rules.actions import AutoReply, Flag, Forward, Label, Move
from rules.lookup import ruleset_for
from rules.models import Rule, RuleAction, SentMail
from rules.rows import spec_of, write
from tests.rules.mails import NOW, condition, rule

pytestmark = pytest.mark.django_db
LIST, ADD = reverse("admin:rules_rule_changelist"), reverse("admin:rules_rule_add")


@pytest.fixture
def billing() -> Agent:
    return Agent.objects.create(name="billing")


def entered(conditions=(), actions=(), **fields: Any) -> dict[str, Any]:
    """What a browser sends: the rule, its lines, and one empty line more of each."""
    data: dict[str, Any] = {"agent": "", "name": "Invoices", "position": 10, "match": "all", "enabled": "on", **fields}
    empty = {"conditions": {"field": "", "op": ""}, "actions": {"action": "", "once_per": "7d"}}
    for prefix, rows in (("conditions", conditions), ("actions", actions)):
        rows = [*rows, {}]
        data |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
        for place, row in enumerate(rows):
            data |= {f"{prefix}-{place}-{key}": value for key, value in {**empty[prefix], **row}.items()}
    return data


def text(response) -> str:
    """What the page says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


SHOP = {"field": "from", "op": "domain_is", "value": "example.com"}
MOVE = {"action": "move", "folder": "Invoices"}


def test_a_rule_is_added_with_its_conditions_and_actions(admin_client, billing):
    tag = {"field": "header", "header": "X-Tag", "op": "contains", "value": "a"}
    reply = {"action": "auto_reply", "text": "Thank you, {sender_name}.", "subject": "", "once_per": "2d"}
    response = admin_client.post(ADD, entered([SHOP, tag], [MOVE, reply], agent=billing.pk, stop="on"))
    assert response.status_code == 302, text(response)
    assert spec_of(Rule.objects.get()) == rule(
        condition("from", "domain_is", "example.com"),
        condition("header:X-Tag", "contains", "a"),
        name="Invoices",
        position=10,
        stop=True,
        actions=(Move(folder="Invoices"), AutoReply(text="Thank you, {sender_name}.", once_per="2d")),
    )
    assert [each.ref.name for each in ruleset_for(billing.pk).rules] == ["Invoices"]


@pytest.mark.parametrize(
    ("conditions", "actions", "fields", "says"),
    [
        ([{"field": "size", "op": "contains", "value": "x"}], [MOVE], {}, "Size has no op 'contains'; it takes one of"),
        ([{"field": "subject", "op": "regex", "value": "("}], [MOVE], {}, "is no RE2 pattern: missing )"),
        ([{"field": "subject", "op": "is", "value": ""}], [MOVE], {}, "Is missing; is takes a text"),
        ([{"field": "header", "op": "exists"}], [MOVE], {}, "names no header"),
        ([{**SHOP, "header": "X-Tag"}], [MOVE], {}, "only for “header …”"),
        ([{"field": "nonsense", "op": "is", "value": "x"}], [MOVE], {}, "Select a valid choice"),
        ([SHOP], [], {}, "A rule takes at least one action"),
        ([SHOP], [{"action": "move"}], {}, "Is missing"),
        ([SHOP], [{"action": "move", "folder": "a", "label": "b"}], {}, "“move” takes no label"),
        ([SHOP], [{"action": "mark_read", "to": "a@b.example"}], {}, "“mark read” takes no to"),
        ([SHOP], [{"action": "forward", "to": "nobody"}], {}, "it takes one bare address"),
        ([SHOP], [{"action": "set_priority"}], {}, "Is missing"),
        (
            [SHOP],
            [{"action": "auto_reply", "text": "Dear {who}"}],
            {},
            "Has no placeholder {who}; it takes {sender_name}",
        ),
        ([SHOP], [{"action": "auto_reply", "text": "x", "once_per": "often"}], {}, "such as 12h or 7d"),
        ([SHOP], [{"action": "stop"}, MOVE], {}, "it has to be the last action"),
        ([SHOP], [MOVE], {"name": ""}, "This field is required"),
        ([SHOP], [MOVE], {"name": "a\u2028b"}, "one line of text"),
        ([SHOP], [MOVE], {"position": "-1"}, "greater than or equal to 0"),
        ([SHOP], [MOVE], {"match": "most"}, "Select a valid choice"),
    ],
)
def test_a_mistake_is_told_on_the_page_and_nothing_is_saved(admin_client, conditions, actions, fields, says):
    response = admin_client.post(ADD, entered(conditions, actions, **fields))
    assert response.status_code == 200
    page = text(response).replace("&#x27;", "'").replace("&quot;", '"')
    assert says in page
    assert not Rule.objects.exists()


def test_a_name_is_taken_once_for_an_agent_and_once_for_all(admin_client, billing):
    write(billing.pk, rule(name="Invoices"))
    write(None, rule(name="Common"))
    mine = admin_client.post(ADD, entered([SHOP], [MOVE], agent=billing.pk))
    assert "This agent has a rule of that name already." in text(mine)
    common = admin_client.post(ADD, entered([SHOP], [MOVE], name="Common"))
    assert "There is a rule of that name for every agent already." in text(common)
    assert Rule.objects.count() == 2


def test_a_rule_may_only_stop(admin_client):
    assert admin_client.post(ADD, entered([SHOP], [], stop="on")).status_code == 302


def test_a_rule_is_changed_line_by_line(admin_client, billing):
    kept = write(
        billing.pk, rule(condition("subject", "contains", "x"), name="Old", actions=(Flag(), Label(label="a")))
    )
    Rule.statistics.filter(pk=kept.pk).update(last_error="was refused", last_error_at=NOW)
    line, (first, second) = kept.conditions.get(), kept.actions.all()
    data = entered([], [], agent=billing.pk, name="New") | {
        "conditions-TOTAL_FORMS": 1,
        "conditions-INITIAL_FORMS": 1,
        "conditions-0-id": line.pk,
        "conditions-0-rule": kept.pk,
        "conditions-0-field": "subject",
        "conditions-0-op": "starts_with",
        "conditions-0-value": "y",
        "actions-TOTAL_FORMS": 2,
        "actions-INITIAL_FORMS": 2,
        "actions-0-id": first.pk,
        "actions-0-rule": kept.pk,
        "actions-0-action": "flag",
        "actions-0-once_per": "7d",
        "actions-0-DELETE": "on",
        "actions-1-id": second.pk,
        "actions-1-rule": kept.pk,
        "actions-1-action": "label",
        "actions-1-label": "b",
        "actions-1-once_per": "7d",
    }
    response = admin_client.post(reverse("admin:rules_rule_change", args=[kept.pk]), data)
    assert response.status_code == 302, text(response)
    kept = Rule.objects.get()
    assert spec_of(kept) == rule(
        condition("subject", "starts_with", "y"), name="New", position=10, actions=(Label(label="b"),)
    )
    assert kept.last_error == ""


def test_a_rule_that_matches_while_it_is_saved_keeps_its_count(rf):
    write(None, rule(name="Old"))
    saved = Rule.objects.get()
    Rule.statistics.update(match_count=7)
    saved.name = "New"
    page = site.get_model_admin(Rule)
    page.save_model(rf.post("/"), saved, SimpleNamespace(changed_columns={"name"}), change=True)
    saved.refresh_from_db()
    assert (saved.name, saved.match_count) == ("New", 7)


def test_the_last_action_cannot_be_deleted(admin_client):
    kept = write(None, rule(name="Old"))
    data = entered([], []) | {
        "actions-TOTAL_FORMS": 1,
        "actions-INITIAL_FORMS": 1,
        "actions-0-id": kept.actions.get().pk,
        "actions-0-rule": kept.pk,
        "actions-0-action": "flag",
        "actions-0-DELETE": "on",
    }
    response = admin_client.post(reverse("admin:rules_rule_change", args=[kept.pk]), data)
    assert "A rule takes at least one action" in text(response)


def test_the_list_reads_as_sentences_and_says_how_rules_fare(admin_client, billing, django_assert_max_num_queries):
    for number in range(10):
        write(
            billing.pk, rule(condition("from", "is", f"a{number}@example.com"), name=f"Rule {number}", position=number)
        )
    broken = write(None, rule(name="Broken"))
    RuleAction.objects.filter(rule=broken).update(action="explode")
    Rule.statistics.filter(name="Rule 1").update(
        match_count=7, last_matched_at=NOW, last_error="no such folder", last_error_at=NOW
    )
    with django_assert_max_num_queries(14):
        page = text(admin_client.get(LIST))
    assert "If the sender is “a0@example.com”: flag it." in page
    assert "Cannot be used: actions[0].action: unknown action" in page
    assert "no such folder (2026-11-22 10:00 UTC)" in page
    assert "every agent" in page


def test_the_list_filters_by_agent_and_state(admin_client, billing):
    write(billing.pk, rule(name="Mine"))
    write(None, rule(name="Common", enabled=False))

    def shown(query: str) -> set[str]:
        page = text(admin_client.get(LIST + query))
        return {name for name in ("Mine", "Common") if f" {name} " in page}

    assert shown("") == {"Mine", "Common"}
    assert shown(f"?agent={billing.pk}") == {"Mine"}
    assert shown("?agent=every") == {"Common"}
    assert shown("?agent=nonsense") == {"Mine", "Common"}
    assert shown("?enabled__exact=0") == {"Common"}
    assert shown("?q=billing") == {"Mine"}


def test_the_order_is_changed_by_numbers_in_the_list(admin_client):
    one, two = write(None, rule(name="one", position=10)), write(None, rule(name="two", position=20))
    data = {
        "form-TOTAL_FORMS": 2,
        "form-INITIAL_FORMS": 2,
        "form-0-id": one.pk,
        "form-0-position": 30,
        "form-0-enabled": "on",
        "form-1-id": two.pk,
        "form-1-position": 20,
        "_save": "Save",
    }
    assert admin_client.post(LIST, data).status_code == 302
    assert list(Rule.objects.order_by("position").values_list("name", "enabled")) == [("two", False), ("one", True)]


def act(admin_client, action: str, *rules: Rule):
    data = {"action": action, "_selected_action": [each.pk for each in rules]}
    return admin_client.post(LIST, data, follow=True)


def test_many_rules_are_disabled_and_enabled(admin_client, billing):
    rules = [write(billing.pk, rule(name=name)) for name in ("one", "two", "three")]
    ruleset_for(billing.pk)
    assert "2 rules are disabled now." in text(act(admin_client, "disable", *rules[:2]))
    assert [each.ref.name for each in ruleset_for(billing.pk).rules] == ["three"]
    assert "1 rule is enabled now." in text(act(admin_client, "enable", rules[0], rules[2]))
    assert [each.ref.name for each in ruleset_for(billing.pk).rules] == ["one", "three"]


def test_rules_that_are_deleted_together_act_no_more(admin_client, billing):
    kept, *deleted = (write(billing.pk, rule(name=name)) for name in ("kept", "one", "two"))
    assert len(ruleset_for(billing.pk).rules) == 3
    admin_client.post(
        LIST, {"action": "delete_selected", "_selected_action": [each.pk for each in deleted], "post": "yes"}
    )
    assert [each.ref.id for each in ruleset_for(billing.pk).rules] == [kept.pk]


def test_a_rule_is_duplicated_disabled_under_a_free_name(admin_client, billing):
    kept = write(
        billing.pk, rule(condition("header:X-A", "is", "b"), name="Mine", actions=(Forward(to="a@b.example"),))
    )
    url = reverse("admin:rules_rule_duplicate", args=[kept.pk])
    assert admin_client.get(url).status_code == 405
    response = admin_client.post(url, follow=True)
    assert "This is the copy." in text(response)
    act(admin_client, "duplicate_selected", kept)
    copies = Rule.objects.exclude(pk=kept.pk).order_by("pk")
    assert [copy.name for copy in copies] == ["Mine (copy)", "Mine (copy 2)"]
    for copy in copies:
        assert not copy.enabled
        assert copy.agent == billing
        assert spec_of(copy).conditions == spec_of(kept).conditions
        assert spec_of(copy).actions == spec_of(kept).actions


def test_a_long_name_still_has_a_copy(admin_client):
    kept = write(None, rule(name="x" * 100))
    admin_client.post(reverse("admin:rules_rule_duplicate", args=[kept.pk]))
    assert len(Rule.objects.exclude(pk=kept.pk).get().name) == 100


def test_a_new_rule_is_offered_the_last_position(admin_client):
    write(None, rule(position=30))
    assert re.search(
        r'name="position"[^>]*value="40"|value="40"[^>]*name="position"', admin_client.get(ADD).content.decode()
    )


def test_a_position_is_one_that_a_file_and_every_database_take(admin_client):
    kept = write(None, rule(position=2**31 - 1))
    assert f'value="{2**31 - 1}"' in admin_client.get(ADD).content.decode()  # there is no later one to offer
    Rule(name="late", position=2**31 - 1).clean_fields()
    with pytest.raises(ValidationError, match="less than or equal to 2147483647"):
        Rule(name=kept.name, position=2**31).clean_fields()


def test_the_page_of_a_rule_shows_its_sentence_and_how_it_fares(admin_client):
    kept = write(None, rule(name="Mine"))
    url = reverse("admin:rules_rule_change", args=[kept.pk])
    page = text(admin_client.get(url))
    assert "With every message: flag it." in page
    assert "It has not matched yet." in page
    Rule.statistics.filter(pk=kept.pk).update(match_count=3, last_matched_at=NOW)
    assert "It matched 3 times, last on 2026-11-22 10:00 UTC." in text(admin_client.get(url))


def test_what_is_entered_is_shown_escaped(admin_client):
    kept = write(None, rule(condition("subject", "contains", "<script>alert(1)</script>"), name="<b>x</b>"))
    for url in (LIST, reverse("admin:rules_rule_change", args=[kept.pk])):
        page = admin_client.get(url).content.decode()
        assert "<script>alert(1)" not in page
        assert "<b>x</b>" not in page


def test_automatic_mails_can_be_looked_at_and_nothing_else(admin_client, billing):
    SentMail.objects.create(agent=billing, kind="reply", address="ann@example.com", sent_at=NOW, needed_until=NOW)
    url = reverse("admin:rules_sentmail_changelist")
    assert "ann@example.com" in text(admin_client.get(url))
    assert admin_client.get(reverse("admin:rules_sentmail_add")).status_code == 403


def test_who_may_not_change_rules_may_not_duplicate_them(client, django_user_model, billing):
    kept = write(billing.pk, rule(name="Mine"))
    url = reverse("admin:rules_rule_duplicate", args=[kept.pk])
    assert client.post(url).status_code == 302
    client.force_login(django_user_model.objects.create_user("staff", password="x", is_staff=True))
    assert client.post(url).status_code == 403
    assert Rule.objects.count() == 1
