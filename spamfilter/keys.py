"""What has to be looked up for a message: the keys of every list, signature and learnt token. Pure.

`lookup_keys(message)` is all the reader of rows needs to see of a message. Everything is normalised as the
rows are to be: lower case, domains in their ASCII form (IDNA), addresses of IPv4 and IPv6 compressed.
"""

from dataclasses import dataclass

from agenticmail.message import Message
from spamfilter.digests import Digests, digests_of_text
from spamfilter.evidence import Evidence, evidence_of
from spamfilter.names import parents
from spamfilter.once import once


@dataclass(frozen=True, kw_only=True)
class Keys:
    """The keys of one message; each group is worked out when first asked for, and once."""

    evidence: Evidence

    @once
    def senders(self) -> tuple[str, ...]:
        """Addresses that claim to have sent it, the From first, then Sender and the envelope's, lower case."""
        return self.evidence.senders

    @once
    def domains(self) -> tuple[str, ...]:
        """The senders' domains and every domain above each."""
        return tuple(dict.fromkeys(up for sender in self.senders for up in parents(sender.rpartition("@")[2])))

    @once
    def ips(self) -> tuple[str, ...]:
        """The client that delivered to the mailbox's own servers, by their Received."""
        return self.evidence.client_ips

    @once
    def hosts(self) -> tuple[str, ...]:
        """Hosts of links and every domain above each."""
        return tuple(dict.fromkeys(up for link in self.evidence.links for up in parents(link.host)))

    @once
    def urls(self) -> tuple[str, ...]:
        """URL prefixes of links, `host`, `host/a`, `host/a/b`, without scheme, port, `www.` and query."""
        return tuple(dict.fromkeys(prefix for link in self.evidence.links for prefix in link.prefixes))

    @once
    def digests(self) -> Digests:
        """Exact and fuzzy digest of the body."""
        return digests_of_text(self.evidence.message.text)

    @once
    def tokens(self) -> tuple[int, ...]:
        """What the Bayesian part counts: distinct tokens as signed 64-bit hashes."""
        return self.evidence.tokens


def lookup_keys(message: Message) -> Keys:
    """The keys of `message`. Never raises on what was sent."""
    return Keys(evidence=evidence_of(message))
