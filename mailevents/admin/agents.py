"""Agents in the admin: their tree, their mailboxes, their tokens, and what can be done with them."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from agenticmail.saving import Switches
from mailevents import words
from mailevents.accounts import smtp_account
from mailevents.admin import trying
from mailevents.admin.agent_filters import MainFilter, StateFilter
from mailevents.admin.issuing import IssueForm, issue_for
from mailevents.admin.mailbox_form import MailboxForm
from mailevents.admin.tokens import TokenInline
from mailevents.admin.tree import depth, in_tree
from mailevents.errors import MailEventsError
from mailevents.models import Agent, Mailbox, MailEvent, Token
from rules.models import Rule
from spamfilter.models import ListEntry, WeightOverride

# Of an agent's own, what ends with it.
GOES_ALONG: tuple[tuple[str, QuerySet[Any]], ...] = (
    ("events in the log", MailEvent.objects.all()),
    ("rules", Rule.objects.all()),
    ("list entries", ListEntry.objects.all()),
    ("weights", WeightOverride.objects.all()),
)


class MailboxInline(admin.StackedInline):
    model = Mailbox
    form = MailboxForm
    can_delete = False
    min_num, max_num, extra = 0, 1, 1
    readonly_fields = ("sends_by", "state_shown", "detail", "cursor")
    fieldsets = (
        (None, {"fields": (("host", "port", "security"), ("user", "password"), "folder", "watch", "authserv_id")}),
        ("Replies and forwards", {"fields": ("sends_by", "smtp", "forget_smtp")}),
        ("How it fares", {"fields": ("state_shown", "detail", "cursor")}),
    )

    @admin.display(description="go out by")
    def sends_by(self, mailbox: Mailbox) -> str:
        try:
            account = smtp_account(mailbox.pk) if mailbox.smtp_url_encrypted else {}
        except MailEventsError as error:
            return str(error)
        return f"{account['username'] or 'nobody'} at {account['host']}" if account else "the account of EMAIL_URL"

    @admin.display(description="state")
    def state_shown(self, mailbox: Mailbox) -> SafeString | str:
        return _state(mailbox.agent) if mailbox.pk else "not saved yet"

    @admin.display(description="cursor")
    def cursor(self, mailbox: Mailbox) -> str:
        if mailbox.last_uid is None:
            return "None yet: mail counts from when it is first watched."
        return f"up to UID {mailbox.last_uid} of UIDVALIDITY {mailbox.uidvalidity}"


class TreeList(ChangeList):
    """In the order of the tree, unless a column's head was clicked."""

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        return super().get_ordering(request, queryset) if ORDER_VAR in self.params else ["path"]


@admin.register(Agent)
class AgentAdmin(Switches):
    list_display = ("in_place", "mailbox_shown", "state_shown", "live_tokens", "last_mail", "enabled")
    list_filter = (MainFilter, StateFilter, "enabled")
    search_fields = ("name", "email", "mailbox__user", "mailbox__host")
    search_help_text = "An agent's name or address, or its mailbox's user or host"
    autocomplete_fields = ("parent",)
    fields = (("name", "enabled"), "email", "parent", "spam_threshold", "acked_id")
    readonly_fields = ("acked_id",)
    inlines = (MailboxInline, TokenInline)
    actions = ("test_mailboxes", "enable", "disable")
    list_per_page = 100
    show_full_result_count = False
    change_form_template = "admin/mailevents/agent_form.html"

    class Media:
        css = {"all": ("mailevents/admin.css",)}

    # -- the list

    def get_queryset(self, request: HttpRequest) -> QuerySet[Agent]:
        now = timezone.now()
        live = Token.objects.filter(Q(expires_at=None) | Q(expires_at__gt=now), agent=OuterRef("pk"), revoked_at=None)
        counted = live.order_by().values("agent").annotate(count=Count("pk")).values("count")
        last = MailEvent.objects.filter(agent=OuterRef("pk")).order_by("-id").values("occurred_at")[:1]
        return (
            in_tree(Agent.objects.all())
            .select_related("mailbox__lease", "parent")
            .annotate(live_tokens_=Coalesce(Subquery(counted), 0), last_mail_=Subquery(last))
        )

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return TreeList

    @admin.display(description="agent", ordering="path")
    def in_place(self, agent: Agent) -> SafeString:
        deep = depth(agent)
        branch = "└ " if deep else ""
        return format_html('<span class="am-tree" data-depth="{}">{}{}</span>', deep, branch, agent.name)

    def get_list_display_links(self, request: HttpRequest, list_display: Any) -> tuple[str, ...]:
        return ("in_place",)

    @admin.display(description="mailbox", ordering="mailbox__host")
    def mailbox_shown(self, agent: Agent) -> str:
        mailbox = _mailbox(agent)
        if mailbox is None:
            return "–"
        return str(mailbox) if mailbox.folder == "INBOX" else f"{mailbox}, {mailbox.folder}"

    @admin.display(description="state", ordering="mailbox__state")
    def state_shown(self, agent: Agent) -> SafeString:
        mailbox = _mailbox(agent)
        if mailbox is None or not mailbox.detail:
            return _state(agent)
        return format_html('{}<span class="am-trouble">{}</span>', _state(agent), mailbox.detail)

    @admin.display(description="tokens", ordering="live_tokens_")
    def live_tokens(self, agent: Agent) -> int:
        return int(getattr(agent, "live_tokens_", 0))

    @admin.display(description="last event", ordering="last_mail_")
    def last_mail(self, agent: Agent) -> str:
        moment = getattr(agent, "last_mail_", None)
        return words.ago(moment, timezone.now()) if moment else "never"

    # -- what can be done

    @admin.action(description="Test the mailboxes of the selected agents", permissions=["change"])
    def test_mailboxes(self, request: HttpRequest, queryset: QuerySet[Agent]) -> HttpResponse | None:
        if queryset.count() > trying.MOST:
            self.message_user(request, f"At most {trying.MOST} mailboxes at a time, please.", messages.ERROR)
            return None
        return self._trial(request, list(queryset))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<path:object_id>/issue-token/", view(self.issue_view), name="mailevents_agent_issue"),
            path("<path:object_id>/test-mailbox/", view(self.trial_view), name="mailevents_agent_trial"),
            *super().get_urls(),
        ]

    def issue_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks for scopes and expiry, then shows the new token: on this page, once."""
        agent = self._agent_to_change(request, object_id)
        if agent is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined, no-any-return]
        form = IssueForm(request.POST if request.method == "POST" else None)
        context = self._context(request, agent, title=f"Issue a token to {agent.name}", form=form)
        if form.is_valid():
            token, context["text"] = issue_for(agent, form.cleaned_data)
            context |= {"token": token, "scopes": words.scopes(token), "title": f"A new token of {agent.name}"}
            context["stream"] = request.build_absolute_uri("/watch" if not token.scope_events else "/events")
            self.log_change(request, agent, f"Issued token {token.prefix}….")
        return TemplateResponse(request, "admin/mailevents/issue_token.html", context)

    def trial_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        agent = self._agent_to_change(request, object_id)
        if agent is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined, no-any-return]
        return self._trial(request, [agent])

    def _trial(self, request: HttpRequest, agents: list[Agent]) -> HttpResponse:
        only = agents[0] if len(agents) == 1 else None
        title = f"The mailbox of {only.name}" if only else "The mailboxes of the selected agents"
        context = self._context(request, only, title=title, trials=trying.try_all(agents))
        return TemplateResponse(request, "admin/mailevents/trial.html", context)

    def _agent_to_change(self, request: HttpRequest, object_id: str) -> Agent | None:
        agent = self.get_object(request, unquote(object_id))
        if not self.has_change_permission(request, agent):
            raise PermissionDenied
        return agent

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "name" in form.changed_data:  # whoever watches the mailbox is to tell of it by the new name
            Mailbox.objects.filter(agent_id=obj.pk).update(changed_at=timezone.now())

    def _context(self, request: HttpRequest, agent: Agent | None, **more: object) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": agent,
            "media": self.media,
            **more,
        }

    # -- the end of an agent

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """Counts what goes with an agent, instead of reading an unbounded log into a page."""
        keys = [agent.pk for agent in objs]
        names = [f"Agent {agent.name}, with its mailbox and its tokens" for agent in objs]
        below = Agent.objects.filter(parent__in=keys)
        shown = [format_html("{}, below {}", _link(each), each.parent) for each in below.select_related("parent")[:50]]
        more = below.count() - len(shown)
        allowed = self.has_delete_permission(request)
        counts = {"agents": len(names)} | {what: rows.filter(agent__in=keys).count() for what, rows in GOES_ALONG}
        return names, counts, set() if allowed else {"agent"}, [*shown, f"and {more:,} more"] if more else shown


def _link(agent: Agent) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("admin:mailevents_agent_change", args=[agent.pk]), agent.name)


def _mailbox(agent: Agent) -> Mailbox | None:
    return getattr(agent, "mailbox", None)


def _state(agent: Agent) -> SafeString:
    return words.badge(words.mailbox_state(_mailbox(agent), enabled=agent.enabled, now=timezone.now()))
