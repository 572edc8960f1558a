"""The event log in the admin: to read and to search, never to change."""

import json
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from mailevents import words
from mailevents.admin.deliveries import ReadOnly
from mailevents.models import MailEvent

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
    list_display = ("id", "occurred_at", "agent", "type", "sender", "subject", "verdict_shown", "priority")
    list_display_links = ("id", "subject")
    list_filter = (AgentFilter, "type", "verdict", "priority", "occurred_at")
    list_select_related = ("agent",)
    search_fields = ("sender", "subject", "agent__name", "message_id")
    search_help_text = "Sender, subject, agent, or Message-ID"
    list_per_page = 50
    show_full_result_count = False
    change_form_template = "admin/mailevents/event.html"

    class Media:
        css = {"all": ("mailevents/admin.css",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[MailEvent]:
        return super().get_queryset(request).defer("data")

    @admin.display(description="verdict", ordering="verdict")
    def verdict_shown(self, event: MailEvent) -> SafeString | str:
        if not event.verdict:
            return "–"
        return words.badge(words.Wording(text=event.verdict, tone=VERDICT_TONES.get(event.verdict, "quiet")))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = MailEvent.objects.filter(pk=object_id).select_related("agent").first() if object_id.isdigit() else None
        context = {"row": row, "event": _event(row), "pretty": _pretty(row), "subtitle": row.subject} if row else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **context})


def _event(row: MailEvent) -> dict[str, Any]:
    event: dict[str, Any] = json.loads(row.data)
    return event


def _pretty(row: MailEvent) -> str:
    whole = {"id": row.pk, "type": row.type, "occurred_at": row.occurred_at.isoformat(), **_event(row)}
    return json.dumps(whole, indent=2, ensure_ascii=False)
