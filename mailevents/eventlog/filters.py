"""What a stream selects from the log: once as a predicate, once as a query; both mean the same. Knows no IMAP."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

import re2
from django.db.models import Q

from agenticmail.mail.domains import ascii_domain, readable_domain
from mailevents.eventlog.entry import Entry

TYPES = ("new", "flags", "expunge", "mailbox")
PRIORITIES = ("high", "normal", "low")
SPAM = ("include", "exclude", "only")
WILDCARD = re.compile(r"[*?]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """One value of `sender=`: an address, `@domain`, or a glob (`*` any run of characters, `?` one)."""

    pattern: str
    matches: Callable[[str], object] = field(compare=False, repr=False)


def sender(value: str) -> Sender:
    """Compiles one value of `sender=`. ValueError says what it takes."""
    pattern = value.strip().lower()
    _name, at, domain = pattern.rpartition("@")
    if not at or not domain or len(pattern) > 320 or any(c.isspace() or ord(c) < 32 for c in pattern):
        raise ValueError("an address, @domain, or a glob such as *@*.example.com")
    glob = f"*{pattern}" if pattern.startswith("@") else pattern
    if not WILDCARD.search(glob):
        return Sender(pattern=glob, matches=glob.__eq__)
    if glob[0] == "*" and not WILDCARD.search(glob, 1):  # a domain: asked for every event of every watcher
        return Sender(pattern=glob, matches=partial(_ends_with, glob[1:]))
    expression = "".join({"*": ".*", "?": "."}.get(c, re2.escape(c)) for c in glob)
    return Sender(pattern=glob, matches=re2.compile(expression).fullmatch)


def senders(value: str) -> tuple[Sender, ...]:
    """One value of `sender=`, once for each way in which its domain may be spelt. ValueError says what it takes."""
    name, at, domain = value.strip().lower().rpartition("@")
    spellings = (domain, ascii_domain(domain), readable_domain(domain))
    return tuple(sender(f"{name}{at}{spelling}") for spelling in dict.fromkeys(spellings))


def _ends_with(ending: str, address: str) -> bool:
    return address.endswith(ending)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which events: those of these agents that pass every filter that is set."""

    agent_ids: frozenset[int]
    types: frozenset[str] = frozenset()
    senders: tuple[Sender, ...] = ()
    priorities: frozenset[str] = frozenset()
    spam: str = "include"

    def of_agents(self, agent_ids: frozenset[int]) -> "Selection":
        return replace(self, agent_ids=agent_ids)

    @property
    def is_of_agents_only(self) -> bool:
        """Whether no filter is set."""
        return not (self.types or self.senders or self.priorities) and self.spam == "include"

    def tells(self, type: str) -> bool:
        """Whether events of this type are wanted at all."""
        return not self.types or type in self.types

    def selects(self, entry: Entry) -> bool:
        return (
            entry.agent_id in self.agent_ids
            and (not self.types or entry.type in self.types)
            and (not self.priorities or entry.priority in self.priorities)
            and (self.spam == "include" or (entry.verdict == "spam") == (self.spam == "only"))
            and (not self.senders or any(one.matches(entry.sender) for one in self.senders))
        )

    def query(self) -> Q:
        """A query that finds all that `selects` selects, and little more (globs are narrowed, not decided)."""
        query = Q(agent_id__in=self.agent_ids)
        if self.types:
            query &= Q(type__in=self.types)
        if self.priorities:
            query &= Q(priority__in=self.priorities)
        if self.spam != "include":
            query &= Q(verdict="spam") if self.spam == "only" else ~Q(verdict="spam")
        if self.senders:
            any_of = Q()
            for one in self.senders:
                any_of |= _sender_query(one.pattern)
            query &= any_of
        return query


def _sender_query(pattern: str) -> Q:
    """What every sender that matches has in common; `selects` has the last word."""
    if not WILDCARD.search(pattern):
        return Q(sender=pattern)
    pieces = WILDCARD.split(pattern)
    return Q(sender__startswith=pieces[0]) & Q(sender__endswith=pieces[-1])
