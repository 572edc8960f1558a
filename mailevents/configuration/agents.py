"""Agents and their mailboxes as a file declares them. A parent may come later in the file than its children."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from mailevents.configuration.changes import Change, changed, created, differences
from mailevents.configuration.declared import KEYS, Declared, declared_agents
from mailevents.configuration.entries import Entry
from mailevents.configuration.placing import place
from mailevents.enrolment import mailbox_of, save_account
from mailevents.errors import SecretUnreadable
from mailevents.models import Agent, Mailbox
from mailevents.secrets import decrypt, encrypt


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What became of the section, and the agents that are new."""

    changes: list[Change]
    new: list[Agent]


def load_agents(entries: Sequence[Entry]) -> Loaded:
    """Makes the rows what `entries` declare; mistakes are noted there. Runs in the caller's transaction."""
    declared = declared_agents(entries)
    there = Agent.objects.select_related("mailbox").filter(name__in=[one.name for one in declared])
    rows = {agent.name: agent for agent in there}
    loaded = Loaded(changes=[], new=[])
    for one in declared:
        if one.name in rows:
            loaded.changes.extend(changed(f"agent {one.name}", _update(rows[one.name], one)))
        elif agent := _create(one):
            rows[one.name] = agent
            loaded.new.append(agent)
            loaded.changes.append(created(f"agent {one.name}"))
    loaded.changes.extend(place(declared, rows, new={agent.name for agent in loaded.new}))
    return loaded


def _create(one: Declared) -> Agent | None:
    agent = Agent(name=one.name, email=one.email, spam_threshold=one.spam_threshold)
    if not _valid(agent, one.entry, exclude={"parent"}):
        return None
    agent.save()
    if one.account is not None:
        _save(_with_rest(mailbox_of(agent, one.account), one), one.entry)
    elif {"watch", "authserv_id", "smtp"} & one.entry.data.keys() and "imap" not in one.entry.data:
        one.entry.wrong("imap", "is missing; without a mailbox there is nothing to watch")
    return agent


def _update(agent: Agent, one: Declared) -> list[str]:
    before = {"email": agent.email, "spam_threshold": agent.spam_threshold}
    agent.email, agent.spam_threshold = one.email, one.spam_threshold
    details = list(differences(before, {"email": agent.email, "spam_threshold": agent.spam_threshold}))
    if details and _valid(agent, one.entry, exclude={"parent"}):
        agent.save(update_fields=("email", "spam_threshold"))
    return details + _update_mailbox(agent, one)


def _update_mailbox(agent: Agent, one: Declared) -> list[str]:
    mailbox: Mailbox | None = getattr(agent, "mailbox", None)
    if mailbox is None:
        if one.account is None:
            return []
        _save(_with_rest(mailbox_of(agent, one.account), one), one.entry)
        return ["mailbox: none -> " + f"{one.account.user} at {one.account.host}"]
    before = _settings(mailbox)
    details = []
    if one.account is not None:
        if _secret(mailbox.password_encrypted) != one.account.password:
            mailbox.password_encrypted = encrypt(one.account.password)
            details.append("password: another")
        for name, value in asdict(one.account).items():
            if name != "password":
                setattr(mailbox, name, value)
    if one.smtp is not None and _secret(mailbox.smtp_url_encrypted) != one.smtp:
        details.append("smtp: another" if one.smtp else "smtp: none")
    details += differences(before, _settings(_with_rest(mailbox, one)))
    if details:
        _save(mailbox, one.entry)
    return details


def _with_rest(mailbox: Mailbox, one: Declared) -> Mailbox:
    mailbox.watch = one.watch
    if one.smtp is not None:
        mailbox.smtp_url_encrypted = encrypt(one.smtp) if one.smtp else ""
    if one.authserv_id is not None:
        mailbox.authserv_id = one.authserv_id
    return mailbox


def _settings(mailbox: Mailbox) -> dict[str, object]:
    names = ("host", "port", "security", "user", "folder", "watch", "authserv_id")
    return {name: getattr(mailbox, name) for name in names}


def _secret(encrypted: str) -> str | None:
    """None where no key fits."""
    try:
        return decrypt(encrypted) if encrypted else ""
    except SecretUnreadable:
        return None


def _save(mailbox: Mailbox, entry: Entry) -> None:
    if _valid(mailbox, entry, exclude={"agent"}):  # its agent is at hand, and was looked up
        save_account(mailbox)


def _valid(row: Agent | Mailbox, entry: Entry, exclude: set[str] | None = None) -> bool:
    try:
        row.full_clean(exclude=exclude)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            known = name if name in KEYS else "imap"
            for message in messages:
                entry.wrong(known, message if name in (known, NON_FIELD_ERRORS) else f"{name}: {message}")
        return False
    return True
