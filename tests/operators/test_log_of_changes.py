"""The log of changes, as the administrator reads it who wants to know who did that."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spamfilter.models import ListEntry, Signature

pytestmark = pytest.mark.django_db
LOG = "/admin/admin/logentry/"
ENTRIES = "/admin/spamfilter/listentry/"
EVIL = "<script>alert(1)</script>"


@pytest.fixture
def ann(client):
    return logged_in(client, User.objects.create_superuser("ann", password="x"))


def logged_in(client, user):
    client.force_login(user)
    return client


def page(client, query=""):
    answer = client.get(LOG + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_everybody_did_is_listed_with_the_way_to_what_is_still_there(ann, client):
    ann.post(f"{ENTRIES}add/", {"kind": "block", "entry": "@evil.example"})
    entry = ListEntry.objects.get()
    logged_in(client, User.objects.create_superuser("bob", password="x"))
    client.post(f"{ENTRIES}{entry.pk}/change/", {"kind": "block", "entry": "@evil.example", "note": "asked for"})
    told = page(client)
    assert told.index("bob") < told.index("Changed Note.") < told.index("Added.")
    assert told.count(f'<td class="field-row"><a href="{ENTRIES}{entry.pk}/change/">block @evil.example</a>') == 2
    client.post(f"{ENTRIES}{entry.pk}/delete/", {"post": "yes"})
    assert '<td class="field-row">block @evil.example</td>' in page(client, "?action_flag__exact=3")
    ann_did = page(client, f"?user__id__exact={User.objects.get(username='ann').pk}")
    assert "Added." in ann_did
    assert "Changed Note." not in ann_did


def test_it_is_searched_by_who_what_and_how(ann):
    ann.post(f"{ENTRIES}import/", {"kind": "block", "text": "@evil.example"})
    ann.post(f"{ENTRIES}add/", {"kind": "block", "entry": "@worse.example"})
    for sought, found in (("worse", 1), ("added", 2), ("1 added", 1), ("ann", 2), ("nobody", 0)):
        assert page(ann, f"?q={sought}").count('class="field-action_time') == found


def test_nothing_in_it_can_be_written_and_who_lacks_the_right_sees_nothing(ann, client):
    ann.post(f"{ENTRIES}add/", {"kind": "block", "entry": "@evil.example"})
    entry = LogEntry.objects.get()
    assert ann.get(f"{LOG}add/").status_code == 403
    assert ann.post(f"{LOG}{entry.pk}/change/", {"object_repr": "x"}).status_code == 403
    assert ann.post(f"{LOG}{entry.pk}/delete/", {"post": "yes"}).status_code == 403
    assert list(LogEntry.objects.values_list("pk", "object_repr")) == [(entry.pk, "block @evil.example")]
    clerk = User.objects.create_user("clerk", password="x", is_staff=True)
    assert logged_in(client, clerk).get(LOG).status_code == 403
    clerk.user_permissions.add(Permission.objects.get(codename="view_logentry"))
    assert "block @evil.example" in page(client)


def test_names_are_text_and_many_lines_ask_no_more_than_few(ann):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert EVIL not in page(ann)
        return len(captured)

    ann.post("/admin/spamfilter/signature/add/", {"name": EVIL, "kind": "url", "value": "evil.example", "score": "8"})
    assert LogEntry.objects.get().object_repr == EVIL
    page(ann)
    few = queries()
    signature = Signature.objects.get()
    for score in range(20):
        address = f"/admin/spamfilter/signature/{signature.pk}/change/"
        ann.post(address, {"name": EVIL, "kind": "url", "value": "evil.example", "score": score / 2})
    assert LogEntry.objects.count() > 15
    assert queries() == few
