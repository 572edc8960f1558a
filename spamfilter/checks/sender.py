"""Who says to have sent it: names, addresses and answers that do not go together."""

import re
from functools import lru_cache

from spamfilter.checks.registry import check
from spamfilter.evidence import Evidence
from spamfilter.folding import fold, mixed_words, skeleton, swapped_letters, unswapped
from spamfilter.lexicon.hosts import AMBIGUOUS, BRANDS, CHEAP_ENDINGS, FREE_MAIL
from spamfilter.names import ascii_host, organisation, same_organisation
from spamfilter.patterns import linear
from spamfilter.phrases import Lexicon
from spamfilter.policy import Policy

_ADDRESS = re.compile(r"[\w.+-]{1,64}@([\w-]{1,63}(?:\.[\w-]{1,63}){1,5})")
_DOMAIN = re.compile(r"\b(?:[a-z0-9-]{2,63}\.){1,4}(?:com|net|org|co|de|fr|es|it|jp|cn|br|uk|io|gov|info|biz|eu|ru)\b")
_TITLE = re.compile(
    r"^(?:mr|mrs|ms|miss|dr|barr|barrister|engr|rev|sgt|gen|col|capt|prof|sir|madam|hon|prince|princess|director)\b"
)
_OFFICE = re.compile(
    r"\b(?:support|service|services|customer|account|accounts|security|team|admin|administrator|help ?desk|"
    r"notification|notifications|notice|alert|alerts|info|mail|post|webmail|no reply|noreply|soporte|servicio|suporte|"
    r"atendimento|kundenservice|assistance|servizio|it|hr|human resources|payroll|accounting|finance|ceo|department)\b"
)
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{6,}")


_BRAND_WORDS = Lexicon({brand: brand for brand in BRANDS})
_BRAND_STARTS = frozenset(brand.split()[0] for brand in _BRAND_WORDS.phrases)
_BRAND_LABELS = linear("|".join(b for b in BRANDS if len(b) >= 5 and b.isascii() and " " not in b))


def _brand_in(words: str) -> str:
    """The brand a folded name plays, "" where it plays none."""
    if words.isascii() and _BRAND_STARTS.isdisjoint(words.split()):
        return ""
    for brand in _BRAND_WORDS.count(f" {words} "):
        if brand not in AMBIGUOUS:
            return brand
        rest = _OFFICE.sub(" ", f" {words} ".replace(f" {brand} ", " ", 1)).split()
        if len(rest) == 0 or (len(rest) == 1 and len(rest[0]) <= 3):
            return brand
    return ""


@lru_cache(maxsize=2_048)
def brand_labels(name: str) -> tuple[str, ...]:
    """Brands whose names stand in `name`, a host or what stands before an @."""
    return tuple(dict.fromkeys(_BRAND_LABELS.findall(name)))


def belongs_to(domain: str, brand: str) -> bool:
    """Whether mail and pages of `domain` are the brand's own."""
    own = organisation(domain)
    return any(own.startswith(prefix) for prefix in BRANDS.get(brand, ()))


@check("NAME_BRAND", needs="sender_name")
def name_brand(evidence: Evidence, policy: Policy) -> str:
    """The display name is a known brand; the address is not the brand's."""
    brand, domain = _played_brand(evidence.sender_name), evidence.sender_domain
    return f"{brand}, not {domain}" if brand and domain and not belongs_to(domain, brand) else ""


@lru_cache(maxsize=256)
def _played_brand(name: str) -> str:
    name = unswapped(name)
    brand = _brand_in(fold(name)) or ("" if name.isascii() else _brand_in(fold(skeleton(name))))
    if not brand and len(name) < 60:
        squeezed = [
            found for found in brand_labels(fold(name).replace(" ", "")) if found not in AMBIGUOUS and len(found) > 5
        ]
        brand = squeezed[0] if squeezed else ""
    return brand


@check("SUBJECT_BRAND")
def subject_brand(evidence: Evidence, policy: Policy) -> str:
    """The subject speaks for a brand whose address the sender has not."""
    if evidence.subject_folded.isascii() and _BRAND_STARTS.isdisjoint(evidence.subject_words):
        return ""
    brands = [brand for brand in _BRAND_WORDS.count(evidence.subject_folded) if brand not in AMBIGUOUS]
    domain = evidence.sender_domain
    return brands[0] if brands and domain and not any(belongs_to(domain, brand) for brand in brands) else ""


@check("ADDRESS_BRAND")
def address_brand(evidence: Evidence, policy: Policy) -> str:
    """A brand's name stands in the address, in the part in front of the @ or in a foreign domain."""
    domain = evidence.sender_domain
    brands = brand_labels(evidence.message.from_.address.lower()) if domain else ()
    return brands[0] if brands and not any(belongs_to(domain, brand) for brand in brands) else ""


@check("NAME_ADDRESS", needs="sender_name")
def name_address(evidence: Evidence, policy: Policy) -> str:
    """The display name is another address than the one it stands in front of."""
    found = _ADDRESS.search(evidence.sender_name)
    if not found or not evidence.sender_domain:
        return ""
    return "" if same_organisation(found[1], evidence.sender_domain) else found[0]


@check("NAME_DOMAIN", needs="sender_name")
def name_domain(evidence: Evidence, policy: Policy) -> str:
    """The display name is another domain than the sender's."""
    if "@" in evidence.sender_name or not evidence.sender_domain:
        return ""
    found = _DOMAIN.search(evidence.sender_name.lower())
    return found[0] if found and not same_organisation(found[0], evidence.sender_domain) else ""


@check("NAME_OWNER", needs="sender_name")
def name_owner(evidence: Evidence, policy: Policy) -> bool:
    """The display name plays the mailbox itself, or its organisation; the address is a stranger's."""
    name, domain = evidence.sender_name.lower(), evidence.sender_domain
    recipients = policy.owner or tuple(to.address.lower() for to in evidence.message.to[:1])
    for address in recipients:
        own = address.rpartition("@")[2]
        if not own or same_organisation(own, domain) or own in FREE_MAIL:
            continue
        if own in name or organisation(own).partition(".")[0] in evidence.sender_name_folded.split():
            return True
    return False


@check("NAME_MISSING")
def name_missing(evidence: Evidence, policy: Policy) -> bool:
    return not evidence.sender_name


@check("NAME_CAPITALS", needs="sender_name")
def name_capitals(evidence: Evidence, policy: Policy) -> bool:
    letters = [c for c in evidence.sender_name if c.isalpha()]
    return len(letters) >= 6 and all(c.isupper() for c in letters) and " " in evidence.sender_name


@check("NAME_TITLE", needs="sender_name")
def name_title(evidence: Evidence, policy: Policy) -> bool:
    return bool(_TITLE.match(evidence.sender_name_folded))


@check("NAME_OFFICE", needs="sender_name")
def name_office(evidence: Evidence, policy: Policy) -> bool:
    return bool(_OFFICE.search(evidence.sender_name_folded))


@check("NAME_OFFICE_FREE", needs="sender_name")
def name_office_free(evidence: Evidence, policy: Policy) -> bool:
    """A service desk that writes from a free mailbox."""
    return evidence.sender_domain in FREE_MAIL and bool(name_office(evidence, policy))


@check("NAME_STYLED")
def name_styled(evidence: Evidence, policy: Policy) -> bool:
    """Letters of a mathematical alphabet, invisible characters or mixed scripts in a name."""
    raw = evidence.message.from_.name[:300]
    if raw.isascii():
        return swapped_letters(raw)
    return bool(mixed_words(raw)) or evidence.styled_letters(raw) > 0 or evidence.invisible_in(raw) > 0


@check("NAME_LONG", needs="sender_name")
def name_long(evidence: Evidence, policy: Policy) -> bool:
    return len(evidence.sender_name) > 45 or any(c in evidence.sender_name for c in "!✅⚠🔔🎁⭐❗📦💰🔥✔★►")


@check("FROM_FREE")
def from_free(evidence: Evidence, policy: Policy) -> bool:
    return evidence.sender_domain in FREE_MAIL


@check("FROM_FREE_DIGITS")
def from_free_digits(evidence: Evidence, policy: Policy) -> bool:
    local = evidence.message.from_.address.rpartition("@")[0]
    return evidence.sender_domain in FREE_MAIL and bool(re.search(r"\d{3,}$|\d{5,}", local))


@check("FROM_CHEAP")
def from_cheap(evidence: Evidence, policy: Policy) -> str:
    return _cheap(evidence.sender_domain)


@check("FROM_RANDOM")
def from_random(evidence: Evidence, policy: Policy) -> bool:
    """A name nobody would choose, in front of the @."""
    local = evidence.message.from_.address.rpartition("@")[0].lower()
    return looks_random(local)


@check("FROM_DOMAIN_RANDOM")
def from_domain_random(evidence: Evidence, policy: Policy) -> bool:
    return looks_random(organisation(evidence.sender_domain).partition(".")[0])


@check("FROM_DOMAIN_DEEP")
def from_domain_deep(evidence: Evidence, policy: Policy) -> bool:
    return evidence.sender_domain.count(".") >= 4


@check("FROM_DOMAIN_HYPHENS")
def from_domain_hyphens(evidence: Evidence, policy: Policy) -> bool:
    return organisation(evidence.sender_domain).count("-") >= 2


@check("FROM_NO_REPLY_FREE")
def from_no_reply_free(evidence: Evidence, policy: Policy) -> bool:
    local = evidence.message.from_.address.rpartition("@")[0].lower()
    return evidence.sender_domain in FREE_MAIL and local.startswith(
        ("noreply", "no-reply", "no.reply", "info", "support")
    )


@check("FROM_PUNYCODE")
def from_punycode(evidence: Evidence, policy: Policy) -> bool:
    return "xn--" in evidence.sender_domain


@check("REPLY_ELSEWHERE")
def reply_elsewhere(evidence: Evidence, policy: Policy) -> str:
    domain = _reply_domain(evidence)
    if not domain or not evidence.sender_domain or same_organisation(domain, evidence.sender_domain):
        return ""
    return "" if evidence.via_list else domain


@check("REPLY_FREE")
def reply_free(evidence: Evidence, policy: Policy) -> str:
    """Answers go to a free mailbox, and not to the one it comes from."""
    reply = _reply_address(evidence)
    if not reply or reply.rpartition("@")[2] not in FREE_MAIL:
        return ""
    return reply if reply != evidence.message.from_.address.lower() else ""


@check("REPLY_FREE_BOTH")
def reply_free_both(evidence: Evidence, policy: Policy) -> bool:
    """From one free mailbox to another."""
    return evidence.sender_domain in FREE_MAIL and bool(reply_free(evidence, policy))


@check("REPLY_CHEAP")
def reply_cheap(evidence: Evidence, policy: Policy) -> str:
    return _cheap(_reply_domain(evidence))


@check("ENVELOPE_ELSEWHERE")
def envelope_elsewhere(evidence: Evidence, policy: Policy) -> bool:
    domain = ascii_host((evidence.message.return_path or "").rpartition("@")[2])
    if not domain or not evidence.sender_domain or evidence.via_list:
        return False
    return not same_organisation(domain, evidence.sender_domain)


@check("SENDER_ELSEWHERE")
def sender_elsewhere(evidence: Evidence, policy: Policy) -> bool:
    sender = evidence.message.sender
    if not sender or not sender.domain or not evidence.sender_domain or evidence.via_list:
        return False
    return not same_organisation(sender.domain, evidence.sender_domain)


@check("FROM_OWNER")
def from_owner(evidence: Evidence, policy: Policy) -> bool:
    """Says to be the mailbox itself, and the receiving server does not confirm it."""
    sender = evidence.message.from_.address.lower()
    return bool(sender) and sender in policy.owner and evidence.standing(policy) != "authenticated"


@check("FROM_ORGANISATION_REFUTED")
def from_organisation_refuted(evidence: Evidence, policy: Policy) -> bool:
    """Says to be of the mailbox's own organisation, and the receiving server knows better."""
    own = [*policy.local_domains, *(address.rpartition("@")[2] for address in policy.owner)]
    ours = any(domain not in FREE_MAIL and same_organisation(domain, evidence.sender_domain) for domain in own)
    return ours and evidence.standing(policy) == "refuted"


@lru_cache(maxsize=2_048)
def looks_random(name: str) -> bool:
    """Whether a name looks made by a machine: long consonant runs, digits among letters, no vowel."""
    letters = re.sub(r"[^a-z0-9]", "", name)
    if len(letters) < 7 or name.startswith("xn--"):
        return False
    switches = len(re.findall(r"[a-z]\d|\d[a-z]", letters))
    vowels = sum(letters.count(v) for v in "aeiouy")
    alphabetic = sum(c.isalpha() for c in letters)
    if switches >= 3 or (len(letters) >= 20 and switches >= 2):
        return True
    return alphabetic >= 7 and (
        vowels / alphabetic < 0.18 or bool(_CONSONANTS.search(letters) and vowels / alphabetic < 0.3)
    )


def _cheap(domain: str) -> str:
    pieces = domain.rsplit(".", 2)
    if len(pieces) > 1 and (pieces[-1] in CHEAP_ENDINGS or ".".join(pieces[-2:]) in CHEAP_ENDINGS):
        return f".{pieces[-1]}"
    return ""


def _reply_address(evidence: Evidence) -> str:
    return evidence.message.reply_to[0].address.lower() if evidence.message.reply_to else ""


def _reply_domain(evidence: Evidence) -> str:
    return ascii_host(_reply_address(evidence).rpartition("@")[2])
