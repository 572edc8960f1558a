"""What only means something together: a lure and where it leads, a fortune and a free mailbox."""

from spamfilter.checks.body import body_free_address, money_millions, phone_to_call
from spamfilter.checks.headers import to_is_from, to_missing, to_undisclosed
from spamfilter.checks.links import link_cheap
from spamfilter.checks.registry import check
from spamfilter.checks.sender import from_cheap, name_brand, name_office, name_styled, reply_free
from spamfilter.checks.subject import subject_disguised
from spamfilter.evidence import Evidence
from spamfilter.lexicon.hosts import FREE_MAIL
from spamfilter.names import same_organisation
from spamfilter.policy import Policy

SHORT = 200  # words of a text that says only that


def _leads_away(evidence: Evidence) -> bool:
    return any(link.in_html and not same_organisation(link.host, evidence.sender_domain) for link in evidence.web_links)


@check("FORTUNE_FREE_MAIL", needs="lures")
def fortune_free_mail(evidence: Evidence, policy: Policy) -> bool:
    """A fortune is promised, and the answer is to go to a free mailbox."""
    if evidence.lures["ADVANCE_FEE"] + evidence.lures["LOTTERY"] + evidence.lures["LOANS"] < 2:
        return False
    free = evidence.sender_domain in FREE_MAIL or reply_free(evidence, policy) or body_free_address(evidence, policy)
    return bool(free) and not evidence.quotes


@check("FORTUNE_MILLIONS", needs="lures")
def fortune_millions(evidence: Evidence, policy: Policy) -> bool:
    """Millions, and the phrases of advance-fee fraud."""
    return evidence.lures["ADVANCE_FEE"] >= 2 and bool(money_millions(evidence, policy))


@check("ACCOUNT_LURE_AWAY", needs="lures")
def account_lure_away(evidence: Evidence, policy: Policy) -> bool:
    """The reader's account is in danger, and the link leads elsewhere than to the sender."""
    return evidence.lures["CREDENTIALS"] >= 3 and _leads_away(evidence)


@check("ACCOUNT_LURE_STRANGER", needs="lures")
def account_lure_stranger(evidence: Evidence, policy: Policy) -> bool:
    """The reader's account is in danger, by one who writes from a free mailbox or in a brand's name."""
    if evidence.lures["CREDENTIALS"] + evidence.lures["DELIVERY"] < 2:
        return False
    return bool(name_brand(evidence, policy)) or (evidence.sender_domain in FREE_MAIL and name_office(evidence, policy))  # type: ignore[return-value]


@check("PARCEL_LURE_AWAY", needs="lures")
def parcel_lure_away(evidence: Evidence, policy: Policy) -> bool:
    """A parcel waits, and the link leads elsewhere than to the sender."""
    return evidence.lures["DELIVERY"] >= 3 and _leads_away(evidence)


@check("OWNER_ELSEWHERE", needs="lures")
def owner_elsewhere(evidence: Evidence, policy: Policy) -> bool:
    """Somebody who writes from elsewhere than usual, and must not be called, wants papers or codes."""
    lures = evidence.lures
    said = lures["ELSEWHERE"] and lures["UNREACHABLE"] and lures["PAPERS"]
    return bool(said) and evidence.word_count <= SHORT


@check("BRAND_AWAY", needs="web_links")
def brand_away(evidence: Evidence, policy: Policy) -> bool:
    """In a brand's name, with links."""
    return bool(name_brand(evidence, policy)) and bool(evidence.web_links)


@check("PRIZE_AWAY", needs="lures")
def prize_away(evidence: Evidence, policy: Policy) -> bool:
    """A prize, a voucher, a survey, and a link."""
    return evidence.lures["LOTTERY"] >= 2 and _leads_away(evidence)


@check("BILL_TO_CALL", needs="lures")
def bill_to_call(evidence: Evidence, policy: Policy) -> bool:
    """A charge nobody knows of, and a telephone number to stop it by."""
    if evidence.lures["CALLBACK"] < 4 or not phone_to_call(evidence, policy):
        return False
    return evidence.sender_domain in FREE_MAIL or not evidence.web_links or bool(name_brand(evidence, policy))


@check("EXTORTION_WALLET", needs="lures")
def extortion_wallet(evidence: Evidence, policy: Policy) -> bool:
    """Threats, and coins to pay in."""
    return evidence.lures["EXTORTION"] >= 3 and any(
        word in evidence.folded or word in evidence.other_folded
        for word in (" bitcoin", " btc ", " wallet ", " usdt ", "比特币")
    )


@check("BILL_WITH_FILE", needs="lures")
def bill_with_file(evidence: Evidence, policy: Policy) -> bool:
    """A bill or an order from a stranger, with an archive, a page or a program to open."""
    if evidence.lures["INVOICE"] < 2:
        return False
    endings = (
        ".zip",
        ".rar",
        ".7z",
        ".iso",
        ".img",
        ".gz",
        ".ace",
        ".html",
        ".htm",
        ".shtml",
        ".xlsm",
        ".docm",
        ".exe",
        ".cab",
        ".r00",
        ".arj",
    )
    return any(name.lower().endswith(endings) for name in evidence.file_names)


@check("OFFER_UNASKED", needs="lures")
def offer_unasked(evidence: Evidence, policy: Policy) -> bool:
    """Services or goods offered from a free mailbox."""
    offers = evidence.lures["PROMOTION"] + evidence.lures["TRADE"]
    return offers >= 4 and evidence.sender_domain in FREE_MAIL and not evidence.quotes


@check("HURRY_TO_LINK", needs="lures")
def hurry_to_link(evidence: Evidence, policy: Policy) -> bool:
    """Haste, a lure and a link together."""
    lures = (
        evidence.lures["CREDENTIALS"]
        + evidence.lures["DELIVERY"]
        + evidence.lures["LOTTERY"]
        + evidence.lures["CALLBACK"]
    )
    return evidence.lures["URGENCY"] >= 1 and lures >= 2 and _leads_away(evidence)


@check("CHEAP_LURE", needs="lures")
def cheap_lure(evidence: Evidence, policy: Policy) -> bool:
    """A lure under a name that costs next to nothing."""
    lures = sum(
        evidence.lures[group] for group in ("LOTTERY", "GOODS", "CREDENTIALS", "DELIVERY", "PHARMACY", "INVESTMENT")
    )
    return lures >= 2 and bool(from_cheap(evidence, policy) or link_cheap(evidence, policy))


@check("BUSINESS_TO_FREE")
def business_to_free(evidence: Evidence, policy: Policy) -> bool:
    """A firm that wants its answers in a free mailbox has lost its own, or never had it."""
    if evidence.sender_domain in FREE_MAIL or evidence.quotes or not evidence.sender_domain:
        return False
    own = evidence.header("x-original-from") or ""
    free = reply_free(evidence, policy) if not evidence.via_list or not own else ""
    return bool(free or body_free_address(evidence, policy)) and evidence.word_count < 800


@check("NOBODY_TO_FREE")
def nobody_to_free(evidence: Evidence, policy: Policy) -> bool:
    """To undisclosed recipients, or to itself; answers to a free mailbox."""
    nobody = to_undisclosed(evidence, policy) or to_missing(evidence, policy) or to_is_from(evidence, policy)
    free = reply_free(evidence, policy) or body_free_address(evidence, policy)
    return bool(nobody and free) and not evidence.quotes


@check("DISGUISE_AND_LINK", needs="web_links")
def disguise_and_link(evidence: Evidence, policy: Policy) -> bool:
    """Letters that only look like others, and a link."""
    disguised = subject_disguised(evidence, policy) or name_styled(evidence, policy) or evidence.invisible_in_words >= 3
    return bool(disguised and evidence.web_links)
