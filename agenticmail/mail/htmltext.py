"""The text of HTML as a reader sees it: no tree, a few passes, each linear and bounded; nothing hidden in it."""

import re
from html.entities import html5

MAX_HTML = 1_000_000  # characters looked at
MAX_TAGS = 10_000  # tags understood; as many behind them are only dropped
MAX_UNREAD = 3_000  # elements that are never read, or preformatted
MAX_ENTITIES = 10_000

# Elements a reader never reads. What the first hold is no markup: where one is not closed, it holds all the rest.
_RAW = frozenset(["script", "style", "title", "textarea", "iframe", "noembed", "noframes"])
_UNREAD = _RAW | {"head", "template", "select", "svg", "math", "object"}
_VOID = frozenset(
    ["br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr"]
)
_ENDS_ITSELF = frozenset(["p", "li", "td", "th", "tr", "dt", "dd"])  # at the next of its kind, closed or not
# Marks that no clean text holds: where a line must end, and where a paragraph must; a `br` ends one for itself.
_LINE, _PARAGRAPH = "\x01", "\x02"
_BREAKS = (
    dict.fromkeys(["p", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "ul", "ol"], _PARAGRAPH)
    | dict.fromkeys(["div", "tr", "li", "dl", "dt", "dd", "form", "section", "article", "header", "footer"], _LINE)
    | dict.fromkeys(["address", "center", "main", "aside", "nav", "figure", "option"], _LINE)
    | {"br": "\n", "td": " ", "th": " "}
)
_COLLAPSED = (
    *(
        ("  ", " "),
        (" \n", "\n"),
        ("\n ", "\n"),
        (" \x01", "\x01"),
        ("\x01 ", "\x01"),
        (" \x02", "\x02"),
        ("\x02 ", "\x02"),
    ),
    *(("\x01\x01", "\x01"), ("\x01\x02", "\x02"), ("\x02\x01", "\x02"), ("\x02\x02", "\x02")),
)

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<(?=[A-Za-z/!?])(?:(/?)([A-Za-z][A-Za-z0-9:]*)([^<>]*)|[!?/][^<>]*)>?")
_ANY_TAG = re.compile(r"<[A-Za-z/!?][^<>]*>?")
_OPENING = re.compile(rf"<(?=[a-z])({'|'.join(sorted(_UNREAD))}|pre)\b[^<>]*>?", re.IGNORECASE)
_CLOSING = {name: re.compile(rf"</{name}\b[^<>]*>?", re.IGNORECASE) for name in (*_UNREAD, "pre")}
_HIDDEN = re.compile(r"\bhidden\b|display\s{0,9}:\s{0,9}none|mso-hide\s{0,9}:\s{0,9}all")
_NOT_HIDDEN = re.compile(r"overflow(?:-[xy])?\s{0,9}:\s{0,9}hidden|aria-hidden|type=[\"']?hidden")
_ENTITY = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31})(;?)")
_BLANK_LINES = re.compile(r"\n{3,}")


def html_to_text(html: str) -> str:
    """What a reader reads: tags, comments, head, scripts, styles and what is not displayed are left out."""
    html = _read_part(_without_comments(html[:MAX_HTML]))
    return _tidy(_unescape(_visible(" ".join(html.split()))))


def _without_comments(html: str) -> str:
    if "<!--" not in html:
        return html
    end = html.rfind("-->") + 3  # behind it no comment ends: searched so, none is looked for in vain
    closed, rest = (_COMMENT.sub("", html[:end]), html[end:]) if end > 2 else ("", html)
    return closed + rest.partition("<!--")[0]


def _read_part(html: str) -> str:
    """The HTML without the elements that are never read; the line breaks of `pre` made explicit."""
    out: list[str] = []
    unclosed: set[str] = set()  # found nowhere behind here: looked for once
    at = 0
    for _ in range(MAX_UNREAD):
        opening = _OPENING.search(html, at)
        if opening is None:
            break
        name = opening.group(1).lower()
        closing = None if name in unclosed else _CLOSING[name].search(html, opening.end())
        out.append(html[at : opening.start()])
        at = opening.end()
        if closing is not None:
            if name == "pre":
                out.append("<pre>" + html[at : closing.start()].replace("\n", "<br>") + "</pre>")
            at = closing.end()
        elif name in _RAW:
            return "".join(out)
        else:
            unclosed.add(name)
    return "".join(out) + html[at:]


def _visible(html: str) -> str:
    """The text between the tags, with the line breaks that blocks make."""
    pieces = _TAG.split(html, MAX_TAGS)
    out = [pieces[0]]
    hiding, depth = "", 0  # the element that hides what is in it, and how many of its name are open
    for at in range(1, len(pieces), 4):
        closes, name, attributes, text = pieces[at : at + 4]
        if name is not None:
            name = name.lower()
            if hiding:
                depth = _depth_after(depth, hiding, name, closes=bool(closes))
                hiding = hiding if depth else ""
            if attributes and not hiding and not closes and name not in _VOID and _hides(attributes):
                hiding, depth = name, 1
            if name in _BREAKS:
                out.append(_BREAKS[name])
        if not hiding:
            out.append(text)
    if len(pieces) > 4 * MAX_TAGS:
        out[-1:] = [_ANY_TAG.sub(" ", out[-1], count=MAX_TAGS)]
    return "".join(out)


def _depth_after(depth: int, hiding: str, name: str, *, closes: bool) -> int:
    """How many elements named `hiding` are open after this tag."""
    if name != hiding:
        return depth
    if closes:
        return depth - 1
    return 0 if name in _ENDS_ITSELF else depth + 1


def _hides(attributes: str) -> bool:
    low = attributes.lower()
    return ("hid" in low or "none" in low) and _HIDDEN.search(_NOT_HIDDEN.sub("", low)) is not None


def _unescape(text: str) -> str:
    return _ENTITY.sub(_entity, text, count=MAX_ENTITIES) if "&" in text else text


def _entity(match: re.Match[str]) -> str:
    name, semicolon = match.groups()
    if name.startswith("#"):
        return _numbered(int(name[2:], 16) if name[1] in "xX" else int(name[1:]))
    return html5.get(name + ";" if semicolon else name) or match.group()


def _numbered(code: int) -> str:
    if 128 <= code < 160:  # as browsers read them (WHATWG HTML, "numeric character reference end state")
        return bytes([code]).decode("windows-1252", "replace")
    return chr(code) if 32 <= code < 0xD800 or 0xE000 <= code < 0x110000 else " " if code in (9, 10, 13) else ""


def _tidy(text: str) -> str:
    """Space and breaks as a browser collapses them; a `br` at the end of a block adds nothing to the block's end."""
    text = text.replace("\xa0", " ")
    for found, left in _COLLAPSED:
        while found in text:  # each round at least halves the runs
            text = text.replace(found, left)
    text = text.replace("\n\x01", "\x01").replace("\n\x02", "\x02").replace("\x01", "\n").replace("\x02", "\n\n")
    return _BLANK_LINES.sub("\n\n", text).strip()
