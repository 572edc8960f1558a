"""Bounds the bodies of requests under daphne, which takes them whole, and into memory, before it asks the application.

Knows daphne's and Twisted's requests, under Twisted's names. Other servers hand a body over piece by piece.
"""

from daphne import http_protocol

from mailevents.problems import Problem

MOST_BYTES = 16 * 2**20  # a mail, uploaded to be explained; what agents send has 20


def bound_bodies() -> None:
    """From now on, of what daphne accepts."""
    http_protocol.WebRequest = BoundedRequest


class BoundedRequest(http_protocol.WebRequest):  # type: ignore[misc]  # daphne has no types
    """Answered 413 as soon as its body is too long, or says that it will be; the rest of it is not read."""

    _is_refused = False

    def gotLength(self, length: int | None) -> None:
        super().gotLength(length)
        self._bound(length or 0)

    def handleContentChunk(self, data: bytes) -> None:
        self._bound(self.content.tell() + len(data))
        if not self._is_refused:
            super().handleContentChunk(data)

    def process(self) -> None:
        if not self._is_refused:
            super().process()

    def _bound(self, size: int) -> None:
        if size > MOST_BYTES and not self._is_refused:
            self._is_refused = True
            self.requestHeaders.removeHeader(b"Expect")  # or Twisted asks for the body all the same
            self.channel.transport.write(_refusal())
            self.channel.loseConnection()


def _refusal() -> bytes:
    response = Problem(413, f"The body of a request takes at most {MOST_BYTES} bytes.").response()
    response["Content-Length"], response["Connection"] = str(len(response.content)), "close"
    head = f"HTTP/1.1 {response.status_code} {response.reason_phrase}\r\n".encode()
    return head + response.serialize_headers() + b"\r\n\r\n" + response.content
