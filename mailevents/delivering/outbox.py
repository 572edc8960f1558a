"""Sends what rules ask for, on a few threads of its own: a slow mail server holds up nobody but its own message.

A mail is claimed and marked `sending`, committed, before SMTP is spoken to; found so after a crash it is never sent
again, and its status is `unknown`.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager

from django.db import connections
from django.db.utils import DatabaseError, InterfaceError
from django.utils import timezone

from mailevents.accounts import SmtpUrlInvalid, smtp_account
from mailevents.delivering.faults import reach
from mailevents.delivering.smtp import NotSent, PerhapsSent, send
from mailevents.delivering.tasks import FAILED, SENDING, SENT, SUPPRESSED, UNKNOWN, Task
from mailevents.errors import ProcessEnds, SecretUnreadable
from mailevents.eventlog.writer import Writer
from mailevents.logs import about
from mailevents.models import Delivery, Mailbox
from rules.actions import AutoReply, Forward
from rules.history import Claim, claim_forward, claim_reply, release
from rules.replies import Suppressed

THREADS = 4
LIMIT_S = 60.0  # how long a message waits for its mails; then it is not known what became of them
AT_THE_END_S = 3.0  # for what is under way as the process ends
ATTEMPTS, PAUSE_S = 2, 2.0  # where it is certain that the first did not get through

logger = logging.getLogger(__name__)


class Outbox:
    """The mails of open deliveries. `submit` answers at once."""

    def __init__(self, writer: Writer, pause: Callable[[float], None] = time.sleep) -> None:
        self._writer, self._pause = writer, pause
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="smtp")
        self._busy: dict[int, tuple[float, Future[None]]] = {}
        self._lock = threading.Lock()
        self._closing = False

    def submit(self, row_id: int) -> "Future[None]":
        """Sends the open mails of a delivery; done when each has its status on the row. ProcessEnds when it is late."""
        with self._lock:
            if row_id not in self._busy:
                try:
                    self._busy[row_id] = (time.monotonic(), self._pool.submit(self._send_all, row_id))
                except RuntimeError:
                    raise ProcessEnds from None
            return self._busy[row_id][1]

    def pending(self, row_id: int) -> "Future[None] | None":
        """What is still under way for a delivery, and not for longer than it may be."""
        with self._lock:
            began, future = self._busy.get(row_id, (0.0, None))
        return future if future and not future.done() and time.monotonic() - began < LIMIT_S else None

    def close(self, within_s: float = AT_THE_END_S) -> None:
        """Waits for the mails that are under way; the next are sent by whoever has the mailbox next."""
        self._closing = True
        self._pool.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            under_way = [future for _began, future in self._busy.values()]
        wait(under_way, within_s)

    def _send_all(self, row_id: int) -> None:
        try:
            row = Delivery.objects.filter(pk=row_id).values_list("mailbox_id", "steps").first()
            if row is None:
                return
            mailbox_id, steps = row
            for number, step in enumerate(steps):
                if Task.of(step).to_send and not self._closing:
                    self._send(row_id, mailbox_id, number)
        except (DatabaseError, InterfaceError) as error:  # what is marked stays marked; the rest is sent later
            logger.warning("The mails of delivery %d could not be sent now: %s", row_id, error)
            connections.close_all()
        except Exception:  # the delivery goes on with what the row says
            logger.exception("The mails of delivery %d could not be sent", row_id)
        finally:
            with self._lock:
                self._busy.pop(row_id, None)

    def _send(self, row_id: int, mailbox_id: int, number: int) -> None:
        claimed = self._writer.run(lambda: _claim(row_id, mailbox_id, number))
        if claimed is None:
            return
        task, claim = claimed
        reach("claimed")
        status, reason = self._deliver(mailbox_id, task)
        reach("sent")

        def settle() -> None:
            with _step(row_id, number) as task:
                if task is not None:
                    task.settle(status, reason)
            if status == FAILED:
                release(claim)

        self._writer.run(settle)
        reach("answered")

    def _deliver(self, mailbox_id: int, task: Task) -> tuple[str, str]:
        assert task.mail is not None
        try:
            account = smtp_account(mailbox_id)
        except (SecretUnreadable, SmtpUrlInvalid) as error:
            logger.warning("a mail of rule %d was not sent: %s", task.rule_id, error, extra=about(mailbox=mailbox_id))
            return FAILED, str(error)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                send(task.mail, account)
            except NotSent as error:
                if error.lasting or attempt == ATTEMPTS:
                    logger.warning(
                        "a mail of rule %d was not sent: %s", task.rule_id, error, extra=about(mailbox=mailbox_id)
                    )
                    return FAILED, str(error)
                self._pause(PAUSE_S)
            except PerhapsSent as error:
                logger.warning(
                    "a mail of rule %d may not be sent: %s", task.rule_id, error, extra=about(mailbox=mailbox_id)
                )
                return UNKNOWN, str(error)
            else:
                break
        return SENT, ""


# -- inside the writer's transaction, where no other process is in one


def _claim(row_id: int, mailbox_id: int, number: int) -> tuple[Task, Claim] | None:
    """The right to send, with the mark that it may be under way. None where it is not to be sent (any more)."""
    with _step(row_id, number) as task:
        if task is None or not task.to_send:  # another process was quicker
            return None
        agent_id = Mailbox.objects.values_list("agent_id", flat=True).get(pk=mailbox_id)
        claimed = _claimed(task, agent_id)
        if isinstance(claimed, Suppressed):
            task.settle(SUPPRESSED, claimed.reason)
            return None
        task.settle(SENDING)
        return task, claimed


@contextmanager
def _step(row_id: int, number: int) -> Iterator[Task | None]:
    """One step of a delivery as it now is; what is changed of it is saved. None where the delivery is done with."""
    steps = Delivery.objects.filter(pk=row_id).values_list("steps", flat=True).first()
    if steps is None:
        yield None
        return
    task = Task.of(steps[number])
    yield task
    steps[number] = task.as_dict()
    Delivery.objects.filter(pk=row_id).update(steps=steps)


def _claimed(task: Task, agent_id: int) -> Claim | Suppressed:
    assert task.mail is not None
    now = timezone.now()
    if isinstance(task.action, AutoReply):
        return claim_reply(task.action, agent_id=agent_id, rule_id=task.rule_id, to=task.mail.to, now=now)
    assert isinstance(task.action, Forward)
    return claim_forward(task.action, agent_id=agent_id, rule_id=task.rule_id, now=now)
