"""What a sentence asks for of what is asked of machines that read mail, whomever it asks. Pure.

No phrase decides: a verb of giving and a secret, wherever in the sentence, ask for the secret.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from spamfilter.clauses import any_of, english_of
from spamfilter.lexicon import acts
from spamfilter.patterns import LARGE, linear, together

_ENGLISH = re.compile(
    r" (?:the|your|you|and|of|this|is|that|it|with|from|please|my|me|not|all|any|to|are|by|"
    r"then|when|have|be|or|if|until|after|before|on|who|we|i) "
)
_FIRST = (
    r"(?:/ |/ (?:[^ /]+ ){0,2}(?:to|must|shall|should|can|could|will|would|please|kindly|now|then|first|second|third|"
    r"also|just|and|quietly|silently|secretly|immediately|agent|assistant|ai|model|llm|bot|you|here|so|not|never|always|"
    r"do) | (?:to|must|shall|should|can|could|will|would|please|kindly|now|then|also|and|or|quietly|silently|secretly|"
    r"you|not|never|always|but|is|it) )"
)


class _Role:
    """The words of one part of an order. In an English sentence a verb has to stand where commands stand."""

    def __init__(self, table: str, unspaced: str = "", *, verb: bool = False) -> None:
        place = _FIRST if verb else " "
        other = table.strip().partition("\n")[2]
        everywhere = f"| (?:{any_of(other)}) " + (f"|{any_of(unspaced)}" if unspaced else "") if other else ""
        self.english = f"{place}(?:{any_of(english_of(table))}) "
        self.anywhere = self.english + everywhere


class _Parts:
    """Which roles are played in a sentence, all found in one pass."""

    def __init__(self, **roles: _Role) -> None:
        self._names = tuple(roles)
        self._english = together(*(role.english for role in roles.values()), memory=LARGE)
        self._any = together(*(role.anywhere for role in roles.values()), memory=LARGE)

    def of(self, sentence: str) -> frozenset[str]:
        english = len(_ENGLISH.findall(sentence.replace(" ", "  "))) >= 2
        found = (self._english if english else self._any).Match(sentence)
        return frozenset(self._names[index] for index in found or ())


_DENIED = linear(  # a verb of giving behind a no
    r" (?:do not|don t|never|no|not|non|nie|ne|nicht|jamais|nunca|nao|niet|nooit|не|нельзя|никому|aldrig|ikke|inte|"
    r"nikdy|dung|khong|jangan|لا|אל|मत|μην|ala|alkaa|nu|niemandem|nikomu|sie niemandem) (?:[^ /]+ )?"
    rf"(?:{any_of(acts.GIVE)}) |(?:{any_of(acts.GIVE_UNSPACED)})[^ /]{{0,3}}(?:ないで|지 ?마|지 ?말)"
    rf"|(?:不要|请勿|勿|不得|禁止|严禁|不可|切勿|不能|อย่า|ห้าม)[^ /]{{0,8}}(?:{any_of(acts.GIVE_UNSPACED)})"
)
_PARTS = _Parts(
    drop=_Role(acts.DROP, acts.DROP_UNSPACED, verb=True),
    rules=_Role(acts.RULES, acts.RULES_UNSPACED),
    lapsed=_Role(acts.LAPSED),
    give=_Role(acts.GIVE, acts.GIVE_UNSPACED, verb=True),
    secrets=_Role(acts.SECRETS, acts.SECRETS_UNSPACED),
    mail=_Role(acts.MAIL, acts.MAIL_UNSPACED),
    whole=_Role(acts.WHOLE, acts.WHOLE_UNSPACED),
    do=_Role(acts.DO, acts.DO_UNSPACED, verb=True),
    keep=_Role(acts.KEEP, acts.KEEP_UNSPACED),
    hush=_Role(acts.HUSH, acts.HUSH_UNSPACED),
    principal=_Role(acts.PRINCIPAL, acts.PRINCIPAL_UNSPACED),
    steer=_Role(acts.STEER, acts.STEER_UNSPACED),
    query=_Role(acts.QUERY, acts.QUERY_UNSPACED),
    reply=_Role(acts.REPLY, acts.REPLY_UNSPACED, verb=True),
)

# Kind, how much it is in itself, and what has to stand in one sentence; of a kind the heaviest first.
_ACTS: tuple[tuple[str, int, frozenset[str]], ...] = tuple(
    (kind, weight, frozenset(parts.split()))
    for kind, weight, parts in (
        ("OVERRIDE", 2, "drop rules"),
        ("OVERRIDE", 2, "lapsed rules"),
        ("LEAK", 2, "give secrets"),
        ("SECRECY", 2, "hush principal"),
        ("SECRECY", 1, "hush"),
        ("ACT", 2, "give mail whole"),
        ("ACT", 2, "do mail whole"),
        ("ACT", 1, "give whole principal"),
        ("ACT", 1, "give mail"),
        ("ACT", 1, "drop principal"),
        ("ACT", 1, "keep"),
        ("ACT", 1, "do"),
        ("STEER", 2, "query reply"),
        ("STEER", 1, "steer"),
    )
)


def asked(sentences: Iterable[str]) -> Counter[str]:
    """What is asked for, and how much it is."""
    found: Counter[str] = Counter()
    for sentence in sentences:
        for kind, weight in _asked_in(sentence).items():
            found[kind] = max(found[kind], weight)
    return found


@lru_cache(maxsize=256)
def _asked_in(sentence: str) -> Mapping[str, int]:
    parts = _PARTS.of(sentence)
    protective = "secrets" in parts and parts & {"give", "hush"} and _DENIED.holds(sentence)
    found: dict[str, int] = {}
    for kind, weight, wanted in _ACTS:
        if wanted <= parts and not (protective and kind in ("LEAK", "SECRECY")):
            found.setdefault(kind, weight)
    return found
