"""What comes along: programs, disguises, macros, locked archives, pages in an envelope."""

import re

from spamfilter.checks.registry import check
from spamfilter.evidence import Evidence
from spamfilter.folding import fold
from spamfilter.policy import Policy

_PROGRAM = re.compile(
    r"\.(?:exe|scr|bat|cmd|com|pif|msi|msix|jar|jse?|vbs?|vbe|wsf|wsh|hta|lnk|cpl|dll|ps1|psm1|reg|chm|gadget|inf|apk|appx|"
    r"application|xll|sct|mjs|library-ms|search-ms|diagcab|url|website|settingcontent-ms)$",
    re.IGNORECASE,
)
_IMAGE_OF_DISK = re.compile(r"\.(?:iso|img|vhdx?|udf|daa|dmg)$", re.IGNORECASE)
_ARCHIVE = re.compile(r"\.(?:zip|rar|7z|gz|tgz|tar|ace|arj|cab|lzh|lha|xz|bz2|z|r\d\d|zipx|uue)$", re.IGNORECASE)
_MACRO = re.compile(r"\.(?:doc|xls|ppt|dot|xlt|pot|xla|ppa|pps)m$|\.(?:xlsb|xlam|slk|iqy)$", re.IGNORECASE)
_PAGE = re.compile(r"\.(?:html?|shtml?|xhtml?|mht|mhtml|svgz?|xht)$", re.IGNORECASE)
_DOUBLE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|jpe?g|png|gif|txt|csv|mp[34]|rtf|html?)[\s._-]*\.([a-z0-9]{2,5})$", re.IGNORECASE
)
_HARMLESS_SECOND = frozenset("gz asc sig p7s p7m gpg pgp zip bz2 xz txt md5 sha256 patch diff pdf".split())
_LURE = re.compile(
    r"\b(?:invoice|payment|receipt|remittance|statement|swift|purchase|order|quotation|rfq|scan|fax|voicemail|document|shipping|dhl|awb|"
    r"contract|po|salary|payslip|bonus|atm|winner|donation|fund|proposal|letter|factura|rechnung|facture|fattura|boleto|comprovante|nota)\b"
)
_ENTRY = re.compile(rb"PK\x03\x04.{2}(.)(.).{18}(.{2}).{2}", re.DOTALL)
_PROGRAM_BYTES = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe")


@check("FILE_PROGRAM", needs="attached")
def file_program(evidence: Evidence, policy: Policy) -> str:
    """A program by its name, or by its first bytes."""
    named = next((name for name in evidence.file_names if _PROGRAM.search(name)), "")
    if named:
        return named
    for part in evidence.files:
        if (
            part.content.startswith(_PROGRAM_BYTES[:2])
            and len(part.content) > 256
            and not part.content_type.startswith("text/")
        ):
            return part.filename or part.content_type
    return ""


@check("FILE_TWO_ENDINGS", needs="attached")
def file_two_endings(evidence: Evidence, policy: Policy) -> str:
    """invoice.pdf.exe"""
    for name in evidence.file_names:
        found = _DOUBLE.search(name)
        if found and found[1].lower() not in _HARMLESS_SECOND:
            return name
    return ""


@check("FILE_NAME_DISGUISED", needs="attached")
def file_name_disguised(evidence: Evidence, policy: Policy) -> str:
    """Reversed writing, or spaces that push the ending out of sight."""
    return next((name for name in evidence.file_names if "\u202e" in name or re.search(r"\s{8,}\.", name)), "")


@check("FILE_DISK_IMAGE", needs="attached")
def file_disk_image(evidence: Evidence, policy: Policy) -> str:
    return next((name for name in evidence.file_names if _IMAGE_OF_DISK.search(name)), "")


@check("FILE_MACROS", needs="attached")
def file_macros(evidence: Evidence, policy: Policy) -> str:
    """A document that brings programs."""
    named = next((name for name in evidence.file_names if _MACRO.search(name)), "")
    if named:
        return named
    for part in evidence.files:
        content = part.content[:262_144]
        if b"vbaProject.bin" in content or (
            content.startswith(b"\xd0\xcf\x11\xe0")
            and (b"_VBA_PROJECT" in content or b"_\x00V\x00B\x00A\x00_" in content)
        ):
            return part.filename or part.content_type
    return ""


@check("FILE_PAGE", needs="attached")
def file_page(evidence: Evidence, policy: Policy) -> str:
    """A page in an envelope: opened, it is a false log-in that no list of hosts knows."""
    return next((name for name in evidence.file_names if _PAGE.search(name)), "")


@check("FILE_PAGE_ACTIVE", needs="attached")
def file_page_active(evidence: Evidence, policy: Policy) -> str:
    """It holds a script, a form, or sends elsewhere."""
    for part in evidence.files:
        if part.filename and _PAGE.search(part.filename):
            lower = part.content[:131_072].lower()
            if any(
                word in lower
                for word in (b"<script", b"<form", b'http-equiv="refresh', b"atob(", b"onload=", b"<foreignobject")
            ):
                return part.filename
    return ""


@check("FILE_ARCHIVE", needs="attached")
def file_archive(evidence: Evidence, policy: Policy) -> str:
    return next(
        (
            name
            for name in evidence.file_names
            if _ARCHIVE.search(name)
            and not name.lower().endswith((".tar.gz", ".patch.gz", ".log.gz", ".xml.gz", ".json.gz"))
        ),
        "",
    )


@check("FILE_ARCHIVE_LOCKED", needs="attached")
def file_archive_locked(evidence: Evidence, policy: Policy) -> str:
    """An archive under a password: no scanner looks inside."""
    for part in evidence.files:
        if any(ord(entry[1]) & 1 for entry in _entries(part.content)):
            return part.filename or part.content_type
    return ""


@check("FILE_ARCHIVE_PROGRAM", needs="attached")
def file_archive_program(evidence: Evidence, policy: Policy) -> str:
    """An archive that holds a program, a link file or a page."""
    for part in evidence.files:
        for entry in _entries(part.content):
            length = int.from_bytes(entry[3], "little")
            name = part.content[entry.end() : entry.end() + min(length, 300)].decode("utf-8", "replace")
            if (
                _PROGRAM.search(name)
                or _IMAGE_OF_DISK.search(name)
                or (_PAGE.search(name) and part.content[:64].count(b"/") == 0)
            ):
                return f"{part.filename or 'archive'}: {name}"
    return ""


def _entries(content: bytes) -> list[re.Match[bytes]]:
    if not content.startswith(b"PK\x03\x04"):
        return []
    found = []
    for count, entry in enumerate(_ENTRY.finditer(content[:524_288])):
        if count == 100:
            break
        found.append(entry)
    return found


@check("FILE_TYPE_WRONG", needs="attached")
def file_type_wrong(evidence: Evidence, policy: Policy) -> str:
    """Says to be a picture or a text, and is a program or an archive by its name."""
    for item in evidence.message.attachments[:50]:
        name = item.filename or ""
        honest = (
            item.content_type.startswith(("image/", "text/", "audio/", "video/"))
            or item.content_type == "application/pdf"
        )
        if (
            honest
            and (_PROGRAM.search(name) or _ARCHIVE.search(name) or _IMAGE_OF_DISK.search(name))
            and not name.lower().endswith((".js", ".gz", ".vb", ".bat", ".cmd", ".ps1", ".url", ".xz", ".bz2"))
        ):
            return name
    return ""


@check("FILE_LURE", needs="attached")
def file_lure(evidence: Evidence, policy: Policy) -> str:
    """A bill, an order, a scan by its name."""
    return next((name for name in evidence.file_names if _LURE.search(fold(name))), "")


@check("FILE_INSTEAD_OF_TEXT", needs="attached")
def file_instead_of_text(evidence: Evidence, policy: Policy) -> str:
    """Hardly a word, and a document to open."""
    if evidence.word_count > 30 or evidence.quotes:
        return ""
    kinds = (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".rtf", ".htm", ".html", ".zip", ".rar", ".one", ".jpg", ".png")
    return next((name for name in evidence.file_names if name.lower().endswith(kinds)), "")


@check("FILE_CALENDAR_LINK", needs="lures")
def file_calendar_link(evidence: Evidence, policy: Policy) -> bool:
    """An invitation nobody asked for, whose text lures."""
    calendar = any(part.content_type == "text/calendar" for part in evidence.message.parts[:50])
    return calendar and (
        evidence.lures["CREDENTIALS"] >= 2 or evidence.lures["INVESTMENT"] >= 2 or evidence.lures["LOTTERY"] >= 3
    )
