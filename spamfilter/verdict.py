"""What a judgement says: the verdict, its score, and every reason for it."""

from dataclasses import dataclass
from typing import Any, Literal

Outcome = Literal["ham", "suspicious", "spam"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One check that spoke. `score` is its share of the whole, in points; positive speaks for spam."""

    check: str
    category: str
    score: float
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`spam` from `threshold` points, `suspicious` from half of it, else `ham`.

    `categories`: what speaks against a message that is not ham, the heaviest first; of ham there is nothing to say.
    """

    verdict: Outcome
    score: float
    threshold: float
    categories: tuple[str, ...] = ()
    hits: tuple[Hit, ...] = ()

    @property
    def spam(self) -> bool:
        return self.verdict == "spam"

    def as_dict(self) -> dict[str, Any]:
        """The `spam` object of a `new` event (CONTRACT section 5)."""
        return {
            "verdict": self.verdict,
            "score": round(self.score, 2),
            "threshold": self.threshold,
            "categories": list(self.categories),
            "hits": [
                {
                    "check": h.check,
                    "category": h.category,
                    "score": round(h.score, 2),
                    "description": h.description,
                }
                for h in self.hits
            ],
        }
