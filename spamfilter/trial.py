"""Whether a signature finds a text, before it is kept. Pure."""

import re

from agenticmail.message import Message
from spamfilter.digests import BUCKETS, FUZZY_ENOUGH, digests_of_text, similarity
from spamfilter.keys import lookup_keys
from spamfilter.patterns import compile_pattern
from spamfilter.signature_keys import keys_of_urls, keys_of_value

SHOWN_AROUND = 40  # characters on both sides of what a pattern found
LOOKS_LIKE_MAIL = re.compile(rb"\s*(?:[A-Za-z][A-Za-z0-9-]{1,40}: ?[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n){2}")


def as_raw(text: bytes) -> bytes:
    """A pasted text as a message: one with headers as it is, another as the body of one."""
    return text.lstrip() if LOOKS_LIKE_MAIL.match(text) else b"\r\n" + text


def tried(kind: str, value: str, message: Message) -> tuple[bool, str]:
    """Whether a signature of this kind and value finds the message, and how. ValueError where it cannot work."""
    keys_of_value(kind, value)
    return {"body": _body, "regex": _regex, "url": _url}[kind](value, message)


def _body(value: str, message: Message) -> tuple[bool, str]:
    known, seen = digests_of_text(value), lookup_keys(message).digests
    if known.exact == seen.exact:
        return True, "It is the same text."
    runs = len(set(known.runs) & set(seen.runs))
    if runs >= seen.runs_enough or not known.fuzzy:
        told = f"{runs} of the {len(seen.runs)} runs of three words are the same" if seen.runs else "The text is longer"
        return runs >= seen.runs_enough, f"{told}; {seen.runs_enough} make it nearly the same text."
    shared = similarity(known, seen)
    return (
        shared >= FUZZY_ENOUGH,
        f"{shared} of {BUCKETS} values of the fuzzy digest are the same; {FUZZY_ENOUGH} make it the same wave.",
    )


def _regex(value: str, message: Message) -> tuple[bool, str]:
    searched = lookup_keys(message).evidence.searched
    match = compile_pattern(value).search(searched)
    if match is None:
        return False, "The pattern is not in subject, text or the source of the page."
    start, end = match.span()
    around = searched[max(0, start - SHOWN_AROUND) : end + SHOWN_AROUND]
    return True, f"It is found here: … {' '.join(around.split())} …"


def _url(value: str, message: Message) -> tuple[bool, str]:
    (key,) = keys_of_value("url", value)
    found = key in set(keys_of_urls(lookup_keys(message).urls))
    return found, "A link goes there." if found else "No link goes there."
