"""What an administrator's form writes: what was changed in it, and nothing that others write meanwhile."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest


class UntouchedStays(forms.ModelForm):
    """Brings along what it showed: a field that is sent back as it was shown is left as it is stored by now."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Of the row's own columns only: a password that was typed is brought along by nothing.
        self._columns = self.fields.keys() & {column.name for column in self._meta.model._meta.fields}
        for name in self._columns:
            self.fields[name].show_hidden_initial = not self.is_bound or self.add_initial_prefix(name) in self.data

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk:
            untouched = (self._columns & cleaned.keys()) - set(self.changed_data)
            cleaned |= {name: getattr(self.instance, name) for name in untouched}
        return cleaned


class SavesWhatChanged(admin.ModelAdmin):
    """A changed row is saved by the fields that were changed: cursors, states and times of use are not put back."""

    form = UntouchedStays

    def save_model(self, request: HttpRequest, obj: Model, form: forms.ModelForm, change: bool) -> None:
        if change:
            obj.save(update_fields=form.changed_data)
        else:
            super().save_model(request, obj, form, change)
