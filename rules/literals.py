"""The longest piece of plain text that whatever a pattern matches must hold: it is searched for before the pattern is.

Many patterns with gaps (`first.*last`) cannot share an automaton, which would have to remember for each of them
whether its first half was seen. Their pieces can. Where no piece is sure, or the pattern is bound to the
beginning, none is named.
"""

import re

_FEWEST = 3  # characters: less is found everywhere

_GAP = re.compile(r"(?:\.|\\[CDSW]|\[\^[^\]]*\])(?:[*+]|\{\d*,)")
_ALTERNATIVES = re.compile(r"[|()]|\\Q")  # or groups, with flags or counts of their own
_PART = re.compile(
    r"\\[pP](?:\{[^}]*\}|.)|\\x(?:\{[^}]*\}|..)|\\[0-7]{1,3}|\\."  # escapes
    r"|\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]])*\]|\{[0-9,]*\}|.",  # classes, counts, anything else
    re.DOTALL,
)


def piece_of_regex(pattern: str) -> str:
    """Of a pattern (RE2 syntax) with gaps; empty where it has none, or no piece is sure."""
    if pattern.startswith("^") or not _GAP.search(pattern) or _ALTERNATIVES.search(pattern):
        return ""
    runs = [""]
    for part in _PART.findall(pattern):
        literal = _literal(part)
        if literal:
            runs[-1] += literal
        else:
            if part in ("*", "?") or part[0] == "{":  # what stands before it may be left out
                runs[-1] = runs[-1][:-1]
            runs.append("")
    return _longest(runs)


def piece_of_glob(glob: str) -> str:
    """Of a glob that begins with a run and has another in its midst; else empty, or where no piece is long enough."""
    if not glob.startswith("*") or "*" not in glob.strip("*") or "\\" in glob:
        return ""
    return _longest(re.split(r"[*?]+", glob))


def _literal(part: str) -> str:
    """The character that a part of a pattern stands for, if it stands for one."""
    if len(part) == 1:
        return "" if part in r"\.^$*+?{}[]" else part
    return part[1] if len(part) == 2 and part[0] == "\\" and not part[1].isalnum() and part[1] != "_" else ""


def _longest(runs: list[str]) -> str:
    longest = max(runs, key=len)
    return longest if len(longest) >= _FEWEST else ""
