"""The page in a real browser: what a mail looks like when it arrives, on a screen and on a phone."""

import pytest
from selenium.webdriver.common.by import By

from tests.console.conftest import PASSWORD
from tests.servers.waiting import wait_for

HOSTILE = "<img src=x onerror=document.title='taken'> & <b>bold</b>"


@pytest.fixture
def page(scene, browser):
    """The console, logged in and live."""
    driver = opened(scene, browser)
    browser.complaints()  # those of the way here
    return driver


@pytest.fixture(scope="module")
def watching(scene):
    """A main agent's stream that keeps the mailboxes open."""
    stream = scene.open("main", "/watch")
    wait_for(lambda: scene.watched("billing"), "billing to be watched")
    yield stream
    stream.close()


def opened(scene, browser):
    browser.resize(1280, 900)
    driver = browser.page
    driver.get(scene.product.url + "/")
    if "login" in driver.current_url:
        driver.find_element(By.NAME, "username").send_keys("root")
        driver.find_element(By.NAME, "password").send_keys(PASSWORD)
        driver.find_element(By.CSS_SELECTOR, "[type=submit]").click()
    live(driver)
    return driver


def live(driver):
    wait_for(lambda: text(driver, "connection") == "live", "the page to be live")


def subjects(driver):
    shown = "#events > li[data-type=new]:not([hidden]) .subject"
    return driver.execute_script("return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)", shown)


def text(driver, id):
    """The visible text of an element, on one line; empty where the page, which may still be on its way, has it not."""
    script = "return document.getElementById(arguments[0])?.innerText ?? ''"
    return " ".join(driver.execute_script(script, id).split())


def until(driver, wanted):
    """The newest events shown are `wanted`."""
    wait_for(lambda: subjects(driver)[: len(wanted)] == wanted, f"the events {wanted}")


def test_a_mail_appears_as_it_arrives_with_its_verdict_and_what_was_done(scene, page, watching, browser):
    scene.deliver("Invoice 7", text="Your sign-in code is 482913.")
    until(page, ["Invoice 7"])
    row = page.find_element(By.CSS_SELECTOR, "#events > li[data-type=new]")
    for wanted in ("Ann Miller <ann@customer.test>", "billing", "moved to Invoices", "label money"):
        assert wanted in row.text
    assert row.find_element(By.CSS_SELECTOR, ".verdict").text.split()[0] in ("ham", "suspicious", "spam")
    scene.deliver("Second")
    until(page, ["Second", "Invoice 7"])
    page.find_element(By.LINK_TEXT, "Invoice 7").click()
    wait_for(lambda: "/admin/mailevents/mailevent/" in page.current_url, "the event's page")
    wait_for(lambda: "Invoices" in text(page, "content-main"), "the folder it was moved to")
    assert browser.complaints() == []


def test_mailboxes_and_streams_are_shown_as_they_are(scene, page, watching):
    wait_for(lambda: "billing watching billing@fleet.test" in text(page, "mailboxes"), "billing to show as watched")
    assert "main not watched: no stream is open" in text(page, "mailboxes")
    wait_for(lambda: "watches 3 agents ·" in text(page, "streams"), "the watcher")
    assert text(page, "count-watched") == "3"


def test_hostile_mail_is_text_and_nothing_else(scene, page, watching, browser):
    scene.deliver(HOSTILE, text=f"<script>document.title='taken'</script>{HOSTILE}")
    until(page, [HOSTILE])
    assert page.execute_script("return document.querySelectorAll('#events img, #events b, #events script').length") == 0
    assert "taken" not in page.title
    assert browser.complaints() == []


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_nothing_sticks_out_at_any_width(scene, page, watching, browser, width):
    scene.deliver("W" * 300, text="w" * 900)
    until(page, ["W" * 300])
    browser.resize(width, 844)
    wide = page.execute_script(
        "return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 "
        "&& !e.closest('.hidden, .skip, .preview')).map(e => e.outerHTML.slice(0, 80))"
    )
    assert wide == []
    assert page.execute_script("return document.documentElement.scrollWidth") <= width
    assert page.find_element(By.ID, "pause").is_displayed()


def test_the_weights_fit_a_phone(scene, page, browser):
    browser.resize(400, 844)
    page.get(f"{scene.product.url}/admin/spamfilter/weightoverride/")
    assert page.execute_script("return document.documentElement.scrollWidth") <= 400
    assert page.find_element(By.NAME, "points:FILE_ARCHIVE").is_displayed()


def test_after_a_restart_of_the_server_it_goes_on_without_a_repeat(own_scene, browser):
    page = opened(own_scene, browser)
    assert "Nothing yet" in text(page, "empty")
    stream = own_scene.open("billing")
    wait_for(lambda: own_scene.watched("billing"), "billing to be watched")
    own_scene.deliver("before", to="billing")
    until(page, ["before"])
    own_scene.product.stop()
    wait_for(lambda: text(page, "connection") != "live", "the page to notice")
    own_scene.product.start()
    stream = own_scene.open("billing")
    wait_for(lambda: own_scene.watched("billing"), "billing to be watched again")
    live(page)
    own_scene.deliver("after", to="billing")
    until(page, ["after", "before"])
    assert subjects(page) == ["after", "before"]
    stream.close()


def test_paused_it_holds_still_and_then_catches_up(scene, page, watching):
    scene.deliver("first")
    until(page, ["first"])
    page.find_element(By.ID, "pause").click()
    scene.deliver("second")
    wait_for(lambda: text(page, "pause") == "Resume (1)", "the event to wait")
    assert subjects(page)[0] == "first"
    page.find_element(By.ID, "pause").click()
    until(page, ["second", "first"])


def test_the_filter_shows_only_what_fits(scene, page, watching):
    scene.deliver("apples")
    scene.deliver("pears")
    until(page, ["pears", "apples"])
    page.find_element(By.ID, "filter").send_keys("APPLE")
    wait_for(lambda: subjects(page) == ["apples"], "only what fits")
    scene.deliver("apple pie")
    scene.deliver("plum pie")
    wait_for(lambda: subjects(page) == ["apple pie", "apples"], "only what fits, of what arrives too")


def test_a_log_out_elsewhere_is_noticed(scene, page):
    page.delete_all_cookies()
    wait_for(lambda: "signed out" in text(page, "connection"), "the page to notice")
    assert page.find_element(By.LINK_TEXT, "signed out: log in").is_displayed()
