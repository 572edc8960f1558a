"""Tries the mailboxes of several agents side by side, for the admin."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from mailevents.enrolment import account_of
from mailevents.errors import MailEventsError
from mailevents.imap.check import check_mailbox, passed
from mailevents.imap.connecting import Account
from mailevents.imap.steps import Finding
from mailevents.models import Agent

MOST = 10  # at a time: the page waits for the slowest
WHOLE_S = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What trying one agent's mailbox found."""

    agent: Agent
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        return passed(self.findings)


def try_all(agents: Sequence[Agent]) -> list[Trial]:
    """One trial for each agent, in order, in at most about WHOLE_S seconds."""
    accounts: list[Account | Finding] = []  # a finding where there is no account to try
    for agent in agents:
        try:
            accounts.append(account_of(agent))
        except MailEventsError as error:
            accounts.append(Finding(step="settings", status="failed", message=str(error)))
    with ThreadPoolExecutor(MOST, thread_name_prefix="trial") as pool:
        found = pool.map(_findings, accounts)
    return [Trial(agent=agent, findings=findings) for agent, findings in zip(agents, found, strict=True)]


def _findings(account: Account | Finding) -> tuple[Finding, ...]:
    return (account,) if isinstance(account, Finding) else check_mailbox(account, limit=WHOLE_S)
