"""What can go wrong on the way of a message, each with what the user should do."""


class MailEventsError(Exception):
    """Base of all errors here; `str()` is fit to be shown to an administrator."""


class SecretUnreadable(MailEventsError):
    def __init__(self) -> None:
        super().__init__(
            "The stored password cannot be decrypted with any key of AGENTICMAIL_MAILBOX_KEYS. "
            "Add the key that it was stored with, or enter the password again."
        )
