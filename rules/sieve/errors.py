"""What a Sieve script says that rules cannot, or the other way round."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Remark:
    """Something about one line of a script."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"


class SieveRefused(ValueError):
    """A script that is not imported; `remarks` name all lines that stand in the way."""

    def __init__(self, remarks: Iterable[Remark]) -> None:
        self.remarks = tuple(sorted(set(remarks)))
        super().__init__("\n".join(map(str, self.remarks)))


class NoSieve(ValueError):
    """Rules that no Sieve script can say; `problems` name each rule and what stands in the way."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))
