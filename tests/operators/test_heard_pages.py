"""Who hears the admin instead of seeing it is told what each field is, and what is wrong with it."""

import re
from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import User

from mailevents.models import Agent
from rules.models import Rule, RuleCondition
from spamfilter.models import Signature

pytestmark = pytest.mark.django_db
DJANGOS = "-DELETE"  # the box at the end of a table's row, which Django's own template leaves without a name
IN_A_HEAD = re.compile(r"^id_conditions-.*_helptext$")  # shown by Django at the head of a table's column instead


class Page(HTMLParser):
    """What a page's fields are named and described by."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fields: list[dict[str, str | None]] = []
        self.ids: set[str | None] = set()
        self.labelled: set[str | None] = set()
        self._labels = 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.ids.add(values.get("id"))
        if tag == "label":
            self._labels += 1
            self.labelled.add(values.get("for"))
        elif tag in ("input", "select", "textarea") and values.get("type") not in ("hidden", "submit"):
            self.fields.append(values | ({"aria-label": "around it"} if self._labels else {}))

    def handle_endtag(self, tag):
        self._labels -= tag == "label"

    def unnamed(self) -> list[str | None]:
        return [
            field.get("name")
            for field in self.fields
            if not field.get("aria-label") and field.get("id") not in self.labelled
            if not (field.get("name") or "").endswith(DJANGOS)
        ]

    def undescribed(self) -> list[str]:
        """The ids that fields say they are described by, and that are not on the page."""
        named = [id for field in self.fields for id in (field.get("aria-describedby") or "").split()]
        return [id for id in named if id not in self.ids and not IN_A_HEAD.search(id)]


@pytest.fixture
def staff(client):
    client.force_login(User.objects.create_superuser("root", password="x"))
    agent = Agent.objects.create(pk=1, name="billing")
    rule = Rule.objects.create(pk=1, name="Invoices", agent=agent)
    RuleCondition.objects.create(rule=rule, field="subject", op="contains", value="invoice")
    Signature.objects.create(name="crypto wave", kind="url", value="evil.example")
    return client


@pytest.mark.parametrize(
    "path",
    [
        "mailevents/agent/",
        "mailevents/agent/1/change/",
        "mailevents/agent/1/issue-token/",
        "mailevents/mailevent/",
        "rules/rule/",
        "rules/rule/1/change/",
        "rules/rule/1/try/",
        "spamfilter/listentry/",
        "spamfilter/listentry/import/",
        "spamfilter/signature/",
        "spamfilter/signature/try/",
        "spamfilter/weightoverride/",
        "spamfilter/explanation/",
    ],
)
def test_every_field_has_a_name_and_the_help_that_it_points_to(staff, path):
    page = Page(staff.get(f"/admin/{path}").content.decode())
    assert page.fields
    assert page.unnamed() == []
    assert page.undescribed() == []


@pytest.mark.parametrize("path", ["mailevents/agent/1/issue-token/", "spamfilter/listentry/import/"])
def test_a_mistake_is_tied_to_its_field(staff, path):
    page = Page(staff.post(f"/admin/{path}", {"expires_in": "soon", "agent": "nobody"}).content.decode())
    assert any(field.get("aria-invalid") == "true" for field in page.fields)
    assert page.undescribed() == []
