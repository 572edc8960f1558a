"""Hands one composed mail to the mail server, with a null envelope sender (RFC 3834 section 3.3).

Through Django's mail backend (EMAIL_URL), or the SMTP account of the mailbox where it has one. What matters is to
know afterwards whether it may have gone out.
"""

import smtplib
from email import message_from_bytes
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend

from agenticmail.mail.domains import mail_address
from mailevents.delivering.tasks import Mail
from mailevents.errors import MailEventsError

DEFINITE = (
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPNotSupportedError,
)
NO_UTF8 = "the mail server takes no address with letters beyond ASCII before its @ (it has no SMTPUTF8)"
UNSPEAKABLE = "the host's name, the user or the password holds characters that cannot be sent"


class NotSent(MailEventsError):
    """It certainly did not go out. `lasting`: nor would it at a second attempt."""

    def __init__(self, reason: str, *, lasting: bool) -> None:
        super().__init__(reason)
        self.lasting = lasting


class PerhapsSent(MailEventsError):
    """The connection broke at a moment when the server may have taken it."""


class _Composed(EmailMessage):
    """A mail that is ready, for backends that are no SMTP."""

    def __init__(self, mail: Mail) -> None:
        super().__init__(to=[mail.to])
        self._raw = mail.raw

    def message(self, *, policy: Any = None) -> Any:
        return message_from_bytes(self._raw)


def send(mail: Mail, account: dict[str, Any]) -> None:
    """Sends it. Raises NotSent or PerhapsSent. `account`: arguments of Django's backend, empty for EMAIL_URL's."""
    backend = get_connection(**account)
    try:
        if isinstance(backend, EmailBackend):
            _over_smtp(backend, mail)
        else:
            backend.send_messages([_Composed(mail)])
    except DEFINITE as error:
        if isinstance(error, smtplib.SMTPDataError) and not _is_refusal(error):
            raise PerhapsSent(_words(error)) from None
        raise NotSent(_words(error), lasting=_is_lasting(error)) from None
    except (smtplib.SMTPException, OSError) as error:
        raise PerhapsSent(_words(error)) from None


def _over_smtp(backend: EmailBackend, mail: Mail) -> None:
    try:
        connection = _greeted(backend)
        to = mail_address(mail.to)
        options = () if to.isascii() and mail.raw.isascii() else ("SMTPUTF8",)  # RFC 6531
        if options and not connection.has_extn("smtputf8"):
            raise NotSent(NO_UTF8, lasting=True)
        connection.sendmail("", [to], mail.raw, mail_options=options)
    finally:
        backend.close()


def _greeted(backend: EmailBackend) -> smtplib.SMTP:
    """Connected, logged in where it is to, and told what the server can."""
    try:
        backend.open()
        connection = backend.connection
        assert connection is not None
        connection.ehlo_or_helo_if_needed()
    except smtplib.SMTPResponseException:
        raise
    except (smtplib.SMTPException, OSError) as error:
        raise NotSent(f"{backend.host}:{backend.port}: {_words(error)}", lasting=False) from None
    except UnicodeError:  # of a name that no host has, or a password beyond ASCII (smtplib)
        raise NotSent(f"{backend.host}:{backend.port}: {UNSPEAKABLE}", lasting=True) from None
    return connection


def _is_refusal(error: smtplib.SMTPDataError) -> bool:
    """Of a whole mail smtplib takes anything but 250 for one: another yes, or what is no answer at all."""
    return 400 <= error.smtp_code < 600


def _is_lasting(error: smtplib.SMTPException) -> bool:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500


def _words(error: BaseException) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        return f"{code} {_text(words)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return " ".join(str(error).split())[:300] or type(error).__name__


def _text(words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(text.split())[:300]
