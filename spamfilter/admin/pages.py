"""What the filter's own pages of the admin have in common."""

from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest
from django.template.response import TemplateResponse

from spamfilter.agents import agent_named

MOST_CHARACTERS = 1_000_000  # pasted into a page


class AgentField(forms.CharField):
    """An agent by name: a list of thousands would help nobody. Cleans to the agent, or None for every agent."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=64, help_text="Its name. Empty: every agent.", **options)

    def clean(self, value: Any) -> Any:
        name = super().clean(value)
        try:
            return agent_named(name) if name else None
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class PastedOrUploaded(forms.Form):
    """A form whose material is pasted into `text` or uploaded as `file`."""

    text = forms.CharField(  # without max_length, by which a browser would drop the rest and say nothing
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "cols": 100}),
        validators=[MaxLengthValidator(MOST_CHARACTERS, f"More than {MOST_CHARACTERS:,} characters: choose a file.")],
    )
    file = forms.FileField(required=False, allow_empty_file=True)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        given = [name for name in ("text", "file") if self.cleaned_data.get(name)]
        if not self.errors and len(given) != 1:
            raise forms.ValidationError(
                "Paste something, or choose a file: both were given." if given else "Paste something, or choose a file."
            )
        return cleaned

    def first_bytes(self, most: int) -> tuple[bytes, int]:
        """The beginning of the material, and how long all of it is."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is not None:
            return file.read(most), int(file.size or 0)
        text = self.cleaned_data["text"].encode("utf-8", "replace")
        return text[:most], len(text)


def page(model_admin: ModelAdmin, request: HttpRequest, template: str, title: str, **context: Any) -> TemplateResponse:
    """A page of the admin around the filter's own template."""
    whole = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "media": model_admin.media,
        "title": title,
        **context,
    }
    return TemplateResponse(request, f"admin/spamfilter/{template}", whole)
