"""How the text is made: how much there is, how it is dressed, what figures and addresses stand in it."""

import re

from spamfilter.checks.registry import check
from spamfilter.evidence import Evidence
from spamfilter.folding import TAGS, mixed_words
from spamfilter.lexicon.hosts import FREE_MAIL
from spamfilter.policy import Policy

_CURRENCY = r"(?:usd?|us|eur|gbp|[$€£])"
_MILLIONS = re.compile(
    rf"{_CURRENCY}[\s.]{{0,2}}\d{{1,4}}(?:[.,]\d{{1,3}})?[\s.]{{0,2}}(?:m\b|million|millon|billion)"
    rf"|{_CURRENCY}\s{{0,2}}\d{{1,3}}(?:[,. ]\d{{3}}){{2,}}"
    r"|\b\d{1,3}(?:[,.]\d{3}){2,}(?:[.,]\d\d)?\s{0,2}(?:[$€£]|usd|eur|gbp|euros?|dollars?|united)",
    re.IGNORECASE,
)
_PRICE = re.compile(r"[$€£¥]\s?\d+|\d+(?:[.,]\d\d)?\s?(?:[$€£]|usd\b|eur\b)", re.IGNORECASE)
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@([\w-]{1,63}(?:\.[\w-]{1,63}){1,4})")
_PHONE = re.compile(
    r"(?:\+|\b00)\d{1,3}[\s().-]{0,3}(?:\d[\s().-]{0,3}){7,12}|\(?\b[18]?[-.\s(]{0,2}8\d\d\)?[-.\s]{1,3}\d{3}[-.\s]{1,3}\d{4}\b"
)
_WALLET = re.compile(
    r"\b(?:bc1[a-z0-9]{25,60}|[13][a-km-zA-HJ-NP-Z1-9]{26,34}|0x[0-9a-fA-F]{40}|[48][0-9AB][1-9A-HJ-NP-Za-km-z]{93})\b"
)
_GAPPED = re.compile(r"(?<!\S)(?:[A-Za-z][ .*_-]){5,}[A-Za-z](?!\S)")
_CODE = re.compile(
    r"(?m)^(?:diff --git |@@ -\d+|\+\+\+ [ab/]|--- [ab/]|index [0-9a-f]{7,}|Traceback \(|\s+at [\w.$]+\(|#include |"
    r"commit [0-9a-f]{10,}|Signed-off-by:|Reviewed-by:)"
)
_CJK_QQ = re.compile(r"(?:qq|q\s?q|微信|加微|vx|电话|手机|咨询|tel)\s?[:：号]{0,2}\s?\d[\d\s-]{5,}", re.IGNORECASE)


@check("MONEY_MILLIONS")
def money_millions(evidence: Evidence, policy: Policy) -> str:
    found = _MILLIONS.search(evidence.all_text)
    return found[0] if found else ""


@check("PRICES_MANY")
def prices_many(evidence: Evidence, policy: Policy) -> bool:
    return len(_PRICE.findall(evidence.text[:8_000])) >= 4


@check("BODY_FREE_ADDRESS")
def body_free_address(evidence: Evidence, policy: Policy) -> str:
    """A free mailbox to write to, which is not the sender's."""
    sender = evidence.message.from_.address.lower()
    own = {to.address.lower() for to in (*evidence.message.to, *evidence.message.cc, *evidence.message.reply_to)}
    if evidence.quotes:
        return ""
    for found in _ADDRESS.finditer(evidence.all_text[:12_000]):
        address = found[0].lower()
        if found[1].lower() in FREE_MAIL and address != sender and address not in own:
            return address
    return ""


@check("BODY_ADDRESS_AGAIN")
def body_address_again(evidence: Evidence, policy: Policy) -> bool:
    """Asks for an answer to the very address the answer goes to anyhow, or to the sender's free mailbox."""
    text = evidence.all_text[:12_000].lower()
    replies = [a.address.lower() for a in evidence.message.reply_to[:2]]
    return any(address and address in text for address in replies) and not evidence.quotes


@check("BODY_RECIPIENT_NAMED")
def body_recipient_named(evidence: Evidence, policy: Policy) -> bool:
    """Addresses the reader by mail address, or by what stands before its @."""
    head = evidence.all_text[:1_500].lower()
    if evidence.quotes:
        return False
    for to in [*evidence.message.to[:2], *evidence.delivered_to[:1]]:
        address = to.address.lower()
        local = address.rpartition("@")[0]
        if address and re.search(
            rf"(?:dear|hi|hello|attn|attention|ola|hola|bonjour|hallo|caro|user|for|account|mailbox|:)\W{{1,4}}{re.escape(address)}",
            head,
        ):
            return True
        if len(local) > 3 and re.search(
            rf"(?:dear|hi|hello|attn|ola|hola|bonjour|hallo|caro)\W{{1,3}}{re.escape(local)}\b", head
        ):
            return "." in local or any(c.isdigit() for c in local) or len(local) > 9
    return False


@check("PHONE_TO_CALL")
def phone_to_call(evidence: Evidence, policy: Policy) -> bool:
    return bool(_PHONE.search(evidence.all_text[:8_000]))


@check("WALLET")
def wallet(evidence: Evidence, policy: Policy) -> str:
    """The address of a crypto-currency wallet to pay to."""
    if not any(
        word in evidence.folded or word in evidence.other_folded
        for word in ("bitcoin", "btc", "wallet", "usdt", "crypto", "ethereum", "monero", "litecoin")
    ):
        return ""
    found = _WALLET.search(evidence.all_text)
    return found[0] if found else ""


@check("CHAT_NUMBER")
def chat_number(evidence: Evidence, policy: Policy) -> bool:
    """A chat or telephone number to ask at, in the manner of Chinese bulk mail."""
    return bool(_CJK_QQ.search(evidence.text[:8_000])) and not evidence.text.isascii()


@check("TEXT_CAPITALS")
def text_capitals(evidence: Evidence, policy: Policy) -> bool:
    letters = [c for c in evidence.text[:4_000] if c.isascii() and c.isalpha()]
    return len(letters) >= 80 and sum(c.isupper() for c in letters) / len(letters) > 0.5


@check("TEXT_SHOUTS")
def text_shouts(evidence: Evidence, policy: Policy) -> bool:
    text = evidence.text[:6_000]
    return text.count("!") + text.count("！") >= 5 and (text.count("!") + text.count("！")) * 150 > len(text)


@check("TEXT_GAPPED")
def text_gapped(evidence: Evidence, policy: Policy) -> bool:
    """L e t t e r s with gaps, so that no filter finds the word."""
    return bool(_GAPPED.search(evidence.text[:6_000]))


@check("TEXT_EMPTY")
def text_empty(evidence: Evidence, policy: Policy) -> bool:
    return not evidence.words and not evidence.message.attachments


@check("TEXT_SHORT")
def text_short(evidence: Evidence, policy: Policy) -> bool:
    return 0 < len(evidence.words) < 30 and not evidence.quotes


@check("TEXT_SHORT_LINK")
def text_short_link(evidence: Evidence, policy: Policy) -> bool:
    """A few words and a link."""
    return len(evidence.words) < 40 and bool(evidence.web_links) and not evidence.quotes


@check("TEXT_LINK_ONLY")
def text_link_only(evidence: Evidence, policy: Policy) -> bool:
    return len(evidence.words) < 12 and bool(evidence.web_links) and not evidence.quotes


@check("TEXT_INVISIBLE")
def text_invisible(evidence: Evidence, policy: Policy) -> bool:
    """Characters without width inside words."""
    return evidence.invisible_in_words >= 3


@check("TEXT_INVISIBLE_MANY")
def text_invisible_many(evidence: Evidence, policy: Policy) -> bool:
    return evidence.invisible_in_words >= 20


@check("TEXT_MIXED_SCRIPTS")
def text_mixed_scripts(evidence: Evidence, policy: Policy) -> str:
    found = mixed_words(evidence.all_text[:16_000])
    return f"{found} words" if found >= 2 else ""


@check("TEXT_STYLED")
def text_styled(evidence: Evidence, policy: Policy) -> bool:
    """Letters of a mathematical alphabet instead of plain ones."""
    return evidence.styled_letters(evidence.all_text[:16_000]) >= 8


@check("TEXT_TAGS")
def text_tags(evidence: Evidence, policy: Policy) -> bool:
    """Text written in Unicode's tag characters: no eye sees it, a language model reads it."""
    text = evidence.message.subject[:1_000] + evidence.message.text[:32_768]
    return any(len(run[0]) >= 8 for run in TAGS.finditer(text)) if not text.isascii() else False


@check("TEXT_REVERSED")
def text_reversed(evidence: Evidence, policy: Policy) -> bool:
    """Overrides of the writing direction among Latin letters."""
    return "\u202e" in evidence.message.text[:32_768] or "\u202e" in evidence.message.subject


@check("CREDIT_CONVERSATION")
def credit_conversation(evidence: Evidence, policy: Policy) -> bool:
    """Quotes what it answers, and names it by Message-ID."""
    return evidence.quotes >= 3 and bool(evidence.message.in_reply_to or evidence.message.references)


@check("CREDIT_CODE")
def credit_code(evidence: Evidence, policy: Policy) -> bool:
    """A patch, a log, a program."""
    return len(_CODE.findall(evidence.message.text[:32_768])) >= 2


@check("CREDIT_SIGNED")
def credit_signed(evidence: Evidence, policy: Policy) -> bool:
    """Signed by its author (OpenPGP, S/MIME)."""
    types = {part.content_type for part in evidence.message.parts[:20]}
    return bool(types & {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
