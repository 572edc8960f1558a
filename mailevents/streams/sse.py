"""The wire format of Server-Sent Events (WHATWG HTML, section 9.2). Pure."""

HEARTBEAT = b":\n\n"


def retry(milliseconds: int) -> bytes:
    """How long a client waits before it comes back."""
    return b"retry: %d\n\n" % milliseconds


def event(name: str, data: str, id: int | None = None) -> bytes:
    """One event. No line end in `name` or `data` can forge a line of the stream."""
    lines = [f"event: {_one_line(name)}"] if id is None else [f"event: {_one_line(name)}", f"id: {id}"]
    lines += [f"data: {line}" for line in data.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return ("\n".join(lines) + "\n\n").encode("utf-8", "replace")


def _one_line(text: str) -> str:
    return text.replace("\r", " ").replace("\n", " ")
