"""What the receiving server found out: SPF, DKIM, DMARC, ARC (RFC 7208, 6376, 7489, 8617), as it wrote it (RFC 8601).

A failure counts whoever wrote it: nobody forges one. A pass counts only from the mailbox's own server.
"""

from spamfilter.checks.registry import check
from spamfilter.evidence import Evidence
from spamfilter.names import organisation, same_organisation
from spamfilter.policy import Policy


@check("DMARC_FAIL")
def dmarc_fail(evidence: Evidence, policy: Policy) -> bool:
    return evidence.authentication(policy).outcome("dmarc") == "fail" and not evidence.via_list


@check("SPF_FAIL")
def spf_fail(evidence: Evidence, policy: Policy) -> bool:
    return _spf(evidence, policy) in ("fail", "hardfail")


@check("SPF_SOFTFAIL")
def spf_softfail(evidence: Evidence, policy: Policy) -> bool:
    return _spf(evidence, policy) == "softfail"


@check("SPF_NONE")
def spf_none(evidence: Evidence, policy: Policy) -> bool:
    return _spf(evidence, policy) in ("none", "neutral", "permerror", "temperror")


@check("DKIM_FAIL")
def dkim_fail(evidence: Evidence, policy: Policy) -> bool:
    authentication = evidence.authentication(policy)
    return authentication.outcome("dkim") in ("fail", "permerror") and not evidence.via_list


@check("DKIM_NONE")
def dkim_none(evidence: Evidence, policy: Policy) -> bool:
    return evidence.authentication(policy).outcome("dkim") == "none"


@check("AUTHENTICATED")
def authenticated(evidence: Evidence, policy: Policy) -> bool:
    return evidence.authentication(policy).believed and evidence.standing(policy) == "authenticated"


@check("NOTHING_PASSED")
def nothing_passed(evidence: Evidence, policy: Policy) -> bool:
    """The server looked, and no method vouches for the sender."""
    results = evidence.authentication(policy).results
    return bool(results) and not any(r.outcome == "pass" for r in results if r.method in ("spf", "dkim", "dmarc"))


@check("SIGNED_ELSEWHERE")
def signed_elsewhere(evidence: Evidence, policy: Policy) -> str:
    """DKIM signatures, none of them of the sender's organisation."""
    signers = evidence.dkim_domains
    if not signers or not evidence.sender_domain or evidence.via_list:
        return ""
    if any(same_organisation(signer, evidence.sender_domain) for signer in signers):
        return ""
    return organisation(signers[0])


@check("RESULTS_FORGED")
def results_forged(evidence: Evidence, policy: Policy) -> bool:
    """Results in the name of the mailbox's own server, in a place where it does not write."""
    wanted = policy.authserv_id.lower()
    if not wanted:
        return False
    claimed = sum(
        value.split(";")[0].strip().lower() == wanted for value in evidence.message.header_all("authentication-results")
    )
    return claimed > evidence.believed_headers(policy)


def _spf(evidence: Evidence, policy: Policy) -> str:
    outcome = evidence.authentication(policy).outcome("spf")
    if outcome or policy.authserv_id:
        return outcome
    words = (evidence.header("received-spf") or "").lower().split()
    return words[0].strip(":;") if words else ""
