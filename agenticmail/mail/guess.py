"""Guesses the charset of 8-bit text that names none, or a wrong one, from how its octets are spread."""

import re

SAMPLE = 4096  # octets looked at

_RUN = re.compile(rb"[\x80-\xff]+")
_IN_A_LATIN_WORD = re.compile(rb"[A-Za-z][\x80-\xff]+|[\x80-\xff]+(?=[A-Za-z])")
_SHIFT_JIS = re.compile(rb"[\x82\x83][\x40-\xfc]")  # kana
_EUC_JP = re.compile(rb"[\xa4\xa5][\xa1-\xf6]")  # kana; in GB 2312 they stand in the same place
_HANGUL = re.compile(rb"(?:[\xb0-\xc8][\xa1-\xfe])+")


def guess_codec(data: bytes) -> str:
    """The codec that `data`, which is no UTF-8, is most probably meant for; windows-1252 where nothing speaks."""
    sample = data[:SAMPLE]
    runs = _RUN.findall(sample)
    high = b"".join(runs)
    if not high or len(high) < 2 * len(runs):
        return "cp1252"  # accents in words: high octets stand alone
    if 4 * len(_SHIFT_JIS.findall(sample)) > len(high):
        return _if_it_fits(sample, "cp932")
    if all(octet >= 0xA1 for octet in high) and 12 * sum(octet < 0xC0 for octet in high) > len(high):
        return _if_it_fits(sample, _double_byte(runs, high))
    if 8 * sum(octet >= 0xC0 for octet in high) > 7 * len(high):
        in_latin_words = len(_IN_A_LATIN_WORD.findall(sample))
        return "cp1252" if 2 * in_latin_words > len(runs) else _cyrillic(high)
    return _if_it_fits(sample, "gb18030")


def _double_byte(runs: list[bytes], high: bytes) -> str:
    """Which of the East Asian charsets that pair high octets: each keeps its most frequent signs in its own rows."""
    if 6 * len(_EUC_JP.findall(high)) > len(high):
        return "euc_jp"
    if 10 * sum(len(hangul) for run in runs for hangul in _HANGUL.findall(run)) > 9 * len(high):
        return "cp949"
    return "gb18030"


def _cyrillic(high: bytes) -> str:
    """KOI8-R keeps its small letters where windows-1251 keeps its capitals."""
    return "koi8-r" if 2 * sum(octet < 0xE0 for octet in high) > len(high) else "cp1251"


def _if_it_fits(sample: bytes, codec: str) -> str:
    try:
        sample[:-4].decode(codec)
    except UnicodeDecodeError as error:
        return codec if error.start > len(sample) - 8 else "cp1252"
    return codec
