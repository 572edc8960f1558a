"""The rows: agents and their tokens, mailboxes, the event log, and the journal of deliveries in work.

Decisions are elsewhere; a row only knows how to name itself and to refuse what can't be.
"""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

agent_name = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z",
    "A name takes letters, digits, dots, dashes and underscores, at most 64, and starts with a letter or digit.",
)


class Agent(models.Model):
    """Somebody with a mailbox. Main agents have no parent; a main agent may watch all below it."""

    name = models.CharField(max_length=64, unique=True, validators=[agent_name])
    email = models.EmailField(blank=True, help_text="The address that mail to this agent is sent to.")
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        help_text="The agent above this one, which may watch its mail. Empty: a main agent.",
    )
    enabled = models.BooleanField(default=True, help_text="Off: its tokens are refused, its mailbox is not watched.")
    spam_threshold = models.FloatField(
        null=True,
        blank=True,
        validators=[MinValueValidator(0.1)],
        help_text="Points from which its mail is spam. Empty: AGENTICMAIL_SPAM_THRESHOLD.",
    )
    acked_id = models.BigIntegerField(
        "acknowledged event",
        null=True,
        blank=True,
        editable=False,
        help_text="The last event that the agent acknowledged: where its stream goes on.",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        above, seen = self.parent, set()
        while above is not None and above.pk not in seen:
            if above.pk == self.pk:
                raise ValidationError({"parent": f"{self.parent} is {self.name} itself, or below it."})
            seen.add(above.pk)
            above = above.parent


class Security(models.TextChoices):
    TLS = "tls", "TLS (993)"
    STARTTLS = "starttls", "STARTTLS (143)"
    PLAIN = "plain", "none: password and mail in clear"


class Watch(models.TextChoices):
    STREAMS = "streams", "while a stream is open"
    ALWAYS = "always", "always"


class MailboxState(models.TextChoices):
    """As the `mailbox` event tells it; UNWATCHED is never sent."""

    UNWATCHED = "", "not watched"
    CONNECTING = "connecting", "connecting"
    IDLE = "idle", "watching"
    RECONNECTING = "reconnecting", "reconnecting"
    AUTH_FAILED = "auth_failed", "login refused"
    DISABLED = "disabled", "disabled"


class Process(models.Model):
    """A running process that watches mailboxes, and until when it is believed to live without saying so again."""

    name = models.CharField(max_length=64, primary_key=True)
    until = models.DateTimeField()

    class Meta:
        verbose_name_plural = "processes"

    def __str__(self) -> str:
        return self.name


class Mailbox(models.Model):
    """An agent's mailbox on an IMAP server: how to reach it, where we are in it, and how it fares.

    (`uidvalidity`, `last_uid`) is the cursor: every message up to it is in the log. `generation` counts how
    often the server numbered its messages anew (a changed UIDVALIDITY, a restored backup). Changes are told up to
    `modseq`, when the messages up to `modseq_uid` were there.
    """

    agent = models.OneToOneField(Agent, on_delete=models.CASCADE, related_name="mailbox")
    host = models.CharField(max_length=255)
    port = models.PositiveIntegerField(default=993)
    security = models.CharField(max_length=8, choices=Security.choices, default=Security.TLS)
    user = models.CharField(max_length=255)
    password_encrypted = models.TextField(editable=False, blank=True)
    folder = models.CharField(max_length=255, default="INBOX")
    smtp_url_encrypted = models.TextField(editable=False, blank=True)  # empty: EMAIL_URL's account sends
    watch = models.CharField(max_length=8, choices=Watch.choices, default=Watch.STREAMS)
    authserv_id = models.CharField(
        "authentication server",
        max_length=255,
        blank=True,
        help_text="The authserv-id (RFC 8601) that this mailbox's own receiving server writes into "
        "Authentication-Results. Only its results are believed. Empty: that of the topmost such header "
        "is not believed either.",
    )

    changed_at = models.DateTimeField(auto_now=True, db_index=True)  # the account, not how it fares

    wanted_since = models.DateTimeField(null=True, blank=True, editable=False)  # what arrived later is news
    uidvalidity = models.BigIntegerField("UIDVALIDITY", null=True, blank=True, editable=False)
    last_uid = models.BigIntegerField("last UID", null=True, blank=True, editable=False)
    generation = models.IntegerField(default=0, editable=False)
    modseq = models.BigIntegerField("MODSEQ", null=True, blank=True, editable=False)
    modseq_uid = models.BigIntegerField("UID at MODSEQ", null=True, blank=True, editable=False)

    state = models.CharField(
        max_length=16,
        choices=MailboxState.choices,
        default=MailboxState.UNWATCHED,
        blank=True,
        editable=False,
    )
    detail = models.TextField("last error", blank=True, editable=False)
    state_at = models.DateTimeField(null=True, blank=True, editable=False, db_index=True)
    next_attempt_at = models.DateTimeField(null=True, blank=True, editable=False)

    # A name without a row is of a process that has ended, and as good as none.
    lease = models.ForeignKey(
        "Process",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )

    class Meta:
        ordering = ("agent__name",)
        verbose_name_plural = "mailboxes"

    def __str__(self) -> str:
        return f"{self.user} at {self.host}"


class Token(models.Model):
    """A bearer token. Only its digest is kept; the prefix is enough to recognise it by."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="tokens")
    label = models.CharField(max_length=64, blank=True, help_text="What it is for.")
    prefix = models.CharField(max_length=16, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scope_events = models.BooleanField("events", default=True, help_text="May read the agent's own events.")
    scope_watch = models.BooleanField("watch", default=False, help_text="May watch all agents below.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.prefix}…"


class MailEvent(models.Model):
    """One entry of the log. Ids grow in commit order; `mailevents.eventlog.log` is its only writer.

    `data` is the event as JSON text, without its id. (`generation`, `arrival_uid`) is where the message was
    first seen, which no rule changes: what makes `new` unique in its mailbox.
    """

    type = models.CharField(max_length=16)
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+", db_index=False)
    mailbox = models.ForeignKey(Mailbox, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    occurred_at = models.DateTimeField()
    data = models.TextField()
    sender = models.CharField(max_length=320, blank=True)  # lower case; what the filters look at
    subject = models.CharField(max_length=255, blank=True)  # for the admin's search
    priority = models.CharField(max_length=8, blank=True)
    verdict = models.CharField(max_length=12, blank=True)
    message_id = models.CharField(max_length=255, blank=True)
    received_at = models.DateTimeField(null=True)
    generation = models.IntegerField(null=True)
    arrival_uid = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("-id",)
        verbose_name = "event"
        indexes = (
            models.Index(fields=("agent", "id"), name="event_by_agent"),
            models.Index(fields=("occurred_at",), name="event_by_time"),
            models.Index(fields=("mailbox", "generation", "arrival_uid"), name="event_by_message"),
            models.Index(fields=("mailbox", "message_id"), name="event_by_message_id"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("mailbox", "generation", "arrival_uid"),
                condition=Q(type="new"),
                name="event_once_a_message",
            ),
        )

    def __str__(self) -> str:
        return f"{self.type} {self.pk}"


class Delivery(models.Model):
    """A message whose rules have side effects, from the decision until its event is in the log.

    `event` is the event to be, `steps` what is to be done, each with its status so far: enough to finish
    after a crash, without the message.
    """

    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="deliveries")
    generation = models.IntegerField()
    uid = models.BigIntegerField()
    event = models.JSONField()
    steps = models.JSONField()
    attempts = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("mailbox", "generation", "uid")
        verbose_name_plural = "deliveries in work"
        constraints = (
            models.UniqueConstraint(fields=("mailbox", "generation", "uid"), name="delivery_once_a_message"),
        )

    def __str__(self) -> str:
        return f"{self.mailbox_id}/{self.generation}/{self.uid}"


class Retention(models.Model):
    """The one row that says up to where the log has dropped what it held: so that a stale cursor is told."""

    pruned_id = models.BigIntegerField(default=0)
    pruned_to = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="retention_is_one_row"),)

    def __str__(self) -> str:
        return f"pruned up to {self.pruned_id}"
