"""Tokens in the admin: seen by their prefix, revoked, never shown."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from agenticmail.saving import SavesWhatChanged
from mailevents import words
from mailevents.models import Token
from mailevents.tokens import revoke


class StatusFilter(admin.SimpleListFilter):
    title, parameter_name = "status", "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("active", "active"), ("expired", "expired"), ("revoked", "revoked")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Token]) -> QuerySet[Token]:
        expired = Q(expires_at__lte=timezone.now())
        match self.value():
            case "active":
                return queryset.filter(~expired | Q(expires_at=None), revoked_at=None)
            case "expired":
                return queryset.filter(expired, revoked_at=None)
            case "revoked":
                return queryset.exclude(revoked_at=None)
        return queryset


@admin.register(Token)
class TokenAdmin(SavesWhatChanged):
    list_display = ("prefix_shown", "agent", "label", "scopes", "status", "expires_at", "last_used_at", "created_at")
    list_filter = (StatusFilter, "scope_events", "scope_watch")
    list_select_related = ("agent",)
    search_fields = ("prefix", "label", "agent__name")
    search_help_text = "The token's beginning, its label, or its agent"
    readonly_fields = ("prefix_shown", "agent", "status", "created_at", "last_used_at", "revoked_at")
    fields = (
        "prefix_shown", "agent", "label", ("scope_events", "scope_watch"), "expires_at", "status", "created_at",
        "last_used_at",
    )  # fmt: skip
    actions = ("revoke_tokens",)
    show_full_result_count = False

    class Media:
        css = {"all": ("mailevents/admin.css",)}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # a token is issued on its agent's page, which shows it once

    @admin.display(description="token", ordering="prefix")
    def prefix_shown(self, token: Token) -> str:
        return f"{token.prefix}…"

    @admin.display(description="scopes")
    def scopes(self, token: Token) -> str:
        return words.scopes(token)

    @admin.display(description="status")
    def status(self, token: Token) -> SafeString:
        return words.badge(words.token_state(token, timezone.now()))

    @admin.action(description="Revoke the selected tokens", permissions=["change"])
    def revoke_tokens(self, request: HttpRequest, queryset: QuerySet[Token]) -> None:
        for token in queryset.filter(revoked_at=None):
            self.log_change(request, token, "Revoked.")
        count = revoke(queryset)
        noun = "token is" if count == 1 else "tokens are"
        self.message_user(request, f"{count} {noun} revoked; open streams end within seconds.", messages.SUCCESS)


class TokenInline(admin.TabularInline):
    """An agent's tokens, to look at."""

    model = Token
    extra = 0
    can_delete = False
    show_change_link = True
    fields = readonly_fields = ("prefix_shown", "label", "scopes", "status", "expires_at", "last_used_at", "created_at")
    verbose_name_plural = "tokens"
    prefix_shown, scopes, status = TokenAdmin.prefix_shown, TokenAdmin.scopes, TokenAdmin.status

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
