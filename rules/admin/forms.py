"""The forms of a rule: what is entered is checked by `rules.validation`, and each error stands at its field."""

import json
from typing import Any

from django import forms
from django.forms.models import BaseInlineFormSet

from agenticmail.saving import UntouchedStays
from rules.actions import ACTIONS, ONCE_PER, Stop
from rules.errors import RuleInvalid
from rules.fields import DOMAIN_OPS, FIELDS, HEADER_PREFIX, NUMBER_OPS, PRESENCE_OPS, TEXT_OPS, field_named
from rules.models import HEADER, Rule, RuleAction, RuleCondition
from rules.rows import action_data, condition_data, edition_of
from rules.validation import MOST_ACTIONS, MOST_CONDITIONS, build_action, build_condition, fields_of


def _words(name: str) -> tuple[str, str]:
    return name, name.replace("_", " ")


FIELD_CHOICES = [("", "Choose …"), *((name, name.replace("_", " ")) for name in FIELDS), (HEADER, "header …")]
OP_CHOICES = [
    ("", "Choose …"),
    ("Text", [_words(op) for op in TEXT_OPS + DOMAIN_OPS]),
    ("Number", [_words(op) for op in NUMBER_OPS]),
    ("Anything", [_words(op) for op in PRESENCE_OPS]),
]
# What the page's script needs to show only what fits together. Without it everything is there, and checked.
OPS_OF_FIELDS = {**{name: field.ops for name, field in FIELDS.items()}, HEADER: field_named(HEADER_PREFIX + "x").ops}
FIELDS_OF_ACTIONS = {name: fields_of(name) for name in ACTIONS}


class RuleForm(UntouchedStays):
    """`edition`: of the rule as the page showed it. Halves of two administrators' rules do not make one."""

    edition = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Rule
        fields = ("agent", "name", "position", "match", "stop", "enabled")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            self.initial["edition"] = edition_of(self.instance)

    def clean(self) -> dict[str, Any]:
        seen = self.cleaned_data.pop("edition", "")
        if seen and seen != self.initial.get("edition", seen):
            raise forms.ValidationError(
                "Somebody changed this rule after you opened it, and nothing was saved: open it again, and look at "
                "what it does now."
            )
        return super().clean()

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not name.isprintable():
            raise forms.ValidationError("A name is one line of text, without control characters.")
        return name


class ConditionForm(forms.ModelForm):
    field = forms.ChoiceField(choices=FIELD_CHOICES)
    op = forms.ChoiceField(choices=OP_CHOICES, label="how")

    class Meta:
        model = RuleCondition
        fields = ("field", "header", "op", "value")
        widgets = {
            "header": forms.TextInput(attrs={"size": 16, "placeholder": "X-Mailer"}),
            "value": forms.TextInput(attrs={"size": 40}),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["field"].widget.attrs["data-ops"] = json.dumps(OPS_OF_FIELDS)
        for field in self.fields.values():  # whose only name on the page is the head of a column
            field.widget.attrs["aria-label"] = field.label

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            if cleaned["header"] and cleaned["field"] != HEADER:
                self.add_error("header", "A header's name is only for “header …”.")
            _check(self, build_condition, condition_data(RuleCondition(**_row(cleaned, RuleCondition))))
        return cleaned


class ActionForm(forms.ModelForm):
    class Meta:
        model = RuleAction
        fields = ("action", "folder", "label", "priority", "to", "subject", "once_per", "text")
        widgets = {
            "folder": forms.TextInput(attrs={"size": 30, "placeholder": "Invoices/2026"}),
            "label": forms.TextInput(attrs={"size": 20}),
            "to": forms.EmailInput(attrs={"size": 30, "placeholder": "ann@example.com"}),
            "subject": forms.TextInput(attrs={"size": 50, "placeholder": "Re: {subject}"}),
            "once_per": forms.TextInput(attrs={"size": 6}),
            "text": forms.Textarea(attrs={"rows": 5, "cols": 70}),
        }
        help_texts = {
            "once_per": "One sender gets one answer in this time: 12h, 7d, 2w.",
            "text": "May hold {sender_name}, {sender_address}, {subject}, {date}, {own_address}.",
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["action"].widget.attrs["data-takes"] = json.dumps(FIELDS_OF_ACTIONS)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        action = cleaned["action"]
        for name in set(self.fields) - {"action", "once_per", *fields_of(action), "DELETE", "id", "rule"}:
            if cleaned.get(name):
                self.add_error(name, f"“{action.replace('_', ' ')}” takes no {name}.")
        cleaned["once_per"] = cleaned["once_per"] or ONCE_PER
        _check(self, build_action, action_data(RuleAction(**_row(cleaned, RuleAction))))
        return cleaned


def _row(cleaned: dict[str, Any], model: type[RuleAction | RuleCondition]) -> dict[str, Any]:
    columns = {column.name for column in model._meta.fields} - {"id", "rule"}
    return {name: value for name, value in cleaned.items() if name in columns}


def _check(form: forms.ModelForm, build: Any, data: dict[str, Any]) -> None:
    try:
        build(data)
    except RuleInvalid as error:
        for problem in error.problems:
            where = (
                HEADER
                if problem.where == "field" and data.get("field", "").startswith(HEADER_PREFIX)
                else problem.where
            )
            form.add_error(
                where if where in form.fields else None, f"{problem.message[:1].upper()}{problem.message[1:]}."
            )


class ConditionFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        if len(_kept(self)) > MOST_CONDITIONS:
            raise forms.ValidationError(f"A rule takes at most {MOST_CONDITIONS} conditions.")


class ActionFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        names = [form.cleaned_data["action"] for form in _kept(self)]
        if len(names) > MOST_ACTIONS:
            raise forms.ValidationError(f"A rule takes at most {MOST_ACTIONS} actions.")
        if Stop.name in names[:-1]:
            raise forms.ValidationError("“stop” ends the rule: it has to be the last action.")
        if not names and not any(self.errors) and not self.instance.stop:
            raise forms.ValidationError("A rule takes at least one action, or “stop after it”.")


def _kept(formset: BaseInlineFormSet) -> list[forms.ModelForm]:
    """The forms that stand for a row after saving, in order."""
    return [
        form
        for form in formset.forms
        if form.is_valid() and form.has_changed() | bool(form.instance.pk) and not form.cleaned_data.get("DELETE")
    ]
