"""Content-Transfer-Encoding (RFC 2045 section 6) undone; what is broken gives what can be read of it."""

import binascii
import re

_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_UU_BEGIN = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} [^\r\n]*\r?\n", re.MULTILINE)


def decode_transfer(data: bytes, encoding: str) -> tuple[bytes, str | None]:
    """The decoded bytes and the defect met, None where there was none."""
    if encoding in ("7bit", "8bit", "binary", ""):
        return data, None
    if encoding == "base64":
        return _base64(data)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(data), None
    if encoding in ("x-uuencode", "uuencode", "uue", "x-uue"):
        return _uuencoded(data)
    return data, "unknown_transfer_encoding"


def _base64(data: bytes) -> tuple[bytes, str | None]:
    try:
        return binascii.a2b_base64(data), None
    except binascii.Error:
        letters = _NOT_BASE64.sub(b"", data)
        whole = len(letters) // 4 * 4
        rest = letters[whole:]
        tail = rest + b"=" * (4 - len(rest)) if len(rest) > 1 else b""
        return binascii.a2b_base64(letters[:whole] + tail), "broken_base64"


def _uuencoded(data: bytes) -> tuple[bytes, str | None]:
    begin = _UU_BEGIN.search(data)
    if begin is None:
        return data, "broken_uuencode"
    out: list[bytes] = []
    for line in data[begin.end() :].splitlines():
        if line in (b"end", b"`"):
            break
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            return b"".join(out), "broken_uuencode"
    return b"".join(out), None
