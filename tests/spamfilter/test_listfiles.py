"""Lists as files."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spamfilter.listfiles import ListedLine, Mistake, csv_line, read_lines


def read(text: str, **options):
    return list(read_lines(io.StringIO(text), **options))


def test_a_plain_file_has_one_entry_a_line_with_notes_behind_a_hash():
    text = "\ufeff# our own list\n\nspam@example.net  # seen in May\r\n@example.com\n192.0.2.0/24\nlink:example.org\n"
    assert read(text, kind="block", agent="billing") == [
        ListedLine(line=3, key="a:spam@example.net", kind="block", agent="billing", note="seen in May"),
        ListedLine(line=4, key="d:example.com", kind="block", agent="billing"),
        ListedLine(line=5, key="n:192.0.2.0/24", kind="block", agent="billing"),
        ListedLine(line=6, key="h:example.org", kind="block", agent="billing"),
    ]


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_csv_file_says_for_each_entry_what_its_head_line_names(delimiter):
    text = 'Entry,Agent,Kind,Note\nann@example.com,billing,Allow,"a friend"\n@example.net,,,\n'.replace(",", delimiter)
    assert read(text, kind="block") == [
        ListedLine(line=2, key="a:ann@example.com", kind="allow", agent="billing", note="a friend"),
        ListedLine(line=3, key="d:example.net", kind="block"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("spam@example.net", "line 1: says no kind"),
        ("entry,kind\nspam@example.net,grey", "line 2: says 'grey' where allow or block is needed"),
        ("entry,kind\na@b.example,block,x,y", "line 2: has 4 values for 2 columns"),
        ('entry,kind\n"a@b.example,block', "line 2: is no CSV"),
        ("entry,kind\n" + "x" * 5000, "line 2: is longer than 4096 characters"),
        ("entry,kind\ngr\ufffd@b.example,block", "line 2: holds bytes that are not UTF-8"),
        ("entry,kind,note\na@b.example,block,Gr\ufffd\ufffde", "line 2: holds bytes that are not UTF-8"),
    ],
)
def test_a_line_that_is_no_entry_is_a_mistake_with_its_number(text, told):
    (mistake,) = read(text)
    assert isinstance(mistake, Mistake)
    assert str(mistake).startswith(told)


def test_what_is_no_address_is_a_mistake_and_the_rest_goes_on():
    first, second = read("nobody\n@example.com", kind="allow")
    assert "is none of" in first.told
    assert second.key == "d:example.com"


def test_an_empty_file_has_no_entries():
    assert read("\n \n") == []


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), max_size=20), min_size=2))
def test_what_is_written_as_csv_is_read_again(values):
    import csv

    (row,) = csv.reader([csv_line(values)])
    assert [value.removeprefix("'") for value in row] == [value.removeprefix("'") for value in values]


def test_a_note_of_several_lines_is_written_on_one():
    assert (
        csv_line(["a@b.example", "block", "", "first\r\nsecond, and\nthird"])
        == 'a@b.example,block,,"first second, and third"\n'
    )


def test_a_note_that_looks_like_a_formula_stays_text_in_a_spreadsheet():
    assert csv_line(["@example.com", '=HYPERLINK("x")']) == '@example.com,"\'=HYPERLINK(""x"")"\n'
