"""What an administrator's form writes: what was changed in it, and nothing that others write meanwhile."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin, action
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.http import HttpRequest


class UntouchedStays(forms.ModelForm):  # type: ignore[type-arg]  # generic to the type checker only
    """Brings along what it showed: a field that is sent back as it was shown is left as it is stored by now."""

    written_to: Mapping[str, str] = {}  # fields that are attributes of the row, and the columns that these set

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Of the row's own columns only: a password that was typed is brought along by nothing.
        columns = {column.name for column in self._meta.model._meta.fields}
        self._columns = self.fields.keys() & (columns | self.written_to.keys())
        for name in self._columns:
            self.fields[name].show_hidden_initial = not self.is_bound or self.add_initial_prefix(name) in self.data

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk:
            untouched = (self._columns & cleaned.keys()) - set(self.changed_data)
            cleaned |= {name: getattr(self.instance, name) for name in untouched}
        return cleaned

    @property
    def changed_columns(self) -> set[str]:
        """The row's columns that were changed in the form."""
        return {self.written_to.get(name, name) for name in self._columns.intersection(self.changed_data)}


class NamedRow(UntouchedStays):
    """The fields of one row in a list that can be edited: each says, to who hears the page, which row it is of."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label} of {self.instance}"
            field.help_text = ""  # a list shows none, and would point to it


class SavesWhatChanged(ModelAdmin):  # type: ignore[type-arg]
    """A changed row is saved by the fields that were changed: cursors, states and times of use are not put back."""

    form = UntouchedStays
    renewed: tuple[str, ...] = ()  # columns that every change renews

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        if change:
            obj.save(update_fields=[*form.changed_columns, *self.renewed])
        else:
            super().save_model(request, obj, form, change)


class Switches(SavesWhatChanged):
    """Rows with a column `enabled`: many are enabled or disabled at once, each with its line in the log of changes."""

    actions: Sequence[str] = ("enable", "disable")

    @action(description="Enable the selected %(verbose_name_plural)s", permissions=["change"])
    def enable(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._switch(request, queryset, enabled=True)

    @action(description="Disable the selected %(verbose_name_plural)s", permissions=["change"])
    def disable(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._switch(request, queryset, enabled=False)

    def _switch(self, request: HttpRequest, queryset: QuerySet[Any], *, enabled: bool) -> None:
        word = "enabled" if enabled else "disabled"
        rows = self.model._default_manager.filter(pk__in=queryset.values("pk")).exclude(enabled=enabled)
        switched = list(rows)
        for row in switched:
            self.log_change(request, row, f"{word.capitalize()}.")
        self.model._default_manager.filter(pk__in=[row.pk for row in switched]).update(enabled=enabled)
        names = self.opts
        noun = f"{names.verbose_name} is" if len(switched) == 1 else f"{names.verbose_name_plural} are"
        self.message_user(request, f"{len(switched)} {noun} {word} now.", messages.SUCCESS)


def keep_record(request: HttpRequest, model: type[Model], about: str, told: str) -> None:
    """What was done to many rows of `model` at once, for the administrators' log of changes."""
    LogEntry.objects.create(
        user_id=request.user.pk,  # type: ignore[misc]  # who changes something is somebody
        content_type=ContentType.objects.get_for_model(model),
        object_repr=about[:200],
        action_flag=CHANGE,
        change_message=told,
    )
