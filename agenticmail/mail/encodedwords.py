"""Header values as text: encoded words (RFC 2047), raw 8-bit, one clean line. Linear in the value's length."""

import binascii
import re

from agenticmail.mail.charsets import decode
from agenticmail.mail.transfer import lenient_base64

MAX_WORDS = 1000  # of one value that are decoded; further ones stay as they are

_WORD = re.compile(rb"=\?([^?\s*]{1,60})(?:\*[^?\s]{0,20})?\?([bBqQ])\?(.*?)\?=", re.DOTALL)
_UNCLEAN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def decode_header(value: bytes, charset: str = "") -> str:
    """A header's value as one clean line of text, encoded words decoded.

    `charset` is what raw 8-bit text in it is taken for, where it is no UTF-8.
    """
    if value.isascii() and b"=?" not in value:
        text = value.decode("ascii")
        if text.isprintable():  # nearly always: the rest is for the others
            return text.strip()
        if "\x1b" not in text:
            return one_line(text)
    return one_line(decode_words(value, charset))


def decode_headers(values: list[bytes], charset: str = "") -> list[str]:
    """Each of the values as `decode_header` gives it; most are plain ASCII, and go through at once."""
    joined = b"\n".join(values).replace(b"\t", b" ")
    text = joined.decode("latin-1")
    if not (joined.isascii() and text.replace("\n", "").isprintable()) or joined.count(b"\n") != len(values) - 1:
        return [decode_header(value, charset) for value in values]
    lines = text.split("\n")
    if "=?" not in text:
        return lines
    return [decode_header(values[at]) if "=?" in line else line for at, line in enumerate(lines)]


def one_line(text: str) -> str:
    """`text` with a space for every tab, line break and control character in it."""
    if not text.isprintable():
        text = text.replace("\t", " ")
        if not text.isprintable():
            text = _UNCLEAN.sub(" ", text)
    return text.strip()


def decode_words(value: bytes, charset: str = "") -> str:
    """Raw text with its encoded words decoded; neighbours of one charset join before they are decoded,
    because mailers split in the midst of a character."""
    out: list[str] = []
    octets = b""  # of the words that may go on
    theirs = b""
    at = 0
    end = value.rfind(b"?=") + 2  # behind it no word ends: none is looked for there in vain, over and over
    for _ in range(MAX_WORDS) if b"=?" in value else ():
        match = _WORD.search(value, at, end)
        if match is None:
            break
        between = value[at : match.start()]
        joins = bool(theirs) and (not between or between.isspace())
        word_charset = match.group(1).lower()
        if not joins or word_charset != theirs:
            out.append(_as_text(octets, theirs))
            octets = b""
        if not joins:
            out.append(_raw(between, charset))
        octets += _unpacked(match.group(2), match.group(3))
        theirs = word_charset
        at = match.end()
    out.append(_as_text(octets, theirs))
    out.append(_raw(value[at:], charset))
    return "".join(out)


def _raw(octets: bytes, charset: str) -> str:
    if octets.isascii() and b"\x1b" not in octets:
        return octets.decode("ascii")
    return decode(octets, charset)[0]


def _as_text(octets: bytes, charset: bytes) -> str:
    return decode(octets, charset.decode("ascii", "replace"))[0] if octets else ""


def _unpacked(encoding: bytes, text: bytes) -> bytes:
    if encoding in b"qQ":
        return binascii.a2b_qp(text, header=True)
    return lenient_base64(text)[0]
