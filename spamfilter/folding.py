"""Text as it is compared: what looks or reads the same becomes the same. Pure.

`plain` undoes what a reader does not see (zero-width and tag characters, look-alike letters, styled letters);
`fold` also drops case, accents and punctuation, so that a phrase is found however it is dressed.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

# Scripts that put no spaces between words: Thai and Lao, Burmese, Khmer, Japanese, Chinese.
WITHOUT_SPACES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
WITHOUT_WORD_ENDS = WITHOUT_SPACES + "\uac00-\ud7af"  # and Korean, where particles stand between word and space
# Characters that take no room: joiners, marks of direction, soft hyphen, fillers, variation selectors, tags.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\U000e0000-\U000e0fff]"
)
TAGS = re.compile("[\U000e0020-\U000e007e]+")
_GREEK_OR_CYRILLIC = re.compile("[\u0370-\u03ff\u0400-\u052f]")
_MIXED = re.compile(r"[A-Za-z][\u0370-\u03ff\u0400-\u052f]|[\u0370-\u03ff\u0400-\u052f][A-Za-z]")
_PAIR_WITHOUT_SPACE = re.compile(f"([{WITHOUT_SPACES}]{{2}})")
_SWAPPED_L = re.compile(r"(?<=[a-z])I(?=[a-z]{2})|(?<=[a-z]{2})I(?=[a-z]*\b)(?!n\b)")
_SWAPPED = re.compile(r"(?<=[a-z])I(?=[a-z]{2})(?!n[a-z])|\b\d+O+\b|\d+[.,]?OO")
_WORD = re.compile(r"[^\W\d_]++")
_MARKS = re.compile("[\u0300-\u036f]")
_STRETCH = "\u0640"  # the Arabic kashida
_NOT_WORD = re.compile(r"(?:[^\w\u0900-\u109f\u0e00-\u0eff]|_)++")  # vowel signs of Indic scripts are no `\w`
_IN_LOWER_CASE = bytes(ord(chr(c).lower() if chr(c).isalnum() else " ") for c in range(128)) + bytes(128)
_ASCII = bytes(range(128))
_SOLITARY = re.compile("[\x80-\u02ff\u2000-\u2bff\ufe0f\ufeff\U0001f000-\U0001faff]*+")  # no normal form joins them
_FEW = 24  # strange characters up to which each is replaced by itself: quicker than a table for text of all characters

# Letters of other scripts that a reader takes for Latin ones.
_LOOK_ALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеосрухіїјѕԁԛԝһɡΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαινρτυκьпгт",
    "ABESIJKMHOPCTYXaeocpyxiijsdqwhgABEZHIKMNOPTYXoaivptukbnrt",
)

# Letters whose mark is a part of them, so that no normal form takes it off.
_STROKES = str.maketrans({"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "æ": "ae", "œ": "oe"})


def strange_in(text: str) -> str:
    """The characters of `text` beyond ASCII, each once, in order: what needs looking at, where `text` may be long."""
    return "" if text.isascii() else _beyond_ascii(text)


@lru_cache(maxsize=16)
def _beyond_ascii(text: str) -> str:
    beyond = text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")
    return "".join(sorted(set(beyond)))


def plain(text: str) -> str:
    """`text` without invisible characters, with styled letters plain (NFKC), look-alikes in mixed words Latin."""
    if text.isascii():
        return text
    strange = strange_in(text)
    if len(strange) <= _FEW and _SOLITARY.fullmatch(strange) and not _GREEK_OR_CYRILLIC.search(_normal(strange)):
        return _replaced(text, strange, _normal)
    text = _normal(text)
    if _has_mixed_words(text):
        text = _WORD.sub(lambda word: latin(word[0]), text)
    return text


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", INVISIBLE.sub("", text))


def _replaced(text: str, characters: str, by: Callable[[str], str]) -> str:
    for character in characters:
        meant = by(character)
        if meant != character:
            text = text.replace(character, meant)
    return text


def _has_mixed_words(text: str) -> bool:
    return bool(_GREEK_OR_CYRILLIC.search(strange_in(text)) and _MIXED.search(text))


def latin(word: str) -> str:
    """`word` with look-alikes as Latin letters where it mixes scripts; itself where it does not."""
    return word.translate(_LOOK_ALIKES) if _MIXED.search(word) else word


def skeleton(word: str) -> str:
    """`word` as the eye takes it: every look-alike Latin, marks gone; to compare names, not to read."""
    return without_marks(unicodedata.normalize("NFKC", INVISIBLE.sub("", word)).translate(_LOOK_ALIKES)).casefold()


def swapped_letters(text: str) -> bool:
    """Whether a capital I stands for an l inside a word, or a letter O for a nought: WaImart, 1OO."""
    return ("I" in text or "O" in text) and bool(_SWAPPED.search(text))


def unswapped(text: str) -> str:
    """`text` with swapped letters as they are meant."""
    return _SWAPPED_L.sub("l", text)


def mixed_words(text: str) -> int:
    """How many words mix Latin with Cyrillic or Greek letters."""
    if not _has_mixed_words(text):
        return 0
    return sum(1 for word in _WORD.finditer(text) if _MIXED.search(word[0]))


def fold(text: str) -> str:
    """`text` as words in lower case with one space between, without accents, punctuation and disguise."""
    if text.isascii():
        return _folded_ascii(text)
    strange = strange_in(text)
    folded = {character: _FOLDED[ord(character)] for character in strange} if len(strange) <= _FEW else {}
    if folded and "".join(folded.values()).isascii():
        return _folded_ascii(_replaced(text, strange, folded.__getitem__))
    if _has_mixed_words(text):
        text = _WORD.sub(lambda word: latin(word[0]), INVISIBLE.sub("", text))
    return " ".join(text.translate(_FOLDED).split())


def words_of(folded: str) -> list[str]:
    """The words of a folded text, in order; pairs of characters in scripts without spaces."""
    return (folded if folded.isascii() else _PAIR_WITHOUT_SPACE.sub(r" \1 ", folded)).split()


def _folded_ascii(text: str) -> str:
    return b" ".join(text.encode("ascii").translate(_IN_LOWER_CASE).split()).decode("ascii")


class _Folding(dict[int, str]):
    """How single characters fold; each is worked out when first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if INVISIBLE.match(character) or _is_mark(character):
            folded = ""
        else:
            folded = without_marks(unicodedata.normalize("NFKC", character)).casefold()
            folded = _NOT_WORD.sub(" ", folded)
        self[code] = folded
        return folded


def _is_mark(character: str) -> bool:
    """An accent, a vowel point of Arabic or Hebrew, what stretches a word: with it or without, it is the same word."""
    points = unicodedata.category(character) in ("Mn", "Me") and _NOT_WORD.match(character)
    return bool(points or _MARKS.match(character) or character == _STRETCH)


_FOLDED = _Folding()


def without_marks(text: str) -> str:
    """`text` without accents over letters."""
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", text))).translate(_STROKES)
