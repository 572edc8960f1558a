"""Sieve scripts as rules, and what is refused, by line."""

import pytest

from rules.actions import AutoReply, Copy, Delete, Flag, Forward, Label, MarkRead, Move, Unlabel
from rules.sieve.errors import SieveRefused
from rules.sieve.importing import Imported, import_script
from tests.rules.mails import condition

REQUIRE = (
    'require ["fileinto", "copy", "imap4flags", "vacation", "vacation-seconds", "body", "regex", "mailbox",'
    ' "comparator-i;ascii-casemap"];\n'
)


def imported(script: str) -> Imported:
    return import_script((REQUIRE + script).encode(), name="mine")


def refusals(script: str) -> dict[int, str]:
    """The remarks on `script`, its first line being 1."""
    with pytest.raises(SieveRefused) as refusal:
        imported(script)
    return {remark.line - 1: remark.message for remark in refusal.value.remarks}


@pytest.mark.parametrize(
    ("test", "match", "conditions"),
    [
        ("true", "all", []),
        ('header "subject" "Hi"', "all", [("subject", "is", "Hi")]),
        ('header :is "Subject" "Hi"', "all", [("subject", "is", "Hi")]),
        ('header :IS :comparator "i;ascii-casemap" "SUBJECT" "Hi"', "all", [("subject", "is", "Hi")]),
        ('header :comparator "i;ascii-casemap" :contains "subject" "x"', "all", [("subject", "contains", "x")]),
        ('header :contains "subject" ""', "all", [("subject", "exists", "")]),
        ('header :contains "X-Tag" "vip"', "all", [("header:X-Tag", "contains", "vip")]),
        ('header :contains "from" "Ann"', "all", [("from", "contains", "Ann")]),
        ('header :is "from" "ann@x.example"', "all", [("header:from", "is", "ann@x.example")]),
        ('header :contains "List-Id" "dev"', "all", [("list_id", "contains", "dev")]),
        ('header :contains "List-Id" "<dev.x.example>"', "all", [("list_id", "is", "dev.x.example")]),
        ('header :is "List-Id" "dev"', "all", [("header:List-Id", "is", "dev")]),
        ('header :matches "subject" "Invoice*"', "all", [("subject", "starts_with", "Invoice")]),
        ('header :matches "subject" "*paid"', "all", [("subject", "ends_with", "paid")]),
        ('header :matches "subject" "*paid*"', "all", [("subject", "contains", "paid")]),
        ('header :matches "subject" "*"', "all", [("subject", "exists", "")]),
        ('header :matches "subject" "paid"', "all", [("subject", "is", "paid")]),
        ('header :matches "subject" "a*b?c"', "all", [("subject", "matches", "a*b?c")]),
        (r'header :matches "subject" "*100\\*"', "all", [("subject", "ends_with", "100*")]),
        (r'header :matches "subject" "a\\*b*c"', "all", [("subject", "matches", r"a\*b*c")]),
        (r'header :regex "subject" "^\\[[0-9]+\\]"', "all", [("subject", "regex", r"^\[[0-9]+\]")]),
        (r'header :contains "subject" "a \"b\" \\ c"', "all", [("subject", "contains", r'a "b" \ c')]),
        (
            'header :contains "subject" text:\n..dots\nand more\n.\n',
            "all",
            [("subject", "contains", ".dots\nand more\n")],
        ),
        (
            'header :contains ["subject", "X-Tag"] "a"',
            "any",
            [("subject", "contains", "a"), ("header:X-Tag", "contains", "a")],
        ),
        ('header :contains "subject" ["a", "b"]', "any", [("subject", "contains", "a"), ("subject", "contains", "b")]),
        ('not header :is "subject" "a"', "all", [("subject", "is_not", "a")]),
        ('not not header :is "subject" "a"', "all", [("subject", "is", "a")]),
        (
            'not header :contains "subject" ["a", "b"]',
            "all",
            [("subject", "not_contains", "a"), ("subject", "not_contains", "b")],
        ),
        ('address :is "from" "ann@x.example"', "all", [("from", "is", "ann@x.example")]),
        ('address :all :is "Reply-To" "ann@x.example"', "all", [("reply_to", "is", "ann@x.example")]),
        ('address ["to", "cc"] "a@x.example"', "any", [("to", "is", "a@x.example"), ("cc", "is", "a@x.example")]),
        ('address :domain :is "from" "x.example"', "all", [("from", "ends_with", "@x.example")]),
        ('address :is :domain "from" "x.example"', "all", [("from", "ends_with", "@x.example")]),
        ('address :domain :matches "from" ["x.example", "*.x.example"]', "all", [("from", "domain_is", "x.example")]),
        ('address :domain :matches "from" "*.x.example"', "all", [("from", "ends_with", ".x.example")]),
        ('address :localpart :is "to" "sales"', "all", [("to", "starts_with", "sales@")]),
        ('address :matches "from" "*@x.example"', "all", [("from", "ends_with", "@x.example")]),
        ('exists "X-Tag"', "all", [("header:X-Tag", "exists", "")]),
        ('exists ["cc", "List-Id"]', "all", [("cc", "exists", ""), ("list_id", "exists", "")]),
        ('not exists ["X-A", "X-B"]', "any", [("header:X-A", "absent", ""), ("header:X-B", "absent", "")]),
        ("size :over 2M", "all", [("size", "over", "2M")]),
        ("size :under 500k", "all", [("size", "under", "500K")]),
        ("not size :over 1K", "all", [("size", "under", "1025")]),
        ("not size :under 1K", "all", [("size", "over", "1023")]),
        ('body :contains "money"', "all", [("body", "contains", "money")]),
        ('body :text :regex "mo+ney"', "all", [("body", "regex", "mo+ney")]),
        ('body :content "text" :contains "x"', "all", [("body", "contains", "x")]),
        ('allof (true, header "subject" "a")', "all", [("subject", "is", "a")]),
        ('anyof (false, header "subject" "a")', "all", [("subject", "is", "a")]),
        ('anyof (true, header "subject" "a")', "all", []),
        ('allof (header "subject" "a", size :over 1K)', "all", [("subject", "is", "a"), ("size", "over", "1K")]),
        ('anyof (header "subject" "a", size :over 1K)', "any", [("subject", "is", "a"), ("size", "over", "1K")]),
        ('not anyof (header "subject" "a", exists "cc")', "all", [("subject", "is_not", "a"), ("cc", "absent", "")]),
        ('not allof (header "subject" "a", exists "cc")', "any", [("subject", "is_not", "a"), ("cc", "absent", "")]),
        (
            'allof (allof (exists "X-A", exists "X-B"), exists "X-C")',
            "all",
            [("header:X-A", "exists", ""), ("header:X-B", "exists", ""), ("header:X-C", "exists", "")],
        ),
        (
            'allof (header :contains "subject" ["a.b", "c"], exists "cc")',
            "all",
            [("subject", "regex", r"a\.b|c"), ("cc", "exists", "")],
        ),
        (
            'allof (header :matches "subject" ["a*", "*b", "c"], exists "cc")',
            "all",
            [("subject", "regex", r"\Aa|b\z|\Ac\z"), ("cc", "exists", "")],
        ),
        ('ALLOF(Header :Is "Subject" "a")', "all", [("subject", "is", "a")]),
        ('/* why */ header # so\n "subject" /* there */ "a"', "all", [("subject", "is", "a")]),
    ],
)
def test_a_test_becomes_conditions(test, match, conditions):
    (rule,) = imported(f"if {test} {{ discard; }}").rules
    assert rule.match == match
    assert rule.conditions == tuple(condition(*each) for each in conditions)
    assert rule.actions == (Delete(),)


@pytest.mark.parametrize(
    ("commands", "actions", "stop"),
    [
        ('fileinto "A";', [Move(folder="A")], False),
        ('fileinto :create "A/Grüße";', [Move(folder="A/Grüße")], False),
        ('fileinto :copy "A";', [Copy(folder="A")], False),
        ('fileinto "A"; keep;', [Copy(folder="A")], False),
        ('fileinto "A"; fileinto "B";', [Copy(folder="A"), Move(folder="B")], False),
        ('fileinto :flags ["\\\\Seen", "vip"] "A";', [MarkRead(), Label(label="vip"), Move(folder="A")], False),
        ("discard;", [Delete()], False),
        ("discard; stop;", [Delete()], True),
        ("stop;", [], True),
        ("keep; stop;", [], True),
        ('keep :flags "\\\\Flagged";', [Flag()], False),
        ('addflag "\\\\Seen";', [MarkRead()], False),
        ('addflag "\\\\seen vip";', [MarkRead(), Label(label="vip")], False),
        ('setflag ["a", "b"];', [Label(label="a"), Label(label="b")], False),
        ('removeflag "a";', [Unlabel(label="a")], False),
        ('redirect "b@x.example";', [Forward(to="b@x.example"), Delete()], False),
        ('redirect :copy "b@x.example";', [Forward(to="b@x.example")], False),
        ('redirect "b@x.example"; keep;', [Forward(to="b@x.example")], False),
        ('redirect "b@x.example"; fileinto "A";', [Forward(to="b@x.example"), Move(folder="A")], False),
        ('vacation "Away.";', [AutoReply(text="Away.", once_per="7d")], False),
        (
            'vacation :days 3 :subject "Off {now}" :addresses ["a@x.example"] :handle "h" "Back {soon}.";',
            [AutoReply(text="Back {{soon}}.", subject="Off {{now}}", once_per="3d")],
            False,
        ),
        ('vacation :seconds 5400 "x";', [AutoReply(text="x", once_per="90m")], False),
        ("vacation text:\nline\n..\n.\n;", [AutoReply(text="line\n.\n", once_per="7d")], False),
    ],
)
def test_actions_become_actions(commands, actions, stop):
    (rule,) = imported(f'if exists "X-A" {{ {commands} }}').rules
    assert rule.actions == tuple(actions)
    assert rule.stop is stop
    (unconditional,) = imported(commands).rules
    assert unconditional.actions == tuple(actions)
    assert unconditional.conditions == ()


def test_rules_keep_the_order_and_the_names_of_the_script():
    script = """
# rule:[Invoices]
if header :contains "subject" "invoice" { fileinto "Invoices"; stop; }
# something else
if exists "X-A" { discard; }
# rule:[All the rest]
addflag "seen-by-script";
"""
    rules = imported(script).rules
    assert [rule.name for rule in rules] == ["Invoices", "mine, line 6", "All the rest"]
    assert [rule.position for rule in rules] == [10, 20, 30]


def test_names_are_unique():
    script = """# rule:[A]
if exists "X" { discard; }
# rule:[A]
if exists "Y" { stop; }
# rule:[B]
if exists "Z" { if exists "V" { stop; } discard; }"""
    assert [rule.name for rule in imported(script).rules] == ["A", "A (2)", "B", "B (2)"]


def test_an_elsif_excludes_what_came_before():
    script = """if exists "X-A" { fileinto "A"; }
elsif header :is "subject" "b" { fileinto "B"; }
else { fileinto "C"; }
discard;"""
    rules = imported(script).rules
    assert [rule.conditions for rule in rules] == [
        (condition("header:X-A", "exists"),),
        (condition("header:X-A", "absent"), condition("subject", "is", "b")),
        (condition("header:X-A", "absent"), condition("subject", "is_not", "b")),
        (),
    ]


def test_an_elsif_after_a_stop_needs_no_opposite():
    script = 'if header :matches "subject" "a*b" { fileinto "A"; stop; } else { fileinto "B"; } addflag "x";'
    first, second, third = imported(script).rules
    assert first.stop
    assert second.conditions == ()
    assert third.actions == (Label(label="x"),)


def test_at_the_end_of_a_script_an_arm_without_an_opposite_stops():
    script = 'if header :matches "subject" "a*b" { fileinto "A"; } elsif size :over 1K { keep; } else { fileinto "B"; }'
    first, last = imported(script).rules
    assert (first.conditions, first.stop) == ((condition("subject", "matches", "a*b"),), True)
    assert (last.conditions, last.stop) == ((condition("size", "under", "1025"),), False)


def test_before_the_end_an_arm_without_an_opposite_is_refused():
    script = 'if header :matches "subject" "a*b" { fileinto "A"; }\nelse { fileinto "B"; }\naddflag "x";'
    assert "needs a `stop` at the end of this block" in refusals(script)[1]


def test_a_nested_if_is_asked_with_what_surrounds_it():
    script = 'if exists "X-A" { addflag "a"; if size :over 1K { fileinto "B"; } stop; }'
    rules = imported(script).rules
    assert [(rule.conditions, rule.actions, rule.stop) for rule in rules] == [
        ((condition("header:X-A", "exists"),), (Label(label="a"),), False),
        ((condition("header:X-A", "exists"), condition("size", "over", "1K")), (Move(folder="B"),), False),
        ((condition("header:X-A", "exists"),), (), True),
    ]


def test_what_never_happens_is_no_rule():
    assert imported('if not true { discard; } elsif exists "A" { stop; }').rules[0].conditions == (
        condition("header:A", "exists"),
    )
    assert imported("if true { keep; }").rules == ()
    assert imported("").rules == ()


def test_a_rule_that_is_switched_off_comes_in_switched_off():
    off, also_off = imported('if false { discard; } if allof (false, exists "A") { discard; }').rules
    assert (off.enabled, off.conditions) == (False, ())
    assert (also_off.enabled, also_off.conditions) == (False, (condition("header:A", "exists"),))


@pytest.mark.parametrize(
    ("script", "lines"),
    [
        ('require "variables";\nset "a" "b";', {1: "variables", 2: "`set` has no counterpart"}),
        ('require "reject";\nreject "no";', {1: "reject", 2: "`reject` has no counterpart"}),
        ('require ["envelope"];\nif envelope "from" "a@b.example" { keep; }', {1: "envelope", 2: "`envelope` has no"}),
        ('if true {\n\n  fileinto "";\n}', {3: "folder: is missing"}),
        ('keep;\nif header :regex "subject" "(" { keep; }', {2: "RE2"}),
        ('if header :is "subject" "" { discard; }', {1: "is missing"}),
        ('if header :comparator "i;octet" "subject" "a" { discard; }', {1: "comparator"}),
        ('if address :is "Sender" "a@b.example" { discard; }', {1: "no addresses in 'Sender'"}),
        ('if address :domain :contains "from" "x" { discard; }', {1: "of a domain rules know"}),
        ('if not address :domain :is "from" "x.example" { discard; }', {1: "no opposite of `ends_with`"}),
        ('if not header :matches "subject" "a?b" { discard; }', {1: "no opposite of `matches`"}),
        ('if body :raw :contains "x" { discard; }', {1: "text only"}),
        ('if allof (anyof (exists "A", exists "B"), exists "C") { discard; }', {1: "not a mixture"}),
        ('if anyof (exists "A",\n allof (exists "B", exists "C")) { discard; }', {2: "not a mixture"}),
        ('if allof (header :contains ["a", "b"] "c", exists "C") { discard; }', {1: "not a mixture"}),
        ('redirect "nobody";', {1: "one bare address"}),
        ('addflag "\\\\Deleted";', {1: "rules do not set \\Deleted"}),
        ('removeflag "\\\\Seen";', {1: "take no flag such as \\Seen off"}),
        ('vacation :mime "x";', {1: "no `:mime`"}),
        ('vacation :from "a@b.example" "x";', {1: "no `:from`"}),
        ('vacation :days 999 "x";', {1: "at most 366d"}),
        ('vacation "";', {1: "text: is missing"}),
        ('fileinto :flags "a" :copy "X";', {1: "not on a copy"}),
        ('if header :contains "subject" { keep; }', {1: ""}),
        ('keep;\nnonsense "x";', {2: "unknown command"}),
        ("if true {\nkeep;\n", {3: "end of script"}),
        ("if true { keep; }\n}", {2: ""}),
        ("discard;\n\n§", {3: "unknown token"}),
        ("else { keep; }", {1: "must follow"}),
    ],
    ids=lambda value: repr(value)[:60],
)
def test_what_rules_cannot_say_is_refused_by_line(script, lines):
    found = refusals(script)
    assert list(found) == list(lines)
    for line, says in lines.items():
        assert says in found[line]


def test_all_lines_are_told_at_once():
    script = 'if size :over 1K { reject "a"; }\nif not header :matches "subject" "a?" { keep; }\nredirect "x";'
    assert list(refusals('require "reject";\n' + script)) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "source",
    [
        b"\xff\xfe",
        b"x" * 300_000,
        b"if true { keep; " * 40,
        b"\0",
        b'"',
        b"text:",
        b"if " + b"not " * 500 + b"true { stop; }",
    ],
)
def test_what_is_no_script_is_refused(source):
    with pytest.raises(SieveRefused):
        import_script(source, name="x")


def test_what_is_nearly_the_same_is_remarked_on():
    script = 'if exists "A" { fileinto "A"; }\nif address :contains "from" "ann" { fileinto "B"; }'
    remarks = {remark.line - 1: remark.message for remark in imported(script).warnings}
    assert "Sieve would keep both" in remarks[1]
    assert "the name beside an address" in remarks[2]
    assert imported('if exists "A" { fileinto "A"; stop; } fileinto "B";').warnings == ()
