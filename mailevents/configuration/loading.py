"""Makes the rows what a configuration file declares: all of it in one transaction, or nothing."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from mailevents import tokens
from mailevents.configuration.agents import load_agents
from mailevents.configuration.changes import Change
from mailevents.configuration.entries import ConfigurationRefused, Mistake, read_entries
from mailevents.configuration.references import agents_there_are
from mailevents.configuration.sorting import load_rules
from mailevents.configuration.spam import load_list, load_signatures


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What was changed, and the tokens, by name, of the agents that were created."""

    changes: tuple[Change, ...]
    tokens: dict[str, str]


def load(file: str, content: bytes, *, dry_run: bool = False) -> Result:
    """Loads what `file` holds. ConfigurationRefused, with every mistake, where there is one: then nothing changes.

    A dry run does it all, and takes it back: it finds the same mistakes and the same differences.
    """
    try:
        return _load_whole(file, content, dry_run)
    except IntegrityError:  # somebody else has just made what was about to be made here: now it is there
        return _load_whole(file, content, dry_run)


def _load_whole(file: str, content: bytes, dry_run: bool) -> Result:
    with transaction.atomic():
        result = _load(file, content)
        if dry_run:
            transaction.set_rollback(True)
            return Result(changes=result.changes, tokens={})
    return result


def _load(file: str, content: bytes) -> Result:
    mistakes: list[Mistake] = []
    entries = read_entries(file, content, mistakes)
    loaded = load_agents(entries["agent"])
    agents = agents_there_are(entries["agent"])
    changes = [
        *loaded.changes,
        *load_list("allow", entries["allow"], agents),
        *load_list("block", entries["block"], agents),
        *load_signatures(entries["signature"]),
        *load_rules(entries["rule"], agents),
    ]
    if mistakes:
        raise ConfigurationRefused(file, mistakes)
    return Result(changes=tuple(changes), tokens=tokens.issue_each(loaded.new))
