"""Values with parameters: `Content-Type`, `Content-Disposition` (RFC 2045 section 5.1, RFC 2231)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from agenticmail.mail.charsets import decode
from agenticmail.mail.encodedwords import decode_header, one_line

MAX_VALUE = 16 * 1024
MAX_PARAMETERS = 500
MAX_REMEMBERED = 80

# One parameter: what stands before the next semicolon that is in no quoted string. Matches anywhere, in one scan.
_PIECE = re.compile(rb'[^;"]*(?:"[^"\\]*(?:\\.[^"\\]*)*\\?(?:"|\Z)[^;"]*)*', re.DOTALL)
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)


def parse_parameters(value: bytes) -> tuple[str, Mapping[str, str]]:
    """The value itself in lower case, and its parameters, names in lower case, values decoded."""
    return _parse_again(value) if len(value) < MAX_REMEMBERED else _parse(value)


def _parse(value: bytes) -> tuple[str, Mapping[str, str]]:
    head, semicolon, rest = value[:MAX_VALUE].partition(b";")
    main = decode_header(head).lower()
    return main, decode_parameters(_pieces(rest)) if semicolon else {}


_parse_again = lru_cache(maxsize=512)(_parse)  # a few short values make up nearly all there are


def decode_parameters(pairs: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Parameters as they stand there, quotes undone: names in lower case, values decoded, pieces joined."""
    plain: dict[str, str] = {}
    extended: dict[str, list[tuple[int, bool, bytes]]] = {}
    for raw_name, octets in pairs:
        name = raw_name.lower().decode("ascii", "replace")
        if "*" in name:
            base, _, section = name.partition("*")
            number, _, _ = section.partition("*")
            encoded = name.endswith("*")
            index = int(number) if number.isdecimal() and len(number) < 5 else 0
            extended.setdefault(base, []).append((index, encoded, octets))
        else:
            plain.setdefault(name, decode_header(octets))
    for base, pieces in extended.items():
        plain[base] = _joined(pieces)
    return plain


def _pieces(rest: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The parameters as they stand there: names and values, quotes undone."""
    at = 0
    for _ in range(MAX_PARAMETERS):
        if at >= len(rest):
            return
        match = _PIECE.match(rest, at)
        assert match is not None
        at = match.end() + 1
        name, equals, value = match.group().partition(b"=")
        if not equals:
            continue
        value = value.strip()
        if value.startswith(b'"'):
            value = _ESCAPED.sub(rb"\1", value[1:-1] if value.endswith(b'"') and len(value) > 1 else value[1:])
        yield name.strip(), value


def _joined(pieces: list[tuple[int, bool, bytes]]) -> str:
    """The pieces of one parameter (RFC 2231 sections 3 and 4) in their order, percent-decoded, as text."""
    pieces.sort(key=lambda piece: piece[0])
    charset = b""
    octets: list[bytes] = []
    for position, (_, encoded, piece) in enumerate(pieces):
        if encoded:
            if position == 0 and piece.count(b"'") >= 2:
                charset, _, piece = piece.split(b"'", 2)
            piece = unquote_to_bytes(piece)
        octets.append(piece)
    return one_line(decode(b"".join(octets), charset.decode("ascii", "replace"))[0])
