"""Malformed mail: messages that are nearly well formed, by chance, and hostile messages of a given size, by design.

Others who read mail can use both: `malformed_messages()` in a property, `hostile_messages()` for bounds in time.
"""

from collections.abc import Iterator
from random import Random

from hypothesis import strategies as st

KB = 1024
HOSTILE_SIZE = 256 * KB  # as much as is read of a message unless the settings say otherwise

_LINE_ENDS = [b"\r\n", b"\n", b"\r", b"\n\n", b"\r\r\n"]
_NASTY = [
    *(
        b"",
        b" ",
        b"\t",
        b"\0",
        b"\xff\xfe",
        b"\x1b$B",
        b"\xc3",
        b"=?",
        b"?=",
        b'"',
        b"\\",
        b"(",
        b")",
        b"<",
        b">",
        b"@",
    ),
    *(b",", b";", b":", b"=", b"''", b"*0*=", b"%", b"--", b"\xed\xa0\x80", "\u202e\u2028\ufeff".encode(), b"\x85"),
    *(b"\r", b"\n", b"\n ", b"\x7f", b"&#x110000;", b"&#xd800;", b"&#0;", b"<!--", b"]]>", b"+AAA-", b"~{", b"9" * 30),
]
_WORDS = [
    *(b"Ann", b"ann@example.com", b"<ann@example.com>", b"=?utf-8?b?w6Q=?=", b"=?utf-8?q?=C3?=", b"=?x-none?q?a?="),
    *(b"=?gb2312?b?1tA=?=", b"=?iso-2022-jp?b?GyRC?=", b"Team: a@b.example, c@d.example;", b'"Ann, B" <a@b.example>'),
    *(b"Sun, 22 Nov 2026 10:11:12 +0100", b"Mon, 99 Foo 99999 99:99:99 +9999", b"1 (Highest)", b"text/html", b"hello"),
]
_NAMES = [
    *(b"From", b"To", b"Cc", b"Sender", b"Reply-To", b"Subject", b"Date", b"Message-ID", b"In-Reply-To", b"References"),
    *(b"Return-Path", b"Received", b"List-Id", b"X-Priority", b"MIME-Version", b"X", b"", b"F\xc3\xa4", b"Fr om", b":"),
]
_CHARSETS = [
    *(
        b"utf-8",
        b"us-ascii",
        b"iso-8859-1",
        b"utf-7",
        b"utf-16",
        b"iso-2022-jp",
        b"gb2312",
        b"koi8-r",
        b"x-unknown",
        b"",
    ),
    *(b"idna", b"punycode", b"unicode_escape", b"hex", b"rot13", b"undefined", b"\0", b"utf-8\xff", b"a" * 300),
]
_TYPES = [
    *(
        b"text/plain",
        b"text/html",
        b"TEXT/Html",
        b"text",
        b"/",
        b"image/png",
        b"message/rfc822",
        b"application/pdf",
        b"",
    ),
    *(b"message/delivery-status", b"text/calendar", b"text/x-unknown", b"multipart/mixed", b"a/b/c", b"\xff/\0"),
]
_ENCODINGS = [b"7bit", b"8bit", b"base64", b"quoted-printable", b"x-uuencode", b"BASE64 ", b"none", b""]
_MULTIPARTS = [b"mixed", b"alternative", b"related", b"digest", b"signed", b"report", b"x\xff", b""]
_BOUNDARIES = [b"b", b"b--", b"bb", b"=_b", b'"b c"', b'"', b"", b"b" * 100]
_BODIES = [
    *(b"Your code is 482913", b"PGI+aGk8L2I+", b"PGI+aGk", b"=C3=A4=\n=", b"=ZZ==\r", b"<p hidden>x<p>y", b"<b>hi</b"),
    *(
        b"begin 644 x\n#:&D*\n`\nend\n",
        b"> a \n> b \nc \n-- \nd",
        b"<style>p{",
        b"<!-- x",
        b"\x1b$B$3\x1b(B",
        b"~{VP~}",
    ),
]


def malformed_messages() -> st.SearchStrategy[bytes]:
    """Messages as broken and hostile programs would write them; a seed makes each again."""
    return st.integers(0, 2**32 - 1).map(lambda seed: malformed_message(Random(seed)))


def malformed_message(random: Random) -> bytes:
    """One message, nearly well formed."""
    end = random.choice(_LINE_ENDS[:2] if random.random() < 0.8 else _LINE_ENDS)
    start = random.choice([b""] * 6 + [b"\n", b"From ann Sun Nov 22 10:11:12 2026\n", b"junk\n", b" folded: first\n"])
    raw = start + _fields(random, end) + _entity(random, end, depth=3)
    return raw[: random.randrange(len(raw) + 1)] if random.random() < 0.2 else raw


def _mess(random: Random) -> bytes:
    octets = random.randbytes(random.randrange(8))
    return b" ".join(
        random.choice([random.choice(_WORDS), random.choice(_NASTY), octets]) for _ in range(random.randrange(8))
    )


def _fields(random: Random, end: bytes) -> bytes:
    """A few header fields, folded and unfolded, some of them junk."""
    out = b""
    for _ in range(random.randrange(9)):
        colon = random.choice([b": ", b": ", b": ", b":", b" : ", b" ", b":\r\n "])
        fold = random.choice([b"", b"", b"\r\n ", b"\n\t", b"\r"])
        out += random.choice(_NAMES) + colon + _mess(random) + fold + _mess(random) + end
    return out


def _content_fields(random: Random, end: bytes) -> bytes:
    charset = random.choice([b"; charset=", b";charset*=''", b"; charset "]) + random.choice(_CHARSETS)
    other = random.choice([b"", b"; format=flowed; delsp=yes", b'; name="=?utf-8?q?a=2Eb?="'])
    out = b"Content-Type: " + random.choice(_TYPES) + charset + other + end
    out += b"Content-Transfer-Encoding: " + random.choice(_ENCODINGS) + end
    if random.random() < 0.5:
        return out
    name = random.choice([b"filename=", b"filename*=", b"filename*0*=", b"filename*1=", b"filename"])
    return out + b"Content-Disposition: attachment; " + name + _mess(random) + end


def _entity(random: Random, end: bytes, depth: int) -> bytes:
    """A part with its header block and its body, itself perhaps a multipart, perhaps never closed."""
    body = random.choice([_mess(random), random.randbytes(50), random.choice(_BODIES)])
    if depth == 0 or random.random() < 0.4:
        return _content_fields(random, end) + _fields(random, end) + end + body
    boundary = random.choice(_BOUNDARIES)
    said = boundary if random.random() < 0.8 else random.choice(_BOUNDARIES)
    out = b"Content-Type: multipart/" + random.choice(_MULTIPARTS) + b"; boundary=" + said + end
    out += _fields(random, end) + end + body
    for _ in range(random.randrange(5)):
        out += end + b"--" + boundary.strip(b'"') + end + _entity(random, end, depth - 1)
    return out + random.choice([b"", end + b"--" + boundary.strip(b'"') + b"--" + end])


def hostile_messages(size: int = HOSTILE_SIZE) -> Iterator[tuple[str, bytes]]:
    """Messages of about `size` octets, each built to make one thing of a parser cost too much, with their names."""
    yield from hostile_headers(size)
    yield from hostile_trees(size)
    yield from hostile_bodies(size)


_TOP = b"From: a@b.example\r\nSubject: x\r\n"


def _filled(before: bytes, piece: bytes, size: int, after: bytes = b"") -> bytes:
    return before + piece * (max(0, size - len(before) - len(after)) // len(piece) + 1) + after


def hostile_headers(size: int) -> Iterator[tuple[str, bytes]]:
    fields = [b"To", b"From", b"Subject", b"Date", b"References", b"List-Id", b"X-Priority", b"Content-Type: a/b; c"]
    fields += [b"Content-Disposition: attachment; filename", b"Return-Path"]
    pieces = [
        b",",
        b'"',
        b"(",
        b")",
        b"<",
        b">",
        b"\\",
        b'"\\',
        b"(\\",
        b"((a)",
        b"@",
        b":",
        b";",
        b"[",
        b"=",
        b"a ",
        b"'",
    ]
    pieces += [
        b"=?",
        b"?=",
        b"=?u?q?",
        b"=?utf-8?q?=41?= ",
        b"=?utf-8?b?QQ==?=",
        b"=?utf-8?q?a?=x",
        b" ",
        b"\r\n ",
        b"\0",
    ]
    pieces += [
        b"\xff",
        b"<a@b>,",
        b"a@b, ",
        b'"N" <a@b>, ',
        b"a\r",
        b"9",
        b"%41",
        b"*0=a;",
        b'a="b";',
        b"\x1b$B",
        b"\x85",
    ]
    for field in fields:
        for piece in pieces:
            yield f"{field.decode()} of {piece!r}", _filled(_TOP + field + b": ", piece, size, b"x\r\n\r\nbody")
    recipients = b", ".join(b'"Name %d" <user%d@example.com>' % (number, number) for number in range(10_000))
    yield "10,000 recipients", (_TOP + b"To: " + recipients)[:size] + b"\r\n\r\nbody"
    for field in (
        b"A: b",
        b"A b",
        b"A:=?u?q?a?=",
        b"To: a@b",
        b"A b\r\nFrom: c",
        b":",
        b"\0: x",
        b" a",
        b"X-" + b"a" * 900,
    ):
        yield f"fields {field[:20]!r}", _filled(_TOP, field + b"\r\n", size)
    continued = b"".join(b" n*%d*=utf-8''%%41;\r\n" % number for number in range(size // 20))
    yield "continuations", _TOP + b"Content-Type: a/b;\r\n" + continued + b"\r\n\r\n"
    yield "one line", _filled(b"", b"x", size)
    yield "one header line", _filled(b"Subject: ", b"x", size)


def hostile_trees(size: int) -> Iterator[tuple[str, bytes]]:
    top = _TOP + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    parts = [
        b"--b\r\n",
        b"--b\n\nx\n",
        b"--b\r\nContent-Type: text/html\r\n\r\n<p>\r\n",
        b"--c\r\n",
        b"--b--\r\n",
        b"--\r\n",
    ]
    parts += [b"--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n", b"--b\nContent-Type: message/rfc822\n\n"]
    parts += [
        b"--b\nContent-Transfer-Encoding: base64\n\n!\n",
        b"--b\nContent-Type: text/plain; charset=x%\n\n\xff\n",
        b"\n",
    ]
    for part in parts:
        yield f"parts {part!r}", _filled(top, part, size)
    head = _TOP + b"Content-Type: multipart/mixed; boundary=0\r\n\r\n"
    for blank in (b"\r\n", b""):
        deeper = b"--%d\r\nContent-Type: multipart/mixed; boundary=%d\r\n" + blank
        yield f"1,000 deep, {blank!r}", (head + b"".join(deeper % (at, at + 1) for at in range(size // 45)))[:size]


def hostile_bodies(size: int) -> Iterator[tuple[str, bytes]]:
    types = [b"text/html", b"text/html; charset=utf-7", b"text/plain; format=flowed; delsp=yes", b"text/plain"]
    types += [b"text/html\r\nContent-Transfer-Encoding: quoted-printable", b"text/plain; charset=iso-2022-jp"]
    types += [b"text/html\r\nContent-Transfer-Encoding: base64", b"text/plain\r\nContent-Transfer-Encoding: x-uuencode"]
    types += [b"text/plain; charset=gb2312", b"text/plain; charset=hz", b"text/plain; charset=utf-16"]
    pieces = [
        b"<",
        b">",
        b"<a",
        b"<a>",
        b"</a>",
        b"<!--",
        b"-->",
        b"<!--x-->",
        b"<style>",
        b"<script></script>",
        b"<head>",
    ]
    pieces += [
        b"<p hidden>",
        b"<div hidden>",
        b"<svg>",
        b"<pre>",
        b"<pre>\n</pre>",
        b"<br>",
        b"<td> ",
        b"<a b='",
        b'<a b="',
    ]
    pieces += [
        b"<p style='display:none'>",
        b"display :    ",
        b"<meta charset=",
        b"&",
        b"&amp;",
        b"&#65;",
        b"&a",
        b"&" + b"a" * 40,
    ]
    pieces += [
        b" ",
        b"\n",
        b" \n",
        b"> \n",
        b"\r",
        b"\0",
        b"\x0c",
        b"\xe4",
        b"\xa0",
        b"\x85",
        b"\xe2\x80\xa8",
        b"\x1b$B",
        b"~{",
    ]
    pieces += [
        b"12345 ",
        b"code ",
        b"your code is 123456. ",
        b"login code\n1 2 3 4\n",
        b"A-",
        b"1-",
        b"pin 1.",
        b"=",
        b"=\n",
        b"QQ==",
    ]
    pieces += [b"zip code ", b"code (", b"+AAA", b"begin 644 a\n", b"Mabc\n", b"error code 1234 code: "]
    for kind in types:
        for piece in pieces:
            yield f"{kind.decode()} of {piece!r}", _filled(_TOP + b"Content-Type: " + kind + b"\r\n\r\n", piece, size)
