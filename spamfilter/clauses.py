"""A sentence as its clauses, folded, and what lists of words become to be looked for in it. Pure."""

import re
from functools import lru_cache

from spamfilter.folding import fold, without_marks

_CLAUSES = re.compile(r"[,:;=—–()\[\]!?\"“”„«»*#|\n，：；、（）！？「」『』،؛؟。．]+|\s-+\s|\.\s|\.{2,}|…")


@lru_cache(maxsize=64)
def clauses_of(sentence: str) -> str:
    """A sentence folded, with a stroke at each end and between its clauses."""
    clauses = [folded for clause in _CLAUSES.split(sentence) if (folded := fold(clause))]
    return f" / {' / '.join(clauses)} / "


def _pattern(word: str) -> str:
    folded = without_marks(word).replace("ß", "ss").replace("ς", "σ")
    return re.sub(r"(?<![\])])\*", r"[^ /]*", folded).replace("_", " ")


def any_of(words: str) -> str:
    """An alternation of words: see `spamfilter.lexicon.acts` for how they are written."""
    return "|".join(_pattern(word) for word in dict.fromkeys(words.split()))


def any_word_of(spaced: str, unspaced: str) -> str:
    """The words of two tables as a pattern: whole ones, and those of scripts that put no spaces between them."""
    return f" (?:{any_of(spaced)}) |{any_of(unspaced)}"


def english_of(table: str) -> str:
    """The English words of a table: they stand in its first line."""
    return table.strip().partition("\n")[0]
