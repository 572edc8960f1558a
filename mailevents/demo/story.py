"""The mails that come in by themselves, once somebody watches: ordinary ones, an attack on people, one on agents."""

import threading
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from email.utils import formatdate, make_msgid, parseaddr
from pathlib import Path

from mailevents.embedded import EmbeddedMail

MAILS = Path(__file__).parent / "mails"
GAP_S = 1.5  # between two mails: slow enough to read along


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail as written, and the address it goes to."""

    to: str
    subject: str
    text: bytes

    def raw(self) -> bytes:
        """As sent now: dated, with an id, with the line ends of mail."""
        stamp = f"Date: {formatdate()}\nMessage-ID: {make_msgid(domain='mail.example')}\n"
        return (stamp.encode() + self.text).replace(b"\n", b"\r\n")


def story() -> list[Mail]:
    return [_read(path) for path in sorted(MAILS.glob("*.eml"))]


def tell(mail: EmbeddedMail, stop: threading.Event) -> None:
    """Delivers the story, each mail when its mailbox is watched: what lay there before is not news."""
    pending = story()
    while pending and not stop.wait(GAP_S):
        ready = next((each for each in pending if mail.is_watched(each.to)), None)
        if ready is not None:
            pending.remove(ready)
            mail.deliver(ready.to, ready.raw())


def _read(path: Path) -> Mail:
    text = path.read_bytes()
    headers = BytesHeaderParser().parsebytes(text)
    return Mail(to=parseaddr(headers["To"])[1], subject=headers["Subject"], text=text)
