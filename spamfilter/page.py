"""HTML as a reader sees it, and what it keeps from the reader's eye. Pure; linear; bounded.

No browser: a scanner of tags with a stack of what is hidden and of the colours in force. It sees inline styles,
the old attributes, and the plain class rules of style sheets; rules for other media are left out.
"""

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MAX_CHARACTERS = 131_072
MAX_ATTRIBUTES = 4_096  # characters of one tag's attributes
MAX_TAGS = 10_000
MAX_DEPTH = 400
MAX_KEPT = 32_768  # characters of each kind of text
MAX_ANCHORS = 400
MAX_IMAGES = 400

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:]*+)([^<>]*+)>?")
_ATTRIBUTE = re.compile(r"(?<![\w:-])([A-Za-z][\w:-]*+)\s*+=\s*+(?:\"([^\"]*+)\"?|'([^']*+)'?|([^\s\"'>]++))")
_STYLE_BLOCK = re.compile(r"<style\b[^<>]*+>([^<]*+)", re.IGNORECASE)
_CLASS_RULE = re.compile(r"(?<![\w.#-])[A-Za-z0-9]*+\.([A-Za-z][\w-]*+)\s*+\{([^{}]*+)\}")
_HIDING = re.compile(
    r"display:none|visibility:hidden|opacity:0(?:\.0\d*)?(?![.\d])|font-size:[01](?:\.\d+)?(?:p[xt]|em|%|;|$)"
    r"|mso-hide:all|text-indent:-\d{3}|(?:left|top):-\d{3}|(?:max-height|max-width|line-height|height|width):0(?:px)?(?:;|$|!)"
    r"|clip:rect\(0|font-size:0|color:transparent"
)
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
_BLOCK = frozenset(
    "p div br tr table li ul ol h1 h2 h3 h4 h5 h6 blockquote hr body section article header footer pre td th".split()
)
_SILENT = frozenset("script style head title noscript template".split())  # their text is no text of the page
_INTERESTING = frozenset("a area img form input button meta base iframe body td table font embed object".split())

Colour = tuple[int, int, int]
_WHITE: Colour = (255, 255, 255)


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A link: where it goes, and what it shows (its text, or the alternative text of its image)."""

    href: str
    text: str
    image: bool = False  # it shows a picture and no words
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
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
    tables: int = 0
    faded: int = 0  # characters in the colour of their background, a part of `hidden`
    broken_words: int = 0  # words cut by a tag that shows nothing
    scripts: int = 0
    frames: int = 0
    refresh: bool = False
    base: str = ""
    truncated: bool = False


@dataclass(slots=True)
class _Frame:
    name: str
    hidden: bool
    faded: bool
    fore: Colour | None
    back: Colour | None


def read_page(html: str) -> Page:
    """The page that `html` shows. Never raises; reads at most MAX_CHARACTERS."""
    page = Page(truncated=len(html) > MAX_CHARACTERS)
    if html:
        _Scanner(page).scan(html[:MAX_CHARACTERS])
    return page


class _Scanner:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.stack = [_Frame("", False, False, None, _WHITE)]
        self.silent = ""
        self.visible: list[str] = []
        self.hidden: list[str] = []
        self.labels: list[str] = []
        self.title: list[str] = []
        self.room = {"visible": MAX_KEPT, "hidden": MAX_KEPT, "labels": MAX_KEPT, "title": 500}
        self.href: str | None = None
        self.anchor: list[str] = []
        self.anchor_image = False
        self.classes: dict[str, str] = {}
        self.empty_tag_at = -1

    def scan(self, html: str) -> None:
        html = self._without_comments(html)
        self.classes = _class_rules(html)
        position = 0
        for tag in _TAG.finditer(html):
            if tag.start() > position:
                self._text(html[position : tag.start()])
            position = tag.end()
            self.page.tags += 1
            if self.page.tags > MAX_TAGS:
                break
            if tag[1]:
                self._close(tag[2].lower())
            else:
                self._open(tag[2].lower(), tag[3])
        self._text(html[position:])
        self._end_anchor()
        page = self.page
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
        if self.silent:
            if self.silent == "title":
                self._keep("title", self.title, entities.unescape(text))
            return
        if "&" in text:
            text = entities.unescape(text)
        frame = self.stack[-1]
        if frame.hidden or frame.faded:
            if stripped := text.strip():
                self._keep("hidden", self.hidden, stripped)
                self.page.faded += len(stripped) if frame.faded and not frame.hidden else 0
            return
        if not text.isspace() or (self.visible and self.visible[-1] != " "):
            self._keep("visible", self.visible, text if not text.isspace() else " ")
        if self.href is not None and len(self.anchor) < 50:
            self.anchor.append(text)

    def _keep(self, kind: str, where: list[str], text: str) -> None:
        room = self.room[kind]
        if room > 0:
            where.append(text[:room])
            self.room[kind] = room - len(text)

    def _open(self, name: str, attributes: str) -> None:
        if name in _BLOCK:
            self._keep("visible", self.visible, "\n" if name not in ("td", "th") else " ")
        styled = "=" in attributes and (name in _INTERESTING or _may_hide(attributes))
        values = _attributes(attributes) if styled else {}
        frame = self._frame(name, attributes, values)
        if name in _SILENT:
            self._silence(name, attributes)
        elif handler := _HANDLERS.get(name):
            handler(self, values, frame)
        for key in ("alt", "title", "aria-label"):
            if label := values.get(key):
                self._keep("labels", self.labels, label)
        if name not in _VOID and not attributes.endswith("/") and len(self.stack) < MAX_DEPTH:
            self.stack.append(frame)

    def _silence(self, name: str, attributes: str) -> None:
        if attributes.endswith("/") or name == "head":
            return
        self.silent = name
        self.page.scripts += name == "script"

    def _close(self, name: str) -> None:
        if self.silent == name:
            self.silent = ""
        if name in _BLOCK:
            self._keep("visible", self.visible, "\n" if name not in ("td", "th") else " ")
        if name == "a":
            self._end_anchor()
        for index in range(len(self.stack) - 1, max(0, len(self.stack) - 30), -1):
            if self.stack[index].name == name:
                del self.stack[index:]
                return

    def _frame(self, name: str, attributes: str, values: dict[str, str]) -> _Frame:
        above = self.stack[-1]
        if not values:
            hidden = above.hidden or " hidden" in attributes
            return _Frame(name, hidden, above.faded, above.fore, above.back)
        style = _style(values, self.classes)
        fore, back = above.fore, above.back
        if (
            "color" in style
            or "background" in style
            or "color" in values
            or "bgcolor" in values
            or "background" in values
        ):
            fore = _colour_of(_COLOUR, style, values.get("color") or values.get("text", ""), above.fore)
            back = _colour_of(_BACKGROUND, style, values.get("bgcolor", ""), above.back)
            if "background" in values or "url(" in style or "gradient" in style:
                back = None
        hidden = above.hidden or bool(style and _HIDING.search(style)) or "hidden" in values or " hidden" in attributes
        faded = fore is not None and back is not None and _close_colours(fore, back)
        return _Frame(name, hidden, faded, fore, back)

    # what single tags mean

    def _a(self, values: dict[str, str], frame: _Frame) -> None:
        self._end_anchor()
        if "href" in values:
            self.href, self.anchor, self.anchor_image = values["href"], [], False

    def _end_anchor(self) -> None:
        if self.href is not None and len(self.page.anchors) < MAX_ANCHORS:
            text = " ".join("".join(self.anchor).split())[:500]
            frame = self.stack[-1]
            anchor = Anchor(
                href=self.href, text=text, image=self.anchor_image and not text, hidden=frame.hidden or frame.faded
            )
            self.page.anchors.append(anchor)
        self.href = None

    def _img(self, values: dict[str, str], frame: _Frame) -> None:
        self.anchor_image = True
        if len(self.page.pictures) < MAX_IMAGES:
            tiny = frame.hidden or _pixels(values, "width") <= 3 or _pixels(values, "height") <= 3
            picture = Picture(source=values.get("src", ""), alt=values.get("alt", ""), tiny=tiny)
            self.page.pictures.append(picture)

    def _form(self, values: dict[str, str], frame: _Frame) -> None:
        self.page.forms.append(values.get("action", "")[:500])

    def _input(self, values: dict[str, str], frame: _Frame) -> None:
        self.page.inputs.append(values.get("type", "text").lower()[:20])

    def _iframe(self, values: dict[str, str], frame: _Frame) -> None:
        self.page.frames += 1

    def _meta(self, values: dict[str, str], frame: _Frame) -> None:
        if values.get("http-equiv", "").lower() == "refresh" and "url" in values.get("content", "").lower():
            self.page.refresh = True

    def _base(self, values: dict[str, str], frame: _Frame) -> None:
        self.page.base = self.page.base or values.get("href", "")[:500]

    def _table(self, values: dict[str, str], frame: _Frame) -> None:
        self.page.tables += 1


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
    "table": _Scanner._table,
}


def _may_hide(attributes: str) -> bool:
    lower = attributes.lower()
    return (
        "style" in lower
        or "class" in lower
        or "color" in lower
        or "hidden" in lower
        or "title" in lower
        or "aria-label" in lower
    )


def _attributes(text: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(text[:MAX_ATTRIBUTES]):
        value = found[2] or found[3] or found[4] or ""
        values.setdefault(found[1].lower(), entities.unescape(value) if "&" in value else value)
    return values


def _style(values: dict[str, str], classes: dict[str, str]) -> str:
    """The declarations in force on a tag, in lower case and without white space."""
    style = values.get("style", "")
    if classes and (names := values.get("class")):
        style = ";".join([*(classes[name] for name in names.split()[:10] if name in classes), style])
    return "".join(style.lower().split())


def _class_rules(html: str) -> dict[str, str]:
    rules: dict[str, str] = {}
    for block in _style_blocks(html):
        for rule in _CLASS_RULE.finditer(_without_media(block)[:20_000]):
            body = "".join(rule[2].lower().split())
            if _HIDING.search(body) or "color" in body or "background" in body:
                rules[rule[1]] = body
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


def _colour_of(where: re.Pattern[str], style: str, attribute: str, inherited: Colour | None) -> Colour | None:
    found = None
    for found in where.finditer(style):  # noqa: B007 - the last declaration is in force
        pass
    text = found[1] if found else attribute.lower()
    return _colour(text, inherited) if text else inherited


def _colour(text: str, inherited: Colour | None) -> Colour | None:
    """The colour `text` names; what was inherited where it says so or is not understood; None for see-through."""
    if hexadecimal := _HEX.search(text):
        digits = hexadecimal[1] if len(hexadecimal[1]) == 6 else "".join(c * 2 for c in hexadecimal[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if rgb := _RGB.search(text):
        if rgb[4] is not None and rgb[4].strip("0.") == "":
            return inherited
        return int(rgb[1]), int(rgb[2]), int(rgb[3])
    for name, value in _NAMED.items():
        if name in text:
            return value
    return inherited if text in ("inherit", "transparent", "initial", "none", "currentcolor") else None


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
