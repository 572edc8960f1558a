"""What each field and op passes and refuses."""

import pytest

from agenticmail.message import Address
from rules.conditions import Condition, compile_condition
from rules.errors import RuleInvalid
from rules.facts import Facts
from rules.fields import FIELDS, OPS
from tests.rules.mails import headers, invoice, mail, verdict

INVOICE = invoice()
EMPTY = mail()

# (field, op, value, whether the invoice passes)
CASES = [
    ("from", "is", "ann@shop.example.com", True),
    ("from", "is", "ANN@SHOP.example.COM", True),
    ("from", "is", "Ann Müller", True),
    ("from", "is", "ANN MÜLLER", True),
    ("from", "is", "Ann Müller <ann@shop.example.com>", True),
    ("from", "is", "ann@shop.example", False),
    ("from", "is", "shop.example.com", False),
    ("from", "is_not", "ann@shop.example.com", False),
    ("from", "is_not", "bob@shop.example.com", True),
    ("from", "contains", "@shop.", True),
    ("from", "contains", "müller", True),
    ("from", "contains", "MU\u0308LLER", True),
    ("from", "contains", "müller <ann", True),
    ("from", "contains", "nobody", False),
    ("from", "not_contains", "nobody", True),
    ("from", "not_contains", "shop", False),
    ("from", "starts_with", "ann@", True),
    ("from", "starts_with", "ANN MÜ", True),
    ("from", "starts_with", "nn@", False),
    ("from", "ends_with", "@shop.example.com", True),
    ("from", "ends_with", "Müller", True),
    ("from", "ends_with", "@shop.example", False),
    ("from", "matches", "*@*.example.com", True),
    ("from", "matches", "*@SHOP.EXAMPLE.COM", True),
    ("from", "matches", "???@shop.example.com", True),
    ("from", "matches", "??@shop.example.com", False),
    ("from", "matches", "shop", False),
    ("from", "regex", r"^[a-z]+@shop\.", True),
    ("from", "regex", r"^ANN@", True),
    ("from", "regex", r"@shop$", False),
    ("from", "domain_is", "example.com", True),
    ("from", "domain_is", "shop.example.com", True),
    ("from", "domain_is", "@shop.example.com", True),
    ("from", "domain_is", "*.example.com", True),
    ("from", "domain_is", "EXAMPLE.com", True),
    ("from", "domain_is", "com", True),
    ("from", "domain_is", "hop.example.com", False),
    ("from", "domain_is", "example.org", False),
    ("from", "domain_is", "a.shop.example.com", False),
    ("from", "exists", "", True),
    ("from", "absent", "", False),
    ("to", "is", "copy@b.example", True),
    ("to", "is", "billing@corp.example.org", True),
    ("to", "is", "boss@corp.example.org", False),
    ("to", "is_not", "copy@b.example", False),
    ("to", "is_not", "boss@corp.example.org", True),
    ("to", "contains", "BILLING", True),
    ("to", "not_contains", "copy", False),
    ("to", "starts_with", "copy@", True),
    ("to", "ends_with", ".example", True),
    ("to", "matches", "copy@?.example", True),
    ("to", "regex", "^(copy|paste)@", True),
    ("to", "domain_is", "b.example", True),
    ("to", "domain_is", "example.org", True),
    ("to", "domain_is", "shop.example.com", False),
    ("to", "exists", "", True),
    ("to", "absent", "", False),
    ("cc", "is", "boss@corp.example.org", True),
    ("cc", "is", "Boss", True),
    ("cc", "is", "copy@b.example", False),
    ("cc", "contains", "corp", True),
    ("cc", "starts_with", "boss", True),
    ("cc", "ends_with", "corp.example.org", True),
    ("cc", "matches", "boss@*", True),
    ("cc", "regex", "b.ss", True),
    ("cc", "domain_is", "corp.example.org", True),
    ("cc", "exists", "", True),
    ("recipient", "is", "copy@b.example", True),
    ("recipient", "is", "boss@corp.example.org", True),
    ("recipient", "is", "billing+inbox@corp.example.org", True),
    ("recipient", "is", "ann@shop.example.com", False),
    ("recipient", "is_not", "boss@corp.example.org", False),
    ("recipient", "contains", "+inbox", True),
    ("recipient", "matches", "billing+*@corp.example.org", True),
    ("recipient", "domain_is", "b.example", True),
    ("recipient", "exists", "", True),
    ("reply_to", "is", "answers@shop.example.com", True),
    ("reply_to", "is_not", "answers@shop.example.com", False),
    ("reply_to", "contains", "answers", True),
    ("reply_to", "domain_is", "example.com", True),
    ("reply_to", "absent", "", False),
    ("subject", "is", "rechnung nr. 7 FÜR märz", True),
    ("subject", "is", "Rechnung", False),
    ("subject", "is_not", "Rechnung", True),
    ("subject", "is_not", "Rechnung Nr. 7 für März", False),
    ("subject", "contains", "nr. 7", True),
    ("subject", "contains", "FÜR MÄRZ", True),
    ("subject", "contains", "nr.7", False),
    ("subject", "not_contains", "invoice", True),
    ("subject", "not_contains", "RECHNUNG", False),
    ("subject", "starts_with", "rechnung", True),
    ("subject", "starts_with", "nr.", False),
    ("subject", "ends_with", "märz", True),
    ("subject", "ends_with", "mär", False),
    ("subject", "matches", "Rechnung*März", True),
    ("subject", "matches", "*nr. ? *", True),
    ("subject", "matches", "Rechnung", False),
    ("subject", "matches", "*[7]*", False),
    ("subject", "matches", r"*\**", False),
    ("subject", "regex", r"nr\. \d+", True),
    ("subject", "regex", r"^Rechnung.*März$", True),
    ("subject", "regex", r"\d{2,}", False),
    ("subject", "regex", r"\bfür\b", True),
    ("subject", "exists", "", True),
    ("subject", "absent", "", False),
    ("body", "is", "Dear customer,\nyour invoice of 120.50 EUR is attached.\nRegards\n", True),
    ("body", "is", "Dear customer,", False),
    ("body", "contains", "120.50 eur", True),
    ("body", "contains", "customer,\nYOUR", True),
    ("body", "contains", "pay now", False),
    ("body", "not_contains", "pay now", True),
    ("body", "not_contains", "INVOICE", False),
    ("body", "starts_with", "dear CUSTOMER", True),
    ("body", "starts_with", "your", False),
    ("body", "ends_with", "regards\n", True),
    ("body", "matches", "*invoice*attached*", True),
    ("body", "matches", "invoice", False),
    ("body", "regex", r"[0-9]+\.[0-9]{2} eur", True),
    ("body", "regex", r"(?m)^regards$", True),
    ("body", "regex", r"^regards$", False),
    ("body", "regex", r"customer.*attached", False),
    ("body", "regex", r"(?s)customer.*attached", True),
    ("body", "exists", "", True),
    ("header:X-Mailer", "is", "shop 2.1", True),
    ("header:x-mailer", "is", "Shop 2.1", True),
    ("header:X-MAILER", "contains", "SHOP", True),
    ("header:X-Mailer", "is_not", "Shop 2.1", False),
    ("header:X-Mailer", "is_not", "Shop", True),
    ("header:X-Mailer", "regex", r"^shop \d", True),
    ("header:X-Mailer", "matches", "Shop*", True),
    ("header:X-Mailer", "exists", "", True),
    ("header:X-Mailer", "absent", "", False),
    ("header:X-Tag", "is", "second", True),
    ("header:X-Tag", "is", "first", True),
    ("header:X-Tag", "is_not", "second", False),
    ("header:X-Tag", "contains", "firstsecond", False),
    ("header:X-Tag", "starts_with", "sec", True),
    ("header:X-Tag", "ends_with", "rst", True),
    ("header:X-Empty", "exists", "", False),
    ("header:X-Empty", "absent", "", True),
    ("header:X-None", "exists", "", False),
    ("header:X-None", "absent", "", True),
    ("header:X-None", "is", "x", False),
    ("header:X-None", "is_not", "x", True),
    ("header:X-None", "contains", "x", False),
    ("header:X-None", "not_contains", "x", True),
    ("header:X-None", "starts_with", "x", False),
    ("header:X-None", "ends_with", "x", False),
    ("header:X-None", "matches", "*", False),
    ("header:X-None", "regex", ".*", False),
    ("header:X-None", "domain_is", "example.com", False),
    ("header:Return-Path", "domain_is", "shop.example.com", True),
    ("header:Return-Path", "domain_is", "example.org", False),
    ("header:From", "contains", "<ann@", True),
    ("list_id", "is", "announce.lists.example.com", True),
    ("list_id", "contains", "lists", True),
    ("list_id", "starts_with", "announce.", True),
    ("list_id", "ends_with", ".example.com", True),
    ("list_id", "matches", "*.lists.*", True),
    ("list_id", "regex", r"^ann", True),
    ("list_id", "domain_is", "lists.example.com", True),
    ("list_id", "domain_is", "list.example.com", False),
    ("list_id", "exists", "", True),
    ("list_id", "absent", "", False),
    ("attachment_name", "is", "invoice-7.pdf", True),
    ("attachment_name", "is_not", "invoice-8.pdf", True),
    ("attachment_name", "contains", "invoice", True),
    ("attachment_name", "starts_with", "inv", True),
    ("attachment_name", "ends_with", ".pdf", True),
    ("attachment_name", "ends_with", ".exe", False),
    ("attachment_name", "matches", "*.pdf", True),
    ("attachment_name", "matches", "*.p?f", True),
    ("attachment_name", "regex", r"\.(exe|scr|pdf)$", True),
    ("attachment_name", "exists", "", True),
    ("attachment_type", "is", "application/pdf", True),
    ("attachment_type", "is", "IMAGE/PNG", True),
    ("attachment_type", "is", "text/html", False),
    ("attachment_type", "is_not", "image/png", False),
    ("attachment_type", "starts_with", "image/", True),
    ("attachment_type", "starts_with", "video/", False),
    ("attachment_type", "matches", "image/*", True),
    ("attachment_type", "regex", "^(audio|image)/", True),
    ("attachment_type", "contains", "pdf", True),
    ("attachment_type", "absent", "", False),
    ("size", "over", "4999", True),
    ("size", "over", "5000", False),
    ("size", "over", "4K", True),
    ("size", "over", "5K", False),
    ("size", "over", "1M", False),
    ("size", "under", "5001", True),
    ("size", "under", "5000", False),
    ("size", "under", "5k", True),
    ("size", "under", "1.5 MB", True),
    ("size", "exists", "", True),
    ("size", "absent", "", False),
    ("priority", "is", "high", True),
    ("priority", "is", "HIGH", True),
    ("priority", "is", "low", False),
    ("priority", "is_not", "low", True),
    ("priority", "is_not", "high", False),
    ("priority", "contains", "ig", True),
    ("priority", "regex", "^(high|low)$", True),
    ("priority", "exists", "", True),
    ("label", "is", "VIP", True),
    ("label", "is", "work", True),
    ("label", "is", "other", False),
    ("label", "is_not", "vip", False),
    ("label", "starts_with", "wo", True),
    ("label", "exists", "", True),
    ("folder", "is", "inbox", True),
    ("folder", "is_not", "Archive", True),
    ("spam_verdict", "is", "suspicious", True),
    ("spam_verdict", "is", "Suspicious", True),
    ("spam_verdict", "is", "ham", False),
    ("spam_verdict", "is_not", "spam", True),
    ("spam_verdict", "matches", "s*", True),
    ("spam_verdict", "regex", "^sus", True),
    ("spam_verdict", "exists", "", True),
    ("spam_score", "over", "3", True),
    ("spam_score", "over", "3.5", False),
    ("spam_score", "over", "-1", True),
    ("spam_score", "under", "3.6", True),
    ("spam_score", "under", "3.5", False),
    ("spam_score", "exists", "", True),
    ("spam_category", "is", "phishing", True),
    ("spam_category", "is", "content", True),
    ("spam_category", "is", "header", False),
    ("spam_category", "is_not", "phishing", False),
    ("spam_category", "contains", "PHISH", True),
    ("spam_category", "exists", "", True),
    ("spam_category", "absent", "", False),
]


def passes(message, field, op, value, judged=None):
    test = compile_condition(Condition(field=field, op=op, value=value))
    return test.passes(Facts(message, judged or verdict("suspicious", 3.5, ("content", "phishing")), "INBOX"))


@pytest.mark.parametrize(("field", "op", "value", "expected"), CASES, ids=lambda v: repr(v)[:40])
def test_a_condition_passes_just_what_it_says(field, op, value, expected):
    assert passes(INVOICE, field, op, value) is expected


def test_every_op_of_every_field_has_a_case():
    asked = {(field.partition(":")[0], op) for field, op, _, _ in CASES}
    common = {op for op in OPS if op not in ("over", "under", "domain_is")}
    for op in common:
        assert any(pair[1] == op for pair in asked), op
    assert {field for field, _ in asked} == {*FIELDS, "header"}


@pytest.mark.parametrize("field", [*(name for name in FIELDS if not FIELDS[name].choices), "header:X-Any"])
def test_an_empty_message_has_nothing_but_a_place_and_numbers(field):
    judged = verdict("ham", 0.0)
    present = field in ("size", "spam_score", "folder")
    assert passes(EMPTY, field, "exists", "", judged) is present
    assert passes(EMPTY, field, "absent", "", judged) is not present


@pytest.mark.parametrize(
    "field", [name for name in (*FIELDS, "header:X-Any") if "is" in FIELDS.get(name, FIELDS["to"]).ops]
)
@pytest.mark.parametrize(("op", "opposite"), [("is", "is_not"), ("contains", "not_contains")])
def test_an_op_and_its_opposite_never_agree(field, op, opposite):
    value = FIELDS[field].choices[0] if field in FIELDS and FIELDS[field].choices else "a"
    for message in (INVOICE, EMPTY):
        assert passes(message, field, op, value) is not passes(message, field, opposite, value)


@pytest.mark.parametrize("op", ["is", "contains", "starts_with", "ends_with", "matches", "regex"])
def test_a_name_that_pretends_to_be_an_address_is_not_taken_for_it(op):
    forged = invoice(from_=Address(name="boss@corp.example.org", address="eve@evil.example"))
    assert not passes(forged, "from", op, "boss@corp.example.org")


def test_an_internationalised_domain_is_found_in_either_spelling():
    for spelling in ("bücher.example", "xn--bcher-kva.example"):
        message = invoice(from_=Address(address=f"a@shop.{spelling}"))
        assert passes(message, "from", "domain_is", "bücher.example")
        assert passes(message, "from", "domain_is", "XN--BCHER-KVA.example")


def test_letters_fold_as_readers_expect():
    message = invoice(subject="STRASSE İstanbul ΣΊΣΥΦΟΣ")
    assert passes(message, "subject", "contains", "straße")
    assert passes(message, "subject", "contains", "σίσυφος")


def test_a_glob_takes_special_characters_literally_after_a_backslash():
    message = invoice(subject="100%* [sure]?")
    assert passes(message, "subject", "matches", r"100%\* [sure]\?")
    assert not passes(message, "subject", "matches", r"100%\*")
    assert passes(message, "subject", "matches", "*[sure]*")


def test_a_header_with_several_addresses_gives_each_domain():
    message = invoice(headers=headers(("X-To", "a@one.example, B <b@two.example>")))
    assert passes(message, "header:X-To", "domain_is", "one.example")
    assert passes(message, "header:X-To", "domain_is", "two.example")


# (field, op, value, where the error points, a word of what it says)
REFUSED = [
    ("sender", "is", "x", "field", "unknown field 'sender'; it takes one of from, to"),
    ("", "is", "x", "field", "header:NAME"),
    ("header:", "is", "x", "field", "header:X-Mailer"),
    ("header:X Y", "is", "x", "field", "header:X-Mailer"),
    ("header:X:Y", "is", "x", "field", "header:X-Mailer"),
    ("header:Ä", "is", "x", "field", "header:X-Mailer"),
    ("subject", "equals", "x", "op", "subject has no op 'equals'; it takes one of is, is_not"),
    ("subject", "over", "5", "op", "no op 'over'"),
    ("subject", "domain_is", "x.example", "op", "no op 'domain_is'"),
    ("size", "contains", "5", "op", "it takes one of over, under, exists, absent"),
    ("spam_score", "is", "5", "op", "it takes one of over, under"),
    ("size", "over", "", "value", "such as 20000, 500K or 2M"),
    ("size", "over", "big", "value", "'big' is not a number"),
    ("size", "over", "5T", "value", "500K"),
    ("size", "over", "nan", "value", "not a number"),
    ("spam_score", "over", "5K", "value", "a number of points"),
    ("spam_score", "under", "1e999", "value", "not a number"),
    ("subject", "is", "", "value", "is missing; is takes a text"),
    ("subject", "exists", "x", "value", "exists takes no value"),
    ("size", "absent", "1", "value", "absent takes no value"),
    ("subject", "contains", "x" * 1001, "value", "at most 1000"),
    ("subject", "contains", "a\0b", "value", "NUL"),
    ("subject", "contains", "a\ud800b", "value", "surrogate"),
    ("subject", "regex", "(", "value", "no RE2 pattern: missing )"),
    ("subject", "regex", r"(a)\1", "value", "no RE2 pattern: invalid escape sequence"),
    ("subject", "regex", r"a(?=b)", "value", "no RE2 pattern"),
    ("subject", "regex", "(((a{100}){100}){100})", "value", "no RE2 pattern"),
    ("subject", "regex", "a{1001}", "value", "no RE2 pattern"),
    ("priority", "is", "urgent", "value", "it takes one of high, normal, low"),
    ("spam_verdict", "is_not", "junk", "value", "it takes one of ham, suspicious, spam"),
    ("from", "domain_is", "ann@example.com", "value", "is not a domain"),
    ("from", "domain_is", "exa mple", "value", "is not a domain"),
    ("from", "domain_is", ".", "value", "is not a domain"),
    ("from", "domain_is", "*.*.com.*/", "value", "is not a domain"),
]


@pytest.mark.parametrize(("field", "op", "value", "where", "says"), REFUSED, ids=lambda v: repr(v)[:40])
def test_a_condition_that_cannot_be_says_what_it_takes(field, op, value, where, says):
    with pytest.raises(RuleInvalid) as refusal:
        compile_condition(Condition(field=field, op=op, value=value))
    (problem,) = refusal.value.problems
    assert problem.where == where
    assert says in problem.message
