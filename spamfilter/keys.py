"""What has to be looked up for a message: the keys of every list, signature and learnt token. Pure.

`lookup_keys(message)` is all the reader of rows needs to see of a message. Everything is normalised as the
rows are to be: lower case, domains in their ASCII form (IDNA), addresses of IPv4 and IPv6 compressed.
"""

from dataclasses import dataclass
from functools import cached_property

from agenticmail.message import Message
from spamfilter.digests import Digests, digests_of_text
from spamfilter.evidence import Evidence, evidence_of
from spamfilter.names import parents


@dataclass(frozen=True, kw_only=True)
class Keys:
    """The keys of one message; each group is worked out when first asked for, and once."""

    evidence: Evidence

    @cached_property
    def senders(self) -> tuple[str, ...]:
        """Addresses that claim to have sent it, the From first, then Sender and the envelope's, lower case."""
        return self.evidence.senders

    @cached_property
    def domains(self) -> tuple[str, ...]:
        """The senders' domains and every domain above each, down to two labels."""
        return tuple(dict.fromkeys(up for sender in self.senders for up in parents(sender.rpartition("@")[2])))

    @cached_property
    def ips(self) -> tuple[str, ...]:
        """The client that delivered to the mailbox's own servers, by their Received."""
        return self.evidence.client_ips

    @cached_property
    def hosts(self) -> tuple[str, ...]:
        """Hosts of links and every domain above each."""
        return tuple(dict.fromkeys(up for link in self.evidence.links for up in parents(link.host)))

    @cached_property
    def urls(self) -> tuple[str, ...]:
        """URL prefixes of links, `host`, `host/a`, `host/a/b`, without scheme, port, `www.` and query."""
        return tuple(dict.fromkeys(prefix for link in self.evidence.links for prefix in link.prefixes))

    @cached_property
    def digests(self) -> Digests:
        """Exact and fuzzy digest of the body."""
        return digests_of_text(self.evidence.message.text)

    @cached_property
    def tokens(self) -> tuple[int, ...]:
        """What the Bayesian part counts: distinct tokens as signed 64-bit hashes."""
        return self.evidence.tokens


def lookup_keys(message: Message) -> Keys:
    """The keys of `message`. Never raises on what was sent."""
    return Keys(evidence=evidence_of(message))
