"""What the list of agents can be narrowed by."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from mailevents.models import Agent, MailboxState


class StateFilter(admin.SimpleListFilter):
    title, parameter_name = "mailbox", "mailbox"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("trouble", "in trouble"), ("idle", "watching"), ("off", "not watched"), ("none", "no mailbox")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Agent]) -> QuerySet[Agent]:
        trouble = Q(mailbox__state__in=(MailboxState.AUTH_FAILED, MailboxState.RECONNECTING))
        match self.value():
            case "trouble":
                return queryset.filter(trouble)
            case "idle":
                return queryset.filter(mailbox__state=MailboxState.IDLE)
            case "off":
                return queryset.filter(mailbox__state=MailboxState.UNWATCHED)
            case "none":
                return queryset.filter(mailbox=None)
        return queryset


class MainFilter(admin.SimpleListFilter):
    title, parameter_name = "place", "place"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("main", "main agents"), ("sub", "sub agents")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Agent]) -> QuerySet[Agent]:
        return queryset if self.value() is None else queryset.filter(parent__isnull=self.value() == "main")
