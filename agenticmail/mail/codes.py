"""Finds the verification codes that a mail brings: a number or short token, and near it a word that calls it one.

A candidate counts when a noun ("code", "код", "验证码") stands near it together with a purpose ("verification",
"login"), and neither its label ("order"), its unit ("EUR") nor its shape (a year, a telephone number) says that it is
something else. Near is the same line, or for a candidate that has a line to itself the lines around it. Linear and
bounded: so many characters, lines and candidates are looked at.
"""

import re
import unicodedata
from collections.abc import Iterator

from agenticmail.mail.code_words import (
    LABELS,
    NOUN_STEMS,
    NOUN_WORDS,
    OTHER_CODES,
    OTHER_OCCASION_STEMS,
    PREPOSITIONS,
    PURPOSE_STEMS,
    PURPOSE_WORDS,
    UNITS,
)

MAX_TEXT = 10_000  # characters of the text looked at
MAX_LINE = 2_000
MAX_CANDIDATES = 60
MAX_CODES = 5
BEFORE, AFTER = 110, 70  # characters of a line that are near
ALONE = 12  # characters of a line beside which a candidate has it to itself
LINES_BEFORE, LINES_AFTER = 4, 2  # of a candidate that has a line to itself

# All that hangs together as one number or token; whether it is of a code's shape is seen afterwards.
_TOKEN = re.compile(
    r"(?<![A-Za-z0-9])(?=[+(]?[A-Za-z]{0,7}\d|[A-Z]{1,3}-\d|[A-Z]{3,4}-[A-Z]{3,4}\b)[+(]?"
    r"(?:\d(?:(?! \()[ \xa0().,/:-]{0,2}\d){3,24}|[A-Za-z0-9]{1,9}(?:-[A-Za-z0-9]{2,9}){0,3})(?![A-Za-z0-9])"
)
_SHAPES = re.compile(
    r"\d{4,8}|\d{3}[ \xa0-]\d{3}|\d{4}[ \xa0-]\d{4}|\d{2}([ -])\d{2}\1\d{2}|\d(?: \d){3,7}"
    r"|[A-Z]{1,3}-\d{4,8}"
    r"|(?=[A-Z-]*\d|[A-Z]{3,4}-[A-Z]{3,4}$)[A-Z0-9]{3,4}-[A-Z0-9]{3,4}"
    r"|(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{5,8}|(?=[a-z]*\d[a-z]*\d)(?=\d*[a-z])[a-z0-9]{6,8}"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))?")
_MASK = re.compile(r"[*•xX#$€£¥₹₽№=@/&]\s?$|[.,]$|\d[.,]\s$|[*•]{2}")
_STATE = re.compile(r"\b[A-Z]{2} $")
_SAID = re.compile(
    r"(?:[:：=»>«\"“„'‘(\[]|\b(?:is|ist|est|es|é|è|code|pin|otp|код|kod|kodu)|هو|هي|היא|הוא|为|為|是|は|は、|는|은)\s{0,3}[\"“„'‘«*(\[]{0,2}$"
    r"|[-–—]\s{1,2}$"
)
_SAYS_IT_IS = re.compile(r"[\"”'’»)\]]?\s{0,2}(?:(?:is|ist|est|es|é|è|to|—|–|-)\s|是|が|は|는|은|है)")
_ASCII_NOUNS = tuple(stem for stem in NOUN_STEMS if stem.isascii())
_ASCII_PURPOSES = tuple(stem for stem in PURPOSE_STEMS if stem.isascii())
_STANDING = {word: re.compile(rf"{word}(?<!\w{word})(?!\w)") for word in NOUN_WORDS}
_END = re.compile(r"[.!?;]\s|[。！？；]")
_REBATE = re.compile(r"\d\s?%")
_LETTERS = re.compile(r"\w")
_WORD = re.compile(r"[^\W\d_]+")


def find_codes(subject: str, text: str) -> tuple[str, ...]:
    """The codes in the order they stand there, without repeats; digits that are grouped are joined."""
    whole = f"{subject}\n{text[:MAX_TEXT]}"
    low = whole.lower()
    nouns = [noun for noun in (_ASCII_NOUNS if low.isascii() else NOUN_STEMS) if noun in low]
    nouns += [noun for noun in NOUN_WORDS if noun in low and _STANDING[noun].search(low)]
    if not nouns or not _tells_purpose(low):
        return ()
    mail = _Mail(whole, low)
    found: dict[str, None] = {}
    for line, match in mail.candidates(nouns):
        if mail.is_code(line, match):
            found[_plain(match.group())] = None
    return tuple(found)[:MAX_CODES]


class _Mail:
    """The lines of a mail that are not blank, with what is looked for in them more than once."""

    def __init__(self, whole: str, low: str) -> None:
        both = zip(whole.split("\n"), low.split("\n"), strict=True)
        self.lines = [(line, lowered) for line, lowered in both if line and not line.isspace()]
        self.cleared: dict[int, str] = {}

    def candidates(self, nouns: list[str]) -> Iterator[tuple[int, re.Match[str]]]:
        """What has a code's shape in or near a line with one of these nouns: the number of its line, and its match."""
        near: set[int] = set()
        for number, (_, line) in enumerate(self.lines):
            if any(noun in line for noun in nouns):
                near.update(range(number - LINES_AFTER, number + LINES_BEFORE + 1))
        count = 0
        for number in sorted(near & set(range(len(self.lines)))):
            for match in _TOKEN.finditer(self.lines[number][0].strip()[:MAX_LINE]):
                if _SHAPES.fullmatch(match.group()):
                    count += 1
                    yield number, match
                if count >= MAX_CANDIDATES:
                    return

    def is_code(self, number: int, match: re.Match[str]) -> bool:
        line, token = match.string, match.group()
        before, after = line[: match.start()], line[match.end() :]
        if after.startswith("*"):  # bold, not masked
            before = before.rstrip("*")
        if _in_a_link(before, after) or _is_something_else(before, after, token):
            return False
        near = self._near(number, before, after)
        if not _names_a_code(near) or _has(near, OTHER_OCCASION_STEMS) or _REBATE.search(near):
            return False
        sentence = _sentence(before, after)
        if not (_alone(before, after) or _names_a_code(sentence) or _tells_purpose(sentence)):
            return False  # it is what the next sentence is about
        if _tells_purpose(near):
            return True
        # What it is for may be said elsewhere in the mail.
        return _is_of_digits(token) and _names_a_code(OTHER_CODES.sub(" ", before[-45:].lower()))

    def _near(self, number: int, before: str, after: str) -> str:
        near = OTHER_CODES.sub(" ", f"{before[-BEFORE:]} | {after[:AFTER]}".lower())
        if not _alone(before, after):
            return near
        first, last = max(0, number - LINES_BEFORE), number + 1 + LINES_AFTER
        around = [self._clear(other) for other in range(first, min(last, len(self.lines))) if other != number]
        return "\n".join([near, *around])

    def _clear(self, number: int) -> str:
        """The end of a line without the codes of other kinds."""
        if number not in self.cleared:
            self.cleared[number] = OTHER_CODES.sub(" ", self.lines[number][1][-200:])
        return self.cleared[number]


def _alone(before: str, after: str) -> bool:
    """Whether a candidate has its line to itself, so that the lines around it say what it is."""
    return len(before) + len(after) <= ALONE


def _sentence(before: str, after: str) -> str:
    """What a line says in the sentence that a candidate stands in."""
    parts = _END.split(before[-BEFORE:])[-1], _END.split(after[:AFTER])[0]
    return OTHER_CODES.sub(" ", " | ".join(parts).lower())


def _in_a_link(before: str, after: str) -> bool:
    """Whether it is a piece of a link, an address or a path: numbers there are no codes."""
    word = before[-80:].rpartition(" ")[2] + after[:1]
    return any(sign in word for sign in "/@=\\_") or word.startswith("+") or before.endswith("-")


def _is_something_else(before: str, after: str, token: str) -> bool:
    """Whether the number's own label, unit or shape says that it is no code."""
    low = before[-40:].lower()
    if (
        _names_another_code(low)
        or LABELS.search(low)
        or PREPOSITIONS.search(low)
        or _MASK.search(before[-4:])
        or UNITS.match(after[:14].lower())
    ):
        return True
    if token.isdigit() and len(token) == 5 and _STATE.search(before[-4:]):
        return True  # CA 94107
    if len(set(token)) == 1:
        return True
    if _is_of_digits(token) and len(token) > 4 and not _YEAR.fullmatch(token):
        return False
    alone = not _LETTERS.search(before) and not _LETTERS.search(after)
    if token.isascii() and token.islower():  # a word of hexadecimal looks the same
        return not alone
    said = _SAID.search(before[-12:].lower()) or _SAYS_IT_IS.match(after[:8].lower())
    return not (alone or said or low.rstrip().endswith(NOUN_STEMS))


def _is_of_digits(token: str) -> bool:
    """Whether it is a number, grouped or not."""
    return not any(char.isalpha() for char in token)


def _names_another_code(before: str) -> bool:
    """Whether the number is called a code of another kind right before it stands."""
    return any(len(before) - other.end() < 6 for other in OTHER_CODES.finditer(before))


def _names_a_code(near: str) -> bool:
    return _has(near, NOUN_STEMS) or not NOUN_WORDS.isdisjoint(_WORD.findall(near))


def _tells_purpose(near: str) -> bool:
    return _has(near, _ASCII_PURPOSES if near.isascii() else PURPOSE_STEMS) or not PURPOSE_WORDS.isdisjoint(
        _WORD.findall(near)
    )


def _has(text: str, stems: tuple[str, ...] | frozenset[str]) -> bool:
    return any(stem in text for stem in stems)


def _plain(token: str) -> str:
    """A code as it is typed in: the digits of a grouped number joined, in ASCII."""
    if any(char.isascii() and char.isalpha() for char in token):
        return token
    return "".join(str(unicodedata.digit(char)) for char in token if char.isdigit())
