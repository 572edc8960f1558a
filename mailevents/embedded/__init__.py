"""A mail server of our own, in memory, for the demo and the tests: SMTP in, mailboxes, IMAP with IDLE.

Made of pymap and aiosmtpd, so it needs no system package and no root. It is not a mail server to run in earnest:
what it holds is gone when it stops, and it speaks no TLS. It knows nothing of agents, rules or Django.
"""

from mailevents.embedded.server import EmbeddedMail

__all__ = ["EmbeddedMail"]
