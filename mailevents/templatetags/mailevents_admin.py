"""How an event's people and details are written on the admin's page."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def person(address: Mapping[str, Any]) -> str:
    """`Ann <ann@example.com>`, or the one of the two that there is."""
    name, mailbox = address.get("name") or "", address.get("address") or ""
    return f"{name} <{mailbox}>" if name and mailbox else name or mailbox or "nobody"


@register.filter
def people(addresses: list[Mapping[str, Any]]) -> str:
    return ", ".join(map(person, addresses))


@register.filter
def details(entry: object) -> str:
    """The members of an action or an error that its columns do not show."""
    if not isinstance(entry, Mapping):
        return str(entry)
    shown = {key: value for key, value in entry.items() if key not in ("action", "status") and value not in (None, "")}
    return ", ".join(f"{key}: {value}" for key, value in shown.items())
