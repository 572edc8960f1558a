"""HTML as a reader sees it, and what it keeps from the reader's eye. Pure; linear; bounded.

No browser: a scanner of tags with a stack of how text looks inside them.
"""

import html as entities
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from spamfilter.attributes import MAX_ATTRIBUTES, NO_EFFECT, Effect, attributes_of, effect_in, effect_of, pixels
from spamfilter.styles import Look, Style, class_rules, comments_of, generated_text

MAX_CHARACTERS = 98_304
MAX_TAGS = 6_000
MAX_DEPTH = 400
MAX_KEPT = 32_768  # characters of each kind of text
MAX_ANCHORS = 400
MAX_IMAGES = 400

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:]*+)([^<>]*+)>?")
_DECLARATION = re.compile(r"<[!?][^<>]*+>")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr o:p v:fill v:imagedata".split())
_GAPS = dict.fromkeys(  # what stands in the text for the beginning and the end of a block
    "p div br tr table li ul ol h1 h2 h3 h4 h5 h6 blockquote hr body section article header footer pre".split(), "\n"
) | {"td": " ", "th": " "}
_UNSHOWN = frozenset(("noscript", "template"))  # text that mail programs do not show
_TOLD_ABOUT = frozenset(("description", "keywords", "abstract", "summary"))
_SILENT = frozenset("script style head title noscript template".split())  # their text is no text of the page


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


def read_page(html: str) -> Page:
    """The page that `html` shows. Never raises; reads at most MAX_CHARACTERS."""
    page = Page(truncated=len(html) > MAX_CHARACTERS)
    if html:
        _Scanner(page).scan(html[:MAX_CHARACTERS])
    return page


class _Scanner:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.open: list[tuple[str, Look]] = [("", Look())]
        self.silent = ""
        self.visible: list[str] = []
        self.hidden: list[str] = []
        self.labels: list[str] = []
        self.title: list[str] = []
        self.room = {"visible": MAX_KEPT, "hidden": MAX_KEPT, "labels": MAX_KEPT, "title": 500}
        self.href: str | None = None
        self.anchor: list[str] = []
        self.anchor_image = False
        self.classes: dict[str, Style] = {}

    def scan(self, html: str) -> None:
        html = _DECLARATION.sub("", self._without_comments(html)).replace("&nbsp;", "\xa0")
        self.classes = class_rules(html)
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
            elif self.silent == "style":
                self._keep("hidden", self.hidden, generated_text(text))
                self._keep("hidden", self.hidden, comments_of(text))
            elif self.silent in _UNSHOWN:
                self._keep("hidden", self.hidden, entities.unescape(text).strip())
            return
        if "&" in text:
            text = entities.unescape(text)
        look = self.open[-1][1]
        if text.isspace():
            if self.visible and self.visible[-1] != " ":
                self.visible.append(" ")
        elif look.unseen:
            self._keep("hidden", self.hidden, text.strip())
            self.page.faded += 0 if look.hidden else len(text.strip())
            return
        else:
            self._keep("visible", self.visible, text)
        if self.href is not None and len(self.anchor) < 50:
            self.anchor.append(text)

    def _keep(self, kind: str, where: list[str], text: str) -> None:
        room = self.room[kind]
        if text and room > 0:
            where.append(text[:room])
            self.room[kind] = room - len(text)

    def _open(self, name: str, attributes: str) -> None:
        look = self.open[-1][1]
        if not attributes and name not in _SPECIAL:
            if name not in _VOID and len(self.open) < MAX_DEPTH:
                self.open.append((name, look))
            return
        if handler := _HANDLERS.get(name):
            values = attributes_of(attributes)
            effect = effect_of(values, attributes)
            if effect is not NO_EFFECT:
                look = self._inside(effect)
            handler(self, values, look)
        elif name in _SILENT:
            self._silence(name, attributes)
        else:
            effect = effect_in(attributes[:MAX_ATTRIBUTES])
            if effect is not NO_EFFECT:
                look = self._inside(effect)
        if name not in _VOID and attributes[-1:] != "/" and len(self.open) < MAX_DEPTH:
            self.open.append((name, look))

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

    def _inside(self, effect: Effect) -> Look:
        look = self.open[-1][1]
        for label in effect.labels:
            self._keep("labels", self.labels, label)
        if self.classes and effect.classes:
            for name in effect.classes:
                if rule := self.classes.get(name):
                    look = look.under(rule)
        return look.under(effect.style)

    # what single tags mean

    def _a(self, values: dict[str, str], look: Look) -> None:
        self._end_anchor()
        if "href" in values:
            self.href, self.anchor, self.anchor_image = values["href"], [], False

    def _end_anchor(self) -> None:
        if self.href is not None and len(self.page.anchors) < MAX_ANCHORS:
            text = " ".join("".join(self.anchor).split())[:500]
            hidden = self.open[-1][1].unseen
            self.page.anchors.append(Anchor(self.href, text, self.anchor_image and not text, hidden))
        self.href = None

    def _img(self, values: dict[str, str], look: Look) -> None:
        self.anchor_image = True
        if len(self.page.pictures) < MAX_IMAGES:
            tiny = look.hidden or pixels(values, "width") <= 3 or pixels(values, "height") <= 3
            picture = Picture(source=values.get("src", ""), alt=values.get("alt", ""), tiny=tiny)
            self.page.pictures.append(picture)

    def _form(self, values: dict[str, str], look: Look) -> None:
        self.page.forms.append(values.get("action", "")[:500])

    def _input(self, values: dict[str, str], look: Look) -> None:
        self.page.inputs.append(values.get("type", "text").lower()[:20])

    def _iframe(self, values: dict[str, str], look: Look) -> None:
        self.page.frames += 1

    def _meta(self, values: dict[str, str], look: Look) -> None:
        if values.get("http-equiv", "").lower() == "refresh" and "url" in values.get("content", "").lower():
            self.page.refresh = True
        elif values.get("name", "").lower() in _TOLD_ABOUT and values.get("content"):
            self._keep("labels", self.labels, values["content"][:2_000])

    def _base(self, values: dict[str, str], look: Look) -> None:
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
