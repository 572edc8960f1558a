"""An SMTP server that keeps what it is given, and can refuse, stall or hang up at any step."""

import asyncio
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any, Literal, cast
from weakref import WeakSet

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.servers.loop import Loop
from tests.servers.ports import free_port
from tests.servers.waiting import wait_for

Step = Literal["MAIL", "RCPT", "DATA"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One mail as it came in: the envelope, and its bytes."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        return BytesParser(policy=default).parsebytes(self.raw)


class SmtpSink:
    """A server on a free port, running from its making to `close`. `mails` is what was accepted, in order."""

    def __init__(self) -> None:
        self.mails: list[Sent] = []
        self.attempts = 0  # connections, whatever became of them
        self.smtputf8 = True  # whether it takes addresses of RFC 6531
        self._answers: dict[Step, str] = {}
        self._stalled: set[Step] = set()
        self._hung_up: set[Step] = set()
        self._go_on = asyncio.Event()
        self._sessions: WeakSet[SMTP] = WeakSet()
        self._loop = Loop("smtp-sink")
        self._server: asyncio.Server | None = None
        self.host, self.port = "127.0.0.1", free_port()
        self.start()

    @property
    def url(self) -> str:
        """For EMAIL_URL."""
        return f"smtp://{self.host}:{self.port}"

    def start(self) -> None:
        """Listens (again), on the same port."""
        if self._server is None:
            self._server = self._loop.run(self._listen())

    def stop(self) -> None:
        """Refuses connections from now on, as a server that is down."""
        if self._server is not None:
            self._loop.stop(self._server)
            self._server = None

    def refuse(self, answer: str = "550 5.7.1 not here", at: Step = "RCPT") -> None:
        """From now on `at` is answered with `answer`."""
        self._answers[at] = answer

    def stall(self, at: Step = "DATA") -> None:
        """From now on `at` is not answered; for DATA, after the whole mail was taken in and kept."""
        self._stalled.add(at)

    def hang_up(self, at: Step = "DATA") -> None:
        """From now on the connection is closed instead of answering `at`; a mail is kept before that."""
        self._hung_up.add(at)

    def behave(self) -> None:
        """Back to accepting everything; what was stalled is answered."""
        self._answers.clear()
        self._stalled.clear()
        self._hung_up.clear()
        self.smtputf8 = True
        self._loop.call(self._release)

    def wait(self, count: int, within: float = 10.0) -> list[Sent]:
        """The mails, once there are `count`."""
        wait_for(lambda: len(self.mails) >= count, f"{count} mails at the SMTP sink", within=within)
        return self.mails

    def close(self) -> None:
        self.stop()
        self._loop.call(self._abort)
        self._loop.close()

    def __enter__(self) -> "SmtpSink":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # aiosmtpd's names for its hooks
    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return await self._answer("MAIL", server)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = await self._answer("RCPT", server)
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if not self._answers.get("DATA"):
            raw = cast(bytes, envelope.original_content)
            self.mails.append(Sent(sender=envelope.mail_from or "", recipients=tuple(envelope.rcpt_tos), raw=raw))
        return await self._answer("DATA", server)

    async def _answer(self, step: Step, server: SMTP) -> str:
        if step in self._hung_up:
            cast(asyncio.Transport, server.transport).abort()
        if step in self._stalled:
            await self._go_on.wait()
        return self._answers.get(step) or "250 OK"

    def _release(self) -> None:
        self._go_on.set()
        self._go_on = asyncio.Event()

    async def _listen(self) -> asyncio.Server:
        return await asyncio.get_running_loop().create_server(self._protocol, self.host, self.port)

    def _protocol(self) -> Any:
        self.attempts += 1
        session = SMTP(self, hostname="sink.test", enable_SMTPUTF8=self.smtputf8, loop=asyncio.get_running_loop())
        self._sessions.add(session)
        return session

    def _abort(self) -> None:
        for session in list(self._sessions):
            if session.transport is not None:
                cast(asyncio.Transport, session.transport).abort()
