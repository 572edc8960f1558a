"""The border to the Sieve parser: a script as a tree of commands, each with its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sievelib.commands import Command
from sievelib.parser import Lexer, Parser

from rules.sieve.errors import Remark, SieveRefused

LARGEST = 256 * 1024  # octets
DEEPEST = 20

Strings = tuple[str, ...]

_NAME = re.compile(rb"#\s*rule:\[(.*)\]\s*$")  # as Roundcube and other editors of scripts write it
_LINE = re.compile(r"line (\d+): (.*)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A command or test. `tags` are in lower case, each with its strings; `arguments` are by the parser's names."""

    name: str
    line: int
    tags: dict[str, Strings]
    arguments: dict[str, Strings]
    tests: "tuple[Node, ...]" = ()
    block: "tuple[Node, ...]" = ()

    def only(self, argument: str) -> str:
        """The one string of `argument`, `""` where it is left out."""
        return next(iter(self.arguments.get(argument, ())), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A script that is well-formed. `names` are those given to rules in comments, by line."""

    commands: tuple[Node, ...]
    names: dict[int, str]


def parse_script(source: bytes) -> Script:
    """`source` as a tree. SieveRefused says where it is no Sieve script."""
    if len(source) > LARGEST:
        raise SieveRefused([Remark(line=1, message=f"the script has {len(source)} octets; at most {LARGEST} are read")])
    try:
        source.decode()
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise SieveRefused([Remark(line=line, message="the script is not in UTF-8 (RFC 5228 section 2.1)")]) from None
    parser = Parser()
    parser.lexer = noted = _NotingLexer(Parser.lrules)
    try:
        sound = parser.parse(source)
    except Exception as error:  # the parser trips over some scripts that are none
        raise SieveRefused([Remark(line=noted.line, message=f"is no Sieve: {error}")]) from error
    if not sound:
        found = _LINE.match(str(parser.error))
        line, message = (int(found[1]), found[2]) if found else (noted.line, str(parser.error))
        raise SieveRefused([Remark(line=line, message=message.removeprefix("parsing error: "))])
    lines = iter(noted.identifiers)
    return Script(commands=tuple(_node(command, lines, 0) for command in parser.result), names=noted.names)


class _NotingLexer(Lexer):  # type: ignore[misc]
    """Notes what the parser forgets: the line of each identifier (there is one a command), and names in comments."""

    def __init__(self, definitions: Any) -> None:
        super().__init__(definitions)
        self.identifiers: list[int] = []
        self.names: dict[int, str] = {}
        self.line = 1

    def scan(self, text: bytes) -> Iterator[tuple[str, bytes]]:
        counted = 0
        for kind, value in super().scan(text):
            self.line += text.count(b"\n", counted, self.pos)
            counted = self.pos
            if kind == "identifier":
                self.identifiers.append(self.line)
            elif kind == "hash_comment" and (found := _NAME.match(value)):
                self.names[self.line] = found[1].decode().strip()
            yield kind, value


def _node(command: Command, lines: Iterator[int], depth: int) -> Node:
    line = next(lines)
    if depth > DEEPEST:
        raise SieveRefused([Remark(line=line, message=f"is nested more than {DEEPEST} deep")])
    tags: dict[str, Strings] = {}
    arguments: dict[str, Strings] = {}
    tests: list[Node] = []
    for name, value in command.arguments.items():
        if isinstance(value, Command):
            tests.append(_node(value, lines, depth + 1))
        elif isinstance(value, list) and value and isinstance(value[0], Command):
            tests += [_node(each, lines, depth + 1) for each in value]
        elif isinstance(value, str) and value.startswith(":"):
            tags[value.lower()] = _strings(command.extra_arguments.get(name, ()))
        else:
            arguments[name] = _strings(value)
    block = tuple(_node(child, lines, depth + 1) for child in command.children)
    return Node(name=command.name, line=line, tags=tags, arguments=arguments, tests=tuple(tests), block=block)


def _strings(value: Any) -> Strings:
    return tuple(_string(each) for each in ([value] if isinstance(value, str) else value))


def _string(token: str) -> str:
    """What a quoted string, a multi-line string or a number says (RFC 5228 section 2.4)."""
    if token.startswith('"'):
        return _ESCAPED.sub(r"\1", token[1:-1])
    if token[:5].lower() == "text:":
        _, _, lines = token.partition("\n")
        body = lines.replace("\r\n", "\n").rpartition(".")[0]
        return re.sub(r"^\.\.", ".", body, flags=re.MULTILINE)
    return token
