"""The mail of a soak: numbered, each from a sender of its own, its subject naming the rules it is for; those rules."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

LARGE = 400_000  # more than what is read of a message
KINDS = {  # what its rules do to a mail, and how often there is one
    (): 50,
    ("move",): 15,
    ("label",): 10,
    ("copy",): 4,
    ("delete",): 3,
    ("forward",): 3,
    ("label", "move"): 8,
    ("reply",): 3,
    ("label", "move", "reply"): 3,
    ("copy", "forward", "reply"): 1,
}
BOSS = "boss@example.net"
ACTIONS = {
    "label": '{action = "label", label = "vip"}',
    "copy": '{action = "copy", folder = "Archive"}',
    "reply": '{action = "auto_reply", text = "Thank you, {sender_name}."}',
    "forward": f'{{action = "forward", to = "{BOSS}"}}',
    "delete": '{action = "delete"}',
    "move": '{action = "move", folder = "Moved"}',
}
RULES = "\n".join(
    f'[[rule]]\nname = "{word}"\nposition = {position}\n'
    f'conditions = [{{field = "subject", op = "contains", value = "[{word}]"}}]\nactions = [{action}]\n'
    for position, (word, action) in enumerate(ACTIONS.items())
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail that is sent in."""

    number: int
    wants: tuple[str, ...]
    size: int

    @property
    def message_id(self) -> str:
        return f"<{self.number}@soak.example>"

    @property
    def sender(self) -> str:
        return f"sender{self.number}@people.example"

    @property
    def raw(self) -> bytes:
        words = " ".join(f"[{word}]" for word in self.wants)
        head = (
            f"Return-Path: <{self.sender}>\r\nFrom: Ann <{self.sender}>\r\nTo: agent@example.com\r\n"
            f"Subject: Order {self.number} {words}\r\nMessage-ID: {self.message_id}\r\n"
            "Date: Sun, 22 Nov 2026 10:11:09 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n"
        )
        line = f"This is about order {self.number}, which we talked about on the telephone.\r\n"
        return (head + line * max(1, self.size // len(line))).encode()


def mails(random: Random) -> Iterator[Mail]:
    """Mail without end."""
    number = 0
    while True:
        number += 1
        (wants,) = random.choices(list(KINDS), weights=[*KINDS.values()])
        size = LARGE if random.random() < 0.005 else int(random.lognormvariate(7.5, 1))
        yield Mail(number=number, wants=wants, size=size)
