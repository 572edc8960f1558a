"""What a message shows, worked out once for all checks: its words, links, way and authentication. Pure.

Bounded: a check may read everything here without fear of the message's size.
"""

import threading
from collections import Counter

from agenticmail.message import Message
from spamfilter import orders
from spamfilter.authentication import Authentication, Standing, own_headers, read_authentication, standing
from spamfilter.bayes import leaning, tokens_of
from spamfilter.folding import fold, plain
from spamfilter.hearsay import without_quotes
from spamfilter.injection import kinds_in, may_instruct_unseen, talks_about
from spamfilter.lexicon.groups import LURES, PARTS
from spamfilter.links import Link, links_of
from spamfilter.names import is_public, organisation
from spamfilter.once import once
from spamfilter.orders import Reading
from spamfilter.phrases import Lexicon
from spamfilter.policy import BayesCounts, Policy
from spamfilter.texts import MAX_TEXT, Texts
from spamfilter.trace import Hop, client_of, read_trace

_LURES = Lexicon(LURES | PARTS)


class Evidence(Texts):
    """A message and all that follows from it; everything is worked out when first asked for, and once."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self._authentication: tuple[str, Authentication] | None = None
        self._leaning: tuple[BayesCounts, float | None] | None = None

    @once
    def lures(self) -> Counter[str]:
        """How many phrases of each group stand in subject and text."""
        return _LURES.count(self.spoken_folded)

    @once
    def subject_lures(self) -> Counter[str]:
        return _LURES.count(self.subject_folded) if self.lures else Counter()

    @once
    def may_instruct_unseen(self) -> bool:
        """Whether a text that is not seen holds words of instructions to machines: all are looked through at once."""
        return may_instruct_unseen(f" {self.unseen_folded} ")

    @once
    def unquoted(self) -> str:
        """What is spoken, undisguised, without what stands in quotation marks."""
        return without_quotes(plain(self.spoken_text), always=True)

    @once
    def meant_folded(self) -> str:
        """What is spoken, but for what is quoted by who talks about instructions to machines."""
        if not self.talks_about_injection:
            return self.spoken_folded
        return fold(self.unquoted)

    @once
    def read_as_order(self) -> Reading:
        """How much of it reads like an order to a machine."""
        return orders.read(self.meant_folded)

    @once
    def unseen_as_order(self) -> Reading:
        """The same of what is not seen, or comes as a file."""
        return orders.read(f"{self.unseen_folded} {self.filed_folded}")

    @once
    def instructions(self) -> Counter[str]:
        """Instructions to machines in subject and text, by kind (`spamfilter.injection.KINDS`).

        Where a machine is only spoken to, or the text talks about such things, it has to read like orders, too.
        """
        earnest = self.read_as_order.likeness >= orders.EARNEST
        found = kinds_in(self.spoken_text, self.spoken_folded, earnest=earnest)
        doubtful = found and (found.keys() == {"ADDRESSED"} or self.talks_about_injection)
        if doubtful and orders.read(self.meant_folded, thoroughly=True).likeness < orders.EARNEST:
            return Counter()
        return found

    @once
    def talks_about_injection(self) -> int:
        """How much of it is the talk of those who write about such things."""
        return talks_about(f"{self.subject_folded}{self.folded}")

    @once
    def tokens(self) -> tuple[int, ...]:
        """What the Bayesian part counts."""
        return tokens_of(self)

    def leaning(self, policy: Policy) -> float | None:
        """Which way the learnt words lean (`spamfilter.bayes.leaning`); None where nothing is known."""
        if policy.bayes is None:
            return None
        if self._leaning is None or self._leaning[0] is not policy.bayes:
            self._leaning = (policy.bayes, leaning(self.tokens, policy.bayes))
        return self._leaning[1]

    def authentication(self, policy: Policy) -> Authentication:
        """What the receiving server found out, as far as the policy lets it be believed."""
        known = self._authentication
        if known is None or known[0] != policy.authserv_id:
            told = "authentication-results" in self._headers
            found = read_authentication(self.message.headers, policy.authserv_id) if told else Authentication()
            known = self._authentication = (policy.authserv_id, found)
        return known[1]

    def believed_headers(self, policy: Policy) -> int:
        return own_headers(self.message.headers, policy.authserv_id)

    def standing(self, policy: Policy) -> Standing:
        """Whether the sender is who the From says."""
        return standing(self.authentication(policy), self.sender_domain)

    @once
    def links(self) -> tuple[Link, ...]:
        return links_of(self.page, self.message.text[:MAX_TEXT])

    @once
    def web_links(self) -> tuple[Link, ...]:
        """Links that go to a host."""
        return tuple([link for link in self.links if link.host])

    @once
    def linked_hosts(self) -> tuple[Link, ...]:
        """The first link to each host."""
        first: dict[str, Link] = {}
        for link in self.web_links:
            first.setdefault(link.host, link)
        return tuple(first.values())

    @once
    def foreign_links(self) -> tuple[Link, ...]:
        """Links to others than the sender's organisation."""
        own = organisation(self.sender_domain)
        return tuple([link for link in self.web_links if organisation(link.host) != own])

    @once
    def hops(self) -> tuple[Hop, ...]:
        return read_trace(self._headers.get("received", ()))

    @once
    def outside_hops(self) -> list[Hop]:
        """Those whose client has an address of the public internet."""
        return [hop for hop in self.hops if hop.ip and is_public(hop.ip)]

    @once
    def client(self) -> Hop | None:
        """Who delivered to the mailbox's servers."""
        return client_of(self.hops)

    @once
    def client_ips(self) -> tuple[str, ...]:
        return (self.client.ip,) if self.client else ()


_recent = threading.local()


def evidence_of(message: Message) -> Evidence:
    """The evidence of `message`; a second call for the same object in the same thread finds it worked out."""
    kept: Evidence | None = getattr(_recent, "evidence", None)
    if kept is None or kept.message is not message:
        kept = _recent.evidence = Evidence(message)
    return kept
