"""Rules in the admin: a sentence each, in the order in which they are asked."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import F, Max, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from agenticmail.saving import NamedRow, Switches
from rules.admin.forms import ActionForm, ActionFormSet, ConditionForm, ConditionFormSet, RuleForm
from rules.copying import duplicate
from rules.errors import RuleInvalid
from rules.models import Rule, RuleAction, RuleCondition
from rules.rows import spec_of
from rules.sentence import rule_sentence
from rules.spec import LAST_POSITION

STEP = 10  # between positions, so that a rule can be put between two
EVERY_AGENT = "every"
MOST_AGENTS = 200


class ConditionInline(admin.TabularInline):
    model = RuleCondition
    form = ConditionForm
    formset = ConditionFormSet
    extra = 1
    verbose_name_plural = "If (without conditions: with every message)"


class ActionInline(admin.StackedInline):
    model = RuleAction
    form = ActionForm
    formset = ActionFormSet
    extra = 1
    fields = (("action", "folder", "label", "priority", "to"), ("subject", "once_per"), "text")
    verbose_name_plural = "Then, in this order"


class AgentFilter(admin.SimpleListFilter):
    """Agents that have rules of their own, and the rules for every agent."""

    title = "agent"
    parameter_name = "agent"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        agents: Any = Rule._meta.get_field("agent").related_model
        named = agents.objects.filter(rules__isnull=False).distinct().order_by("name")[:MOST_AGENTS]
        return [(EVERY_AGENT, "every agent"), *((str(agent.pk), agent.name) for agent in named)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Rule]) -> QuerySet[Rule]:
        if self.value() == EVERY_AGENT:
            return queryset.filter(agent=None)
        try:
            return queryset.filter(agent=int(self.value() or 0)) if self.value() else queryset
        except ValueError:
            return queryset


@admin.register(Rule)
class RuleAdmin(Switches):
    form = RuleForm
    renewed = ("last_error", "last_error_at")
    inlines = (ConditionInline, ActionInline)
    list_display = (
        "name",
        "sentence",
        "agent_shown",
        "position",
        "enabled",
        "fared",
    )
    list_editable = ("position", "enabled")
    list_filter = (AgentFilter, "enabled")
    list_per_page = 100
    search_fields = ("name", "agent__name", "conditions__value", "actions__folder", "actions__label", "actions__to")
    search_help_text = "A rule's name, its agent, or what it asks for or sets"
    ordering = (F("agent__name").asc(nulls_last=True), "position", "id")  # as they are asked
    autocomplete_fields = ("agent",)
    fields = ("agent", ("name", "position"), ("match", "stop", "enabled", "edition"), "sentence", "fares")
    readonly_fields = ("sentence", "fares")
    actions = ("enable", "disable", "duplicate_selected")
    change_form_template = "admin/rules/rule_form.html"
    change_list_template = "admin/rules/rule_list.html"

    class Media:
        css = {"all": ("rules/rules.css",)}
        js = ("rules/rule_form.js", "rules/rule_order.js")

    # -- what is shown

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist_form(request, form=NamedRow, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rule]:
        return super().get_queryset(request).select_related("agent").prefetch_related("conditions", "actions")

    @admin.display(description="what it does")
    def sentence(self, rule: Rule) -> SafeString | str:
        if rule._state.adding:
            return "–"
        try:
            return rule_sentence(spec_of(rule))
        except RuleInvalid as error:
            return format_html('<span class="rules-broken">Cannot be used: {}</span>', str(error))

    @admin.display(description="agent", ordering="agent__name")
    def agent_shown(self, rule: Rule) -> str:
        return str(rule.agent) if rule.agent else "every agent"

    @admin.display(description="matches", ordering="match_count")
    def fared(self, rule: Rule) -> SafeString:
        last = f"{rule.match_count}, last {_moment(rule.last_matched_at)}" if rule.last_matched_at else "none yet"
        return format_html("{} {}", last, _trouble(rule))

    @admin.display(description="how it fares")
    def fares(self, rule: Rule) -> SafeString:
        if rule.last_matched_at is None:
            matched = "It has not matched yet."
        else:
            times = "once" if rule.match_count == 1 else f"{rule.match_count} times"
            matched = f"It matched {times}, last on {_moment(rule.last_matched_at)} UTC."
        return format_html("{} {}", matched, _trouble(rule))

    # -- what is entered

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        last = Rule.objects.aggregate(last=Max("position"))["last"]
        return {
            "position": 0 if last is None else min(last + STEP, LAST_POSITION),
            **super().get_changeform_initial_data(request),
        }

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.last_error, obj.last_error_at = "", None
        super().save_model(request, obj, form, change)

    # -- what can be done with many

    @admin.action(description="Duplicate the selected rules", permissions=["add"])
    def duplicate_selected(self, request: HttpRequest, queryset: QuerySet[Rule]) -> None:
        copies = [duplicate(rule) for rule in queryset]
        for copy in copies:
            self.log_addition(request, copy, "Duplicated.")
        noun = "copy" if len(copies) == 1 else "copies"
        self.message_user(request, f"{len(copies)} {noun} made, disabled until you enable them.", messages.SUCCESS)

    # -- what can be done with one

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.duplicate_view))
        return [path("<path:object_id>/duplicate/", view, name="rules_rule_duplicate"), *super().get_urls()]

    def duplicate_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        rule = self.get_object(request, unquote(object_id))
        if rule is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined, no-any-return]
        copy = duplicate(rule)
        self.log_addition(request, copy, f"Duplicated from {rule.name}.")
        self.message_user(request, "This is the copy. It is disabled until you enable it.", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:rules_rule_change", args=[copy.pk]))


def _trouble(rule: Rule) -> SafeString | str:
    if not rule.last_error or rule.last_error_at is None:
        return ""
    return format_html(
        '<span class="rules-broken">Last error: {} ({} UTC)</span>', rule.last_error, _moment(rule.last_error_at)
    )


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
