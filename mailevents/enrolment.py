"""Creates agents with their mailboxes, and finds them by name, for the commands. Refusals are in plain words."""

from collections.abc import Iterable
from difflib import get_close_matches

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction

from mailevents import accounts
from mailevents.errors import MailEventsError
from mailevents.imap.connecting import Account
from mailevents.models import Agent, Mailbox
from mailevents.secrets import encrypt
from mailevents.states import unwatched

ACCOUNT_FIELDS: tuple[str, ...] = (
    "host", "port", "security", "user", "password_encrypted", "folder", "smtp_url_encrypted", "watch", "authserv_id",
    "changed_at",
)  # fmt: skip
NOWHERE = dict.fromkeys(("uidvalidity", "last_uid", "modseq", "modseq_uid", "wanted_since"))


class Refused(MailEventsError):
    """What was asked for can't be; the message says why, and what would be right."""


def enrol(name: str, account: Account, *, email: str = "", parent: str | None = None) -> Agent:
    """A new agent with its mailbox, both or neither. Refused where a name is taken or wrong, or the parent unknown."""
    if Agent.objects.filter(name=name).exists():
        raise Refused(_taken(name))
    agent = Agent(name=name, email=email, parent=agent_named(parent) if parent else None)
    try:
        with transaction.atomic():
            agent.full_clean()
            agent.save()
            mailbox = mailbox_of(agent, account)
            mailbox.full_clean()
            mailbox.save()
    except ValidationError as error:
        raise Refused(in_words(error)) from None
    except IntegrityError:
        raise Refused(_taken(name)) from None
    return agent


def mailbox_of(agent: Agent, account: Account) -> Mailbox:
    """The row, not saved yet, for `account`."""
    return Mailbox(
        agent=agent,
        host=account.host,
        port=account.port,
        security=account.security,
        user=account.user,
        password_encrypted=encrypt(account.password),
        folder=account.folder,
    )


def save_account(mailbox: Mailbox) -> None:
    """Saves how to reach the mailbox, and nothing of how it fares, which a watcher may be writing at this moment.

    A row that now names another user's mailbox or another folder forgets its cursor, and begins a new generation:
    the same UIDs are other messages there, and that one is not watched yet.
    """
    before = Mailbox.objects.filter(pk=mailbox.pk).values("user", "folder").first() if mailbox.pk else None
    if before is None:
        mailbox.save()
        return
    fields = ACCOUNT_FIELDS
    if before != {"user": mailbox.user, "folder": mailbox.folder}:
        anew = NOWHERE | unwatched() | {"generation": mailbox.generation + 1}
        for name, value in anew.items():
            setattr(mailbox, name, value)
        fields += tuple(anew)
    mailbox.save(update_fields=fields)


def account_of(agent: Agent) -> Account:
    """How to reach the agent's mailbox. Refused where it has none, SecretUnreadable where its password is lost."""
    mailbox = Mailbox.objects.filter(agent=agent).first()
    if mailbox is None:
        raise Refused(f"Agent {agent.name} has no mailbox yet: give it one in the admin.")
    return accounts.account_of(mailbox)


def agent_named(name: str) -> Agent:
    """The agent called `name`; Refused with the nearest names where there is none."""
    try:
        return Agent.objects.get(name=name)
    except Agent.DoesNotExist:
        raise Refused(
            f"There is no agent named {name!r}.{hint(name, Agent.objects.values_list('name', flat=True))}"
        ) from None


def hint(word: str, known: Iterable[str]) -> str:
    """` Did you mean …?` where something in `known` is near `word`, else nothing."""
    near = get_close_matches(word, list(known))
    return f" Did you mean {' or '.join(near)}?" if near else ""


def in_words(error: ValidationError) -> str:
    """Each message of `error` with the name of its field."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    return " ".join(
        message if field == NON_FIELD_ERRORS else f"{field}: {message}"
        for field, messages in by_field.items()
        for message in messages
    )


def _taken(name: str) -> str:
    return f"There is already an agent named {name!r}. `issue_token {name}` gives it a further token."
