"""“Explain a verdict”: of a message that is pasted, uploaded, or taken from the event log."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from agenticmail.message import parse_message
from spamfilter.admin.pages import AgentField, PastedOrUploaded, page
from spamfilter.agents import agent_named
from spamfilter.explanation import Explanation as Explained
from spamfilter.explanation import explain
from spamfilter.judging import policy_of
from spamfilter.mailfiles import received_at
from spamfilter.models import Explanation
from spamfilter.sources import SourceError, message_of_event

SEES_MAIL = "mailevents.view_mailevent"  # what a message of the log says is for who may read the log


class ExplainForm(PastedOrUploaded):
    agent = AgentField()


@admin.register(Explanation)
class ExplanationAdmin(admin.ModelAdmin):
    class Media:
        css = {"all": ("spamfilter/admin.css",)}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """GET with `event`: the message of that event. POST: what was pasted or uploaded."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        event = request.GET.get("event", "")
        if request.method == "POST":
            form = ExplainForm(request.POST, request.FILES)
            return self._page(request, form, explained=_of_form(form) if form.is_valid() else None)
        if event:
            if not request.user.has_perm(SEES_MAIL):
                raise PermissionDenied
            return self._of_event(request, event)
        return self._page(request, ExplainForm())

    def _of_event(self, request: HttpRequest, event: str) -> HttpResponse:
        try:
            if not event.isdecimal() or len(event) > 18:
                raise SourceError(f"{event[:40]!r} is no number of an event.")
            arrived = message_of_event(int(event))
            explained = _explained(arrived.raw, len(arrived.raw), arrived.received_at, agent_named(arrived.agent))
        except (SourceError, ValueError) as error:
            return self._page(request, ExplainForm(), event=event, trouble=str(error))
        return self._page(request, ExplainForm(initial={"agent": arrived.agent}), event=event, explained=explained)

    def _page(self, request: HttpRequest, form: ExplainForm, **context: Any) -> HttpResponse:
        return page(self, request, "explain.html", "Explain a verdict", form=form, **context)


def _of_form(form: ExplainForm) -> Explained:
    raw, size = form.first_bytes(settings.AGENTICMAIL_FETCH_BYTES)
    raw = raw.lstrip(b"\r\n\t ")
    return _explained(raw, size, received_at(raw) or timezone.now(), form.cleaned_data["agent"])


def _explained(raw: bytes, size: int, moment: datetime, agent: Any | None) -> Explained:
    most = settings.AGENTICMAIL_FETCH_BYTES
    message = parse_message(raw[:most], received_at=moment, size=size, truncated=size > most)
    return explain(message, policy_of(message, agent))
