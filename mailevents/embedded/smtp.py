"""The SMTP side: takes mail for the mailboxes there are, by recipient address (RFC 5321)."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Container
from typing import cast

from aiosmtpd.smtp import SMTP, Envelope, Session

log = logging.getLogger(__name__)


class SmtpDoor:
    """Mail to an address in `mailboxes` goes to `deliver(address, raw)`; all other mail to the mailbox `catch_all`,
    or, where none is named, is refused.
    """

    def __init__(
        self, mailboxes: Container[str], deliver: Callable[[str, bytes], Awaitable[None]], catch_all: str = ""
    ) -> None:
        self._mailboxes, self._deliver, self._catch_all = mailboxes, deliver, catch_all
        self._server: asyncio.Server | None = None

    async def open(self, host: str, port: int) -> int:
        """Listens; the port, which is a free one where `port` is 0. OSError where it is taken."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: SMTP(self, hostname="embedded", enable_SMTPUTF8=True, loop=loop), host, port
        )
        return int(self._server.sockets[0].getsockname()[1])

    def close(self) -> None:
        if self._server is not None:
            self._server.close()

    # aiosmtpd's names for its hooks
    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        mailbox = self._mailbox(address)
        if not mailbox:
            return "550 5.1.1 No mailbox here has this address"
        if mailbox not in envelope.rcpt_tos:
            envelope.rcpt_tos.append(mailbox)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        raw = cast(bytes, envelope.original_content)
        for mailbox in envelope.rcpt_tos:
            try:
                await self._deliver(mailbox, raw)
            except Exception:  # whatever a hostile message does to the store, the sender gets an answer
                log.exception("could not store a message for %s", mailbox)
                return "554 5.6.0 This message cannot be stored"
        return "250 2.0.0 OK"

    def _mailbox(self, address: str) -> str:
        address = address.lower()
        return address if address in self._mailboxes else self._catch_all
