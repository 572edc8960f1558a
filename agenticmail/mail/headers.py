"""Splits a header block (RFC 5322 section 2.2) into fields. Linear, bounded, and content with broken blocks."""

import re

MAX_FIELDS = 1000
MAX_BLOCK = 128 * 1024  # octets of one header block that are looked at
MAX_VALUE = 64 * 1024  # octets of one field's value that are kept

Field = tuple[str, bytes]

_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)\n?")
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
    defects: list[str] = []
    if raw.startswith((b"\n", b"\r\n"), start, end):
        return [], raw.index(b"\n", start) + 1, defects
    blank = _END.search(raw, start, end)
    stop, body = (blank.start() + 1, blank.end()) if blank else (end, end)
    if stop - start > MAX_BLOCK:
        defects.append("headers_too_long")
        stop = start + MAX_BLOCK
    fields: list[Field] = []
    at = start
    while at < stop:
        match = _FIELD.match(raw, at, stop)
        if match is None:
            line_end = raw.find(b"\n", at, stop) + 1 or stop
            if not _is_envelope_line(raw, at, start):
                defects.append("broken_header_line")
                if not _FAMILIAR.search(raw, line_end - 1, stop):
                    return fields, at, defects
            at = line_end
            continue
        if len(fields) >= MAX_FIELDS:
            defects.append("too_many_headers")
            break
        at = match.end()
        name, value = match.groups()
        if len(value) > MAX_VALUE:
            defects.append("header_too_long")
            value = value[:MAX_VALUE]
        fields.append((name.decode("ascii"), unfold(value)))
    return fields, body, defects


def unfold(value: bytes) -> bytes:
    """A field's value on one line, without the white space around it."""
    if b"\n" in value:
        value = value.replace(b"\r\n", b"").replace(b"\n", b"")
    return value.replace(b"\r", b" ").strip()


def _is_envelope_line(raw: bytes, at: int, start: int) -> bool:
    """Whether it is mbox's `From ` line, which is no field and no fault."""
    return at == start and raw.startswith((b"From ", b">From "), at)
