"""What a file declares of agents, as values, before it is compared with any row."""

from collections.abc import Sequence
from dataclasses import dataclass

from mailevents.accounts import SmtpUrlInvalid, parse_smtp_url
from mailevents.configuration.entries import Entry
from mailevents.imap.connecting import Account
from mailevents.imap.url import ImapUrlError, parse_imap_url
from mailevents.models import Watch

KEYS = ("name", "parent", "email", "imap", "smtp", "spam_threshold", "watch", "authserv_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """One `[[agent]]`. What is left out is the default, but for the accounts, which then stay as they are."""

    entry: Entry
    name: str
    parent: str | None
    email: str
    account: Account | None
    smtp: str | None  # empty: the installation's
    spam_threshold: float | None
    watch: str
    authserv_id: str | None


def declared_agents(entries: Sequence[Entry]) -> list[Declared]:
    """Every `[[agent]]` that has a name, each name once; mistakes are noted with the entries."""
    return _once(list(filter(None, map(_declared, entries))))


def _declared(entry: Entry) -> Declared | None:
    entry.only(*KEYS)
    name = entry.text("name", takes="a name of letters, digits, dots, dashes and underscores", required=True)
    declared = Declared(
        entry=entry,
        name=name or "",
        parent=entry.text("parent", takes="the name of an agent"),
        email=entry.text("email", takes="an address") or "",
        account=_account(entry),
        smtp=_smtp(entry),
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


def _smtp(entry: Entry) -> str | None:
    if entry.data.get("smtp") == "":
        return ""
    url = entry.text("smtp", takes="smtp+tls://user:pass@host:587, or an empty text for none")
    try:
        if url:
            parse_smtp_url(url)
    except SmtpUrlInvalid as error:
        entry.wrong("smtp", str(error))
        return None
    return url


def _once(declared: list[Declared]) -> list[Declared]:
    first: dict[str, Declared] = {}
    for one in declared:
        if first.setdefault(one.name, one) is not one:
            one.entry.wrong("name", f"{one.name!r} is declared already, by {first[one.name].entry.place}")
    return list(first.values())
