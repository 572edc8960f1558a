"""The texts of automatic mails: templates with named placeholders, checked when they are saved."""

import string
from collections.abc import Mapping

PLACEHOLDERS = {
    "sender_name": "the sender's name, or the address where there is none",
    "sender_address": "the sender's address",
    "subject": "the message's subject",
    "date": "the day on which the message arrived, such as 2026-11-22",
    "own_address": "the address that answers",
}
_TAKES = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)


class TemplateInvalid(ValueError):
    """A template that can't be filled in; says what it takes."""


def check_template(template: str) -> None:
    """Raises TemplateInvalid unless `template` holds nothing but text and known placeholders."""
    try:
        pieces = list(string.Formatter().parse(template))
    except ValueError as error:
        raise TemplateInvalid(f"has a lone brace ({error}); a brace that is meant is doubled: {{{{ or }}}}") from error
    for _, name, form, conversion in pieces:
        if name is None:
            continue
        if name not in PLACEHOLDERS:
            raise TemplateInvalid(
                f"has no placeholder {{{name}}}; it takes {_TAKES}, and a brace that is meant doubled"
            )
        if form or conversion:
            raise TemplateInvalid(f"takes {{{name}}} as it is, without anything after the name")


def fill(template: str, values: Mapping[str, str]) -> str:
    """`template`, checked before, with each placeholder's value: as text, never as a template again."""
    return string.Formatter().vformat(template, (), values)
