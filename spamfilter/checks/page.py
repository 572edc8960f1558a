"""What the HTML hides, pretends, or asks for."""

import re

from spamfilter.checks.registry import check
from spamfilter.evidence import Evidence
from spamfilter.patterns import linear
from spamfilter.policy import Policy

_ENTITIES = linear(r"&#(?:x[0-9a-fA-F]{2}|\d{2,3});")
_OUTDATED = linear(r"mshtml|frontpage|microsoft html|ms ?word 9|dreamweaver", ignore_case=True)
_RANDOM_NAME = linear(r"(?:class|id)=[\"'][a-z0-9]{14,}[\"']", ignore_case=True)


@check("HTML_ONLY", needs="html")
def html_only(evidence: Evidence, policy: Policy) -> bool:
    return bool(evidence.message.html) and not evidence.has_plain


@check("HTML_HIDDEN_TEXT", needs="html")
def html_hidden_text(evidence: Evidence, policy: Policy) -> str:
    """More hidden text than a preview line takes."""
    hidden = len(evidence.page.hidden)
    return f"{hidden} characters" if hidden > 500 and hidden > len(evidence.page.visible) / 4 else ""


@check("HTML_FADED_TEXT", needs="html")
def html_faded_text(evidence: Evidence, policy: Policy) -> str:
    """Text in the colour of its background."""
    return f"{evidence.page.faded} characters" if evidence.page.faded > 100 else ""


@check("HTML_IMAGE_ONLY", needs="html")
def html_image_only(evidence: Evidence, policy: Policy) -> bool:
    shown = [picture for picture in evidence.page.pictures if not picture.tiny]
    return bool(shown) and evidence.word_count < 25


@check("HTML_IMAGE_LINKED", needs="html")
def html_image_linked(evidence: Evidence, policy: Policy) -> bool:
    """One picture that is one link, and hardly a word."""
    return any(link.image and link.host for link in evidence.links) and evidence.word_count < 60


@check("HTML_IMAGE_MOSTLY", needs="html")
def html_image_mostly(evidence: Evidence, policy: Policy) -> bool:
    shown = sum(not picture.tiny for picture in evidence.page.pictures)
    return shown > 0 and 25 <= evidence.word_count < 60


@check("HTML_FORM", needs="html")
def html_form(evidence: Evidence, policy: Policy) -> str:
    return evidence.page.forms[0] or "form" if evidence.page.forms else ""


@check("HTML_PASSWORD", needs="html")
def html_password(evidence: Evidence, policy: Policy) -> bool:
    return "password" in evidence.page.inputs


@check("HTML_SCRIPT", needs="html")
def html_script(evidence: Evidence, policy: Policy) -> bool:
    return evidence.page.scripts > 0


@check("HTML_FRAME", needs="html")
def html_frame(evidence: Evidence, policy: Policy) -> bool:
    return evidence.page.frames > 0


@check("HTML_REFRESH", needs="html")
def html_refresh(evidence: Evidence, policy: Policy) -> bool:
    return evidence.page.refresh


@check("HTML_BASE", needs="html")
def html_base(evidence: Evidence, policy: Policy) -> bool:
    return "://" in evidence.page.base


@check("HTML_TRACKER", needs="html")
def html_tracker(evidence: Evidence, policy: Policy) -> bool:
    return any(picture.tiny and picture.source.startswith("http") for picture in evidence.page.pictures)


@check("HTML_COMMENTS", needs="html")
def html_comments(evidence: Evidence, policy: Policy) -> bool:
    """Comments longer than the text."""
    return len(evidence.page.comments) > 400 and len(evidence.page.comments) > len(evidence.page.visible)


@check("HTML_ENTITIES", needs="html")
def html_entities(evidence: Evidence, policy: Policy) -> bool:
    """Plain letters written as numbers, so that no filter reads the source."""
    html = evidence.message.html[:32_768]
    return html.count("&#") > 40 and len(_ENTITIES.findall(html)) > 40


@check("HTML_GENERATOR_OLD", needs="html")
def html_generator_old(evidence: Evidence, policy: Policy) -> bool:
    return bool(_OUTDATED.holds(evidence.message.html[:2_000]))


@check("HTML_RANDOM_NAMES", needs="html")
def html_random_names(evidence: Evidence, policy: Policy) -> bool:
    return len(_RANDOM_NAME.findall(evidence.message.html[:16_384])) >= 6


@check("HTML_TITLE_FOREIGN", needs="html")
def html_title_foreign(evidence: Evidence, policy: Policy) -> bool:
    """The page has a title, and not a word of it is in subject or text."""
    words = [word for word in re.findall(r"\w{4,}", evidence.page.title.lower())[:20]]
    if len(words) < 2:
        return False
    around = evidence.subject_folded + evidence.folded[:4_000]
    return not any(word in around for word in words)


@check("HTML_NO_STRUCTURE", needs="html")
def html_no_structure(evidence: Evidence, policy: Policy) -> bool:
    """HTML in name, with hardly a tag."""
    return bool(evidence.message.html) and evidence.page.tags < 6 and len(evidence.message.html) > 200


@check("ALTERNATIVE_DIFFERS", needs="html")
def alternative_differs(evidence: Evidence, policy: Policy) -> bool:
    """The plain text says something else than the page."""
    plain, page = set(evidence.other_folded.split()), set(evidence.folded.split())
    plain = {word for word in plain if len(word) > 3 and not word.startswith("http")}
    page = {word for word in page if len(word) > 3}
    if len(plain) < 15 or len(page) < 15:
        return False
    return len(plain & page) / min(len(plain), len(page)) < 0.3


@check("ALTERNATIVE_EMPTY", needs="html")
def alternative_empty(evidence: Evidence, policy: Policy) -> bool:
    plain = [part for part in evidence.message.parts[:20] if part.content_type == "text/plain" and not part.filename]
    blank = bool(plain) and all(len(part.content.strip()) < 20 for part in plain)
    return blank and bool(evidence.message.html) and evidence.word_count > 30


@check("RELATED_IMAGE", needs="files")
def related_image(evidence: Evidence, policy: Policy) -> bool:
    """The picture is brought along: nobody has to fetch it, no list of hosts knows it."""
    images = [p for p in evidence.message.parts[:30] if p.content_type.startswith("image/")]
    return bool(images) and evidence.word_count < 60 and not evidence.quotes
