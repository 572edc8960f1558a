"""The text of automatic mails, ready for SMTP; they go out with a null envelope sender (RFC 3834 section 3.3).

Nothing of the message that is answered gets into a header but clean, bounded, single lines.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from email.headerregistry import Address as Mailbox
from email.message import EmailMessage
from email.policy import SMTP

from agenticmail.mail.domains import mail_address
from agenticmail.message import Address, Message
from rules.actions import AutoReply, Forward
from rules.addresses import is_address
from rules.replies import MOST_HOPS, TRACE
from rules.wording import fill

LONGEST_SUBJECT = 250
_LONGEST_QUOTED = 200  # characters of somebody else's text in a placeholder
_LONGEST_TEXT = 200_000
_MOST_REFERENCES = 20
_MOST_ATTACHED = 25 * 1024 * 1024

# Lines as long as RFC 5322 allows: a shorter limit has long Message-IDs encoded, and threads broken. Seven bits, so
# that any server takes it.
_POLICY = SMTP.clone(max_line_length=998, cte_type="7bit")
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_REPLY_MARK = re.compile(r"re(\[[0-9]+\])?:", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,500}>")


def compose_reply(
    action: AutoReply, message: Message, *, to: str, from_address: str, message_id: str, now: datetime
) -> EmailMessage:
    """The automatic answer of `action` to `message`. `to` is what `may_reply` allowed."""
    values = _values(message, to, from_address)
    subject = _line(fill(action.subject, values)) if action.subject else _marked("Re: ", message.subject)
    reply = _new(from_address, to, subject or "Re:", message_id, now)
    reply["Auto-Submitted"] = "auto-replied"
    reply["X-Auto-Response-Suppress"] = "All"
    _continue_thread(reply, message)
    reply[TRACE] = from_address
    reply.set_content(fill(action.text, values)[:_LONGEST_TEXT], charset="utf-8")
    return reply


def compose_forward(
    action: Forward, message: Message, raw: bytes, *, from_address: str, message_id: str, now: datetime
) -> EmailMessage:
    """`message` sent on: its text for the reader, and `raw`, the whole of it, attached as it came."""
    forward = _new(from_address, action.to, _marked("Fwd: ", message.subject), message_id, now)
    forward["Auto-Submitted"] = "auto-generated"
    forward["X-Auto-Response-Suppress"] = "All"
    _continue_thread(forward, message)
    answers = (mail_address(each.address) for each in (*message.reply_to, message.from_) if is_address(each.address))
    if answer := next(filter(str.isascii, answers), ""):  # the text names them all, and any server takes this one
        forward["Reply-To"] = _mailbox(answer)
    for address in (*_trace(message), from_address):
        forward.add_header(TRACE, address)
    forward.set_content(_introduction(message) + message.text[:_LONGEST_TEXT], charset="utf-8")
    _attach(forward, raw)
    return forward


def _new(from_address: str, to: str, subject: str, message_id: str, now: datetime) -> EmailMessage:
    from_address, to = mail_address(from_address), mail_address(to)
    plain = from_address.isascii() and to.isascii()
    mail = EmailMessage(policy=_POLICY if plain else _POLICY.clone(utf8=True))  # RFC 6531 for what is before the @
    mail["From"] = _mailbox(from_address)
    mail["To"] = _mailbox(to)
    mail["Subject"] = subject
    mail["Date"] = now
    mail["Message-ID"] = message_id
    return mail


def _mailbox(address: str) -> Mailbox:
    local, _, domain = address.rpartition("@")
    return Mailbox(username=local, domain=domain)


def _continue_thread(mail: EmailMessage, message: Message) -> None:
    """RFC 5322 section 3.6.4, keeping the start of a long thread and its end."""
    if not message.message_id or not _MESSAGE_ID.fullmatch(message.message_id):
        return
    before = message.references or ((message.in_reply_to,) if message.in_reply_to else ())
    chain = [one for one in before if one and one != message.message_id and _MESSAGE_ID.fullmatch(one)]
    if len(chain) >= _MOST_REFERENCES:
        chain = [chain[0], *chain[2 - _MOST_REFERENCES :]]
    mail["In-Reply-To"] = message.message_id
    mail["References"] = " ".join((*chain, message.message_id))


def _values(message: Message, to: str, from_address: str) -> dict[str, str]:
    address = message.from_.address or to  # a message need not name who wrote it
    return {
        "sender_name": _line(message.from_.name or address, _LONGEST_QUOTED),
        "sender_address": _line(address, _LONGEST_QUOTED),
        "subject": _line(message.subject, _LONGEST_QUOTED),
        "date": f"{message.received_at:%Y-%m-%d}",
        "own_address": from_address,
    }


def _marked(mark: str, subject: str) -> str:
    """`subject` with one mark of a reply or forward before it."""
    subject = _line(subject)
    already = _REPLY_MARK.match(subject) if mark == "Re: " else subject.lower().startswith(("fwd:", "fw:"))
    return subject if already else (mark + subject).strip()


def _line(text: str, longest: int = LONGEST_SUBJECT) -> str:
    """`text` as one line of text, of bounded length."""
    text = _UNFIT.sub(" ", text).strip()
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _trace(message: Message) -> Iterable[str]:
    return [value for value in message.header_all(TRACE) if is_address(value)][-MOST_HOPS:]


def _introduction(message: Message) -> str:
    """Who wrote what to whom, as mail programs begin what they forward."""
    lines = [
        "---------- Forwarded message ----------",
        f"From: {_readable([message.from_])}",
        f"Date: {message.date or message.received_at:%a, %d %b %Y %H:%M:%S %z}",
        f"Subject: {_line(message.subject)}",
        f"To: {_readable(message.to)}",
    ]
    if message.cc:
        lines.append(f"Cc: {_readable(message.cc)}")
    return "\n".join(lines) + "\n\n"


def _readable(addresses: Iterable[Address]) -> str:
    shown = (f"{each.name} <{each.address}>" if each.name else each.address for each in addresses)
    return _line(", ".join(shown), 2000)


def _attach(mail: EmailMessage, raw: bytes) -> None:
    """`raw` as a message where it can travel as one (RFC 2046 section 5.2.1 forbids to encode it), else as a file."""
    whole = raw[:_MOST_ATTACHED]
    lines = whole.split(b"\r\n")
    travels = whole.isascii() and not any(len(line) > 998 or b"\n" in line or b"\r" in line for line in lines)
    if travels and b"\0" not in whole:
        part = EmailMessage(policy=_POLICY)
        part["Content-Type"] = "message/rfc822"
        part["Content-Disposition"] = 'attachment; filename="message.eml"'
        part.set_payload(whole.decode("ascii"))
        mail.make_mixed()
        mail.attach(part)
    else:
        mail.add_attachment(whole, maintype="application", subtype="octet-stream", filename="message.eml")
