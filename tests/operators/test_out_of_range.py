"""Numbers that no column can hold, in the admin's addresses and selections: the asker's mistake, never a failure."""

import pytest
from django.contrib.auth.models import User
from django.db import DataError

from agenticmail.administration import _refusing
from mailevents.models import Agent

pytestmark = pytest.mark.django_db(transaction=True)  # an error must not break the transaction of the test
BEYOND = "9" * 20


@pytest.fixture
def staff(client):
    client.force_login(User.objects.create_superuser("root", password="x"))
    return client


def test_a_list_filtered_by_a_number_beyond_64_bits_is_shown_unfiltered(staff):
    lists = [
        "mailevents/token/?agent__exact=",
        "mailevents/token/?id__in=1,",
        "mailevents/agent/?parent__gt=",
        "mailevents/agent/?acked_id__range=",
        "mailevents/delivery/?mailbox=",
        "mailevents/mailevent/?mailbox=",
        "rules/rule/?agent=",
        "rules/sentmail/?rule__exact=",
        "spamfilter/listentry/?agent__exact=",
        "auth/user/?groups=",
    ]
    answers = {asked: staff.get(f"/admin/{asked}{BEYOND}") for asked in lists}
    shown = {asked: (answer.status_code, answer.headers.get("Location")) for asked, answer in answers.items()}
    assert shown == {asked: (302, f"/admin/{asked.partition('?')[0]}?e=1") for asked in lists}


def test_an_object_with_a_number_beyond_64_bits_is_not_found(staff):
    objects = [
        f"agent/add/?parent={BEYOND}",
        f"agent/{BEYOND}/change/",
        f"mailevent/{BEYOND}/change/",
        f"mailevent/²{BEYOND}/change/",
        f"mailevent/{BEYOND * 300}/change/",
    ]
    answers = {asked: staff.get(f"/admin/mailevents/{asked}") for asked in objects}
    shown = {asked: answer.headers.get("Location", answer.status_code) for asked, answer in answers.items()}
    assert all(what in (404, "/admin/") for what in shown.values()), shown


def test_an_action_on_what_cannot_exist_changes_nothing(staff):
    agent = Agent.objects.create(name="billing")
    chosen = {"action": "disable", "_selected_action": [str(agent.pk), BEYOND]}
    answer = staff.post("/admin/mailevents/agent/", chosen)
    assert (answer.status_code, answer["Location"]) == (302, "/admin/mailevents/agent/?e=1")
    agent.refresh_from_db()
    assert agent.enabled


def test_a_form_that_the_database_refuses_is_not_taken_for_a_wrong_address(rf):
    def saves(_request):
        raise DataError("value too long")

    with pytest.raises(DataError):
        _refusing(saves)(rf.post("/admin/mailevents/agent/add/"))


def test_agents_to_choose_from_are_in_the_order_of_their_tree(staff):
    for name in ("d", "b", "c"):
        Agent.objects.create(name=name)
    Agent.objects.create(name="a", parent=Agent.objects.get(name="c"))
    asked = {"app_label": "mailevents", "model_name": "token", "field_name": "agent"}
    assert [one["text"] for one in staff.get("/admin/autocomplete/", asked).json()["results"]] == ["b", "c", "a", "d"]
