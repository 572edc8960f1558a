"""Both sides in one thread with a loop of its own, callable from any thread."""

import asyncio
import threading
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any, TypeVar

from mailevents.embedded.imap import ImapServer
from mailevents.embedded.smtp import SmtpDoor

T = TypeVar("T")
PATIENCE_S = 20  # for one call into the loop's thread


class EmbeddedMail:
    """A mailbox for every address in `passwords`; the address is the login name.

    `without`: capabilities not to announce (IDLE, MOVE, UIDPLUS). `catch_all`: the address whose mailbox takes
    mail for addresses that have none; without it such mail is refused.
    """

    def __init__(
        self,
        passwords: Mapping[str, str],
        *,
        host: str = "127.0.0.1",
        imap_port: int = 0,
        smtp_port: int = 0,
        without: Sequence[str] = (),
        catch_all: str = "",
    ) -> None:
        self.host, self.imap_port, self.smtp_port = host, imap_port, smtp_port
        self._passwords = {address.lower(): password for address, password in passwords.items()}
        self._imap = ImapServer(without=without)
        self._smtp = SmtpDoor(self._passwords, self._imap.append, catch_all.lower())
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="embedded-mail", daemon=True)

    def start(self) -> "EmbeddedMail":
        """Returns when both ports listen. OSError, naming the port, where one is taken."""
        self._thread.start()
        try:
            self._run(self._open())
        except OSError:
            self.close()
            raise
        return self

    def close(self) -> None:
        """Says goodbye on every connection; what the mailboxes held is gone."""
        if self._loop.is_closed():
            return
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE_S)
        self._loop.close()

    def __enter__(self) -> "EmbeddedMail":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, address: str, password: str) -> None:
        """A new mailbox, or a new password."""
        self._run(self._imap.add(address.lower(), password))
        self._passwords[address.lower()] = password

    def deliver(self, address: str, raw: bytes, folder: str = "INBOX") -> None:
        """Mail in, past SMTP; a missing folder is created. KeyError for an unknown address."""
        self._run(self._imap.append(address.lower(), raw, folder))

    def is_watched(self, address: str) -> bool:
        """Whether a session is in IDLE on one of the mailbox's folders."""
        return self._imap.idling[address.lower()] > 0

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE_S)

    async def _open(self) -> None:
        for address, password in self._passwords.items():
            await self._imap.add(address, password)
        self.imap_port = await self._imap.open(self.host, self.imap_port)
        self.smtp_port = await self._smtp.open(self.host, self.smtp_port)

    async def _end(self) -> None:
        self._smtp.close()
        await self._imap.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
