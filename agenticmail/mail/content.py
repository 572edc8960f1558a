"""What a part's header fields say of its content (RFC 2045, RFC 2183)."""

from collections.abc import Mapping
from dataclasses import dataclass

from agenticmail.mail.encodedwords import decode_header
from agenticmail.mail.parameters import parse_parameters


@dataclass(slots=True)
class ContentHead:
    """Type, disposition and encoding, in lower case; names decoded."""

    content_type: str
    parameters: Mapping[str, str]
    disposition: str
    filename: str | None
    encoding: str
    content_id: str


def read_content_head(values: dict[str, bytes], default: str) -> ContentHead:
    """Read from the fields' values; `default` is the type of a part that names none."""
    content_type, parameters = _content_type(values.get("content-type"), default)
    disposition, its_parameters = parse_parameters(values.get("content-disposition", b""))
    filename = its_parameters.get("filename") or parameters.get("name") or None
    encoding = decode_header(values.get("content-transfer-encoding", b"").partition(b";")[0]).lower()
    return ContentHead(
        content_type=content_type,
        parameters=parameters,
        disposition=disposition[:40],
        filename=filename[:1000] if filename else None,
        encoding=encoding[:40],
        content_id=decode_header(values.get("content-id", b"")).strip("<> ")[:1000],
    )


def _content_type(value: bytes | None, default: str) -> tuple[str, Mapping[str, str]]:
    if value is None:
        return default, {}
    content_type, parameters = parse_parameters(value)
    main, slash, sub = content_type.partition("/")
    if not (slash and main and sub) or not content_type.isprintable() or " " in content_type:
        content_type = "text/plain"  # RFC 2045 section 5.2
    return content_type[:127], parameters
