"""All checks: importing a module announces what it holds."""

from spamfilter.checks import (
    attachments,
    authenticity,
    body,
    headers,
    injection,
    links,
    page,
    reputation,
    sender,
    subject,
    together,
    way,
    wording,
)
from spamfilter.checks.registry import CHECKS

__all__ = ["CHECKS"]
MODULES = (
    headers,
    sender,
    way,
    authenticity,
    subject,
    wording,
    body,
    page,
    links,
    attachments,
    together,
    injection,
    reputation,
)
