"""What a message is judged against, as one value. Pure; `spamfilter.lookup` fills it from rows.

Nothing here is a whole list: whoever fills it has already looked up what applies to the one message
(`spamfilter.keys` says what to look up), so that a list may have a million entries.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from spamfilter.names import parents

DEFAULT_THRESHOLD = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An entry of an allow or block list that applies to this message. `value` as the administrator wrote it.

    sender: the whole address; domain: that of the sender or one above it; ip, network: the client that
    delivered; host: that of a link or one above it.
    """

    kind: Literal["allow", "block"]
    what: Literal["sender", "domain", "ip", "network", "host"]
    value: str

    def holds(self, host: str) -> bool:
        """Whether an entry for a host in links is one for this host."""
        return self.value.removeprefix("link:") in parents(host)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A signature that has to be tried: `regex` is compiled by RE2 (`spamfilter.patterns.compile_pattern`)."""

    name: str
    regex: Any
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A signature that was found by its key: the same text, nearly the same text, or a host or URL prefix."""

    name: str
    how: Literal["exact", "fuzzy", "url"]
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BayesCounts:
    """What was learnt, as far as this message's tokens go: token -> (in how many spam, in how many ham)."""

    spam: int
    ham: int
    tokens: Mapping[int, tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Everything `judge` needs to know beside the message.

    weights: an administrator's own points for a check's symbol; None turns the check off.
    authserv_id: who writes the Authentication-Results (RFC 8601) this mailbox believes; "" where unknown.
    owner: the mailbox's own addresses; a stranger who uses one as sender, or as display name, pretends.
    local_domains: domains the mailbox's organisation owns.
    """

    threshold: float = DEFAULT_THRESHOLD
    weights: Mapping[str, float | None] = field(default_factory=dict)
    listed: tuple[Listed, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    known: tuple[Known, ...] = ()
    bayes: BayesCounts | None = None
    authserv_id: str = ""
    owner: tuple[str, ...] = ()
    local_domains: tuple[str, ...] = ()

    def is_harmless(self, host: str) -> bool:
        """Whether the allow list has `host` of a link, or a domain above it."""
        return any(entry.kind == "allow" and entry.what == "host" and entry.holds(host) for entry in self.listed)
