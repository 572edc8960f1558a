"""Turns bytes of a claimed charset into clean text. Never raises; knows nothing of mail's structure."""

import codecs
import re
from functools import lru_cache

from agenticmail.mail.guess import guess_codec

ALIASES = {
    "ansi": "windows-1252",
    "ansi_x3.110-1983": "latin-1",
    "ascii": "utf-8",  # what calls itself ASCII and is not is most often UTF-8
    "us-ascii": "utf-8",
    "ansi_x3.4-1968": "utf-8",
    "iso-8859-1": "windows-1252",  # as browsers read it (WHATWG Encoding): C1 controls are never meant
    "latin-1": "windows-1252",
    "latin1": "windows-1252",
    "iso-8859-9": "windows-1254",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6",
    "iso-8859-6-e": "iso-8859-6",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "ks_c_5601": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "x-euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp_ext",  # with the half-width katakana that mailers send under this name
    "big5": "big5hkscs",
    "x-big5": "big5hkscs",
    "windows-874": "cp874",
    "tis-620": "cp874",
    "iso-8859-11": "cp874",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "x-user-defined": "windows-1252",
    "unicode-1-1-utf-7": "utf-7",
    "utf8": "utf-8",
    "utf-8": "utf-8",
    "unicode": "utf-16",
}
# Codecs of Python that are no charsets, or would do work out of proportion to the text.
NOT_TEXT = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem", "palmos"})
_STATEFUL = ("iso2022", "utf-16", "utf-32", "utf-7", "hz")

# What calls itself ASCII or Latin and is not is most often UTF-8, else what the octets look like.
_LOOSE = frozenset({"utf-8", "cp1252"})

LITTLE = 16  # high octets from which nothing is guessed against what is said
_HIGH = bytes(range(128, 256))
_CONTROLS = bytes(code for code in (*range(32), 127) if code not in (9, 10))
_UNCLEAN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_C1_IN_UTF_8 = re.compile(rb"\xc2[\x80-\x9f]")
_ISO_2022 = (b"\x1b$", b"\x1b(J")


@lru_cache(maxsize=256)
def codec_of(charset: str) -> str | None:
    """The name of Python's codec for a charset as mail spells it, None where it is unknown."""
    label = charset.strip().strip("'\"").lower()[:40]
    name = ALIASES.get(label) or ALIASES.get(label.replace("_", "-")) or label
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    if not getattr(info, "_is_text_encoding", True) or info.name.replace("-", "_") in NOT_TEXT:
        return None
    return info.name


def decode(data: bytes, charset: str = "") -> tuple[str, str | None]:
    """`data` as clean text, lines ended by LF, and the defect found on the way (None where there was none)."""
    codec = codec_of(charset) if charset else "utf-8"
    defect = None if codec else "unknown_charset"
    codec = codec or "utf-8"
    if codec in _LOOSE and b"\x1b" in data and any(escape in data for escape in _ISO_2022):
        codec = "iso2022_jp_2"
    try:
        return _decoded(data, codec), defect
    except UnicodeError:
        return clean(_second_best(data, codec, believed=charset[:3].lower() == "utf")), defect or "undecodable_bytes"


def _decoded(data: bytes, codec: str) -> str:
    if codec.startswith(_STATEFUL):
        return clean(data.decode(codec))
    # Controls go before decoding: taking them out of bytes is many times faster.
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").translate(None, _CONTROLS)
    if codec == "cp1252" or (codec == "utf-8" and not _C1_IN_UTF_8.search(data)):
        return data.decode(codec)
    return clean(data.decode(codec))


def _second_best(data: bytes, codec: str, *, believed: bool) -> str:
    """What most probably was meant by bytes not of their charset; `believed` where they are said to be UTF-8."""
    if codec == "utf-7":  # its decoder is slow on errors
        return data.decode("ascii", "replace")
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    if codec != "utf-8":
        return text if not wrong else data.decode(codec, "replace")
    # UTF-8 that is broken here and there was cut or pasted; more is another charset.
    high = len(data) - len(data.translate(None, _HIGH))
    if 20 * wrong < high or (believed and high < LITTLE):
        return text
    return data.decode(guess_codec(data), "replace")


def clean(text: str) -> str:
    """Text with LF for line ends, without other control characters but tab, and without surrogates."""
    return _UNCLEAN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
