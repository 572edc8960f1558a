"""Bounds requests under daphne: one without measure is answered, and neither read on nor kept in memory.

Other servers hand a body over piece by piece; daphne asks the application only when it has all of it, in memory. And a
line that is too long it would leave without an answer. Knows Twisted's and daphne's classes, under their names.
"""

from typing import Any

from daphne import http_protocol
from twisted.web import http

from mailevents.problems import Problem

MOST_BYTES = 16 * 2**20  # a mail, uploaded to be explained; what agents send has 20


def bound_requests() -> None:
    """From now on, of what daphne accepts."""
    http.HTTPChannel = BoundedChannel  # type: ignore[misc]
    http_protocol.WebRequest = BoundedRequest


class BoundedChannel(http.HTTPChannel):
    """A connection. Answered 431 where a line is longer than Twisted takes."""

    def lineLengthExceeded(self, line: bytes) -> None:
        _refuse(self, 431, f"The path with its parameters, and each header, takes at most {self.MAX_LENGTH} bytes.")


class BoundedRequest(http_protocol.WebRequest):  # type: ignore[misc]  # daphne has no types
    """Answered 413 as soon as its body is too long, or says that it will be."""

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
            _refuse(self.channel, 413, f"The body of a request takes at most {MOST_BYTES} bytes.")


def _refuse(channel: Any, status: int, detail: str) -> None:
    response = Problem(status, detail).response()
    response["Content-Length"], response["Connection"] = str(len(response.content)), "close"
    head = f"HTTP/1.1 {status} {response.reason_phrase}\r\n".encode()
    channel.transport.write(head + response.serialize_headers() + b"\r\n\r\n" + response.content)
    channel.loseConnection()
