"""Lists, signatures and what was learnt: all found before, by index; here is said what they mean."""

from spamfilter.checks.registry import check
from spamfilter.evidence import Evidence
from spamfilter.policy import Listed, Policy


def _told(entries: list[Listed]) -> str:
    return ", ".join(f"{entry.what} {entry.value}" for entry in entries[:3])


def _allowing(policy: Policy) -> list[Listed]:
    """Entries for senders. That one for a host in links says nothing for a mail: anybody can put in such a link."""
    return [entry for entry in policy.listed if entry.kind == "allow" and entry.what != "host"]


def _blocking(evidence: Evidence, policy: Policy) -> list[Listed]:
    """Entries that hold against it. One for a host in links does not where the allow list has what is linked to."""
    return [
        entry
        for entry in policy.listed
        if entry.kind == "block" and (entry.what != "host" or _links_to(entry, evidence, policy))
    ]


def _links_to(entry: Listed, evidence: Evidence, policy: Policy) -> bool:
    return any(entry.holds(link.host) and not policy.is_harmless(link.host) for link in evidence.links)


@check("ALLOWED")
def allowed(evidence: Evidence, policy: Policy) -> str:
    """A From line is free to forge: an entry for a sender counts only for one who is shown to be who he says.

    Where the mailbox's server is not known (no authserv-id) nobody can be shown to be anybody: then it counts
    unless something speaks against him. An entry for an address of the network is proof in itself.
    """
    if not policy.listed or _blocking(evidence, policy):
        return ""
    entries = _allowing(policy)
    network = [entry for entry in entries if entry.what in ("ip", "network")]
    if network:
        return _told(network[:1])
    return _told(entries) if _may_count(evidence, policy) else ""


@check("ALLOWED_UNPROVEN")
def allowed_unproven(evidence: Evidence, policy: Policy) -> str:
    """Says to be somebody who is on the allow list, and nothing shows it."""
    by_name = [entry for entry in _allowing(policy) if entry.what in ("sender", "domain")]
    if not by_name or allowed(evidence, policy) or _blocking(evidence, policy):
        return ""
    return by_name[0].value


def _may_count(evidence: Evidence, policy: Policy) -> bool:
    standing = evidence.standing(policy)
    if policy.authserv_id:
        return standing == "authenticated"
    return standing != "refuted" and evidence.header_count("from") == 1


@check("BLOCKED")
def blocked(evidence: Evidence, policy: Policy) -> str:
    return _told(_blocking(evidence, policy))


@check("BAYES_SPAM")
def bayes_spam(evidence: Evidence, policy: Policy) -> float:
    return max(0.0, _leaning(evidence, policy))


@check("BAYES_HAM")
def bayes_ham(evidence: Evidence, policy: Policy) -> float:
    return max(0.0, -_leaning(evidence, policy))


def _leaning(evidence: Evidence, policy: Policy) -> float:
    """From -1 to 1; 0 where nothing is known."""
    return evidence.leaning(policy) or 0.0
