"""The form that a token is issued with."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from mailevents.duration import TAKES, parse_duration
from mailevents.models import Agent, Token
from mailevents.tokens import SCOPES, issue

SCOPE_WORDS = {"events": "events: the agent's own stream", "watch": "watch: one stream over all agents below it"}


class IssueForm(forms.Form):
    label = forms.CharField(max_length=64, required=False, help_text="What it is for.")
    scopes = forms.MultipleChoiceField(
        choices=[(scope, SCOPE_WORDS[scope]) for scope in SCOPES],
        initial=list(SCOPES),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "A token without a scope opens nothing: choose one at least."},
    )
    expires_in = forms.CharField(required=False, max_length=16, help_text=f"{TAKES.capitalize()}. Empty: never.")

    def clean_expires_in(self) -> timedelta | None:
        text = self.cleaned_data["expires_in"].strip()
        try:
            return parse_duration(text) if text else None
        except ValueError as error:
            raise ValidationError(f"It {error}.") from None


def issue_for(agent: Agent, answers: dict[str, Any]) -> tuple[Token, str]:
    """The token that the form's answers ask for, and its text."""
    length = answers["expires_in"]
    return issue(
        agent,
        scopes=tuple(answers["scopes"]),
        label=answers["label"],
        expires_at=timezone.now() + length if length else None,
    )
