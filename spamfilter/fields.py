"""What the header fields of a message say, undisguised: subject, senders, programs, who signed. Pure; bounded."""

import re

from agenticmail.message import Address, Message
from spamfilter.folding import fold, plain, words_of
from spamfilter.names import ascii_host
from spamfilter.once import once

_LIST_TAG = re.compile(r"^\s*(?:(?:re|fwd?|aw|sv)\s*:\s*)?\[[^\]]{1,60}\]\s*", re.IGNORECASE)
_REPLY_TAG = re.compile(r"^\s*(?:re|fwd?|aw|sv)\s*:\s*", re.IGNORECASE)
_ENCODED_HEADERS = ("subject", "from", "to", "reply-to")
_DIGIT = re.compile(r"\d")
_SIGNER = re.compile(r"(?:^|;)\s*d\s*=\s*([^;\s]{1,255})")


class Fields:
    """The header fields of a message; everything is worked out when first asked for, and once."""

    def __init__(self, message: Message) -> None:
        self.message = message

    def header(self, name: str) -> str | None:
        """The first value of header `name` (lower case), decoded; None where the message has none."""
        values = self._headers.get(name)
        return values[0] if values else None

    def header_count(self, name: str) -> int:
        """How many headers of that name (lower case) there are."""
        return len(self._headers.get(name, ()))

    @once
    def _headers(self) -> dict[str, list[str]]:
        """The values by name, in order."""
        found: dict[str, list[str]] = {}
        for name, value in self.message.headers:
            if name in found:
                found[name].append(value)
            else:
                found[name] = [value]
        return found

    @once
    def raw_headers(self) -> list[tuple[str, bytes]]:
        """Subject and addresses as they were sent."""
        return [
            field
            for field in self.message.raw_headers[:100]
            if len(field[0]) < 9 and field[0].lower() in _ENCODED_HEADERS
        ]

    @once
    def senders(self) -> tuple[str, ...]:
        """Addresses that claim to have sent it: From, Sender, envelope; lower case, domain in ASCII form."""
        message = self.message
        claimed = [message.from_.address, message.sender.address if message.sender else "", message.return_path or ""]
        return tuple(dict.fromkeys(address for text in claimed if (address := address_key(text))))

    @once
    def sender_domain(self) -> str:
        return ascii_host(self.message.from_.domain)

    @once
    def sender_name(self) -> str:
        """The display name of the From, undisguised."""
        return plain(self.message.from_.name[:300]).strip()

    @once
    def sender_name_folded(self) -> str:
        return fold(self.sender_name)

    @once
    def subject(self) -> str:
        """The subject, undisguised, without the tag of a mailing list."""
        text = plain(self.message.subject[:1_000])
        tag = _LIST_TAG.match(text)
        if not tag:
            return text
        reply = _REPLY_TAG.match(text)
        return (reply[0] if reply else "") + text[tag.end() :]

    @once
    def subject_figures(self) -> bool:
        """Whether a digit stands in the subject."""
        return bool(_DIGIT.search(self.subject))

    @once
    def subject_folded(self) -> str:
        return f" {fold(self.message.subject[:1_000])} "

    @once
    def subject_words(self) -> list[str]:
        return words_of(self.subject_folded)

    @once
    def via_list(self) -> bool:
        """Whether a mailing list sent it on; then envelope and answers are the list's. No credit in itself."""
        return bool(self.header("list-post") or self.header("x-beenthere") or self.header("x-mailman-version"))

    @once
    def delivered_to(self) -> tuple[Address, ...]:
        """The mailbox it was put into, where the server wrote that down."""
        named = [self.header(name) for name in ("delivered-to", "x-original-to", "envelope-to")]
        return tuple([Address(address=text.strip(" <>")) for text in named if text and "@" in text])

    @once
    def mailer(self) -> str:
        return (self.header("x-mailer") or self.header("user-agent") or "")[:200]

    @once
    def dkim_domains(self) -> tuple[str, ...]:
        """Who signed, by the signatures (RFC 6376 section 3.5); whether they hold is another matter."""
        values = [value[:2_000] for value in self._headers.get("dkim-signature", ())[:5]]
        return tuple(host for value in values if (found := _SIGNER.search(value)) and (host := ascii_host(found[1])))


def address_key(text: str) -> str:
    """An address in its normal form: lower case, domain in ASCII form; "" where it is none."""
    local, _, domain = text.strip().strip("<>").lower().rpartition("@")
    host = ascii_host(domain)
    return f"{local}@{host}" if local and host else ""
