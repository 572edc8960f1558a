"""Walks the MIME tree (RFC 2045, 2046) in one pass over the bytes, whatever it nests; gives its leaves with their
IMAP section numbers (RFC 9051 section 6.4.5). An attached message is one leaf: its parts are not ours."""

from dataclasses import dataclass, field

from agenticmail.mail.content import ContentHead, read_content_head
from agenticmail.mail.headers import first_values, split_headers
from agenticmail.mail.transfer import decode_transfer

MAX_PARTS = 1000
MAX_DEPTH = 50
MAX_DELIMITERS = 10_000  # lines that look like a delimiter and are looked at
MAX_DASHES = 20  # such lines in one header block
MAX_BOUNDARY = 1000

_WHITE = b"\r\n \t"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One leaf of the MIME tree (RFC 2045), in document order.

    `section` is its IMAP section number (RFC 9051 section 6.4.5, "1", "2.1"), `content_type` lower case
    "type/subtype", `content` its decoded bytes (bounded; empty where the fetched part of the message does
    not reach it), `size` its length in octets as sent, `filename` decoded or None.
    """

    section: str
    content_type: str
    charset: str = ""
    encoding: str = ""
    disposition: str = ""
    filename: str | None = None
    content_id: str = ""
    size: int = 0
    content: bytes = b""
    truncated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A part and what its place in the tree says about it."""

    part: Part
    alternative: int | None  # which outermost multipart/alternative it stands in
    flowed: bool = False  # RFC 3676
    delsp: bool = False


@dataclass(slots=True)
class Tree:
    leaves: list[Leaf] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Multipart:
    boundary: bytes
    prefix: str
    child_type: str
    alternative: int | None
    children: int = 0


def walk(raw: bytes, values: dict[str, bytes], body: int, *, truncated: bool) -> Tree:
    """The leaves of the message whose header fields have these values and whose body begins at `body`."""
    return _Walker(raw, truncated=truncated).walk(values, body)


class _Walker:
    """The multiparts open at this place of the text, outermost first, and the leaf being read, if any."""

    def __init__(self, raw: bytes, *, truncated: bool) -> None:
        self.raw = raw
        self.truncated = truncated
        self.tree = Tree()
        self.open: list[_Multipart] = []
        self.head: ContentHead | None = None
        self.section = ""
        self.start = 0
        self.alternative: int | None = None
        self.blanks = {b"\n\n": -2, b"\n\r\n": -2}  # where the next of each is

    def walk(self, values: dict[str, bytes], body: int) -> Tree:
        self._enter(values, body, "1", "", "text/plain", None)
        if self.open:
            self._read_multipart(body)
        if self.head is not None:
            self._leave(len(self.raw), cut=self.truncated)
        if not self.tree.leaves and len(self.raw) > body:
            self._take_whole(body)
        return self.tree

    def _read_multipart(self, body: int) -> None:
        raw = self.raw
        at = raw.find(b"\n--", body - 1)
        looked_at = 0
        while at >= 0 and self.open:
            looked_at += 1
            if looked_at > MAX_DELIMITERS or len(self.tree.leaves) >= MAX_PARTS:
                self.tree.defects.append("too_many_parts")
                return
            line, line_end = self._delimiter(at)
            self._delimit(line, at, line_end + 1)
            at = raw.find(b"\n--", line_end)
        if self.open and not self.truncated:
            self.tree.defects.append("unclosed_multipart")

    def _delimit(self, line: bytes, at: int, after: int) -> None:
        """Ends and begins what a delimiter line says, if it is one of an open multipart."""
        depth, closing = self._named_by(line)
        if depth < 0:
            return
        if self.head is not None:
            self._leave(at - 1 if self.raw[at - 1 : at] == b"\r" else at)
        del self.open[depth + (not closing) :]
        if not closing:
            self._begin_part(self.open[-1], after)

    def _named_by(self, line: bytes) -> tuple[int, bool]:
        """Which open multipart the line delimits, the innermost first, -1 for none; and whether it closes it."""
        boundaries = [one.boundary for one in reversed(self.open)]
        if line in boundaries:
            return len(boundaries) - 1 - boundaries.index(line), False
        if line.endswith(b"--") and line[:-2] in boundaries:
            return len(boundaries) - 1 - boundaries.index(line[:-2]), True
        return -1, False

    def _begin_part(self, parent: _Multipart, start: int) -> None:
        parent.children += 1
        end = self._end_of_headers(start)
        fields, body, defects = split_headers(self.raw, start, end)
        if self.truncated and end == len(self.raw):
            body = end  # cut off among the headers: what looks like text is half a field
        else:
            self.tree.defects += defects
        section = f"{parent.prefix}{parent.children}"
        self._enter(first_values(fields), body, section, f"{section}.", parent.child_type, parent.alternative)

    def _end_of_headers(self, start: int) -> int:
        """Where a part's header block ends at the latest: at a blank line, or at a delimiter.

        Where the next blank line is, is remembered: looked for from each of many parts it would cost too much.
        """
        raw = self.raw
        for blank, place in self.blanks.items():
            if place < start - 1:
                found = raw.find(blank, start - 1)
                self.blanks[blank] = len(raw) if found < 0 else found
        end = min(min(self.blanks.values()) + 3, len(raw))
        at = raw.find(b"\n--", start - 1, end)
        for _ in range(MAX_DASHES):
            if at < 0 or self._named_by(self._delimiter(at)[0])[0] >= 0:
                break
            at = raw.find(b"\n--", at + 3, end)
        return end if at < 0 else at + 1

    def _delimiter(self, at: int) -> tuple[bytes, int]:
        """What stands behind the dashes of the line before which `at` is, and where that line ends."""
        end = self.raw.find(b"\n", at + 1)
        end = len(self.raw) if end < 0 else end
        return self.raw[at + 3 : min(end, at + MAX_BOUNDARY)].rstrip(_WHITE), end

    def _enter(
        self, values: dict[str, bytes], body: int, section: str, prefix: str, default: str, alternative: int | None
    ) -> None:
        """Opens the multipart, or begins the leaf, that these header fields announce."""
        head = read_content_head(values, default)
        if head.content_type.startswith("multipart/"):
            boundary = head.parameters.get("boundary", "").encode("utf-8", "replace").rstrip()
            if boundary and len(self.open) < MAX_DEPTH:
                if alternative is None and head.content_type == "multipart/alternative":
                    alternative = body
                child_type = "message/rfc822" if head.content_type == "multipart/digest" else "text/plain"
                self.open.append(_Multipart(boundary, prefix, child_type, alternative))
                self.head = None
                return
            self.tree.defects.append("too_deep" if boundary else "no_boundary")
            head.content_type = "text/plain"
        self.head, self.section, self.start = head, section, body
        self.alternative = alternative

    def _leave(self, end: int, *, cut: bool = False) -> None:
        """The leaf being read ends before `end`."""
        head = self.head
        assert head is not None
        octets = self.raw[self.start : max(self.start, end)]
        content, defect = decode_transfer(octets, head.encoding)
        if defect and not (cut and defect.startswith("broken")):
            self.tree.defects.append(defect)
        part = Part(
            section=self.section,
            content_type=head.content_type,
            charset=head.parameters.get("charset", "").lower()[:40],
            encoding=head.encoding,
            disposition=head.disposition,
            filename=head.filename,
            content_id=head.content_id,
            size=len(octets),
            content=content,
            truncated=cut,
        )
        self.tree.leaves.append(
            Leaf(
                part=part,
                alternative=self.alternative,
                flowed=head.parameters.get("format", "").lower() == "flowed",
                delsp=head.parameters.get("delsp", "").lower() == "yes",
            )
        )
        self.head = None

    def _take_whole(self, body: int) -> None:
        """A multipart in which no part was found: a reader is shown its body as it is."""
        self.tree.defects.append("no_parts")
        self.head = ContentHead("text/plain", {}, "", None, "", "")
        self.section, self.start, self.alternative = "1", body, None
        self._leave(len(self.raw), cut=self.truncated)
