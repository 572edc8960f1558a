"""Header values as text: encoded words (RFC 2047), raw 8-bit, one clean line. Linear in the value's length."""

import binascii
import re

from agenticmail.mail.charsets import decode

_WORD = re.compile(rb"=\?([^?\s*]{1,60})(?:\*[^?\s]{0,20})?\?([bBqQ])\?(.*?)\?=", re.DOTALL)
_BLANK = re.compile(r"[\s\x85\u2028\u2029]+")


def decode_header(value: bytes) -> str:
    """A header's value as one clean line of text, encoded words decoded."""
    if value.isascii() and b"=?" not in value:
        text = value.decode("ascii")
        return text.strip() if text.isprintable() else one_line(text)
    return one_line(decode_words(value))


def one_line(text: str) -> str:
    """Runs of white space that hold a line break or a control become one space; no controls are left."""
    if text.isprintable():
        return text.strip()
    text = "".join(char if char.isprintable() or char in _KEPT else " " for char in _BLANK.sub(" ", text))
    return text.strip()


_KEPT = frozenset(
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad\u00a0\u3000"
)


def decode_words(value: bytes) -> str:
    """Raw text with its encoded words decoded; neighbours of one charset join before they are decoded,
    because mailers split in the midst of a character."""
    # Beyond the last "?=" no word can end: cutting there keeps the search from starting in vain, over and over.
    end = value.rfind(b"?=") + 2
    out: list[str] = []
    pending: list[bytes] = []
    charset = b""
    at = 0
    for match in _WORD.finditer(value, 0, end) if end > 1 else ():
        between = value[at : match.start()]
        at = match.end()
        word_charset, encoding, text = match.groups()
        word_charset = word_charset.lower()
        adjacent = not between or between.isspace()
        if pending and not (adjacent and word_charset == charset):
            out.append(decode(b"".join(pending), charset.decode("ascii", "replace"))[0])
            pending = []
        if between and not (adjacent and charset):
            out.append(decode(between)[0])
        charset = word_charset
        pending.append(_base64(text) if encoding in b"bB" else _quoted(text))
    if pending:
        out.append(decode(b"".join(pending), charset.decode("ascii", "replace"))[0])
    if at < len(value):
        out.append(decode(value[at:])[0])
    return "".join(out)


def _quoted(text: bytes) -> bytes:
    return binascii.a2b_qp(text, header=True)


def _base64(text: bytes) -> bytes:
    try:
        return binascii.a2b_base64(text + b"===")
    except binascii.Error:
        return binascii.a2b_base64(text[: len(text) // 4 * 4] + b"==") if len(text) > 3 else b""
