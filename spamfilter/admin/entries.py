"""Allow and block lists in the admin: searched by any part, filled from files and pasted lines, written out again."""

import io
from types import MappingProxyType
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from agenticmail.saving import SavesWhatChanged, UntouchedStays, keep_record
from spamfilter.admin.pages import AgentField, PastedOrUploaded, page
from spamfilter.importing import ImportRefused, export_lines, import_lines
from spamfilter.lists import IP_TAKES, LINK_TAKES, SENDER_TAKES, network_keys, normalised_line
from spamfilter.models import Kind, ListEntry
from spamfilter.names import ascii_host

MOST_EXPORTED = 200_000  # through the browser
TYPES = (("a:", "addresses"), ("d:", "domains"), ("n:", "networks"), ("h:", "hosts in links"))


class EntryForm(UntouchedStays):
    entry = forms.CharField(max_length=400, help_text=f"One of: {SENDER_TAKES}; {IP_TAKES}; link: and {LINK_TAKES}.")
    written_to = MappingProxyType({"entry": "key"})

    class Meta:
        model = ListEntry
        fields = ("kind", "agent", "note")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            self.initial["entry"] = self.instance.entry

    def clean_entry(self) -> str:
        if "entry" in self.changed_data:
            try:
                self.instance.key = normalised_line(self.cleaned_data["entry"])
            except ValueError as error:
                raise forms.ValidationError(str(error)) from None
        return str(self.instance.entry)

    def _get_validation_exclusions(self) -> set[str]:
        """The key is part of the form, by another name: that an entry stands once is checked with it."""
        return super()._get_validation_exclusions() - {"key"}  # type: ignore[misc, no-any-return]


class ImportForm(PastedOrUploaded):
    kind = forms.ChoiceField(
        required=False,
        choices=[("", "as every line says"), *Kind.choices],
        help_text="The list, for lines that do not say it.",
    )
    agent = AgentField()
    skip_wrong = forms.BooleanField(required=False, label="Leave out lines that are no entries")
    field_order = ("kind", "agent", "text", "file", "skip_wrong")


class TypeFilter(admin.SimpleListFilter):
    title, parameter_name = "type", "type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(prefix[0], name) for prefix, name in TYPES]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ListEntry]) -> QuerySet[ListEntry]:
        chosen = self.value()
        return queryset.filter(key__startswith=f"{chosen[:1]}:") if chosen else queryset


class SourceFilter(admin.AllValuesFieldListFilter):
    """Entries without a source have a line, too, that says so."""

    def choices(self, changelist: Any) -> Any:
        for choice in super().choices(changelist):
            yield {**choice, "display": choice["display"] or "none"}


class ForWhomFilter(admin.SimpleListFilter):
    title, parameter_name = "scope", "for"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("all", "every agent"), ("one", "one agent")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ListEntry]) -> QuerySet[ListEntry]:
        return queryset.filter(agent__isnull=self.value() == "all") if self.value() in ("all", "one") else queryset


@admin.register(ListEntry)
class ListEntryAdmin(SavesWhatChanged):
    form = EntryForm
    fields = ("kind", "entry", "agent", "note")
    autocomplete_fields = ("agent",)
    list_display = ("shown", "kind", "for_whom", "note", "source", "created_at")
    list_filter = ("kind", TypeFilter, ForWhomFilter, ("source", SourceFilter))
    list_select_related = ("agent",)
    search_fields = ("key",)
    search_help_text = "Any part of an entry, an IP address for the networks it is in, a note, or an agent's name"
    show_full_result_count = False
    list_per_page = 100
    actions = ("to_the_other_list",)
    change_list_template = "admin/spamfilter/entries.html"

    class Media:
        css = {"all": ("spamfilter/admin.css",)}

    @admin.display(description="entry", ordering="key")
    def shown(self, entry: ListEntry) -> str:
        return entry.entry

    @admin.display(description="for", ordering="agent__name")
    def for_whom(self, entry: ListEntry) -> str:
        return entry.agent.name if entry.agent else "every agent"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[ListEntry], search_term: str
    ) -> tuple[QuerySet[ListEntry], bool]:
        for word in search_term.split()[:10]:
            queryset = queryset.filter(_matching(word.strip("\0")))
        return queryset, False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.source = request.user.get_username()[:40]
        super().save_model(request, obj, form, change)

    @admin.action(description="Move the selected entries to the other list", permissions=["change"])
    def to_the_other_list(self, request: HttpRequest, queryset: QuerySet[ListEntry]) -> None:
        moved = 0
        for entry in queryset:
            if _moved(entry):
                self.log_change(request, entry, f"Moved to the {entry.kind} list.")
                moved += 1
        self.message_user(request, f"{moved} moved.")
        if left := len(queryset) - moved:
            self.message_user(request, f"{left} stand on the other list already.", messages.WARNING)

    # -- files

    def get_urls(self) -> list[URLPattern]:
        site = self.admin_site
        own = [
            path("import/", site.admin_view(self.import_view), name="spamfilter_listentry_import"),
            path("export/", site.admin_view(self.export_view), name="spamfilter_listentry_export"),
        ]
        return [*own, *super().get_urls()]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form, refused = ImportForm(), None
        if request.method == "POST":
            form = ImportForm(request.POST, request.FILES)
            try:
                if form.is_valid():
                    told = _imported(form, request.user.get_username())
                    to = form.cleaned_data["kind"]
                    keep_record(request, ListEntry, f"Import to the {to} list" if to else "Import to the lists", told)
                    self.message_user(request, told, messages.SUCCESS)
                    return HttpResponseRedirect(reverse("admin:spamfilter_listentry_changelist"))
            except ImportRefused as error:
                refused = error.imported
        return page(self, request, "import_entries.html", "Import entries", form=form, refused=refused)

    def export_view(self, request: HttpRequest) -> HttpResponse:
        """The entries that the list shows with the same parameters; `format=plain` for one a line."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        parameters = request.GET.copy()
        plain = parameters.pop("format", ["csv"])[-1] == "plain"
        request.GET = parameters  # type: ignore[assignment]
        try:
            rows = self.get_changelist_instance(request).get_queryset(request).select_related(None)
        except IncorrectLookupParameters:
            return self._no_export(request, "The list cannot be narrowed like that: choose from its filters.")
        if rows.count() > MOST_EXPORTED:
            told = f"More than {MOST_EXPORTED} entries: narrow the list, or use `manage.py export_list`."
            return self._no_export(request, told)
        kind, ending = ("text/plain", "txt") if plain else ("text/csv", "csv")
        return HttpResponse(
            "".join(export_lines(rows, plain=plain)),
            content_type=f"{kind}; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="entries.{ending}"'},
        )

    def _no_export(self, request: HttpRequest, why: str) -> HttpResponse:
        self.message_user(request, why, messages.ERROR)
        return HttpResponseRedirect(reverse("admin:spamfilter_listentry_changelist"))


def _moved(entry: ListEntry) -> bool:
    """Puts it on the other list, unless it stands there, or somebody else has put it there meanwhile."""
    before, entry.kind = entry.kind, Kind.BLOCK if entry.kind == Kind.ALLOW else Kind.ALLOW
    try:
        with transaction.atomic():
            return ListEntry.objects.filter(pk=entry.pk, kind=before).update(kind=entry.kind) == 1
    except IntegrityError:
        return False


def _matching(word: str) -> Q:
    """Entries that have `word` in them as people write entries, or that the IP address `word` falls under."""
    lower = word.lower()
    found = Q(key__contains=lower) | Q(note__icontains=word) | Q(agent__name__icontains=word)
    if networks := network_keys(lower):
        found |= Q(key__in=networks)
    if lower.startswith("@"):
        found |= Q(key__startswith=f"d:{lower[1:]}")
    if not lower.isascii() and (ascii_form := ascii_host(lower.lstrip("@"))):
        found |= Q(key__contains=ascii_form)
    return found


def _imported(form: ImportForm, who: str) -> str:
    data = form.cleaned_data
    lines = io.TextIOWrapper(data["file"].file, "utf-8", "replace") if data["file"] else data["text"].splitlines()
    agent = data["agent"].name if data["agent"] else ""
    imported = import_lines(
        lines, kind=data["kind"], agent=agent, source=f"import by {who}"[:40], skip_wrong=data["skip_wrong"]
    )
    wrong = f", {imported.wrong} wrong left out" if imported.wrong else ""
    return f"{imported.added} added, {imported.known} known before{wrong}."
