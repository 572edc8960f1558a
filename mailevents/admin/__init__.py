"""The administrator's pages. They show and ask; what is done is done by the modules beside this package."""

from mailevents.admin import agents, changes, deliveries, events, explaining, rule_trial, tokens

__all__ = ["agents", "changes", "deliveries", "events", "explaining", "rule_trial", "tokens"]
