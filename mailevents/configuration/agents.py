"""Agents and their mailboxes as a file declares them. A parent may come later in the file than its children."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from mailevents.configuration.changes import Change, changed, created, differences
from mailevents.configuration.entries import Entry
from mailevents.connecting import Account
from mailevents.enrolment import account_of, hint, mailbox_of, save_account
from mailevents.errors import SecretUnreadable
from mailevents.imap_url import ImapUrlError, parse_imap_url
from mailevents.models import Agent, Mailbox, Watch
from mailevents.secrets import encrypt

KEYS = ("name", "parent", "email", "imap", "spam_threshold", "watch", "authserv_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """One `[[agent]]`. What is left out is the default, but for the mailbox, which then stays as it is."""

    entry: Entry
    name: str
    parent: str | None
    email: str
    account: Account | None
    spam_threshold: float | None
    watch: str
    authserv_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What became of the section: every agent by name, and which of them are new."""

    changes: list[Change]
    new: list[Agent]


def load_agents(entries: Sequence[Entry]) -> Loaded:
    """Makes the rows what `entries` declare; mistakes are noted there. Runs in the caller's transaction."""
    declared = _once(list(filter(None, map(_declared, entries))))
    rows = {agent.name: agent for agent in Agent.objects.filter(name__in=[one.name for one in declared])}
    loaded = Loaded(changes=[], new=[])
    for one in declared:
        if one.name in rows:
            loaded.changes.extend(changed(f"agent {one.name}", _update(rows[one.name], one)))
        elif agent := _create(one):
            rows[one.name] = agent
            loaded.new.append(agent)
            loaded.changes.append(created(f"agent {one.name}"))
    loaded.changes.extend(_place(declared, rows, new={agent.name for agent in loaded.new}))
    return loaded


def _declared(entry: Entry) -> Declared | None:
    entry.only(*KEYS)
    name = entry.text("name", takes="a name of letters, digits, dots, dashes and underscores", required=True)
    declared = Declared(
        entry=entry,
        name=name or "",
        parent=entry.text("parent", takes="the name of an agent"),
        email=entry.text("email", takes="an address") or "",
        account=_account(entry),
        spam_threshold=entry.number_of("spam_threshold", 0.1, 1000),
        watch=entry.choice("watch", Watch.values) or Watch.STREAMS,
        authserv_id=entry.text("authserv_id", takes="the authserv-id of the receiving server"),
    )
    return declared if name else None


def _account(entry: Entry) -> Account | None:
    url = entry.text("imap", takes="imaps://user:pass@host:993/INBOX")
    try:
        return parse_imap_url(url) if url else None
    except ImapUrlError as error:
        entry.wrong("imap", str(error))
        return None


def _once(declared: list[Declared]) -> list[Declared]:
    first: dict[str, Declared] = {}
    for one in declared:
        if first.setdefault(one.name, one) is not one:
            one.entry.wrong("name", f"{one.name!r} is declared already, by {first[one.name].entry.place}")
    return list(first.values())


def _create(one: Declared) -> Agent | None:
    agent = Agent(name=one.name, email=one.email, spam_threshold=one.spam_threshold)
    if not _valid(agent, one.entry, exclude={"parent"}):
        return None
    agent.save()
    if one.account is not None:
        _save(_with_rest(mailbox_of(agent, one.account), one), one.entry)
    elif {"watch", "authserv_id"} & one.entry.data.keys() and "imap" not in one.entry.data:
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
    mailbox = Mailbox.objects.filter(agent=agent).first()
    if mailbox is None:
        if one.account is None:
            return []
        _save(_with_rest(mailbox_of(agent, one.account), one), one.entry)
        return ["mailbox: none -> " + f"{one.account.user} at {one.account.host}"]
    before = _settings(mailbox)
    details = []
    if one.account is not None:
        if _password(agent) != one.account.password:
            mailbox.password_encrypted = encrypt(one.account.password)
            details.append("password: another")
        for name, value in asdict(one.account).items():
            if name != "password":
                setattr(mailbox, name, value)
    details += differences(before, _settings(_with_rest(mailbox, one)))
    if details:
        _save(mailbox, one.entry)
    return details


def _with_rest(mailbox: Mailbox, one: Declared) -> Mailbox:
    mailbox.watch = one.watch
    if one.authserv_id is not None:
        mailbox.authserv_id = one.authserv_id
    return mailbox


def _settings(mailbox: Mailbox) -> dict[str, object]:
    names = ("host", "port", "security", "user", "folder", "watch", "authserv_id")
    return {name: getattr(mailbox, name) for name in names}


def _password(agent: Agent) -> str | None:
    try:
        return account_of(agent).password
    except SecretUnreadable:
        return None


def _save(mailbox: Mailbox, entry: Entry) -> None:
    if _valid(mailbox, entry):
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


def _place(declared: Sequence[Declared], rows: Mapping[str, Agent], new: set[str]) -> list[Change]:
    """Puts each agent below its parent, when all are there."""
    changes: list[Change] = []
    names = {one.name for one in declared}
    wanted = {one.parent for one in declared if one.parent} - set(rows)
    above = dict(rows) | {agent.name: agent for agent in Agent.objects.filter(name__in=wanted)}
    parents: dict[str, str | None] = dict(Agent.objects.values_list("name", "parent__name"))
    for one in declared:
        agent = rows.get(one.name)
        if agent is None:
            continue
        if one.parent and one.parent not in above:
            if one.parent not in names:
                known = [*names, *Agent.objects.values_list("name", flat=True)]
                one.entry.wrong("parent", f"there is no agent named {one.parent!r}.{hint(one.parent, known)}")
            continue
        before, agent.parent = parents[agent.name], above[one.parent] if one.parent else None
        parents[agent.name] = one.parent
        if before != one.parent:
            agent.save(update_fields=("parent",))
            if one.name not in new:
                changes += changed(f"agent {one.name}", differences({"parent": before}, {"parent": one.parent}))
    _refuse_circles(declared, parents)
    return changes


def _refuse_circles(declared: Sequence[Declared], parents: Mapping[str, str | None]) -> None:
    for one in declared:
        seen, above = {one.name}, one.parent
        while above is not None and above not in seen:
            seen.add(above)
            above = parents.get(above)
        if above == one.name:
            one.entry.wrong("parent", f"{one.parent!r} is {one.name!r} itself, or below it")
