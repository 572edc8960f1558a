"""The administrator's pages for rules. They show and ask; what a rule means is decided elsewhere."""

from rules.admin import rules, sent

__all__ = ["rules", "sent"]
