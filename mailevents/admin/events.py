"""The event log in the admin: to read and to search, never to change."""

import json
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mailevents import words
from mailevents.admin.read_only import ReadOnly
from mailevents.jsontext import timestamp
from mailevents.marking import mark
from mailevents.models import MailEvent

MOST_MARKED = 20  # at a time
VERDICT_TONES: dict[str, words.Tone] = {"ham": "good", "suspicious": "busy", "spam": "bad"}


class AgentFilter(admin.SimpleListFilter):
    """By the agent's name, typed: a list of thousands would help nobody."""

    title, parameter_name = "agent", "agent"
    template = "admin/mailevents/typed_filter.html"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        self.kept = [(key, value) for key, value in request.GET.items() if key not in (self.parameter_name, "p")]
        return [("", "")]  # one at least, or Django leaves the filter out

    def queryset(self, request: HttpRequest, queryset: QuerySet[MailEvent]) -> QuerySet[MailEvent]:
        name = self.value()
        return queryset.filter(agent__name=name) if name else queryset


@admin.register(MailEvent)
class MailEventAdmin(ReadOnly):
    list_display = ("what", "agent", "when", "verdict_shown", "priority")
    list_filter = (AgentFilter, "type", "verdict", "priority", "occurred_at")
    list_select_related = ("agent",)
    search_fields = ("sender", "subject", "agent__name", "message_id")
    search_help_text = "Sender, subject, agent, or Message-ID"
    list_per_page = 50
    show_full_result_count = False
    actions = ("mark_as_spam", "mark_as_ham")
    change_form_template = "admin/mailevents/event.html"

    class Media:
        css = {"all": ("mailevents/admin.css",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[MailEvent]:
        return super().get_queryset(request).defer("data")

    @admin.display(description="event", ordering="id")
    def what(self, event: MailEvent) -> SafeString:
        title = (event.subject or "(no subject)") if event.type == "new" else f"{event.type} {event.pk}"
        return format_html('{}<span class="am-sender">{}</span>', title, event.sender)

    @admin.display(description="when", ordering="occurred_at")
    def when(self, event: MailEvent) -> str:
        return f"{event.occurred_at:%Y-%m-%d %H:%M:%S}"

    @admin.display(description="verdict", ordering="verdict")
    def verdict_shown(self, event: MailEvent) -> SafeString | str:
        if not event.verdict:
            return "–"
        return words.badge(words.Wording(text=event.verdict, tone=VERDICT_TONES.get(event.verdict, "quiet")))

    # -- teaching the filter

    def has_mark_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("spamfilter.add_signature")

    @admin.action(description="Mark the selected messages as spam", permissions=["mark"])
    def mark_as_spam(self, request: HttpRequest, queryset: QuerySet[MailEvent]) -> None:
        self._mark(request, queryset, spam=True)

    @admin.action(description="Mark the selected messages as ham", permissions=["mark"])
    def mark_as_ham(self, request: HttpRequest, queryset: QuerySet[MailEvent]) -> None:
        self._mark(request, queryset, spam=False)

    def _mark(self, request: HttpRequest, queryset: QuerySet[MailEvent], *, spam: bool) -> None:
        if queryset.count() > MOST_MARKED:
            refusal = f"At most {MOST_MARKED} messages at a time, please: each is read from its mailbox."
            self.message_user(request, refusal, messages.ERROR)
            return
        marked = mark(queryset.defer(None).select_related("agent"), spam=spam)
        side = "spam" if spam else "ham"
        told = f"{_messages(marked.learnt)} learnt as {side}"
        if marked.known:
            told += f", {marked.known} known as {side} before"
        if marked.signatures:
            told += f"; signatures {'kept' if spam else 'switched off'}: {', '.join(marked.signatures)}"
        self.message_user(request, f"{told}.", messages.SUCCESS)
        for event_id, reason in marked.refused.items():
            self.message_user(request, f"Event {event_id} was left out. {reason}", messages.WARNING)

    # -- one event

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        context = {"row": row, "event": _event(row), "pretty": _pretty(row), "subtitle": row.subject} if row else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **context})


def _messages(count: int) -> str:
    return f"{count} message{'' if count == 1 else 's'}"


def _event(row: MailEvent) -> dict[str, Any]:
    event: dict[str, Any] = json.loads(row.data)
    return event


def _pretty(row: MailEvent) -> str:
    whole = {"id": row.pk, "type": row.type, "occurred_at": timestamp(row.occurred_at), **_event(row)}
    return json.dumps(whole, indent=2, ensure_ascii=False)
