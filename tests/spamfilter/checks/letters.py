"""Letters for the tests of checks: an ordinary one, of which a test changes what it is about."""

from base64 import b64encode
from datetime import UTC, datetime

from agenticmail.message import Message, parse_message

RECEIVED_AT = datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)
TEXT = (
    "Hello Ann,\n\nthe minutes of our meeting are in the usual place. The next one is on Thursday at ten in the small "
    "room.\n\nBob"
)
HEADERS = {
    "Return-Path": "<bob@example.net>",
    "Received": "from mail.example.net (mail.example.net [198.51.100.7]) by mx.example.org with ESMTPS; "
    "Tue, 04 Mar 2025 05:06:00 +0000",
    "From": "Bob Miller <bob@example.net>",
    "To": "Ann Weber <ann@example.org>",
    "Subject": "Minutes of the meeting",
    "Message-ID": "<20250304.17.abc@example.net>",
    "Date": "Tue, 04 Mar 2025 05:05:00 +0000",
    "MIME-Version": "1.0",
}


def letter(
    text: str = TEXT, *, html: str | None = None, files: tuple[tuple[str, bytes], ...] = (), **headers: str | None
) -> Message:
    """A message with `headers` (underscores for hyphens; None leaves one out), a text or a page, and files."""
    return parse_message(raw_letter(text, html=html, files=files, **headers), received_at=RECEIVED_AT)


def raw_letter(
    text: str = TEXT, *, html: str | None = None, files: tuple[tuple[str, bytes], ...] = (), **headers: str | None
) -> bytes:
    lines = {name.lower(): (name, value) for name, value in HEADERS.items()}
    for key, value in headers.items():
        name = key.replace("_", "-")
        lines[name.lower()] = (lines.get(name.lower(), (name,))[0], value or "")
        if value is None:
            del lines[name.lower()]
    content_type, body = _body(text, html, files)
    lines.setdefault("content-type", ("Content-Type", content_type))
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.values())
    return f"{head}\r\n".encode() + body


def _body(text: str, html: str | None, files: tuple[tuple[str, bytes], ...]) -> tuple[str, bytes]:
    if html is None and not files:
        return "text/plain; charset=utf-8", text.encode()
    if html is not None and not files and not text:
        return "text/html; charset=utf-8", html.encode()
    parts = [f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}".encode()] if text else []
    if html is not None:
        parts.append(f"Content-Type: text/html; charset=utf-8\r\n\r\n{html}".encode())
    for name, content in files:
        kind = {"txt": "text/plain", "png": "image/png"}.get(name.rpartition(".")[2], "application/octet-stream")
        head = f'Content-Type: {kind}; name="{name}"\r\nContent-Disposition: attachment; filename="{name}"\r\n'
        parts.append(f"{head}Content-Transfer-Encoding: base64\r\n\r\n".encode() + b64encode(content))
    joined = b"".join(b"--sep\r\n" + part + b"\r\n" for part in parts)
    return f"multipart/{'mixed' if files else 'alternative'}; boundary=sep", joined + b"--sep--\r\n"
