"""The rows: rules with their conditions and actions, how they fare, and which automatic mails have gone out.

A row only knows how to be kept and named; what it means is in `rules.rows`. Every way to change a rule through
Django also changes the revision, by which other processes notice.
"""

import uuid
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from rules.actions import ACTIONS, ONCE_PER
from rules.fields import FIELDS, OPS
from rules.spec import LAST_POSITION

HEADER = "header"  # the stored field of `header:NAME`, whose name stands beside it


class RulesRevision(models.Model):
    """The one row that changes whenever rules do, to a value that it never had before."""

    token = models.CharField(max_length=32)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="rules_revision_is_one_row"),)

    def __str__(self) -> str:
        return self.token

    @classmethod
    def change(cls) -> None:
        cls._default_manager.bulk_create(
            [cls(id=1, token=uuid.uuid4().hex)],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["token"],
        )


class RevisedQuerySet(models.QuerySet[Any]):
    """Changes many rows, and the revision with them."""

    def update(self, **values: Any) -> int:
        with transaction.atomic(using=self.db):
            changed = super().update(**values)
            RulesRevision.change()
        return changed

    def delete(self) -> tuple[int, dict[str, int]]:
        with transaction.atomic(using=self.db):
            deleted = super().delete()
            RulesRevision.change()
        return deleted

    def bulk_create(self, *args: Any, **options: Any) -> list[Any]:
        with transaction.atomic(using=self.db):
            created = super().bulk_create(*args, **options)
            RulesRevision.change()
        return created


class Revised(models.Model):
    """A row whose change is a change of the rules."""

    objects = RevisedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            super().save(*args, **options)
            RulesRevision.change()

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            deleted = super().delete(*args, **options)
            RulesRevision.change()
        return deleted


class Match(models.TextChoices):
    ALL = "all", "all conditions"
    ANY = "any", "any condition"


class Rule(Revised):
    """What to do with messages that meet its conditions; with every message where it has none."""

    agent = models.ForeignKey(
        "mailevents.Agent",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="rules",
        help_text="Whose mail it is for. Empty: every agent's, after the agent's own rules.",
    )
    name = models.CharField(max_length=100)
    position = models.PositiveIntegerField(
        default=0,
        db_index=True,
        validators=[MaxValueValidator(LAST_POSITION)],
        help_text="Lower ones are asked first; among equals the older one.",
    )
    match = models.CharField("it takes", max_length=3, choices=Match.choices, default=Match.ALL)
    stop = models.BooleanField(
        "stop after it", default=False, help_text="When it matched, the rules that follow are not asked."
    )
    enabled = models.BooleanField(default=True)
    match_count = models.PositiveBigIntegerField("matches", default=0, editable=False)
    last_matched_at = models.DateTimeField("last match", null=True, blank=True, editable=False)
    last_error = models.TextField(blank=True, editable=False)
    last_error_at = models.DateTimeField(null=True, blank=True, editable=False)

    # The first of its own is what the admin deletes by.
    objects: ClassVar[models.Manager[Any]] = RevisedQuerySet.as_manager()
    # Statistics change no rule: they leave the revision alone.
    statistics = models.Manager["Rule"]()

    class Meta:
        ordering = ("agent__name", "position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("agent", "name"),
                name="rule_name_once_an_agent",
                violation_error_message="This agent has a rule of that name already.",
            ),
            models.UniqueConstraint(
                fields=("name",),
                condition=Q(agent=None),
                name="rule_name_once_for_all_agents",
                violation_error_message="There is a rule of that name for every agent already.",
            ),
        )

    def __str__(self) -> str:
        return self.name


class RuleCondition(Revised):
    """One line of what a rule takes."""

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="conditions")
    field = models.CharField(max_length=16, choices=[(name, name) for name in FIELDS] + [(HEADER, "header …")])
    header = models.CharField(max_length=76, blank=True, help_text="The header's name, for “header …”.")
    op = models.CharField(max_length=16, choices=[(op, op.replace("_", " ")) for op in OPS])
    value = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ("id",)
        verbose_name = "condition"

    def __str__(self) -> str:
        return f"{self.field} {self.op} {self.value}"


class RuleAction(Revised):
    """One thing that a rule does. Which of the columns are used is `rules.actions`' to say."""

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="actions")
    action = models.CharField(max_length=16, choices=[(name, name.replace("_", " ")) for name in ACTIONS])
    folder = models.CharField(max_length=255, blank=True)
    label = models.CharField(max_length=100, blank=True)
    priority = models.CharField(
        max_length=8, blank=True, choices=[(choice, choice) for choice in FIELDS["priority"].choices]
    )
    to = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    once_per = models.CharField(max_length=16, blank=True, default=ONCE_PER)

    class Meta:
        ordering = ("id",)
        verbose_name = "action"

    def __str__(self) -> str:
        return self.action


class SentKind(models.TextChoices):
    REPLY = "reply", "automatic reply"
    FORWARD = "forward", "forward"


class SentMail(models.Model):
    """An automatic mail that has gone out, or is just about to: what the limits count."""

    agent = models.ForeignKey("mailevents.Agent", on_delete=models.CASCADE, related_name="+", db_index=False)
    rule = models.ForeignKey(
        Rule, null=True, on_delete=models.SET_NULL, related_name="+", db_constraint=False
    )  # a rule may be deleted while its mail is on the way
    kind = models.CharField(max_length=8, choices=SentKind.choices)
    address = models.CharField(max_length=254, help_text="Whom it went to, in lower case.")
    sent_at = models.DateTimeField(default=timezone.now)
    needed_until = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("-sent_at",)
        verbose_name = "automatic mail"
        verbose_name_plural = "automatic mails"
        indexes = (
            models.Index(fields=("agent", "kind", "sent_at"), name="sent_mail_by_time"),
            models.Index(fields=("agent", "kind", "address", "rule"), name="sent_mail_by_address"),
        )

    def __str__(self) -> str:
        return f"{self.kind} to {self.address}"
