"""Content-Transfer-Encoding (RFC 2045 section 6) undone; what is broken gives what can be read of it."""

import binascii
import re

MAX_PIECES = 10_000  # of base64, each with its own padding, in one part

_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_NOT_BASE64 = bytes(octet for octet in range(256) if octet not in _BASE64)
_WHITE = b" \t\r\n"
_UU_BEGIN = re.compile(rb"(?:^|\n)begin [0-7]{3,4} [^\n]{0,1000}\n")


def decode_transfer(data: bytes, encoding: str) -> tuple[bytes, str | None]:
    """The decoded bytes and the defect met, None where there was none."""
    if encoding in ("7bit", "8bit", "binary", ""):
        return data, None
    if encoding == "base64":
        return lenient_base64(data)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(data), None
    if encoding in ("x-uuencode", "uuencode", "uue", "x-uue"):
        return _uudecoded(data)
    return data, "unknown_transfer_encoding"


def lenient_base64(data: bytes) -> tuple[bytes, str | None]:
    """What base64 holds, with wrong padding, none, or some in its midst, and with signs that do not belong there."""
    letters = data.translate(None, _NOT_BASE64)
    body = letters.rstrip(b"=")
    if b"=" in body:  # several pieces, each with its padding: the decoder would stop at the first
        *pieces, rest = body.split(b"=", MAX_PIECES)
        return b"".join(map(_unpadded, [*pieces, rest.partition(b"=")[0]])), "broken_base64"
    whole = len(letters) % 4 == 0 and len(letters) - len(body) < 3
    foreign = len(letters) != len(data) and len(letters) != len(data.translate(None, _WHITE))
    return _unpadded(body), None if whole and not foreign else "broken_base64"


def _unpadded(letters: bytes) -> bytes:
    """A lone last letter holds no whole octet."""
    spare = len(letters) % 4
    return binascii.a2b_base64(letters[:-1] if spare == 1 else letters + b"=" * (-spare % 4))


def _uudecoded(data: bytes) -> tuple[bytes, str | None]:
    begin = _UU_BEGIN.search(data)
    if begin is None:
        return data, "broken_uuencode"
    out: list[bytes] = []
    for line in data[begin.end() :].splitlines():
        if line in (b"end", b"`", b""):
            break
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            return b"".join(out), "broken_uuencode"
    return b"".join(out), None
