"""Verification codes that a mail brings: a number or a short token that stands by a word that says so."""

import re

MAX_TEXT = 20_000  # characters of the text that are looked at
MAX_CODES = 5

_SAYS_SO = re.compile(
    r"\b(?:verification|security|confirmation|login|log-in|sign-in|access|authentication|one-time|2fa|otp)\s{1,3}(?:code|pin|passcode|password)\b"
    r"|\bpasscode\b|\botp\b|code is|验证码|認証コード|인증번호",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?<![\w.,/#$€£-])(\d{4,8})(?![\w/%-]|[.,]\d)")


def find_codes(subject: str, text: str) -> tuple[str, ...]:
    """The codes in the order they stand there, without repeats."""
    found: dict[str, None] = {}
    said = 0
    for line in [subject, *text[:MAX_TEXT].split("\n")]:
        if not line.strip():
            continue
        said = 2 if _SAYS_SO.search(line) else said - 1
        if said > 0:
            found.update(dict.fromkeys(_CODE.findall(line)))
    return tuple(found)[:MAX_CODES]
