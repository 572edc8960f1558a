"""“Try this rule”: what it would do to the newest messages of an agent, on a page of the rule's own."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from mailevents.errors import MailEventsError
from mailevents.models import Agent
from mailevents.recent import recent_messages
from rules.admin.rules import RuleAdmin
from rules.lookup import ruleset_for, stored_rule
from rules.models import Rule
from rules.ruleset import Ruleset, compile_ruleset
from rules.senders import Sender
from rules.trial import Tried, what_would_happen

MESSAGES = 50
MOST_AGENTS = 200  # suggested, for a rule that is for every agent

admin.site.unregister(Rule)


@admin.register(Rule)
class TryableRuleAdmin(RuleAdmin):
    """The rules' own admin, and the page that needs a mailbox."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.try_view)
        return [path("<path:object_id>/try/", view, name="rules_rule_try"), *super().get_urls()]

    def try_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Looks only. `agent` names whose messages, for a rule that is for every agent; `all` asks all rules."""
        rule = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, rule) or not request.user.has_perm("mailevents.view_mailevent"):
            raise PermissionDenied
        if rule is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined, no-any-return]
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": rule,
            "media": self.media,
            "title": f"Try the rule {rule.name}",
            "sentence": self.sentence(rule),
            "agents": [] if rule.agent else _agents(),
            "whole": "all" in request.GET,
        }
        name = request.GET.get("agent", "").strip()
        agent = rule.agent or Agent.objects.filter(name=name).first()
        context |= {"name": agent.name if agent else name, "unknown": bool(name) and agent is None}
        if agent is not None:
            context |= {"agent": agent, **_tried(agent, ruleset_for(agent.pk) if context["whole"] else _alone(rule))}
        return TemplateResponse(request, "admin/rules/try_rule.html", context)


def _agents() -> list[str]:
    named = Agent.objects.filter(mailbox__isnull=False).order_by("name")
    return list(named.values_list("name", flat=True)[:MOST_AGENTS])


def _alone(rule: Rule) -> Ruleset:
    """Just this rule, switched on or not."""
    return compile_ruleset([stored_rule(rule)])


def _tried(agent: Agent, ruleset: Ruleset) -> dict[str, Any]:
    try:
        recent = recent_messages(agent, MESSAGES)
    except MailEventsError as error:
        return {"trouble": str(error)}
    tried: list[Tried] = list(
        what_would_happen(ruleset, recent.messages, may_send=Sender.of(agent).may_send, folder=recent.folder)
    )
    return {"tried": tried, "matches": sum(each.matched for each in tried), "folder": recent.folder}
