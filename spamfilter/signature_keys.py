"""What a signature is found by: digests of a body and URL prefixes, as keys for an index. Pure.

x:1f…           the exact digest of a body
f:1f…           one value of its fuzzy digest; `FUZZY_ENOUGH` of them make a match
s:1f…           a run of three words of a short body; most of a message's make a match
u:example.com/a a host or URL prefix
"""

from collections.abc import Iterable, Iterator

from spamfilter.digests import MIN_WORDS_EXACT, Digests, digests_of_text
from spamfilter.links import url_key
from spamfilter.patterns import compile_pattern

LONGEST_SIGNATURE_KEY = 300
KINDS = ("body", "regex", "url")


def keys_of_value(kind: str, value: str) -> tuple[str, ...]:
    """The keys of a signature; none for a pattern, which is tried. ValueError says what the value takes."""
    if kind == "regex":
        compile_pattern(value)
        return ()
    if kind == "url":
        return (_url_key(value),)
    if kind == "body":
        digests = digests_of_text(value)
        if digests.exact is None:
            raise ValueError(f"a body takes the text of a message, at least {MIN_WORDS_EXACT} words of it")
        return tuple(keys_of_digests(digests))
    raise ValueError(f"{kind!r} is no kind of signature; there are {', '.join(KINDS)}")


def keys_of_digests(digests: Digests) -> Iterator[str]:
    if digests.exact is not None:
        yield f"x:{digests.exact & 0xFFFFFFFFFFFFFFFF:x}"
    yield from (f"f:{value:x}" for value in digests.fuzzy)
    yield from (f"s:{value:x}" for value in digests.runs)


def keys_of_urls(urls: Iterable[str]) -> Iterator[str]:
    return (f"u:{url}" for url in urls if len(url) <= LONGEST_SIGNATURE_KEY - 2)


def _url_key(value: str) -> str:
    key = url_key(value)
    if not set(key.partition("/")[0]) & set(".:") or any(c.isspace() for c in value.strip()):
        raise ValueError("a url takes a host or the beginning of a URL: example.com, example.com/path")
    if len(key) > LONGEST_SIGNATURE_KEY - 2:
        raise ValueError(f"a url takes at most {LONGEST_SIGNATURE_KEY - 2} characters")
    return f"u:{key}"
