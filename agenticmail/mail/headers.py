"""Splits a header block (RFC 5322 section 2.2) into fields. Linear, bounded, and content with broken blocks."""

import re

MAX_FIELDS = 1000
MAX_BLOCK = 128 * 1024  # octets of one header block that are looked at
MAX_VALUE = 64 * 1024  # octets of one field's value that are kept

Field = tuple[str, bytes]

_FIELD = re.compile(rb"^([!-9;-~]+)[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)\n?", re.MULTILINE)
_LINE = re.compile(rb"^([!-9;-~]+)[ \t]*:[ \t]*([^\n]*)", re.MULTILINE)
_WELL_FORMED = re.compile(rb"(?:[!-9;-~]+[ \t]*+:[^\n]*+\n?)*+")
_END = re.compile(rb"\n\r?\n")
_FAMILIAR = re.compile(
    rb"\n(?:from|to|cc|subject|date|received|message-id|mime-version|content-type|return-path|reply-to|x-[a-z-]+):",
    re.IGNORECASE,
)


def split_headers(raw: bytes, start: int = 0, end: int | None = None) -> tuple[list[Field], int, list[str]]:
    """The fields of the block that begins at `start`, where the body begins, and the defects met.

    A value is unfolded (RFC 5322 section 2.2.3), its octets otherwise as sent.
    """
    end = len(raw) if end is None else end
    if raw.startswith((b"\n", b"\r\n"), start, end):
        return [], raw.index(b"\n", start) + 1, []
    blank = _END.search(raw, start, end)
    stop, body = (blank.start() + 1, blank.end()) if blank else (end, end)
    defects: list[str] = []
    if stop - start > MAX_BLOCK:
        defects.append("headers_too_long")
        stop = start + MAX_BLOCK
    block = unfold(raw[start:stop])
    if _WELL_FORMED.fullmatch(block) is None:
        start, stop, body = _around_junk(raw, start, stop, body, defects)
        block = unfold(raw[start:stop])
    found = _LINE.findall(block)
    if len(found) > MAX_FIELDS:
        defects.append("too_many_headers")
        del found[MAX_FIELDS:]
    if len(block) > MAX_VALUE and any(len(value) > MAX_VALUE for _, value in found):
        defects.append("header_too_long")
        found = [(name, value[:MAX_VALUE]) for name, value in found]
    names = b"\n".join([name for name, _ in found]).decode("ascii").split("\n")
    return [(name, value.rstrip()) for name, (_, value) in zip(names, found, strict=False)], body, defects


def _around_junk(raw: bytes, start: int, stop: int, body: int, defects: list[str]) -> tuple[int, int, int]:
    """Where the fields begin and end and the body begins, of a block with lines in it that are no fields.

    Such lines are passed over while familiar fields follow; else the body, its blank line forgotten, begins there.
    """
    if raw.startswith((b"From ", b">From "), start):  # mbox's line is no fault
        start = raw.find(b"\n", start, stop) + 1 or stop
    at = start
    for match in _FIELD.finditer(raw, start, stop):
        if match.start() != at and not _FAMILIAR.search(raw, at, stop):
            break
        if match.start() != at:
            defects.append("broken_header_line")
        at = match.end()
    if at == stop:
        return start, stop, body
    defects.append("broken_header_line")
    return (start, stop, body) if _FAMILIAR.search(raw, at, stop) else (start, at, at)


def unfold(block: bytes) -> bytes:
    """A header block with each field on one line."""
    block = block.replace(b"\r\n", b"\n")
    if b"\r" in block:
        block = block.replace(b"\r", b" ")
    return block.replace(b"\n ", b" ").replace(b"\n\t", b"\t")


def first_values(fields: list[Field]) -> dict[str, bytes]:
    """The first value of each field by its name in lower case."""
    return {name.lower(): value for name, value in reversed(fields)}
