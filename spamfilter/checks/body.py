"""How the text is made: how much there is, how it is dressed, what figures and addresses stand in it."""

import re
from string import ascii_lowercase, ascii_uppercase

from spamfilter.checks.registry import check
from spamfilter.evidence import Evidence
from spamfilter.folding import TAGS, mixed_words, strange_in
from spamfilter.lexicon.hosts import FREE_MAIL
from spamfilter.patterns import linear
from spamfilter.policy import Policy

_CURRENCY = r"(?:usd?|us|eur|gbp|[$€£])"
_MILLIONS = linear(
    rf"{_CURRENCY}[\s.]{{0,2}}\d{{1,4}}(?:[.,]\d{{1,3}})?[\s.]{{0,2}}(?:m\b|million|millon|billion)"
    rf"|{_CURRENCY}\s{{0,2}}\d{{1,3}}(?:[,. ]\d{{3}}){{2,}}"
    r"|\b\d{1,3}(?:[,.]\d{3}){2,}(?:[.,]\d\d)?\s{0,2}(?:[$€£]|usd|eur|gbp|euros?|dollars?|united)",
    ignore_case=True,
)
_PRICE = linear(r"[$€£¥]\s?\d+|\d(?:[.,]\d\d)?\s?(?:[$€£]|usd\b|eur\b)", ignore_case=True)
_PHONE = linear(
    r"(?:\+|\b00)\d{1,3}[\s().-]{0,3}(?:\d[\s().-]{0,3}){7,12}"
    r"|\(?\b[18]?[-.\s(]{0,2}8\d\d\)?[-.\s]{1,3}\d{3}[-.\s]{1,3}\d{4}\b"
)
_WALLET = linear(r"\b(?:bc1[a-z0-9]{25,60}|[13][a-km-zA-HJ-NP-Z1-9]{26,34}|0x[0-9a-fA-F]{40})\b")
_COINS = linear(r" (?:bitcoins?|btc|wallet|usdt|crypto|ethereum|monero|litecoin|ltc) ")
_GAPPED = linear(r"(?:^|\s)(?:[A-Za-z][ .*_-]){5,}[A-Za-z](?:$|\s)")
_CODE = linear(
    r"(?m)^(?:diff --git |@@ -\d+|\+\+\+ [ab/]|--- [ab/]|index [0-9a-f]{7,}|Traceback \(|#include |"
    r"(?:\t| {4})[ \t]*at [\w.$]+\(|commit [0-9a-f]{10,}|Signed-off-by:|Reviewed-by:)"
)
_IN_CODE = "diff --git |@@ -|+++ |--- |index |Traceback (|#include |\tat |    at |commit |-by:".split("|")
_CHAT = linear(r"(?:qq|q\s?q|微信|加微|vx|电话|手机|咨询|tel)\s?[:：号]{0,2}\s?\d[\d\s-]{5,}", ignore_case=True)
_BEFORE_ADDRESS = re.compile(
    r"(?:dear|hi|hello|attn|attention|ola|hola|bonjour|hallo|caro|user|for|account|mailbox|:)\W{1,4}\Z"
)
_BEFORE_NAME = re.compile(r"(?:dear|hi|hello|attn|ola|hola|bonjour|hallo|caro)\W{1,3}\Z")
_LONGEST_GREETING = 16
_NO_WORD = re.compile(r"\W|\Z")
_LARGE, _SMALL = ascii_uppercase.encode(), ascii_lowercase.encode()


@check("MONEY_MILLIONS")
def money_millions(evidence: Evidence, policy: Policy) -> str:
    found = _MILLIONS.search(evidence.all_text)
    return found.group(0) if found else ""


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
    for address in evidence.written_addresses:
        if address.rpartition("@")[2] in FREE_MAIL and address != sender and address not in own:
            return address
    return ""


@check("BODY_ADDRESS_AGAIN")
def body_address_again(evidence: Evidence, policy: Policy) -> bool:
    """Asks for an answer to the very address the answer goes to anyhow, or to the sender's free mailbox."""
    replies = [a.address.lower() for a in evidence.message.reply_to[:2]]
    return any(address in evidence.written_addresses for address in replies) and not evidence.quotes


@check("BODY_RECIPIENT_NAMED")
def body_recipient_named(evidence: Evidence, policy: Policy) -> bool:
    """Addresses the reader by mail address, or by what stands before its @."""
    if evidence.quotes:
        return False
    head = evidence.all_text[:1_500].lower()
    for to in [*evidence.message.to[:2], *evidence.delivered_to[:1]]:
        address = to.address.lower()
        local = address.rpartition("@")[0]
        if _greets(head, address, _BEFORE_ADDRESS):
            return True
        if len(local) > 3 and _greets(head, local, _BEFORE_NAME):
            return "." in local or any(c.isdigit() for c in local) or len(local) > 9
    return False


def _greets(text: str, name: str, greeting: re.Pattern[str]) -> bool:
    """Whether `name` stands in `text` behind a greeting."""
    at = text.find(name) if name else -1
    while at >= 0:
        end = at + len(name)
        if greeting.search(text, max(0, at - _LONGEST_GREETING), at) and _NO_WORD.match(text, end):
            return True
        at = text.find(name, end)
    return False


@check("PHONE_TO_CALL")
def phone_to_call(evidence: Evidence, policy: Policy) -> bool:
    return bool(_PHONE.holds(evidence.all_text[:8_000]))


@check("WALLET")
def wallet(evidence: Evidence, policy: Policy) -> str:
    """The address of a crypto-currency wallet to pay to."""
    found = _WALLET.search(evidence.all_text)
    return found.group(0) if found and _COINS.holds(evidence.spoken_folded) else ""


@check("CHAT_NUMBER")
def chat_number(evidence: Evidence, policy: Policy) -> bool:
    """A chat or telephone number to ask at, in the manner of Chinese bulk mail."""
    return not evidence.text.isascii() and bool(_CHAT.holds(evidence.text[:8_000]))


@check("TEXT_CAPITALS")
def text_capitals(evidence: Evidence, policy: Policy) -> bool:
    text = evidence.text[:4_000].encode("ascii", "ignore")
    large = len(text) - len(text.translate(None, _LARGE))
    small = len(text) - len(text.translate(None, _SMALL))
    return large >= 40 and large > small


@check("TEXT_SHOUTS")
def text_shouts(evidence: Evidence, policy: Policy) -> bool:
    text = evidence.text[:6_000]
    return text.count("!") + text.count("！") >= 5 and (text.count("!") + text.count("！")) * 150 > len(text)


@check("TEXT_GAPPED")
def text_gapped(evidence: Evidence, policy: Policy) -> bool:
    """L e t t e r s with gaps, so that no filter finds the word."""
    return bool(_GAPPED.holds(evidence.text[:6_000]))


@check("TEXT_EMPTY")
def text_empty(evidence: Evidence, policy: Policy) -> bool:
    return not evidence.word_count and not evidence.message.attachments


@check("TEXT_SHORT")
def text_short(evidence: Evidence, policy: Policy) -> bool:
    return 0 < evidence.word_count < 30 and not evidence.quotes


@check("TEXT_SHORT_LINK", needs="web_links")
def text_short_link(evidence: Evidence, policy: Policy) -> bool:
    """A few words and a link."""
    return evidence.word_count < 40 and bool(evidence.web_links) and not evidence.quotes


@check("TEXT_LINK_ONLY", needs="web_links")
def text_link_only(evidence: Evidence, policy: Policy) -> bool:
    return evidence.word_count < 12 and bool(evidence.web_links) and not evidence.quotes


@check("TEXT_INVISIBLE")
def text_invisible(evidence: Evidence, policy: Policy) -> bool:
    """Characters without width inside words."""
    return evidence.invisible_in_words >= 3


@check("TEXT_INVISIBLE_MANY")
def text_invisible_many(evidence: Evidence, policy: Policy) -> bool:
    return evidence.invisible_in_words >= 20


@check("TEXT_MIXED_SCRIPTS")
def text_mixed_scripts(evidence: Evidence, policy: Policy) -> str:
    found = mixed_words(evidence.spoken_text[:16_000])
    return f"{found} words" if found >= 2 else ""


@check("TEXT_STYLED")
def text_styled(evidence: Evidence, policy: Policy) -> bool:
    """Letters of a mathematical alphabet instead of plain ones."""
    return evidence.styled_letters(evidence.spoken_text[:16_000]) >= 8


@check("TEXT_TAGS")
def text_tags(evidence: Evidence, policy: Policy) -> bool:
    """Text written in Unicode's tag characters: no eye sees it, a language model reads it."""
    text = evidence.message.subject[:1_000] + evidence.message.text[:32_768]
    return bool(TAGS.search(strange_in(text))) and any(len(run[0]) >= 8 for run in TAGS.finditer(text))


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
    text = evidence.message.text[:32_768]
    return any(sign in text for sign in _IN_CODE) and len(_CODE.findall(text)) >= 2


@check("CREDIT_SIGNED", needs="files")
def credit_signed(evidence: Evidence, policy: Policy) -> bool:
    """Signed by its author (OpenPGP, S/MIME)."""
    types = {part.content_type for part in evidence.message.parts[:20]}
    return bool(types & {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
