"""What is wrong with a rule, each with where it is and what it takes."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """`where` is a path into the rule, such as `conditions[0].op`; `message` says what it takes."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message

    def inside(self, where: str) -> "Problem":
        """The same problem, seen from what holds it."""
        return Problem(where=f"{where}.{self.where}" if self.where else where, message=self.message)


class RuleInvalid(ValueError):
    """A rule, condition or action that cannot be; `problems` holds all that was found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, self.problems)))
