"""Messages whose rules are being carried out, to look at: what is left here after a restart is finished by itself."""

import json

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mailevents.admin.read_only import ReadOnly
from mailevents.models import Delivery


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly):
    list_display = ("created_at", "agent", "uid", "attempts", "progress")
    list_select_related = ("mailbox__agent",)
    search_fields = ("mailbox__agent__name", "uid")
    fields = readonly_fields = ("agent", "generation", "uid", "attempts", "created_at", "steps_shown", "event_shown")

    @admin.display(description="agent", ordering="mailbox__agent__name")
    def agent(self, delivery: Delivery) -> str:
        return delivery.mailbox.agent.name

    @admin.display(description="steps")
    def progress(self, delivery: Delivery) -> str:
        steps = [step for step in delivery.steps if isinstance(step, dict)]
        return ", ".join(f"{step.get('action', '?')}: {step.get('status', 'to do')}" for step in steps)

    @admin.display(description="steps")
    def steps_shown(self, delivery: Delivery) -> SafeString:
        return _pretty(delivery.steps)

    @admin.display(description="the event to be")
    def event_shown(self, delivery: Delivery) -> SafeString:
        return _pretty(delivery.event)


def _pretty(value: object) -> SafeString:
    return format_html('<pre class="am-json">{}</pre>', json.dumps(value, indent=2, ensure_ascii=False))
