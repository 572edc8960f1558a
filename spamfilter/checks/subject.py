"""The subject line."""

import re
from string import ascii_letters, ascii_uppercase

from spamfilter.checks.registry import check
from spamfilter.evidence import Evidence
from spamfilter.folding import mixed_words, swapped_letters
from spamfilter.policy import Policy

_REPLY = re.compile(r"^\s*(?:re|aw|sv|antw|fw|fwd|wg|tr|rv|res|enc|回复|答复|转发)(?:\[\d+\])?\s*[:：;]", re.IGNORECASE)
_MONEY = re.compile(
    r"[$€£¥₹]\s?\d|\d\s?[$€£]|\b(?:usd|eur|gbp|rs|r\$)\s?\d|\d\s?(?:usd|eur|gbp|euro|million|dollars)\b", re.IGNORECASE
)
_GAPS = re.compile(r"\b(?:\w\b[ ._-]){4}|(?<=\w{3})\s{5,}+\S")
_TAIL = re.compile(
    r"(?:\s{3,}|[#\[(]\s?)[A-Za-z0-9]{4,12}[\])]?$|\b(?=[a-z0-9]*\d)(?=[a-z0-9]*[a-z])[a-z0-9]{7,16}$", re.IGNORECASE
)
_LONGEST_TAIL = 20
_EMOJI = re.compile("[\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff\u23e9-\u23fa]")
_NUMBER = re.compile(r"\b(?=\S*\d{3})[A-Z0-9-]{6,30}\b|#\s?\d{3,}|\b\d{5,}\b")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w")
_CAPITALS, _LETTERS = ascii_uppercase.encode(), ascii_letters.encode()
_GREETING = re.compile(
    r"(?:re |fw |fwd )?(?:hi|hello|hey|dear|greetings?|good (?:day|morning|news|evening)|attn|attention|ref|urgent|"
    r"important|dear (?:friend|sir|madam|sir madam)|hello (?:dear|friend|my friend|there)|my dear|my friend|"
    r"assalam.{0,20}|donation|compliments?(?: of the (?:season|day))?|salutations?|hola|bonjour|hallo|hi there|"
    r"read|reply|proposal|business|partnership|your (?:attention|response|reply|urgent response)|mutual|please|"
    r"kindly|inquiry|enquiry|offer|loan|loan offer|greetings .{0,20})"
)


@check("SUBJECT_CAPITALS")
def subject_capitals(evidence: Evidence, policy: Policy) -> bool:
    subject = evidence.subject.encode("ascii", "ignore")
    capitals = len(subject) - len(subject.translate(None, _CAPITALS))
    letters = len(subject) - len(subject.translate(None, _LETTERS))
    return letters >= 8 and capitals / letters > 0.85


@check("SUBJECT_FALSE_REPLY")
def subject_false_reply(evidence: Evidence, policy: Policy) -> bool:
    """An answer or a forwarded message by its subject, to nothing by its headers."""
    if not _REPLY.match(evidence.subject):
        return False
    return not evidence.message.in_reply_to and not evidence.message.references and not evidence.quotes


@check("SUBJECT_EXCLAIMS")
def subject_exclaims(evidence: Evidence, policy: Policy) -> bool:
    return "!" in evidence.subject or "！" in evidence.subject or "??" in evidence.subject


@check("SUBJECT_SHOUTS")
def subject_shouts(evidence: Evidence, policy: Policy) -> bool:
    return evidence.subject.count("!") >= 2 or "!!" in evidence.subject or "$$" in evidence.subject


@check("SUBJECT_RECIPIENT")
def subject_recipient(evidence: Evidence, policy: Policy) -> str:
    """The address it is sent to, or what stands before its @, in the subject."""
    subject = evidence.subject.lower()
    for to in [*evidence.message.to[:3], *evidence.delivered_to]:
        local = to.address.lower().rpartition("@")[0]
        if to.address and to.address.lower() in subject:
            return to.address
        if (
            len(local) >= 4
            and local in subject
            and not evidence.via_list
            and re.search(rf"(?<![\w.]){re.escape(local)}(?![\w.])", subject)
        ):
            return local
    return ""


@check("SUBJECT_ADDRESS")
def subject_address(evidence: Evidence, policy: Policy) -> bool:
    return "@" in evidence.subject and bool(_ADDRESS.search(evidence.subject))


@check("SUBJECT_MONEY", needs="subject_figures")
def subject_money(evidence: Evidence, policy: Policy) -> bool:
    return bool(_MONEY.search(evidence.subject))


@check("SUBJECT_PERCENT", needs="subject_figures")
def subject_percent(evidence: Evidence, policy: Policy) -> bool:
    return bool(re.search(r"\d ?[%％]", evidence.subject))


@check("SUBJECT_EMOJI")
def subject_emoji(evidence: Evidence, policy: Policy) -> bool:
    return not evidence.subject.isascii() and bool(_EMOJI.search(evidence.subject))


@check("SUBJECT_GAPS")
def subject_gaps(evidence: Evidence, policy: Policy) -> bool:
    """Letters s p a c e d out, or a gap in front of the end."""
    return bool(_GAPS.search(evidence.subject))


@check("SUBJECT_TAIL")
def subject_tail(evidence: Evidence, policy: Policy) -> bool:
    """A random code at the end, so that no two copies are the same."""
    return bool(_TAIL.search(evidence.subject, max(0, len(evidence.subject) - _LONGEST_TAIL)))


@check("SUBJECT_NUMBER", needs="subject_figures")
def subject_number(evidence: Evidence, policy: Policy) -> bool:
    """An invoice or case number."""
    return bool(_NUMBER.search(evidence.subject)) and not evidence.quotes and not evidence.message.references


@check("SUBJECT_DISGUISED")
def subject_disguised(evidence: Evidence, policy: Policy) -> bool:
    """Look-alike, styled or invisible letters."""
    raw = evidence.message.subject[:1_000]
    if swapped_letters(raw):
        return True
    if raw.isascii():
        return False
    return bool(mixed_words(raw)) or evidence.styled_letters(raw) > 2 or evidence.invisible_in(raw) > 0


@check("SUBJECT_QUESTION")
def subject_question(evidence: Evidence, policy: Policy) -> bool:
    return evidence.subject.rstrip().endswith(("?", "？"))


@check("SUBJECT_GREETING")
def subject_greeting(evidence: Evidence, policy: Policy) -> bool:
    """Nothing but a greeting or a call for attention."""
    words = evidence.subject_folded.strip()
    return bool(_GREETING.fullmatch(words))
