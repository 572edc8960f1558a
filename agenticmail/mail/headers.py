"""Splits a header block (RFC 5322 section 2.2) into fields. Linear, bounded, and content with broken blocks."""

import re

MAX_FIELDS = 1000
MAX_BLOCK = 128 * 1024  # octets of one header block that are looked at
MAX_VALUE = 64 * 1024  # octets of one field's value that are kept

Field = tuple[str, bytes]

_FIELD = re.compile(rb"^([!-9;-~]+)[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)\n?", re.MULTILINE)
_WELL_FORMED = re.compile(rb"(?:[!-9;-~]+[ \t]*+:[^\n]*+(?:\n[ \t][^\n]*+)*+\n?)*+")
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
    well_formed = _WELL_FORMED.match(raw, start, stop)
    if well_formed is None or well_formed.end() != stop:
        start, stop, body = _around_junk(raw, start, stop, body, defects)
    found = _FIELD.findall(raw, start, stop)
    if len(found) > MAX_FIELDS:
        defects.append("too_many_headers")
        del found[MAX_FIELDS:]
    fields = [(name.decode("ascii"), unfold(value)) for name, value in found]
    if stop - start > MAX_VALUE and any(len(value) > MAX_VALUE for _, value in fields):
        defects.append("header_too_long")
        fields = [(name, value[:MAX_VALUE]) for name, value in fields]
    return fields, body, defects


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


def first_values(fields: list[Field]) -> dict[str, bytes]:
    """The first value of each field by its name in lower case."""
    return {name.lower(): value for name, value in reversed(fields)}


def unfold(value: bytes) -> bytes:
    """A field's value on one line, without the white space around it."""
    value = value.strip()
    if b"\n" in value:
        value = value.replace(b"\r\n", b"").replace(b"\n", b"")
    return value.replace(b"\r", b" ") if b"\r" in value else value
