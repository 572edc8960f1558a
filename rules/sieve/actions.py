"""A run of Sieve actions as a rule's actions (RFC 5228 section 4, RFC 3894, RFC 5232, RFC 5230)."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rules.actions import Action, AutoReply, Copy, Delete, Flag, Forward, Label, MarkRead, Move, Unlabel
from rules.errors import RuleInvalid
from rules.sieve.conditions import refused
from rules.sieve.script import Node
from rules.validation import build_action

ACTIONS = frozenset({"keep", "discard", "fileinto", "redirect", "addflag", "setflag", "removeflag", "vacation", "stop"})
_SYSTEM_FLAGS: dict[str, Action] = {"\\seen": MarkRead(), "\\flagged": Flag()}
_UNITS = ((86400, "d"), (3600, "h"), (60, "m"), (1, "s"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What actions in a row do. `keeps`: the script says that the message stays. `files`: it leaves the inbox."""

    actions: tuple[Action, ...] = ()
    stop: bool = False
    keeps: bool = False

    @property
    def files(self) -> bool:
        return any(isinstance(action, Move | Delete) for action in self.actions)


def run_of(commands: list[Node]) -> Run:
    """What `commands` do in a row. Without a `keep` the last place a message is filed to is where it moves."""
    stop = commands[-1].name == "stop"
    acting = commands[:-1] if stop else commands
    kept = any(command.name == "keep" for command in acting)
    filed = [command for command in acting if command.name == "fileinto" and ":copy" not in command.tags]
    last = None if kept or not filed else filed[-1]
    actions: list[Action] = []
    for command in acting:
        if command.name not in ACTIONS:
            raise refused(command, f"the action `{command.name}` has no counterpart in rules")
        actions += _checked(command, _TRANSLATIONS[command.name](command, command is last))
    leaves = any(command.name == "discard" or _redirects(command) for command in acting)
    if leaves and not kept and not filed:
        actions.append(Delete())
    return Run(actions=tuple(actions), stop=stop, keeps=kept)


def _redirects(command: Node) -> bool:
    return command.name == "redirect" and ":copy" not in command.tags


def _checked(command: Node, actions: Iterable[Action]) -> list[Action]:
    try:
        return [build_action(action.as_dict()) for action in actions]
    except RuleInvalid as error:
        raise refused(command, f"`{command.name}`: {error}") from error


def _keep(command: Node, is_last: bool) -> list[Action]:
    return _flags(command, command.tags.get(":flags", ()))


def _discard(command: Node, is_last: bool) -> list[Action]:
    return []


def _fileinto(command: Node, is_last: bool) -> list[Action]:
    if ":flags" in command.tags and not is_last:
        raise refused(command, "rules set flags on the message itself, not on a copy")
    folder = command.only("mailbox")
    return [*_flags(command, command.tags.get(":flags", ())), Move(folder=folder) if is_last else Copy(folder=folder)]


def _redirect(command: Node, is_last: bool) -> list[Action]:
    return [Forward(to=command.only("address"))]


def _add(command: Node, is_last: bool) -> list[Action]:
    return _flags(command, _named_flags(command))


def _remove(command: Node, is_last: bool) -> list[Action]:
    removed = [Unlabel(label=flag) for listed in _named_flags(command) for flag in listed.split()]
    for action in removed:
        if action.label.startswith("\\"):
            raise refused(command, f"rules take no flag such as {action.label} off")
    return list(removed)


def _named_flags(command: Node) -> tuple[str, ...]:
    if "variable-name" in command.arguments:
        raise refused(command, "there are no variables in rules")
    return command.arguments["list-of-flags"]


def _flags(command: Node, listed: Iterable[str]) -> list[Action]:
    """A list of flags, of which each string may hold several (RFC 5232 section 2)."""
    actions: list[Action] = []
    for flag in (flag for flags in listed for flag in flags.split()):
        action = _SYSTEM_FLAGS.get(flag.lower())
        if action is None and flag.startswith("\\"):
            raise refused(command, f"rules do not set {flag}; there are \\Seen, \\Flagged and keywords")
        actions.append(action or Label(label=flag))
    return actions


def _vacation(command: Node, is_last: bool) -> list[Action]:
    for tag in (":mime", ":from", ":fcc"):
        if tag in command.tags:
            raise refused(command, f"there is no `{tag}` in a rule's automatic reply")
    subject = next(iter(command.tags.get(":subject", ())), "")
    return [AutoReply(text=_literal(command.only("reason")), subject=_literal(subject), once_per=_once_per(command))]


def _once_per(command: Node) -> str:
    if ":seconds" in command.tags:
        seconds = int(command.tags[":seconds"][0])
    else:
        seconds = 86400 * max(1, int(next(iter(command.tags.get(":days", ("7",))))))
    return in_units(seconds)


def in_units(seconds: int) -> str:
    """A length of time in the largest unit that fits."""
    return next(f"{seconds // length}{unit}" for length, unit in _UNITS if seconds % length == 0)


def _literal(text: str) -> str:
    """`text` as a template without placeholders."""
    return re.sub(r"([{}])", r"\1\1", text)


_TRANSLATIONS: dict[str, Callable[[Node, bool], list[Action]]] = {
    "keep": _keep,
    "discard": _discard,
    "fileinto": _fileinto,
    "redirect": _redirect,
    "addflag": _add,
    "setflag": _add,
    "removeflag": _remove,
    "vacation": _vacation,
}
