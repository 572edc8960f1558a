"""What a reader reads of a mail: chooses among its parts and turns them into clean text."""

import re

from agenticmail.mail.charsets import clean, decode
from agenticmail.mail.htmltext import html_to_text
from agenticmail.mail.mime import Leaf

MAX_TEXT = 1_000_000  # characters of `text` and of `html`
TOO_LONG = "body_too_long"
MAX_FLOWED = 10_000  # lines of format=flowed that are joined

# Kinds of text (RFC 2046 section 4.1.4: any other is shown as it is) that are files, and such that few readers show.
_FILES = frozenset({"calendar", "vcard", "x-vcard", "directory", "csv", "css", "xml", "rfc822-headers"})
_OTHER_VIEWS = frozenset({"x-amp-html", "watch-html"})

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)


def is_body(leaf: Leaf, *, first: bool) -> bool:
    """Whether a reader is shown this part as text of the mail, not as a file."""
    part = leaf.part
    main, _, sub = part.content_type.partition("/")
    if part.disposition == "attachment" or main != "text" or sub in _FILES or sub in _OTHER_VIEWS:
        return False
    return first or part.filename is None


def is_attachment(leaf: Leaf, *, first: bool) -> bool:
    """Whether a reader is offered this part as a file: named so, or no text."""
    part = leaf.part
    if part.filename is not None or part.disposition == "attachment":
        return True
    return not is_body(leaf, first=first) and part.content_type.removeprefix("text/") not in _OTHER_VIEWS


def read_bodies(leaves: list[Leaf]) -> tuple[str, str, list[str]]:
    """The text and the HTML of the mail, and the defects met."""
    defects: list[str] = []
    plain: dict[int, list[str]] = {}
    markup: dict[int, list[str]] = {}
    for place, leaf in enumerate(leaves):
        if not is_body(leaf, first=place == 0):
            continue
        group = -place - 1 if leaf.alternative is None else leaf.alternative
        text, defect = _text_of(leaf)
        if defect:
            defects.append(defect)
        if len(leaf.part.content) > MAX_TEXT:
            defects.append(TOO_LONG)
        (markup if leaf.part.content_type == "text/html" else plain).setdefault(group, []).append(text)
        plain.setdefault(group, [])
    texts = [_readable(pieces, markup.get(group, [])) for group, pieces in plain.items()]
    text = "\n".join(text for text in texts if text)
    html = "\n".join(piece for pieces in markup.values() for piece in pieces)
    if max(len(text), len(html)) > MAX_TEXT:
        defects.append(TOO_LONG)
    return text[:MAX_TEXT], html[:MAX_TEXT], defects


def _readable(plain: list[str], markup: list[str]) -> str:
    """The plain text, or where it is blank the text of the HTML."""
    text = "\n".join(plain)
    return text if text.strip() or not markup else clean("\n".join(map(html_to_text, markup)))


def _text_of(leaf: Leaf) -> tuple[str, str | None]:
    part = leaf.part
    charset = part.charset
    if not charset and part.content_type == "text/html":
        declared = _META_CHARSET.search(part.content[:2048])
        charset = declared.group(1).decode("ascii") if declared else ""
    text, defect = decode(part.content[:MAX_TEXT], charset)
    return (unflow(text, delsp=leaf.delsp) if leaf.flowed else text), defect


def unflow(text: str, *, delsp: bool) -> str:
    """The paragraphs of format=flowed (RFC 3676 section 4) on one line each, quotes kept."""
    if " \n" not in text:
        return text
    *lines, rest = text.split("\n", MAX_FLOWED)
    out: list[str] = []
    flowing = False
    before = 0
    for line in [*lines, rest] if len(lines) < MAX_FLOWED else lines:
        content = line.lstrip(">")
        depth = len(line) - len(content)
        content = content.removeprefix(" ")
        flows = content.endswith(" ") and content != "-- "
        if not (flowing and depth == before and content != "-- "):
            out.append("\n" + ">" * depth + (" " if depth else ""))
        out.append(content[:-1] if flows and delsp else content)
        flowing, before = flows, depth
    return "".join(out)[1:] + ("\n" + rest if len(lines) == MAX_FLOWED else "")
