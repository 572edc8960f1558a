"""What styles do to text: hide it, colour it, on a ground of some colour (CSS). Pure; linear; bounded.

Of a style sheet the plain class rules are read; those for other media are left out.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_STYLE_BLOCK = re.compile(r"<style\b[^<>]*+>([^<]*+)", re.IGNORECASE)
_CLASS_RULE = re.compile(r"(?<![\w.#-])[A-Za-z0-9]*+\.([A-Za-z][\w-]*+)\s*+\{([^{}]*+)\}")
_HIDING = re.compile(
    r"display:none|visibility:hidden|opacity:0(?:\.0\d*)?(?![.\d])|font-size:[01](?:\.\d+)?(?:p[xt]|em|%|;|$)"
    r"|mso-hide:all|text-indent:-\d{3}|(?:left|top):-\d{3}|(?:max-height|max-width|line-height|height|width):0(?:px)?(?:;|$|!)"
    r"|clip:rect\(0|font-size:0|color:transparent"
)
_GENERATED = re.compile(r"content\s{0,9}+:\s{0,9}+[\"']([^\"'{}]{12,2000})")
_COMMENT = re.compile(r"/\*(.{12,4000}?)\*/", re.DOTALL)
_COLOUR = re.compile(r"(?:^|;)color:([^;!]+)")
_BACKGROUND = re.compile(r"(?:^|;)background(?:-color)?:([^;!]+)")
_RGB = re.compile(r"rgba?\((\d{1,3}),(\d{1,3}),(\d{1,3})(?:,([\d.]+))?\)")
_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})\b")
_NAMED = {
    "white": (255, 255, 255),
    "black": (0, 0, 0),
    "red": (255, 0, 0),
    "blue": (0, 0, 255),
    "snow": (255, 250, 250),
}

Colour = tuple[int, int, int]
KEPT: Colour = (-1, -1, -1)  # stands for: as it was
_WHITE: Colour = (255, 255, 255)


class Style(NamedTuple):
    """What declarations change. Colours: None for unknown, KEPT for unchanged."""

    hides: bool = False
    fore: Colour | None = KEPT
    back: Colour | None = KEPT


PLAIN = Style()


class Look(NamedTuple):
    """How text looks that stands in a place. `faded`: it has the colour of its background."""

    hidden: bool = False
    fore: Colour | None = None
    back: Colour | None = _WHITE
    faded: bool = False

    @property
    def unseen(self) -> bool:
        return self.hidden or self.faded

    def under(self, style: Style) -> "Look":
        """The look of what stands inside it under `style`."""
        fore = self.fore if style.fore is KEPT else style.fore
        back = self.back if style.back is KEPT else style.back
        hidden = self.hidden or style.hides
        if hidden is self.hidden and fore is self.fore and back is self.back:
            return self
        return Look(hidden, fore, back, faded=fore is not None and back is not None and _are_close(fore, back))


@lru_cache(maxsize=4_096)
def style_of(declarations: str) -> Style:
    """What the declarations of a tag or a rule change; mail repeats the same ones over and over."""
    compact = "".join(declarations.lower().split())
    pictured = "url(" in compact or "gradient" in compact
    return Style(
        hides=bool(_HIDING.search(compact)),
        fore=colour(_last(_COLOUR, compact)),
        back=None if pictured else colour(_last(_BACKGROUND, compact)),
    )


def _last(where: re.Pattern[str], style: str) -> str:
    """The last of several declarations is in force."""
    found = where.findall(style)
    return str(found[-1]) if found else ""


def class_rules(html: str) -> dict[str, Style]:
    """What the classes of the page's style sheets change."""
    rules: dict[str, Style] = {}
    for block in _style_blocks(html):
        for rule in _CLASS_RULE.finditer(_without_media(block)[:20_000]):
            body = "".join(rule[2].lower().split())
            if _HIDING.search(body) or "color" in body or "background" in body:
                rules[rule[1]] = style_of(body)
    return rules


def _style_blocks(html: str) -> Iterator[str]:
    if "<style" not in html and "<STYLE" not in html:
        return
    for count, block in enumerate(_STYLE_BLOCK.finditer(html)):
        if count == 10:
            return
        yield block[1]


def _without_media(css: str) -> str:
    """`css` without what stands in @media and other nested blocks."""
    kept, depth, position, nested = [], 0, 0, False
    for brace in re.finditer(r"@[a-z-]+[^{};]*+\{|[{}]", css[:60_000]):
        if brace[0][0] == "@" and depth == 0:
            kept.append(css[position : brace.start()])
            nested, depth = True, 1
        elif brace[0] == "}":
            depth = max(0, depth - 1)
            if nested and depth == 0:
                nested, position = False, brace.end()
        else:
            depth += 1
    if not nested:
        kept.append(css[position:60_000])
    return "".join(kept)


def colour(text: str) -> Colour | None:
    """The colour `text` names; KEPT where it names none of its own, None where it is not understood."""
    if not text or text.startswith(("inherit", "transparent", "initial", "none", "currentcolor")):
        return KEPT
    if hexadecimal := _HEX.search(text):
        digits = hexadecimal[1] if len(hexadecimal[1]) == 6 else "".join(c * 2 for c in hexadecimal[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if rgb := _RGB.search(text):
        see_through = rgb[4] is not None and rgb[4].strip("0.") == ""
        return KEPT if see_through else (int(rgb[1]), int(rgb[2]), int(rgb[3]))
    return next((value for name, value in _NAMED.items() if name in text), None)


def _are_close(one: Colour, other: Colour) -> bool:
    return abs(one[0] - other[0]) + abs(one[1] - other[1]) + abs(one[2] - other[2]) <= 24


def generated_text(sheet: str) -> str:
    """What a style sheet writes into the page by itself (CSS Generated Content, `content`); signs and bullets aside."""
    return " ".join(_GENERATED.findall(sheet)) if "content" in sheet else ""


def comments_of(sheet: str) -> str:
    """What is written into a style sheet for those who read its source."""
    return " ".join(_COMMENT.findall(sheet)) if "/*" in sheet else ""
