"""The attributes of a tag, and what they do to what stands inside it. Pure; bounded."""

import html as entities
import re
from functools import lru_cache
from typing import NamedTuple

from spamfilter.styles import KEPT, PLAIN, Style, colour, style_of

MAX_ATTRIBUTES = 4_096  # characters of one tag's attributes

_ATTRIBUTE = re.compile(r"(?<![\w:-])([A-Za-z][\w:-]*+)\s*+=\s*+(?:\"([^\"]*+)\"?|'([^']*+)'?|([^\s\"'>]++))")
_MATTERS = frozenset("style class color bgcolor text background alt title aria-label".split())
_LABELS = ("alt", "title", "aria-label")
_HIDDEN_ATTRIBUTE = re.compile(r"(?:^|[\s\"'])hidden(?:[\s=/]|$)", re.IGNORECASE)


class Effect(NamedTuple):
    """What the attributes of one tag change, by themselves and by the classes they name; and the texts in them."""

    style: Style
    labels: tuple[str, ...]
    classes: tuple[str, ...]


NO_EFFECT = Effect(PLAIN, (), ())


def attributes_of(text: str) -> dict[str, str]:
    """The attributes of a tag, names in lower case; of several of a name the first counts."""
    found = reversed(_ATTRIBUTE.findall(text[:MAX_ATTRIBUTES]))
    values = {name.lower(): double or single or bare for name, double, single, bare in found}
    return {name: entities.unescape(value) for name, value in values.items()} if "&" in text else values


@lru_cache(maxsize=4_096)
def effect_in(text: str) -> Effect:
    """What a tag's attributes change; mail repeats the same ones over and over."""
    return effect_of(attributes_of(text), text)


def effect_of(values: dict[str, str], text: str) -> Effect:
    """The same of attributes that are read already, `text` being their source."""
    hides = _is_hidden(text)
    if not hides and _MATTERS.isdisjoint(values):
        return NO_EFFECT
    declared = style_of(values["style"]) if values.get("style") else PLAIN
    fore = declared.fore if declared.fore is not KEPT else colour(values.get("color", values.get("text", "")).lower())
    back = declared.back if declared.back is not KEPT else colour(values.get("bgcolor", "").lower())
    return Effect(
        Style(declared.hides or hides, fore, None if "background" in values else back),
        tuple([values[key][:2_000] for key in _LABELS if values.get(key)]),
        tuple(values.get("class", "").split()[:10]),
    )


def _is_hidden(text: str) -> bool:
    return "hidden" in text.lower() and bool(_HIDDEN_ATTRIBUTE.search(text))


def pixels(values: dict[str, str], name: str) -> int:
    """The width or height an image is given; 1000 where nobody says."""
    digits = values.get(name, "").strip().removesuffix("px")
    if digits.isdigit() and len(digits) < 6:
        return int(digits)
    style = "".join(values.get("style", "").lower().split()) if name in values.get("style", "") else ""
    found = re.search(rf"(?:^|;){name}:(\d{{1,5}})(?:px|;|$)", style)
    return int(found[1]) if found else 1_000
