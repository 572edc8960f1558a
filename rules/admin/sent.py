"""Automatic mails that have gone out, to look at."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from rules.models import SentMail


@admin.register(SentMail)
class SentMailAdmin(admin.ModelAdmin):
    list_display = ("sent_at", "kind", "address", "agent", "rule")
    list_display_links = None
    list_filter = ("kind",)
    list_select_related = ("agent", "rule")
    search_fields = ("address", "agent__name", "rule__name")
    search_help_text = "An address, an agent or a rule"
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
