"""Lists into rows and back."""

import tracemalloc

import pytest

from mailevents.models import Agent
from spamfilter.importing import ImportRefused, export_lines, import_lines
from spamfilter.models import ListEntry

pytestmark = pytest.mark.usefixtures("database")


def test_entries_are_added_once_and_known_ones_counted():
    lines = ["spam@example.net", "@example.com", "SPAM@example.net"]
    imported = import_lines(lines, kind="block", source="import")
    assert (imported.added, imported.known) == (2, 1)
    again = import_lines(lines, kind="block", source="import")
    assert (again.added, again.known) == (0, 3)
    entry = ListEntry.objects.get(key="d:example.com")
    assert (entry.kind, entry.agent, entry.source) == ("block", None, "import")
    assert entry.created_at.tzinfo is not None


def test_the_same_entry_may_stand_on_both_lists_and_for_agents():
    billing = Agent.objects.create(name="billing")
    import_lines(
        ["entry,kind,agent", "@a.example,allow,", "@a.example,block,", "@a.example,block,billing"], kind=None, source=""
    )
    assert list(ListEntry.objects.order_by("pk").values_list("kind", "agent")) == [
        ("allow", None),
        ("block", None),
        ("block", billing.pk),
    ]


def test_one_wrong_line_refuses_all_of_them_and_names_it():
    with pytest.raises(ImportRefused, match=r"Nothing was imported\.\nline 2: .*'nobody' is none of"):
        import_lines(["@example.com", "nobody", "@example.net"], kind="block", source="")
    assert not ListEntry.objects.exists()


def test_wrong_lines_can_be_left_out_and_the_first_of_them_are_told():
    imported = import_lines([*["nobody"] * 30, "@example.com"], kind="block", source="", skip_wrong=True)
    assert (imported.added, imported.wrong, len(imported.mistakes)) == (1, 30, 20)
    with pytest.raises(ImportRefused, match="and 10 more"):
        import_lines(["nobody"] * 30, kind="block", source="")


def test_an_agent_that_is_not_there_is_a_mistake_that_names_those_that_are():
    Agent.objects.create(name="billing")
    with pytest.raises(ImportRefused, match=r"line 2: There is no agent 'bling'\. There are: billing\."):
        import_lines(["entry,agent", "@example.com,bling"], kind="block", source="")


def test_what_is_exported_imports_to_the_same_rows():
    Agent.objects.create(name="billing")
    import_lines(
        ["entry,kind,agent,note", '@a.example,allow,,"one, two"', "192.0.2.1,block,billing,", "link:b.example,block,,"],
        kind=None,
        source="",
    )
    before = rows()
    exported = list(export_lines(ListEntry.objects.all(), plain=False))
    assert exported[0] == "entry,kind,agent,note\n"
    ListEntry.objects.all().delete()
    import_lines(exported, kind=None, source="")
    assert rows() == before
    assert list(export_lines(ListEntry.objects.filter(kind="block"), plain=True)) == [
        "192.0.2.1\n",
        "link:b.example\n",
    ]


def rows() -> list[tuple[object, ...]]:
    return list(ListEntry.objects.order_by("key").values_list("kind", "key", "agent__name", "note"))


def test_a_long_list_is_read_in_bounded_memory():
    import_lines(["@first.example"], kind="block", source="")
    tracemalloc.start()
    try:
        imported = import_lines((f"user{n}@example.net" for n in range(15_000)), kind="block", source="")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert imported.added == 15_000
    assert peak < 10_000_000
