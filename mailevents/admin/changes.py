"""Who added, changed or deleted what in the admin, and when: the log that Django writes, and has no list of."""

from django.contrib import admin
from django.contrib.admin.models import DELETION, LogEntry
from django.utils.html import format_html

from mailevents.admin.read_only import ReadOnly


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnly):
    list_display = ("action_time", "user", "action_flag", "content_type", "row", "told")
    list_display_links = None
    list_filter = (
        "action_flag",
        ("content_type", admin.RelatedOnlyFieldListFilter),
        ("user", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("user", "content_type")
    search_fields = ("object_repr", "change_message", "user__username")
    search_help_text = "A row's name, what was done to it, or who did it"
    date_hierarchy = "action_time"
    show_full_result_count = False

    @admin.display(description="what", ordering="object_repr")
    def row(self, entry: LogEntry) -> str:
        """What it was done to, and the way to its page where it has one."""
        url = None if entry.action_flag == DELETION else entry.get_admin_url()
        return format_html('<a href="{}">{}</a>', url, entry.object_repr) if url else entry.object_repr

    @admin.display(description="change")
    def told(self, entry: LogEntry) -> str:
        return entry.get_change_message()
