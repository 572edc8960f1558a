"""What an administrator's form writes: what was changed in it, and nothing that the product writes meanwhile."""

from django.contrib import admin
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest


class SavesWhatChanged(admin.ModelAdmin):
    """A changed row is saved by the fields that were changed: cursors, states and times of use are not put back."""

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:
        if change:
            obj.save(update_fields=form.changed_data)
        else:
            super().save_model(request, obj, form, change)
