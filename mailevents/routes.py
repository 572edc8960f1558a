"""Which marks the view bears that a path leads to: for what stands around Django and must know before it does."""

from django.urls import Resolver404, resolve


def bears(path: str, mark: str) -> bool:
    """Whether the view at `path` has the attribute `mark` set; False where there is none."""
    try:
        return bool(getattr(resolve(path).func, mark, False))
    except Resolver404:
        return False
