"""Signatures in the admin, and a page to try one on a text before it is kept."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone

from agenticmail.message import parse_message
from agenticmail.saving import NamedRow, Switches
from spamfilter.admin.pages import MOST_CHARACTERS, PastedOrUploaded, page
from spamfilter.models import Signature, SignatureKindChoice
from spamfilter.signature_keys import keys_of_value
from spamfilter.trial import as_raw, tried

SHOWN = 80  # characters of a value in the list


class TryForm(PastedOrUploaded):
    kind = forms.ChoiceField(choices=SignatureKindChoice.choices)
    value = forms.CharField(
        max_length=MOST_CHARACTERS, strip=False, widget=forms.Textarea(attrs={"rows": 4, "cols": 100})
    )
    field_order = ("kind", "value", "text", "file")

    def clean(self) -> dict[str, Any] | None:
        if {"kind", "value"} <= self.cleaned_data.keys():
            try:
                keys_of_value(self.cleaned_data["kind"], self.cleaned_data["value"])
            except ValueError as error:
                self.add_error("value", str(error))
        return super().clean()


@admin.register(Signature)
class SignatureAdmin(Switches):
    list_display = ("name", "kind", "beginning", "score", "enabled", "created_at")
    list_editable = ("score", "enabled")
    list_filter = ("kind", "enabled", "created_at")
    search_fields = ("name", "value")
    search_help_text = "Name, text, pattern or host"
    list_per_page = 50
    readonly_fields = ("created_at",)
    change_list_template = "admin/spamfilter/signatures.html"
    change_form_template = "admin/spamfilter/signature.html"

    class Media:
        css = {"all": ("spamfilter/admin.css",)}

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist_form(request, form=NamedRow, **kwargs)

    @admin.display(description="value")
    def beginning(self, signature: Signature) -> str:
        value = " ".join(signature.value[: 4 * SHOWN].split())
        return value if len(value) <= SHOWN else f"{value[: SHOWN - 1]}…"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.try_view)
        return [path("try/", view, name="spamfilter_signature_try"), *super().get_urls()]

    def try_view(self, request: HttpRequest) -> HttpResponse:
        """GET with `signature`: filled in from that one. POST: whether it finds the text."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form, result = TryForm(initial=_stored(request.GET.get("signature", ""))), None
        if request.method == "POST":
            form = TryForm(request.POST, request.FILES)
            result = _tried(form) if form.is_valid() else None
        return page(self, request, "try_signature.html", "Try a signature", form=form, result=result)


def _stored(number: str) -> dict[str, str]:
    row = Signature.objects.filter(pk=number).first() if number.isdecimal() and len(number) <= 18 else None
    return {"kind": row.kind, "value": row.value} if row else {}


def _tried(form: TryForm) -> tuple[bool, str]:
    raw, _ = form.first_bytes(settings.AGENTICMAIL_FETCH_BYTES)
    message = parse_message(as_raw(raw), received_at=timezone.now())
    return tried(form.cleaned_data["kind"], form.cleaned_data["value"], message)
