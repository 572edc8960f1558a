"""What can go wrong on the way of a message, each with what the user should do.

`str(error)` is fit to be shown to an administrator: plain words, no traceback, no secret.
"""


class MailEventsError(Exception):
    """Base of all errors here."""


class SecretUnreadable(MailEventsError):
    def __init__(self) -> None:
        super().__init__(
            "The stored password cannot be decrypted with any key of AGENTICMAIL_MAILBOX_KEYS. "
            "Add the key that it was stored with, or enter the password again."
        )


class MailboxError(MailEventsError):
    """The mailbox cannot be watched now. The session it came from is of no more use."""


class Unreachable(MailboxError):
    """The server's name or port does not answer."""


class TlsFailed(MailboxError):
    """No trustworthy TLS with the server."""


class LoginRefused(MailboxError):
    """The server does not take the user and password."""


class FolderMissing(MailboxError):
    """The folder to watch cannot be selected."""


class ConnectionLost(MailboxError):
    """The connection broke, stalled, or the server said goodbye."""


class ProcessEnds(MailboxError):
    """What is begun now would not be finished; it is taken up again after the start."""

    def __init__(self) -> None:
        super().__init__("This process ends.")


class LeaseLost(MailboxError):
    """Another process holds the mailbox by now: what is done to it is that one's to do."""

    def __init__(self) -> None:
        super().__init__("Another process has taken the mailbox over.")


class CommandRefused(MailEventsError):
    """The server answered NO or BAD to one command; the session goes on."""


class CannotListen(MailEventsError):
    """A port to serve on cannot be had."""


class DatabaseNotReady(MailEventsError):
    """Nothing can be served from this database."""
