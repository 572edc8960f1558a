"""The filter's pages as an administrator uses them."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mailevents.models import Agent
from spamfilter import sources
from spamfilter.admin.entries import _moved
from spamfilter.lists import normalised_line
from spamfilter.models import ListEntry, Signature, WeightOverride
from spamfilter.weights import WEIGHTS
from tests.spamfilter.mails import RECEIVED_AT, TEXT, raw

pytestmark = pytest.mark.django_db
ENTRIES = "/admin/spamfilter/listentry/"
SIGNATURES = "/admin/spamfilter/signature/"
WEIGHT_PAGE = "/admin/spamfilter/weightoverride/"
EXPLAIN = "/admin/spamfilter/explanation/"
EVIL = "<script>alert(1)</script>"


@pytest.fixture
def staff(client):
    client.force_login(User.objects.create_superuser("root", password="x"))
    return client


def page(response) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def add(*written, kind="block", agent=None):
    ListEntry.objects.bulk_create(ListEntry(kind=kind, key=normalised_line(one), agent=agent) for one in written)


@pytest.mark.parametrize("url", [ENTRIES, ENTRIES + "import/", SIGNATURES, SIGNATURES + "try/", WEIGHT_PAGE, EXPLAIN])
def test_every_page_is_for_staff_with_the_right_to_it(client, url):
    assert client.get(url).status_code == 302
    client.force_login(User.objects.create_user("staff", password="x", is_staff=True))
    assert client.get(url).status_code == 403


def test_every_page_opens_for_an_administrator(staff):
    Signature(name=EVIL, kind="regex", value=EVIL).save()
    add("spam@example.net")
    for url in (ENTRIES, ENTRIES + "import/", ENTRIES + "add/", SIGNATURES, SIGNATURES + "try/", WEIGHT_PAGE, EXPLAIN):
        assert EVIL not in page(staff.get(url))
    assert "Explain a verdict" in page(staff.get("/admin/")).replace("Explain a Verdict", "Explain a verdict")


# -- entries


def test_an_entry_is_written_as_people_write_it(staff):
    answer = staff.post(ENTRIES + "add/", {"kind": "block", "entry": " SPAM@Example.net ", "agent": "", "note": "n"})
    assert answer.status_code == 302
    entry = ListEntry.objects.get()
    assert (entry.key, entry.source) == ("a:spam@example.net", "root")
    assert 'value="spam@example.net"' in page(staff.get(f"{ENTRIES}{entry.pk}/change/"))


@pytest.mark.parametrize(
    ("written", "told"), [("nobody", "is none of"), ("192.0.2.1/24", "the network is 192.0.2.0/24")]
)
def test_an_entry_that_cannot_be_is_refused_at_its_field(staff, written, told):
    assert told in page(staff.post(ENTRIES + "add/", {"kind": "block", "entry": written, "agent": "", "note": ""}))
    assert not ListEntry.objects.exists()


def test_an_entry_that_is_there_is_refused(staff):
    add("spam@example.net")
    again = {"kind": "block", "entry": "spam@example.net", "agent": "", "note": ""}
    assert "This entry is on the list already." in page(staff.post(ENTRIES + "add/", again))


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("ann", {"ann@example.com"}),
        ("EXAMPLE.com", {"ann@example.com", "@example.com"}),
        ("@example.com", {"ann@example.com", "@example.com"}),
        ("192.0.2.77", {"192.0.2.0/24"}),
        ("192.0.2", {"192.0.2.0/24"}),
        ("bücher", {"@xn--bcher-kva.example"}),
        ("billing", {"link:evil.example"}),
        ("evil billing", {"link:evil.example"}),
        ("nothing", set()),
    ],
)
def test_entries_are_found_by_any_part_of_them(staff, sought, found):
    billing = Agent.objects.create(name="billing")
    add("ann@example.com", "@example.com", "192.0.2.0/24", "@bücher.example")
    add("link:evil.example", agent=billing)
    answer = staff.get(ENTRIES, {"q": sought})
    assert {entry.entry for entry in answer.context["cl"].result_list} == found


def test_the_list_costs_as_many_queries_for_many_entries_as_for_few(staff):
    add("first@example.net")
    few = queries(staff, ENTRIES)
    add(*(f"user{n}@example.net" for n in range(150)), agent=Agent.objects.create(name="billing"))
    assert queries(staff, ENTRIES) == few


def queries(client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        page(client.get(url))
    return len(captured)


@pytest.mark.parametrize("parameters", [{"type": "n"}, {"for": "one"}, {"kind": "allow"}])
def test_filters_narrow_the_list_and_the_export(staff, parameters):
    add("ann@example.com")
    add("192.0.2.0/24", kind="allow", agent=Agent.objects.create(name="billing"))
    assert [entry.entry for entry in staff.get(ENTRIES, parameters).context["cl"].result_list] == ["192.0.2.0/24"]
    answer = staff.get(ENTRIES + "export/", parameters)
    assert answer["Content-Disposition"] == 'attachment; filename="entries.csv"'
    assert page(answer) == "entry,kind,agent,note\n192.0.2.0/24,allow,billing,\n"
    assert page(staff.get(ENTRIES + "export/", parameters | {"format": "plain"})) == "192.0.2.0/24\n"


@pytest.mark.parametrize("parameters", [{"agent": "x"}, {"user": "x"}, {"kind__exact": ["allow", "zz"], "id__in": "x"}])
def test_what_the_list_cannot_be_narrowed_by_is_said_and_nothing_is_exported(staff, parameters):
    add("ann@example.com")
    answer = staff.get(ENTRIES + "export/", parameters, follow=True)
    assert "cannot be narrowed like that" in page(answer)


@pytest.mark.parametrize("way", ["text", "file"])
def test_entries_are_imported_from_pasted_lines_and_from_a_file(staff, way):
    Agent.objects.create(name="billing")
    lines = "spam@example.net\n@example.com # all\n"
    material = lines if way == "text" else SimpleUploadedFile("list.txt", lines.encode())
    answer = staff.post(ENTRIES + "import/", {"kind": "block", "agent": "billing", way: material}, follow=True)
    assert "2 added, 0 known before." in page(answer)
    assert set(ListEntry.objects.values_list("kind", "agent__name", "source")) == {
        ("block", "billing", "import by root")
    }


def test_an_import_with_a_mistake_names_the_line_and_changes_nothing(staff):
    data = {"kind": "block", "text": f"@example.com\n{EVIL}\n"}
    told = page(staff.post(ENTRIES + "import/", data))
    assert "1 of the lines are no entries" in told
    assert "line 2:" in told
    assert EVIL not in told
    assert not ListEntry.objects.exists()
    assert "1 added" in page(staff.post(ENTRIES + "import/", data | {"skip_wrong": "on"}, follow=True))


def test_a_file_that_says_the_list_of_every_line_needs_no_other(staff):
    text = "entry,kind\n@example.com,allow\n@example.net,block\n"
    assert "2 added" in page(staff.post(ENTRIES + "import/", {"text": text}, follow=True))
    assert set(ListEntry.objects.values_list("kind", "key")) == {("allow", "d:example.com"), ("block", "d:example.net")}


def test_an_import_of_nothing_or_for_nobody_says_so(staff):
    assert '<option value="" selected>as every line says</option>' in page(staff.get(ENTRIES + "import/"))
    assert "line 1: says no kind" in page(staff.post(ENTRIES + "import/", {"text": "@example.com"}))
    both = {"kind": "block", "text": "@example.com", "file": SimpleUploadedFile("list.txt", b"@example.net")}
    assert "both were given" in page(staff.post(ENTRIES + "import/", both))
    assert not ListEntry.objects.exists()
    assert "Paste something, or choose a file." in page(staff.post(ENTRIES + "import/", {"kind": "block"}))
    told = page(staff.post(ENTRIES + "import/", {"kind": "block", "agent": "nobody", "text": "@example.com"}))
    assert "There is no agent &#x27;nobody&#x27;." in told


def test_what_another_administrator_changed_in_an_entry_meanwhile_stays_unless_it_is_changed_here_too(staff):
    add("@evil.example")
    kept = ListEntry.objects.get()
    url = f"{ENTRIES}{kept.pk}/change/"
    hidden = (dict(re.findall(r'(\w+)="([^"]*)"', tag)) for tag in re.findall(r"<input [^>]*>", page(staff.get(url))))
    shown = {tag["name"]: tag.get("value", "") for tag in hidden if "initial-" in tag.get("name", "")}
    assert shown == {"initial-kind": "block", "initial-entry": "@evil.example", "initial-agent": "", "initial-note": ""}
    as_it_was = {"kind": "block", "entry": "@evil.example", "agent": "", "note": ""}

    ListEntry.objects.update(kind="allow", key="a:ann@good.example")
    staff.post(url, {**shown, **as_it_was, "note": "asked for"})
    kept.refresh_from_db()
    assert (kept.kind, kept.entry, kept.note) == ("allow", "ann@good.example", "asked for")
    assert LogEntry.objects.get().object_repr == "allow ann@good.example"

    staff.post(url, {**shown, **as_it_was, "entry": "@worse.example"})
    kept.refresh_from_db()
    assert (kept.kind, kept.entry, kept.note) == ("allow", "@worse.example", "asked for")


def test_entries_move_to_the_other_list_unless_they_stand_there(staff):
    add("ann@example.com", "bob@example.com")
    add("bob@example.com", kind="allow")
    chosen = list(ListEntry.objects.filter(kind="block").values_list("pk", flat=True))
    told = page(staff.post(ENTRIES, {"action": "to_the_other_list", "_selected_action": chosen}, follow=True))
    assert "1 moved." in told
    assert "1 stand on the other list already." in told
    assert set(ListEntry.objects.filter(kind="allow").values_list("key", flat=True)) == {
        "a:ann@example.com",
        "a:bob@example.com",
    }


def test_an_entry_that_another_administrator_has_just_moved_is_not_moved_back(staff):
    add("ann@example.com")
    (shown,) = ListEntry.objects.all()
    assert _moved(shown)
    assert not _moved(ListEntry(pk=shown.pk, kind="block", key=shown.key))  # as it stood on the other's page
    assert ListEntry.objects.get().kind == "allow"


# -- signatures


def test_a_signature_that_cannot_work_is_refused_at_its_field(staff):
    data = {"name": "s", "kind": "regex", "value": "(unclosed", "score": "5", "enabled": "on"}
    assert "RE2 does not take the pattern" in page(staff.post(SIGNATURES + "add/", data))
    assert staff.post(SIGNATURES + "add/", data | {"value": "(closed)"}).status_code == 302
    assert Signature.objects.get().value == "(closed)"


@pytest.mark.parametrize(
    ("kind", "value", "text", "told"),
    [
        ("regex", "usual +place", TEXT, "minutes of the meeting are in the usual place, with kind"),
        ("regex", "elsewhere", TEXT, "The pattern is not in subject"),
        ("regex", "subject: minutes|^minutes", raw().decode(), "It is found here"),
        ("url", "example.com/a", "See https://www.example.com/a/b for it", "A link goes there."),
        ("url", "example.org", "See https://www.example.com/a/b for it", "No link goes there."),
        ("body", TEXT.upper(), TEXT, "It is the same text."),
        ("body", TEXT, "Something else that has enough words in it", "0 of the 6 runs of three words"),
        ("regex", "(unclosed", TEXT, "RE2 does not take the pattern"),
    ],
)
def test_a_signature_is_tried_on_a_text_before_it_is_kept(staff, kind, value, text, told):
    assert told in page(staff.post(SIGNATURES + "try/", {"kind": kind, "value": value, "text": text}))
    assert not Signature.objects.exists()


def test_a_list_of_signatures_saves_only_what_was_changed_in_it(staff):
    one, two = (Signature(name=name, kind="url", value=f"{name}.example") for name in ("one", "two"))
    for signature in (one, two):
        signature.save()
    shown = page(staff.get(SIGNATURES))
    fields = (dict(re.findall(r'(\w+)="([^"]*)"', tag)) for tag in re.findall(r"<input [^>]*>", shown))
    sent = {tag["name"]: tag.get("value", "on") for tag in fields if "form-" in tag.get("name", "")}
    Signature.objects.filter(pk=two.pk).update(enabled=False, score=1)
    staff.post(SIGNATURES, sent | {"form-0-score": "3", "_save": "Save"})
    assert list(Signature.objects.order_by("name").values_list("score", "enabled")) == [(3, True), (1, False)]


def test_the_trial_is_filled_in_from_a_stored_signature(staff):
    signature = Signature(name="s", kind="url", value="evil.example")
    signature.save()
    assert "try/?signature=" in page(staff.get(f"{SIGNATURES}{signature.pk}/change/"))
    assert "evil.example" in page(staff.get(SIGNATURES + "try/", {"signature": signature.pk}))
    assert "evil.example" not in page(staff.get(SIGNATURES + "try/", {"signature": "x"}))


def test_signatures_are_switched_by_the_dozen(staff):
    Signature(name="s", kind="url", value="evil.example").save()
    chosen = {"_selected_action": [Signature.objects.get().pk]}
    staff.post(SIGNATURES, {"action": "disable", **chosen})
    assert not Signature.objects.get().enabled
    staff.post(SIGNATURES, {"action": "enable", **chosen})
    assert Signature.objects.get().enabled


# -- weights

SYMBOL, OTHER = sorted(WEIGHTS)[:2]


def overrides() -> dict[tuple[str, str | None], float | None]:
    return {(row.check_symbol, row.agent and row.agent.name): row.points for row in WeightOverride.objects.all()}


def test_the_page_of_weights_shows_every_check_with_its_meaning_and_points(staff):
    told = page(staff.get(WEIGHT_PAGE))
    for symbol in WEIGHTS:
        assert f'name="points:{symbol}"' in told


def test_points_are_set_turned_off_and_taken_back(staff):
    staff.post(WEIGHT_PAGE, {f"points:{SYMBOL}": "1,5", f"points:{OTHER}": "", f"off:{OTHER}": "on"})
    assert overrides() == {(SYMBOL, None): 1.5, (OTHER, None): None}
    staff.post(WEIGHT_PAGE, {f"points:{SYMBOL}": "", f"points:{OTHER}": "-2"})
    assert overrides() == {(OTHER, None): -2}


def test_an_agent_has_weights_of_its_own(staff):
    Agent.objects.create(name="billing")
    staff.post(WEIGHT_PAGE, {f"points:{SYMBOL}": "3"})
    staff.post(f"{WEIGHT_PAGE}?agent=billing", {f"points:{SYMBOL}": "4"})
    assert overrides() == {(SYMBOL, None): 3, (SYMBOL, "billing"): 4}
    assert "Weights for billing" in page(staff.get(WEIGHT_PAGE, {"agent": "billing"}))
    assert "There is no agent" in page(staff.get(WEIGHT_PAGE, {"agent": "nobody"}))


def test_what_another_administrator_set_meanwhile_stays(staff):
    staff.post(WEIGHT_PAGE, {f"points:{SYMBOL}": "3"})
    shown = staff.get(WEIGHT_PAGE).context["lines"]
    sent = {f"was:{line.symbol}": line.was for line in shown} | {f"points:{line.symbol}": line.own for line in shown}
    WeightOverride.objects.update(points=None)
    refused = staff.post(WEIGHT_PAGE, sent | {f"points:{OTHER}": "many"}).context["lines"]
    assert [(line.own, line.was) for line in refused if line.symbol == OTHER] == [("many", "")]
    staff.post(WEIGHT_PAGE, sent | {f"points:{OTHER}": "4"})
    assert overrides() == {(SYMBOL, None): None, (OTHER, None): 4}


def test_what_is_done_to_many_rows_at_once_is_in_the_log_of_changes(staff):
    staff.post(WEIGHT_PAGE, {f"points:{SYMBOL}": "3"})
    staff.post(f"{ENTRIES}import/", {"kind": "block", "text": "evil.example"})
    (entry,) = ListEntry.objects.all()
    staff.post(ENTRIES, {"action": "to_the_other_list", "_selected_action": [entry.pk]})
    Signature(name="s", kind="url", value="evil.example").save()
    staff.post(SIGNATURES, {"action": "disable", "_selected_action": [Signature.objects.get().pk]})
    told = [(each.object_repr, each.change_message, each.user.username) for each in LogEntry.objects.order_by("pk")]
    assert told == [
        ("Weights for every agent", f"Changed: {SYMBOL}.", "root"),
        ("Import to the block list", "1 added, 0 known before.", "root"),
        (str(ListEntry.objects.get()), "Moved to the allow list.", "root"),
        ("s", "Disabled.", "root"),
    ]


@pytest.mark.parametrize("wrong", ["many", "1e9", "nan", "inf"])
def test_points_that_are_no_number_are_refused_and_nothing_is_saved(staff, wrong):
    told = page(staff.post(WEIGHT_PAGE, {f"points:{SYMBOL}": wrong, f"points:{OTHER}": "1"}))
    assert "1 of the points are no numbers." in told
    assert f'value="{wrong}"' in told
    assert overrides() == {}


def test_who_may_only_look_may_not_change_weights(client):
    user = User.objects.create_user("looker", password="x", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_weightoverride"))
    client.force_login(user)
    assert "disabled" in page(client.get(WEIGHT_PAGE))
    assert client.post(WEIGHT_PAGE, {f"points:{SYMBOL}": "1"}).status_code == 403


def test_what_is_shown_is_narrowed_by_words(staff):
    told = staff.get(WEIGHT_PAGE, {"q": SYMBOL.lower()})
    assert SYMBOL not in told.context["hidden"]
    assert len(told.context["hidden"]) >= len(WEIGHTS) - 20


def test_wrong_points_are_named_to_who_hears_the_page(staff):
    told = page(staff.post(WEIGHT_PAGE, {f"points:{SYMBOL}": "many"}))
    assert f'aria-describedby="error:{SYMBOL}"' in told
    assert f'id="error:{SYMBOL}"' in told


# -- explain


@pytest.mark.parametrize("way", ["text", "file"])
def test_a_pasted_or_uploaded_message_is_explained(staff, way):
    Signature(name="minutes", kind="regex", value="the minutes", score=8).save()
    material = raw().decode() if way == "text" else SimpleUploadedFile("m.eml", raw())
    told = page(staff.post(EXPLAIN, {way: material}))
    assert "<strong>spam</strong>" in told
    assert "bob@example.net" in told
    assert "known spam “minutes”" in told
    assert "Without <strong>SIGNATURE</strong> (8.00) it would be" in told
    assert "with bob@example.net on the allow list" in told
    assert "2025-03-04 05:06:00 UTC" in told


def test_a_message_is_explained_as_for_an_agent(staff):
    Agent.objects.create(name="billing", spam_threshold=2.0)
    told = page(staff.post(EXPLAIN, {"text": raw().decode(), "agent": "billing"}))
    assert "of 2 points" in told
    assert "There is no agent" in page(staff.post(EXPLAIN, {"text": raw().decode(), "agent": "nobody"}))


def test_what_a_message_says_is_shown_and_never_run(staff):
    told = page(staff.post(EXPLAIN, {"text": raw(f'"{EVIL}"@example.net', subject=EVIL, text=EVIL).decode()}))
    assert "&lt;script&gt;" in told
    assert EVIL not in told


def test_what_is_too_long_to_paste_is_said_and_not_cut(staff):
    assert "maxlength" not in page(staff.get(EXPLAIN)).partition("<textarea")[2].partition(">")[0]
    assert "More than 1,000,000 characters: choose a file." in page(staff.post(EXPLAIN, {"text": "x" * 1_000_001}))
    refused = staff.post(EXPLAIN, {"text": "x" * 3_000_000}, headers={"accept": "text/html"})
    assert (refused.status_code, b"only as a file" in refused.content) == (400, True)


def test_an_empty_form_says_what_it_takes(staff):
    assert "Paste something, or choose a file." in page(staff.post(EXPLAIN))


@pytest.fixture
def source(monkeypatch):
    monkeypatch.setattr(sources, "_sources", [])
    return sources.offer


def test_the_message_of_an_event_is_explained_for_its_agent(staff, source):
    Agent.objects.create(name="billing", spam_threshold=2.0)
    asked: list[int] = []

    def arrived(event: int) -> sources.Arrived:
        asked.append(event)
        return sources.Arrived(raw=raw(), received_at=RECEIVED_AT, agent="billing")

    source(arrived)
    told = page(staff.get(EXPLAIN, {"event": "42"}))
    assert asked == [42]
    assert "of 2 points" in told
    assert "bob@example.net" in told


def test_an_event_whose_message_cannot_be_had_says_why(staff, source):
    assert "has no event log" in page(staff.get(EXPLAIN, {"event": "42"}))
    assert "is no number of an event" in page(staff.get(EXPLAIN, {"event": EVIL}))

    def gone(event):
        raise sources.SourceError("It is gone.")

    source(gone)
    assert "The message of event 42 cannot be explained. It is gone." in page(staff.get(EXPLAIN, {"event": "42"}))


def test_an_event_that_is_not_in_the_log_says_so(staff):
    assert "There is no such event in the log." in page(staff.get(EXPLAIN, {"event": "42"}))
