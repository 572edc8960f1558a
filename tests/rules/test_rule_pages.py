"""The pages of rules in a real browser: they show what fits together, and order can be dragged."""

import contextlib

import pytest
from django.urls import reverse
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

from rules.actions import AutoReply, Move
from rules.models import Rule, RuleAction
from rules.rows import spec_of, write
from tests.conftest import demand
from tests.console.browser import Browser
from tests.rules.mails import condition, rule
from tests.servers.waiting import wait_for

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def browser():
    with contextlib.closing(demand(Browser)) as browser:
        browser.resize(1400, 1400)
        yield browser


@pytest.fixture
def page(browser, live_server, admin_client):
    """The browser, logged in as the administrator."""
    driver = browser.page
    driver.get(live_server.url + reverse("admin:login"))
    driver.delete_all_cookies()
    session = admin_client.cookies["sessionid"]
    driver.add_cookie({"name": "sessionid", "value": session.value, "path": "/"})
    browser.complaints()
    yield driver
    assert browser.complaints() == []


def shown(driver, *names: str) -> list[str]:
    return [name for name in names if driver.find_element(By.NAME, name).is_displayed()]


def save(driver) -> None:
    driver.find_element(By.NAME, "_save").click()
    wait_for(lambda: driver.find_elements(By.CSS_SELECTOR, ".messagelist .success"), "the page to say that it saved")


def test_an_action_shows_its_own_fields_only(page, live_server):
    page.get(live_server.url + reverse("admin:rules_rule_add"))
    fields = [f"actions-0-{name}" for name in ("folder", "label", "priority", "to", "subject", "once_per", "text")]
    action = Select(page.find_element(By.NAME, "actions-0-action"))
    action.select_by_value("forward")
    assert shown(page, *fields) == ["actions-0-to"]
    page.find_element(By.NAME, "actions-0-to").send_keys("a@b.example")
    action.select_by_value("auto_reply")
    assert shown(page, *fields) == ["actions-0-subject", "actions-0-once_per", "actions-0-text"]
    assert page.find_element(By.NAME, "actions-0-to").get_property("value") == ""
    action.select_by_value("stop")
    assert shown(page, *fields) == []


def test_a_condition_offers_the_ops_of_its_field(page, live_server):
    page.get(live_server.url + reverse("admin:rules_rule_add"))
    field, op = (Select(page.find_element(By.NAME, f"conditions-0-{name}")) for name in ("field", "op"))
    field.select_by_value("size")
    assert [option.text for option in op.options if option.is_enabled()] == [
        "Choose …",
        "over",
        "under",
        "exists",
        "absent",
    ]
    assert shown(page, "conditions-0-header", "conditions-0-value") == ["conditions-0-value"]
    field.select_by_value("header")
    op.select_by_value("exists")
    assert shown(page, "conditions-0-header", "conditions-0-value") == ["conditions-0-header"]


def test_a_rule_is_entered_with_lines_added_on_the_page(page, live_server):
    page.get(live_server.url + reverse("admin:rules_rule_add"))
    page.find_element(By.NAME, "name").send_keys("Invoices")
    Select(page.find_element(By.NAME, "conditions-0-field")).select_by_value("subject")
    Select(page.find_element(By.NAME, "conditions-0-op")).select_by_value("contains")
    page.find_element(By.NAME, "conditions-0-value").send_keys("invoice")
    Select(page.find_element(By.NAME, "actions-0-action")).select_by_value("move")
    page.find_element(By.NAME, "actions-0-folder").send_keys("Invoices")
    page.find_element(By.CSS_SELECTOR, "#actions-group .add-row a").click()
    Select(page.find_element(By.NAME, "actions-1-action")).select_by_value("auto_reply")
    page.find_element(By.NAME, "actions-1-text").send_keys("Thank you.")
    save(page)
    assert spec_of(Rule.objects.get()) == rule(
        condition("subject", "contains", "invoice"),
        name="Invoices",
        actions=(Move(folder="Invoices"), AutoReply(text="Thank you.")),
    )


def test_rules_are_dragged_into_order_and_saved(page, live_server):
    for place, name in enumerate(("one", "two", "three"), 1):
        write(None, rule(name=name, position=place * 10))
    page.get(live_server.url + reverse("admin:rules_rule_changelist"))
    grip = page.find_elements(By.CSS_SELECTOR, ".rules-grip")[0]
    last = page.find_elements(By.CSS_SELECTOR, "#result_list tbody tr")[2]
    drag = ActionChains(page).click_and_hold(grip)
    for offset in (8, 10, 12):
        drag.move_to_element_with_offset(last, 0, offset)
    drag.release().perform()
    save(page)
    assert list(Rule.objects.order_by("position").values_list("name", "position")) == [
        ("two", 10),
        ("three", 20),
        ("one", 30),
    ]


def test_of_two_administrators_at_one_rule_none_undoes_what_the_other_did(page, live_server):
    kept = write(None, rule(condition("subject", "contains", "invoice"), name="Old", actions=(Move(folder="A"),)))
    page.get(live_server.url + reverse("admin:rules_rule_change", args=[kept.pk]))
    RuleAction.objects.update(folder="B")
    page.find_element(By.NAME, "name").send_keys("er")
    page.find_element(By.NAME, "_save").click()
    wait_for(lambda: "Somebody changed this rule" in page.page_source, "the page to say what happened")
    assert spec_of(Rule.objects.get()).name == "Old"

    page.get(live_server.url + reverse("admin:rules_rule_change", args=[kept.pk]))
    Rule.statistics.update(enabled=False, match_count=7)
    page.find_element(By.NAME, "name").send_keys("er")
    save(page)
    kept = Rule.objects.get()
    assert (kept.name, kept.enabled, kept.match_count) == ("Older", False, 7)
    assert spec_of(kept).actions == (Move(folder="B"),)


def test_a_list_that_was_open_for_long_saves_only_what_was_changed_in_it(page, live_server):
    for position, name in enumerate(("one", "two")):
        write(None, rule(name=name, position=position, actions=(Move(folder="A"),)))
    page.get(live_server.url + reverse("admin:rules_rule_changelist"))
    Rule.objects.filter(name="two").update(enabled=False)
    position = page.find_element(By.NAME, "form-0-position")
    position.clear()
    position.send_keys("9")
    save(page)
    assert list(Rule.objects.values_list("name", "position", "enabled").order_by("name")) == [
        ("one", 9, True),
        ("two", 1, False),
    ]
