"""The rows of the filter: lists, signatures, overridden weights, and what it has learnt.

A row refuses what can't be and names itself; what it means for a message is decided elsewhere. What the
processes keep in memory (patterns, weights) hangs on `State.revision`, which every change of such rows moves.
"""

import secrets
from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from spamfilter import lists
from spamfilter.signature_keys import LONGEST_SIGNATURE_KEY, keys_of_value
from spamfilter.weights import WEIGHTS

MOST_POINTS = 1000.0
points = (MinValueValidator(-MOST_POINTS), MaxValueValidator(MOST_POINTS))


class State(models.Model):
    """The one row that every judgement reads: what has changed, and how much is learnt."""

    revision = models.BigIntegerField(default=0)
    spam_learnt = models.BigIntegerField(default=0)
    ham_learnt = models.BigIntegerField(default=0)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="filter_state_is_one_row"),)

    def __str__(self) -> str:
        return f"revision {self.revision}, {self.spam_learnt} spam and {self.ham_learnt} ham learnt"

    @classmethod
    def moved_on(cls) -> None:
        """What is kept in memory is stale from here on, in every process.

        Drawn, not counted: a database that was rolled back or restored never shows a number for other rows.
        """
        cls.objects.update_or_create(pk=1, defaults={"revision": secrets.randbits(62)})


class Kind(models.TextChoices):
    ALLOW = "allow", "allow"
    BLOCK = "block", "block"


class ListEntry(models.Model):
    """Somebody, or somewhere, whose mail is welcome or is not. `key` is how a message finds it, by index."""

    kind = models.CharField(max_length=5, choices=Kind.choices)
    agent = models.ForeignKey(
        "mailevents.Agent",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Whose mail it counts for. Empty: every agent's.",
    )
    key = models.CharField("entry", max_length=lists.LONGEST_KEY, editable=False)
    note = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=40, blank=True, editable=False, help_text="Where the entry came from.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-id",)
        verbose_name = "list entry"
        verbose_name_plural = "list entries"
        constraints = (
            # Key, then agent: it is the index that finds the entries of a message, too.
            models.UniqueConstraint(
                "key",
                Coalesce("agent", 0),
                "kind",
                name="list_entry_once",
                violation_error_message="This entry is on the list already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.entry}"

    @property
    def entry(self) -> str:
        """As a person writes it: `ann@example.com`, `@example.com`, `192.0.2.0/24`, `link:example.com`."""
        return lists.readable(self.key)


class Revised(models.QuerySet[Any]):
    """Rows that processes keep in memory: whatever changes many of them moves the revision."""

    def update(self, **values: Any) -> int:
        changed = super().update(**values)
        State.moved_on()
        return changed

    def delete(self) -> tuple[int, dict[str, int]]:
        deleted = super().delete()
        State.moved_on()
        return deleted

    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[Any]:
        created = super().bulk_create(objs, *args, **options)
        State.moved_on()
        return created


class RevisedModel(models.Model):
    objects: ClassVar[models.Manager[Any]] = Revised.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        super().save(*args, **options)
        State.moved_on()

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **options)
        State.moved_on()
        return deleted


class SignatureKindChoice(models.TextChoices):
    BODY = "body", "text of a known spam"
    REGEX = "regex", "pattern (RE2)"
    URL = "url", "host or URL prefix in links"


class Signatures(Revised):
    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[Any]:
        """One by one: each writes its keys."""
        created = list(objs)
        with transaction.atomic():
            for signature in created:
                signature.save()
        return created


class Signature(RevisedModel):
    """Known spam: its text, a pattern of it, or where its links go."""

    name = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=5, choices=SignatureKindChoice.choices)
    value = models.TextField(
        help_text="The text of the spam; or an RE2 pattern, tried without regard to case on subject and text; "
        "or a host or the beginning of a URL."
    )
    score = models.FloatField(default=5.0, validators=points, help_text="Points for a message that it matches.")
    enabled = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[models.Manager[Any]] = Signatures.as_manager()

    class Meta(RevisedModel.Meta):
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **options: Any) -> None:
        """Its keys are written with it, so that a message always finds what the row says."""
        keys = keys_of_value(self.kind, self.value)
        with transaction.atomic():
            super().save(*args, **options)
            self.keys.all().delete()
            SignatureKey.objects.bulk_create(SignatureKey(signature=self, key=key) for key in keys)

    def clean(self) -> None:
        try:
            keys_of_value(self.kind, self.value)
        except ValueError as error:
            raise ValidationError({"value": f"{error}"}) from None


class SignatureKey(models.Model):
    """What a message finds a signature by: digests of a body, or a URL prefix."""

    signature = models.ForeignKey(Signature, on_delete=models.CASCADE, related_name="keys")
    key = models.CharField(max_length=LONGEST_SIGNATURE_KEY, db_index=True)

    def __str__(self) -> str:
        return self.key


class WeightOverride(RevisedModel):
    """An administrator's own points for a check, or its end; an agent's goes before the installation's."""

    check_symbol = models.CharField("check", max_length=64)
    agent = models.ForeignKey(
        "mailevents.Agent",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Whose mail it counts for. Empty: every agent's.",
    )
    points = models.FloatField(
        null=True, blank=True, validators=points, help_text="Instead of the check's own. Empty: the check is off."
    )

    class Meta(RevisedModel.Meta):
        ordering = ("check_symbol", "agent__name")
        verbose_name = "weight"
        constraints = (
            models.UniqueConstraint(
                "check_symbol",
                Coalesce("agent", 0),
                name="weight_override_once",
                violation_error_message="This check has an own weight there already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.check_symbol}: {'off' if self.points is None else f'{self.points:g}'}"

    def clean(self) -> None:
        if self.check_symbol not in WEIGHTS:
            raise ValidationError({"check_symbol": f"There is no check {self.check_symbol!r}."})


class BayesToken(models.Model):
    """In how many learnt messages of each side a token stood. The token itself is not kept."""

    hash = models.BigIntegerField(primary_key=True)
    spam = models.IntegerField(default=0)
    ham = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.hash}: {self.spam} spam, {self.ham} ham"


class LearntMessage(models.Model):
    """A message that was learnt, and as what: so that it counts once, and can change sides or be forgotten."""

    digest = models.BigIntegerField(primary_key=True)
    spam = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.digest} as {'spam' if self.spam else 'ham'}"


class Explanation(State):
    """What the admin hangs its page “Explain a verdict” on, with a permission of its own. Holds nothing."""

    class Meta:
        proxy = True
        verbose_name = "explanation"
        verbose_name_plural = "explain a verdict"
        default_permissions = ("view",)
