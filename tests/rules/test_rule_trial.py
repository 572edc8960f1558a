"""“Try this rule” on a real mailbox: what it shows, and that it changes nothing."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from mailevents.embedded import EmbeddedMail
from mailevents.models import Agent, Mailbox, MailEvent
from mailevents.secrets import encrypt
from rules.actions import AutoReply, Flag, Move
from rules.models import Rule, SentMail
from rules.rows import write
from tests.rules.mails import condition, rule

pytestmark = pytest.mark.django_db
ADDRESS, PASSWORD = "billing@demo.test", "secret"


@pytest.fixture(scope="module")
def server():
    with EmbeddedMail({ADDRESS: PASSWORD}) as server:
        for number in range(55):
            word = "Invoice" if number % 5 == 0 else "Newsletter"
            server.deliver(
                ADDRESS,
                f"From: Ann <ann{number}@example.com>\r\nTo: {ADDRESS}\r\nSubject: {word} {number}\r\n"
                f"Message-ID: <{number}@example.com>\r\n\r\nHello <b>you</b>\r\n".encode(),
            )
        yield server


@pytest.fixture
def billing(server) -> Agent:
    agent = Agent.objects.create(name="billing", email=ADDRESS)
    Mailbox.objects.create(
        agent=agent,
        host=server.host,
        port=server.imap_port,
        security="plain",
        user=ADDRESS,
        password_encrypted=encrypt(PASSWORD),
    )
    return agent


def tried(admin_client, kept: Rule, **query: str) -> str:
    response = admin_client.get(reverse("admin:rules_rule_try", args=[kept.pk]), query)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_newest_fifty_messages_are_shown_with_what_would_be_done(admin_client, billing):
    kept = write(
        billing.pk,
        rule(condition("subject", "starts_with", "invoice"), name="Mine", actions=(Move(folder="Invoices"),)),
    )
    page = tried(admin_client, kept)
    assert "10 of the 50 newest messages in INBOX of billing match." in page
    assert "move it to “Invoices”" in page
    assert page.index("Newsletter 54") < page.index("Invoice 5 ")
    assert "Newsletter 4 " not in page
    assert page.count("does not match") == 40


def test_nothing_is_done(admin_client, billing, server):
    kept = write(billing.pk, rule(name="Mine", actions=(Flag(), AutoReply(text="x"))))
    tried(admin_client, kept)
    assert "50 of the 50 newest messages" in tried(admin_client, kept)
    assert not SentMail.objects.exists()
    assert not MailEvent.objects.exists()
    assert Rule.objects.get().match_count == 0


def test_a_rule_that_is_switched_off_can_be_tried(admin_client, billing):
    assert "50 of the 50" in tried(admin_client, write(billing.pk, rule(name="Off", enabled=False)))


def test_all_rules_can_be_tried_in_their_order(admin_client, billing):
    write(billing.pk, rule(name="First", stop=True, position=1, actions=(Move(folder="First"),)))
    kept = write(billing.pk, rule(name="Second", position=2, actions=(Move(folder="Second"),)))
    assert "move it to “First”" not in tried(admin_client, kept)
    page = tried(admin_client, kept, all="on")
    assert "move it to “First”" in page
    assert page.count("move it to “Second”") == 1  # the sentence of the rule itself


def test_a_rule_for_every_agent_asks_whose_messages(admin_client, billing):
    kept = write(None, rule(name="Common"))
    assert "With the messages of" in tried(admin_client, kept)
    assert "50 of the 50" in tried(admin_client, kept, agent="billing")
    assert "There is no agent named nobody." in tried(admin_client, kept, agent="nobody")


def test_a_mailbox_that_cannot_be_reached_is_said_in_words(admin_client, billing):
    Mailbox.objects.update(password_encrypted=encrypt("wrong"))
    page = tried(admin_client, write(billing.pk, rule(name="Mine")))
    assert "The mailbox of billing cannot be looked at." in page
    Mailbox.objects.all().delete()
    assert "has no mailbox yet" in tried(admin_client, write(billing.pk, rule(name="Other")))


def test_a_broken_rule_says_so(admin_client, billing):
    kept = write(billing.pk, rule(name="Mine"))
    kept.actions.update(action="explode")
    assert "Mine: actions[0].action: unknown action" in tried(admin_client, kept)


def test_the_page_of_a_rule_leads_there(admin_client, billing):
    kept = write(billing.pk, rule(name="Mine"))
    page = admin_client.get(reverse("admin:rules_rule_change", args=[kept.pk])).content.decode()
    assert reverse("admin:rules_rule_try", args=[kept.pk]) in page


@pytest.mark.parametrize(("may", "status"), [((), 403), (("view_rule",), 403), (("view_rule", "view_mailevent"), 200)])
def test_only_who_may_see_rules_and_mail_may_try_them(client, django_user_model, billing, may, status):
    kept = write(billing.pk, rule(name="Mine"))
    looker = django_user_model.objects.create_user("staff", password="x", is_staff=True)
    looker.user_permissions.set(Permission.objects.filter(codename__in=may))
    client.force_login(looker)
    url = reverse("admin:rules_rule_try", args=[kept.pk])
    assert client.get(url).status_code == status
    if "view_rule" in may:
        page = client.get(reverse("admin:rules_rule_change", args=[kept.pk])).content.decode()
        assert (url in page) is (status == 200)
