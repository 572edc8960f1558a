"""Lists, signatures and what was learnt: all found before, by index; here is said what they mean."""

from spamfilter.checks.registry import check
from spamfilter.evidence import Evidence
from spamfilter.policy import Listed, Policy


def _entries(policy: Policy, kind: str) -> str:
    found = [entry for entry in policy.listed if entry.kind == kind]
    return ", ".join(f"{entry.what} {entry.value}" for entry in found[:3])


@check("ALLOWED")
def allowed(evidence: Evidence, policy: Policy) -> str:
    """A From line is free to forge: an entry for a sender counts only for one who is shown to be who he says.

    Where the mailbox's server is not known (no authserv-id) nobody can be shown to be anybody: then it counts
    unless something speaks against him. An entry for an address of the network is proof in itself.
    """
    if not policy.listed or any(entry.kind == "block" for entry in policy.listed):
        return ""
    network = [entry for entry in policy.listed if entry.kind == "allow" and entry.what in ("ip", "network")]
    if network:
        return f"{network[0].what} {network[0].value}"
    return _entries(policy, "allow") if _may_count(evidence, policy) else ""


@check("ALLOWED_UNPROVEN")
def allowed_unproven(evidence: Evidence, policy: Policy) -> str:
    """Says to be somebody who is on the allow list, and nothing shows it."""
    by_name: list[Listed] = [e for e in policy.listed if e.kind == "allow" and e.what in ("sender", "domain")]
    if not by_name or allowed(evidence, policy) or _entries(policy, "block"):
        return ""
    return by_name[0].value


def _may_count(evidence: Evidence, policy: Policy) -> bool:
    standing = evidence.standing(policy)
    if policy.authserv_id:
        return standing == "authenticated"
    return standing != "refuted" and evidence.header_count("from") == 1


@check("BLOCKED")
def blocked(evidence: Evidence, policy: Policy) -> str:
    return _entries(policy, "block")


@check("BAYES_SPAM")
def bayes_spam(evidence: Evidence, policy: Policy) -> float:
    return max(0.0, _leaning(evidence, policy))


@check("BAYES_HAM")
def bayes_ham(evidence: Evidence, policy: Policy) -> float:
    return max(0.0, -_leaning(evidence, policy))


def _leaning(evidence: Evidence, policy: Policy) -> float:
    """From -1 to 1; 0 where nothing is known."""
    return evidence.leaning(policy) or 0.0
