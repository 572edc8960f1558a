"""Signatures from messages that somebody marked as spam."""

from itertools import count

from agenticmail.message import Message
from spamfilter.models import Signature, SignatureKey
from spamfilter.signature_keys import keys_of_value

MOST_CHARACTERS = 10_000  # of the text that is kept; digests read no further
LONGEST_NAME = 100


def from_message(message: Message, name: str) -> Signature:
    """The signature of the message's text, made where there is none yet.

    ValueError where the text is too short to know a message by. A name that is taken gets a number.
    """
    value = message.text[:MOST_CHARACTERS]
    exact = keys_of_value("body", value)[0]
    known = SignatureKey.objects.filter(key=exact).select_related("signature").first()
    if known:
        return known.signature
    signature = Signature(name=_free_name(name), kind="body", value=value)
    signature.full_clean()
    signature.save()
    return signature


def _free_name(name: str) -> str:
    """`name`, with a number where it is taken."""
    name = " ".join(name.split())[:LONGEST_NAME] or "marked as spam"
    names = (name if n == 1 else f"{name[: LONGEST_NAME - 12]} ({n})" for n in count(1))
    return next(free for free in names if not Signature.objects.filter(name=free).exists())
