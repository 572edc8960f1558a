"""HTML as a reader sees it, and what it keeps from the reader's eye. Pure; linear; bounded.

No browser: a scanner of tags with a stack of what is hidden and of the colours in force. It sees inline styles,
the old attributes, and the plain class rules of style sheets; rules for other media are left out.
"""

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

MAX_CHARACTERS = 98_304
MAX_ATTRIBUTES = 4_096  # characters of one tag's attributes
MAX_TAGS = 6_000
MAX_DEPTH = 400
MAX_KEPT = 32_768  # characters of each kind of text
MAX_ANCHORS = 400
MAX_IMAGES = 400

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:]*+)([^<>]*+)>?")
_DECLARATION = re.compile(r"<[!?][^<>]*+>")
_ATTRIBUTE = re.compile(r"(?<![\w:-])([A-Za-z][\w:-]*+)\s*+=\s*+(?:\"([^\"]*+)\"?|'([^']*+)'?|([^\s\"'>]++))")
_STYLE_BLOCK = re.compile(r"<style\b[^<>]*+>([^<]*+)", re.IGNORECASE)
_CLASS_RULE = re.compile(r"(?<![\w.#-])[A-Za-z0-9]*+\.([A-Za-z][\w-]*+)\s*+\{([^{}]*+)\}")
_HIDING = re.compile(
    r"display:none|visibility:hidden|opacity:0(?:\.0\d*)?(?![.\d])|font-size:[01](?:\.\d+)?(?:p[xt]|em|%|;|$)"
    r"|mso-hide:all|text-indent:-\d{3}|(?:left|top):-\d{3}|(?:max-height|max-width|line-height|height|width):0(?:px)?(?:;|$|!)"
    r"|clip:rect\(0|font-size:0|color:transparent"
)
_MATTERS = frozenset("style class color bgcolor text background alt title aria-label".split())
_LABELS = ("alt", "title", "aria-label")
_HIDDEN_ATTRIBUTE = re.compile(r"(?:^|[\s\"'])hidden(?:[\s=/]|$)", re.IGNORECASE)
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
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr o:p v:fill v:imagedata".split())
_GAPS = dict.fromkeys(  # what stands in the text for the beginning and the end of a block
    "p div br tr table li ul ol h1 h2 h3 h4 h5 h6 blockquote hr body section article header footer pre".split(), "\n"
) | {"td": " ", "th": " "}
_UNSHOWN = frozenset(("noscript", "template"))  # text that mail programs do not show
_TOLD_ABOUT = frozenset(("description", "keywords", "abstract", "summary"))
_SILENT = frozenset("script style head title noscript template".split())  # their text is no text of the page

Colour = tuple[int, int, int]
_WHITE: Colour = (255, 255, 255)
_KEPT: Colour = (-1, -1, -1)  # stands for: as it was


class Anchor(NamedTuple):
    """A link: where it goes, and what it shows (its text, or the alternative text of its image)."""

    href: str
    text: str
    image: bool = False  # it shows a picture and no words
    hidden: bool = False


class Picture(NamedTuple):
    """An image. `tiny`: at most three pixels, or hidden: nobody is meant to see it."""

    source: str
    alt: str
    tiny: bool


@dataclass(slots=True, kw_only=True)
class Page:
    """What was found in the HTML of a message."""

    visible: str = ""
    hidden: str = ""
    comments: str = ""
    title: str = ""
    labels: str = ""  # alternative texts, tool tips, labels for screen readers
    anchors: list[Anchor] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)  # actions
    inputs: list[str] = field(default_factory=list)  # types
    tags: int = 0
    faded: int = 0  # characters in the colour of their background, a part of `hidden`
    scripts: int = 0
    frames: int = 0
    refresh: bool = False
    base: str = ""
    truncated: bool = False


class _State(NamedTuple):
    """What is in force inside a tag. `faded`: its text has the colour of its background."""

    hidden: bool = False
    fore: Colour | None = None
    back: Colour | None = _WHITE
    faded: bool = False


class _Effect(NamedTuple):
    """What the attributes of one tag change. Colours: None for unknown, _KEPT for unchanged."""

    hides: bool
    fore: Colour | None
    back: Colour | None
    labels: tuple[str, ...]
    classes: tuple[str, ...]


_NO_EFFECT = _Effect(hides=False, fore=_KEPT, back=_KEPT, labels=(), classes=())


def read_page(html: str) -> Page:
    """The page that `html` shows. Never raises; reads at most MAX_CHARACTERS."""
    page = Page(truncated=len(html) > MAX_CHARACTERS)
    if html:
        _Scanner(page).scan(html[:MAX_CHARACTERS])
    return page


class _Scanner:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.open: list[tuple[str, _State]] = [("", _State())]
        self.silent = ""
        self.visible: list[str] = []
        self.hidden: list[str] = []
        self.labels: list[str] = []
        self.title: list[str] = []
        self.room = {"visible": MAX_KEPT, "hidden": MAX_KEPT, "labels": MAX_KEPT, "title": 500}
        self.href: str | None = None
        self.anchor: list[str] = []
        self.anchor_image = False
        self.classes: dict[str, _Effect] = {}

    def scan(self, html: str) -> None:
        html = _DECLARATION.sub("", self._without_comments(html)).replace("&nbsp;", "\xa0")
        self.classes = _class_rules(html)
        pieces = _TAG.split(html, MAX_TAGS)
        each = iter(pieces)
        if first := next(each):
            self._text(first)
        for closing, name, attributes, text in zip(each, each, each, each, strict=True):
            name = name.lower()
            if gap := _GAPS.get(name):
                self.visible.append(gap)
            if closing:
                self._close(name)
            else:
                self._open(name, attributes)
            if text:
                self._text(text)
        self._end_anchor()
        page = self.page
        page.tags = len(pieces) // 4
        page.visible, page.hidden = "".join(self.visible), " ".join(self.hidden)
        page.labels, page.title = "\n".join(self.labels), " ".join(self.title)

    def _without_comments(self, html: str) -> str:
        kept, comments, position, room = [], [], 0, MAX_KEPT
        while (start := html.find("<!--", position)) >= 0:
            kept.append(html[position:start])
            end = html.find("-->", start + 4)
            body = html[start + 4 : end if end >= 0 else len(html)]
            if room > 0 and not body.startswith("[if"):
                comments.append(body[:room])
                room -= len(body)
            position = end + 3 if end >= 0 else len(html)
        if not kept:
            return html
        kept.append(html[position:])
        self.page.comments = entities.unescape(" ".join(comments))
        return "".join(kept)

    def _text(self, text: str) -> None:
        """Takes down what stands between two tags."""
        if self.silent:
            if self.silent == "title":
                self._keep("title", self.title, entities.unescape(text))
            elif self.silent in _UNSHOWN:
                self._keep("hidden", self.hidden, entities.unescape(text).strip())
            return
        if "&" in text:
            text = entities.unescape(text)
        state = self.open[-1][1]
        if text.isspace():
            if self.visible and self.visible[-1] != " ":
                self.visible.append(" ")
        elif state.hidden or state.faded:
            self._keep("hidden", self.hidden, text.strip())
            self.page.faded += 0 if state.hidden else len(text.strip())
            return
        else:
            self._keep("visible", self.visible, text)
        if self.href is not None and len(self.anchor) < 50:
            self.anchor.append(text)

    def _keep(self, kind: str, where: list[str], text: str) -> None:
        room = self.room[kind]
        if room > 0:
            where.append(text[:room])
            self.room[kind] = room - len(text)

    def _open(self, name: str, attributes: str) -> None:
        state = self.open[-1][1]
        if not attributes and name not in _SPECIAL:
            if name not in _VOID and len(self.open) < MAX_DEPTH:
                self.open.append((name, state))
            return
        if handler := _HANDLERS.get(name):
            values = _attributes(attributes)
            effect = _effect_of(values, attributes)
            if effect is not _NO_EFFECT:
                state = self._inside(effect)
            handler(self, values, state)
        elif name in _SILENT:
            self._silence(name, attributes)
        else:
            effect = _effect(attributes[:MAX_ATTRIBUTES])
            if effect is not _NO_EFFECT:
                state = self._inside(effect)
        if name not in _VOID and attributes[-1:] != "/" and len(self.open) < MAX_DEPTH:
            self.open.append((name, state))

    def _silence(self, name: str, attributes: str) -> None:
        if attributes.endswith("/") or name == "head":
            return
        self.silent = name
        self.page.scripts += name == "script"

    def _close(self, name: str) -> None:
        if self.silent == name:
            self.silent = ""
        if name == "a":
            self._end_anchor()
        if self.open[-1][0] == name:
            self.open.pop()
            return
        for index in range(len(self.open) - 2, max(0, len(self.open) - 30), -1):
            if self.open[index][0] == name:
                del self.open[index:]
                return

    def _inside(self, effect: _Effect) -> _State:
        above = self.open[-1][1]
        for label in effect.labels:
            self._keep("labels", self.labels, label)
        if self.classes and effect.classes:
            for name in effect.classes:
                if rule := self.classes.get(name):
                    above = _changed(above, rule)
        return _changed(above, effect)

    # what single tags mean

    def _a(self, values: dict[str, str], state: _State) -> None:
        self._end_anchor()
        if "href" in values:
            self.href, self.anchor, self.anchor_image = values["href"], [], False

    def _end_anchor(self) -> None:
        if self.href is not None and len(self.page.anchors) < MAX_ANCHORS:
            text = " ".join("".join(self.anchor).split())[:500]
            state = self.open[-1][1]
            hidden = state.hidden or state.faded
            self.page.anchors.append(Anchor(self.href, text, self.anchor_image and not text, hidden))
        self.href = None

    def _img(self, values: dict[str, str], state: _State) -> None:
        self.anchor_image = True
        if len(self.page.pictures) < MAX_IMAGES:
            tiny = state.hidden or _pixels(values, "width") <= 3 or _pixels(values, "height") <= 3
            picture = Picture(source=values.get("src", ""), alt=values.get("alt", ""), tiny=tiny)
            self.page.pictures.append(picture)

    def _form(self, values: dict[str, str], state: _State) -> None:
        self.page.forms.append(values.get("action", "")[:500])

    def _input(self, values: dict[str, str], state: _State) -> None:
        self.page.inputs.append(values.get("type", "text").lower()[:20])

    def _iframe(self, values: dict[str, str], state: _State) -> None:
        self.page.frames += 1

    def _meta(self, values: dict[str, str], state: _State) -> None:
        if values.get("http-equiv", "").lower() == "refresh" and "url" in values.get("content", "").lower():
            self.page.refresh = True
        elif values.get("name", "").lower() in _TOLD_ABOUT and values.get("content"):
            self._keep("labels", self.labels, values["content"][:2_000])

    def _base(self, values: dict[str, str], state: _State) -> None:
        self.page.base = self.page.base or values.get("href", "")[:500]


_HANDLERS = {
    "a": _Scanner._a,
    "area": _Scanner._a,
    "img": _Scanner._img,
    "form": _Scanner._form,
    "input": _Scanner._input,
    "iframe": _Scanner._iframe,
    "object": _Scanner._iframe,
    "embed": _Scanner._iframe,
    "meta": _Scanner._meta,
    "base": _Scanner._base,
}

_SPECIAL = _HANDLERS.keys() | _SILENT


def _changed(above: _State, effect: _Effect) -> _State:
    fore = above.fore if effect.fore is _KEPT else effect.fore
    back = above.back if effect.back is _KEPT else effect.back
    hidden = above.hidden or effect.hides
    if hidden is above.hidden and fore is above.fore and back is above.back:
        return above
    return _State(hidden, fore, back, faded=fore is not None and back is not None and _close_colours(fore, back))


@lru_cache(maxsize=4_096)
def _effect(attributes: str) -> _Effect:
    """What a tag's attributes change; mail repeats the same ones over and over."""
    return _effect_of(_attributes(attributes), attributes)


def _effect_of(values: dict[str, str], attributes: str) -> _Effect:
    hides = _is_hidden(attributes)
    if not hides and _MATTERS.isdisjoint(values):
        return _NO_EFFECT
    style = values.get("style")
    found = _style_effect("".join(style.lower().split())) if style else _NO_EFFECT
    fore = found.fore if found.fore is not _KEPT else _colour(values.get("color", values.get("text", "")).lower())
    back = found.back if found.back is not _KEPT else _colour(values.get("bgcolor", "").lower())
    return _Effect(
        found.hides or hides,
        fore,
        None if "background" in values else back,
        tuple([values[key][:2_000] for key in _LABELS if values.get(key)]),
        tuple(values.get("class", "").split()[:10]),
    )


def _is_hidden(attributes: str) -> bool:
    return "hidden" in attributes.lower() and bool(_HIDDEN_ATTRIBUTE.search(attributes))


@lru_cache(maxsize=4_096)
def _style_effect(style: str) -> _Effect:
    """What declarations change; `style` in lower case and without white space."""
    fore, back = _last(_COLOUR, style), _last(_BACKGROUND, style)
    pictured = "url(" in style or "gradient" in style
    return _Effect(
        hides=bool(style) and bool(_HIDING.search(style)),
        fore=_colour(fore),
        back=None if pictured else _colour(back),
        labels=(),
        classes=(),
    )


def _last(where: re.Pattern[str], style: str) -> str:
    """The last of several declarations is in force."""
    found = where.findall(style)
    return str(found[-1]) if found else ""


def _attributes(text: str) -> dict[str, str]:
    """The attributes of a tag, names in lower case; of several of a name the first counts."""
    found = reversed(_ATTRIBUTE.findall(text[:MAX_ATTRIBUTES]))
    values = {name.lower(): double or single or bare for name, double, single, bare in found}
    return {name: entities.unescape(value) for name, value in values.items()} if "&" in text else values


def _class_rules(html: str) -> dict[str, _Effect]:
    rules: dict[str, _Effect] = {}
    for block in _style_blocks(html):
        for rule in _CLASS_RULE.finditer(_without_media(block)[:20_000]):
            body = "".join(rule[2].lower().split())
            if _HIDING.search(body) or "color" in body or "background" in body:
                rules[rule[1]] = _style_effect(body)
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


def _colour(text: str) -> Colour | None:
    """The colour `text` names; _KEPT where it names none of its own, None where it is not understood."""
    if not text or text.startswith(("inherit", "transparent", "initial", "none", "currentcolor")):
        return _KEPT
    if hexadecimal := _HEX.search(text):
        digits = hexadecimal[1] if len(hexadecimal[1]) == 6 else "".join(c * 2 for c in hexadecimal[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if rgb := _RGB.search(text):
        see_through = rgb[4] is not None and rgb[4].strip("0.") == ""
        return _KEPT if see_through else (int(rgb[1]), int(rgb[2]), int(rgb[3]))
    return next((value for name, value in _NAMED.items() if name in text), None)


def _close_colours(one: Colour, other: Colour) -> bool:
    return abs(one[0] - other[0]) + abs(one[1] - other[1]) + abs(one[2] - other[2]) <= 24


def _pixels(values: dict[str, str], name: str) -> int:
    """The width or height an image is given; 1000 where nobody says."""
    digits = values.get(name, "").strip().removesuffix("px")
    if digits.isdigit() and len(digits) < 6:
        return int(digits)
    style = "".join(values.get("style", "").lower().split()) if name in values.get("style", "") else ""
    found = re.search(rf"(?:^|;){name}:(\d{{1,5}})(?:px|;|$)", style)
    return int(found[1]) if found else 1_000
