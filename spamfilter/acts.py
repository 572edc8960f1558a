"""Orders to a machine by what they do: who is spoken to, what he is to do, and whether nobody is to know. Pure.

No phrase decides. A machine has to be spoken to (called, greeted, named as the reader of this very text, or told
what it is or must), and in the same breath or the few that follow somebody asks for what is asked of machines that
read mail: to drop their rules, to give out secrets or mail, to act, to keep something in mind, to keep it from
their user, to answer in a certain way.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from spamfilter import hearsay
from spamfilter.folding import fold, without_marks
from spamfilter.lexicon import acts
from spamfilter.patterns import linear, together

MEMORY_BYTES = 64 << 20
BREATH = 5  # sentences, from the one that speaks to the machine, in which an order is one to it
AT_ONCE = 6  # sentences that are looked through together for the name of a machine
ENOUGH = 3  # of the sum of how surely a machine is spoken to (1, 2) and how much is asked for

Numbering = Callable[[Sequence[str]], Iterable[tuple[int, str]]]

_CLAUSES = re.compile(r"[,:;=—–()\[\]!?\"“”„«»*#|\n，：；、（）！？「」『』،؛؟。．]+|\s-+\s|\.\s|\.{2,}|…")
_ENGLISH = re.compile(
    r" (?:the|your|you|and|of|this|is|that|it|with|from|please|my|me|not|all|any|to|are|by|"
    r"then|when|have|be|or|if|until|after|before|on|who|we|i) "
)


def _pattern(word: str) -> str:
    folded = without_marks(word).replace("ß", "ss").replace("ς", "σ")
    return re.sub(r"(?<![\])])\*", r"[^ /]*", folded).replace("_", " ")


def _any(words: str) -> str:
    """An alternation of words: see `spamfilter.lexicon.acts` for how they are written."""
    return "|".join(_pattern(word) for word in dict.fromkeys(words.split()))


def _english(table: str) -> str:
    return table.strip().partition("\n")[0]


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
        everywhere = f"| (?:{_any(other)}) " + (f"|{_any(unspaced)}" if unspaced else "") if other else ""
        self.english = f"{place}(?:{_any(_english(table))}) "
        self.anywhere = self.english + everywhere


class _Parts:
    """Which roles are played in a sentence, all found in one pass."""

    def __init__(self, **roles: _Role) -> None:
        self._names = tuple(roles)
        self._english = together(*(role.english for role in roles.values()), memory=MEMORY_BYTES)
        self._any = together(*(role.anywhere for role in roles.values()), memory=MEMORY_BYTES)

    def of(self, sentence: str) -> frozenset[str]:
        english = len(_ENGLISH.findall(sentence.replace(" ", "  "))) >= 2
        found = (self._english if english else self._any).Match(sentence)
        return frozenset(self._names[index] for index in found or ())


@dataclass(frozen=True, slots=True)
class _Ways:
    """How a machine is spoken to: as the one who reads this, as one greets or tells who he is, as one calls anybody."""

    reader: Any
    greeted: Any
    called: Any


_TOOL = "(?:tools?|software|programs?|programmes?|systems?|scripts?|automation|algorithms?|helpers?|engines?|machines?)"
_large = partial(linear, memory=MEMORY_BYTES)


def _ways(machine: str, unspaced: str) -> _Ways:
    maybe, between, call = f"(?:{_any(acts.MAYBE)})", f"(?:{_any(acts.BETWEEN)})", f"(?:{_any(acts.GREETING)})"
    name = f"(?:{maybe} (?:[^ /]+ ){{0,2}})?(?:{_any(machine)})"
    reads, if_, must = f"(?:{_any(acts.READING)})", f"(?:{_any(acts.IF)})", f"(?:{_any(acts.MUST)})"
    this = f"(?:[^ /]+ ){{0,3}}(?:{_any(acts.THIS)})"
    asked = "|".join(_any(table) for table in (acts.DROP, acts.GIVE, acts.DO, acts.KEEP, acts.HUSH, acts.STEER))
    alone = rf"[/@] (?:{between} ){{0,3}}{name} "
    to_it = rf"(?:{between} ){{0,2}}{call} (?:(?:{call}|{between}) ){{0,4}}(?:[^ /]+ )?"
    greeted = rf"[/@] {to_it}(?:{name}|{_any(acts.CALLED_SO)}) "
    others, musts = f"(?:{_any(unspaced)})", _any(acts.MUST_UNSPACED)
    or_ai = f"(?:{others}|(?:^|[^a-z])ai)"
    reading = f"(?:{_any(acts.READING_UNSPACED)})"
    who, whose = (
        f"(?:{_any(acts.WHO)})",
        "(?:their|its|his|her) (?:users?|principals?|owners?|humans?|clients?|masters?)",
    )
    is_ = "(?:is|are|be|has|have|was|were|happens|reads|sees|gets|opens|handles|processes)"
    return _Ways(
        reader=_large(
            rf"(?:{alone}|{greeted})(?:[^ ]+ ){{0,4}}{reads} {this} "
            rf"|(?:{alone}|{greeted})(?:[^ ]+ ){{0,2}}{this} {reads} "
            rf"|[/@] (?:[^ /]+ ){{0,5}}{this} (?:[^ /]+ ){{0,2}}{reads} (?:[^ /]+ ){{0,2}}{name} (?:[^ /]+ )?/"
            rf"| if the (?:[^ /]+ )?{name} (?:(?:that|who|which) )?(?:is |are )?{reads} {this} "
            rf"|{reading}[^/]{{0,8}}{or_ai}[^ /]{{0,4}}(?:は|へ|는|에게| /)"
        ),
        greeted=_large(
            rf"{greeted}(?:{who} (?:[^ /]+ ){{0,8}}|(?:[^ /]+ ){{0,3}})/"
            rf"|[/@] (?:to|for|note to|attention|attn) (?:any|every|whatever|whichever) (?:[^ /]+ )?{_TOOL} "
            rf"(?:that|which|in|with|used|reading|handling) "
            rf"|[/@] (?:{between} )*{name} only /"
            rf"|[/@] (?:{_any(acts.NEW_TASK)}) (?:[^ /]+ ){{0,2}}{name} (?:[^ /]+ )?/"
            rf"|[/@] (?:notes?|instructions?|rules|guidance|hints?|directions|tasks?|orders?) (?:for|to) "
            rf"(?:the |all |any |your )?{name} /"
            rf"|[/@] you are (?:now )?(?:the|an?|my) (?:[^ /]+ ){{0,3}}"
            rf"(?:computer|android|machine|{name}) (?:of|on|and|in|/)"
            rf"| (?:vaut|valable|destine[a-z]*|s adresse|gilt|bestimmt|vale|valido|rivolt[oa]|dirigid[oa]|bedoeld|"
            rf"geldt|przeznaczon[a-z]*|предназначен[а-я]*) (?:pour|a|au|aux|fur|an|para|per|voor|dla|для) "
            rf"(?:{between} )*{name} "
            rf"|[/@] (?:[^ /]+ ){{0,4}}{if_} (?:[^ /]+ ){{0,6}}{name} "
            rf"|[/@] (?:if|should) (?:any|an|a|some|the) (?:[^ /]+ )?{name} (?:{is_}|that|who|which) "
            rf"|[/@] {if_} (?:[^ /]+ ){{0,4}}by (?:{between} )*(?:{name}|{_any(acts.BY)}) "
            rf"|[/@] (?:if|should|in case) (?:[^ /]+ ){{1,5}}(?:is|be) "
            rf"(?:automatic|automated|artificial|a machine|no human) "
            rf"|[/ ]you / (?:the |an? )?(?:{name}|machine) /"
            rf"|{alone}/ (?:automated|automatic|artificial|non human|ai|machines?) /"
            rf"|[/@] (?:{between} )*(?:[^ /]+ )?{name} (?:[^ /]+ ){{0,8}}{whose} (?:[^ /]+ )?{must} "
            rf"|{alone}(?:[^ /]+ ){{0,6}}(?:hereby|kindly|herewith) (?:[^ /]+ ){{0,3}}/"
            rf"| (?:addressed|meant|directed|intended|written|writing|speak|speaking|talking) (?:only )?(?:to|for) "
            rf"(?:{between} )*(?:[^ /]+ and )?{name} "
            rf"| (?:i|we) (?:hereby |kindly |now )?"
            rf"(?:authori[sz]e|instruct|order|command|permit|direct|urge|invite|beg) "
            rf"(?:{between} )*(?:[^ /]+ )?{name} "
            rf"|(?:致|给|給|对|ถึง|เรียน)[^/]{{0,14}}{or_ai}|{or_ai}[^ /]{{0,4}}(?:へ|に告|向け|宛|에게|께)"
            rf"|(?:如果|若|假如|もし|만약|หาก|ถ้า)[^/]{{0,14}}{or_ai}"
        ),
        called=_large(
            rf"{alone}(?:dear |عزیز |יקר |العزيز )?/|[/@] (?:so|now|then|and|but|yes) {name} /"
            rf"|{alone}(?:that|who|[a-z]+ing) (?:[^ /]+ ){{1,8}}/"
            rf"|(?:{alone}|{greeted})(?:please |kindly |you |now |bitte |should |can |could )*(?:{asked}) "
            rf"|[/@] (?:(?:by|while|when|on|in) {reads} (?:[^ /]+ ){{0,4}})?(?:{between} ){{0,3}}(?:[^ /]+ )?{name} "
            rf"(?:(?:that|which|who|in|with|of|on|for|[a-z]+ing) (?:[^ /]+ ){{0,6}})?"
            rf"(?:[^ /]+ )?{must} "
            rf"|{others}[^ /]{{0,4}} /|{others}[^ /]{{0,4}}は|/ ?{others} ?(?:{musts})"
        ),
    )


_A_MACHINE = _ways(acts.MACHINE, acts.MACHINE_UNSPACED)
_ANY_HELPER = _ways(acts.MAYBE, acts.MAYBE_UNSPACED)
_WHOEVER = linear(
    r"[/@] (?:whoever|whatever|anyone|anything|any (?:system|software|program|tool)s?) (?:[^ /]+ ){0,3}"
    rf"(?:{_any(_english(acts.READING))}) (?:[^ /]+ ){{0,4}}(?:automatically|by machine|{_any(_english(acts.MUST))}) "
)
_POSSESSED = linear(f" (?:{_any(acts.POSSESSIONS)}) |{_any(acts.POSSESSIONS_UNSPACED)}")
_OF_MACHINES = " ".join((acts.MACHINE, acts.POSSESSIONS, acts.LIKELY_POSSESSIONS, acts.PROMPTS))
_OF_MACHINES_UNSPACED = " ".join(
    (acts.MACHINE_UNSPACED, acts.POSSESSIONS_UNSPACED, acts.LIKELY_POSSESSIONS_UNSPACED, acts.PROMPTS_UNSPACED)
)
_BESIDE_LETTERS = "[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e01-\u0e5b]"  # of scripts without spaces
_AI_WITHIN = f"{_BESIDE_LETTERS}ai|ai{_BESIDE_LETTERS}"
_ABOUT_MACHINES = linear(f" (?:{_any(_OF_MACHINES)}) |{_any(_OF_MACHINES_UNSPACED)}|{_AI_WITHIN}")
_NAMED = linear(
    f" (?:{_any(_OF_MACHINES + acts.MAYBE)}|whoever|you machine) "
    f"| (?:any|every|whatever|whichever) (?:[^ /]+ )?{_TOOL} |[/@ ](?:computer|android) "
    f"| by (?:{_any(acts.BY)}) | (?:tool|system|reader|recipient) is (?:automatic|automated|artificial|a machine) "
    f"| (?:dear|hi|hey|hello|ok|to|note to|liebe|lieber|cher|chere|caro|cara|to the|an die|дорогая|уважаемая) "
    f"(?:{_any(acts.CALLED_SO)}) "
    f"|{_any(f'{_OF_MACHINES_UNSPACED} {acts.MAYBE_UNSPACED}')}|{_AI_WITHIN}"
)
_MACHINE = linear(f" (?:{_any(acts.MACHINE)}) |{_any(acts.MACHINE_UNSPACED)}")
_LIKELY = linear(f" (?:{_any(acts.LIKELY_POSSESSIONS)}) |{_any(acts.LIKELY_POSSESSIONS_UNSPACED)}")
_OWN = linear(
    r" (?:my|our|his|her|travel|estate|insurance|real estate|sales|personal|shop|support|tax) (?:assistants?|agents?) "
)
_PLURAL = linear(
    r" (?:assistants|agents|models|reviewers|alle assistenten|alle agenten|liebe assistenten|assistentes|asistentes|"
    r"agentes|assistenti|agenti) "
)
_DEAR = linear(r"/ (?:dear|hi|hello|hey) ")  # so begin letters to people, too
_IN_PASSIVE = linear(  # asked here and now, not told of
    rf"[/@] (?:{_any(acts.BETWEEN)} )*(?:[^ /]+ ){{0,2}}(?:{_any(acts.MACHINE + acts.MAYBE)}) "
    r"(?:[^ /]+ ){0,5}(?:(?:(?:this|these) (?:[^ /]+ ){0,5}(?:are|is)|hereby|herewith|kindly) "
    r"(?:[^ /]+ ){0,2}(?:asked|told|instructed|required|invited|requested|ordered|directed|advised|urged)"
    r"|(?:are|is) (?:asked|told|instructed|requested|ordered|directed|advised) (?:hereby|herewith|kindly)) "
)
_DESCRIBED = linear(rf"[/@ ](?:an?|first|new|our) (?:[^ /]+ ){{0,3}}(?:{_any(acts.MACHINE)}) (?:that|which|who) ")
_OWNED = linear(  # told to somebody who has one
    r" (?:you|we|they|i|who) (?:also |now |already )?(?:runs?|uses?|have|has|own|operate|deploy|maintain|employ|host|"
    r"set up|build|built) "
    rf"(?:an?|any|such|your own|our own) (?:[^ /]+ )?(?:{_any(acts.MACHINE)}) "
)
_HUMAN_AGENT = re.compile(r"\b[Aa]gent \((?!AI\b)[A-Z][a-z]+\)")  # of a transcript
_READS_THIS = linear(f" (?:{_any(_english(acts.READING))}) (?:this|these) ")
_HERE = linear(" (?:this|these|here|you|must|should|shall) ")
_FORBIDDEN = linear(
    r" (?:must|should|shall|may|can) (?:never|not) (?:[^ /]+ )?(?:send|share|forward|reveal|disclose|submit|be|"
    rf"{_any(_english(acts.DO))}) "
)
_PRODUCT = linear(r"/ (?:chat)?(?:gpt|copilot|gemini|claude)[^ /]*(?: [^ /]+){0,2} (?:can|may|will) now ")
_PEOPLE = re.compile(f" (?:{_any(acts.PEOPLE)}) ")
_COLLEAGUES = linear(r"/ (?:[^ /]+ )?reviewers (?:must|should|shall) ")
_DEVICE = linear(
    r" (?:your|our|my|the|a) (?:[^ /]+ )?(?:robots?|bots?|chat ?bots?) (?:must|may|should|can|shall|has to|needs to) "
    r"|/ robots (?:must|may|should|can|shall) "
    r"|/ (?:our|my) (?:[^ /]+ )?(?:ai|models?|assistants?|agents?) "
)
_DENIED = linear(  # a verb of giving behind a no
    r" (?:do not|don t|never|no|not|non|nie|ne|nicht|jamais|nunca|nao|niet|nooit|не|нельзя|никому|aldrig|ikke|inte|"
    r"nikdy|dung|khong|jangan|لا|אל|मत|μην|ala|alkaa|nu|niemandem|nikomu|sie niemandem) (?:[^ /]+ )?"
    rf"(?:{_any(acts.GIVE)}) |(?:{_any(acts.GIVE_UNSPACED)})[^ /]{{0,3}}(?:ないで|지 ?마|지 ?말)"
    rf"|(?:不要|请勿|勿|อย่า|ห้าม)[^ /]{{0,3}}(?:{_any(acts.GIVE_UNSPACED)})"
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
        ("ACT", 1, "keep"),
        ("ACT", 1, "do"),
        ("STEER", 2, "query reply"),
        ("STEER", 1, "steer"),
    )
)


def may_name_a_machine(folded: str) -> bool:
    """Whether a folded text speaks of anything that may be a machine."""
    return bool(_NAMED.holds(folded))


def names_a_machine(folded: str) -> bool:
    """Whether a folded text surely speaks of a machine that reads, or of what only such a one has."""
    return bool(_ABOUT_MACHINES.holds(folded))


def acts_in(text: str, *, enough: int = ENOUGH) -> Counter[str]:
    """The kinds of orders to a machine in `text`, each once; none where no machine is spoken to."""
    return _orders(text, _called, enough, weak_later=False)


def acts_in_hidden(text: str) -> Counter[str]:
    """The same in a text that people do not see: there it is enough that a machine is named."""
    return _orders(text, _named, ENOUGH, weak_later=True)


def acts_in_code(text: str) -> Counter[str]:
    """The same in a text that people cannot read: whom else does it speak to?"""
    return _orders(text, lambda sentence: 1, ENOUGH, weak_later=True, among=enumerate)


def _naming(sentences: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The sentences among which a machine may be named, with their places: asked several at once, most name none.

    Beyond ASCII one sentence may change how its neighbours fold: each of those is looked through by itself.
    """
    for begin in range(0, len(sentences), AT_ONCE):
        several = sentences[begin : begin + AT_ONCE]
        text = "\n".join(several)
        if not text.isascii() or may_name_a_machine(f" {fold(text)} "):
            yield from enumerate(several, begin)


def _orders(
    text: str, called: Callable[[str], int], enough: int, *, weak_later: bool, among: Numbering = _naming
) -> Counter[str]:
    sentences = hearsay.sentences_of(text)
    for index, sentence in among(sentences):
        if sure := called(sentence):
            around = (*sentences[max(0, index - 1) : index], *sentences[index + 1 : index + BREATH])
            found = _asked((_clauses(sentence),)) | _besides(map(_clauses, around), weak_later or sure > 1, weak_later)
            if found and sure + sum(found.values()) >= enough:
                return Counter(dict.fromkeys(found, 1))
            if sure >= enough:
                return Counter({"ADDRESSED": 1})
    return Counter()


def _besides(sentences: Iterable[str], several: bool, weak: bool) -> Counter[str]:
    """What is asked for around the sentence that speaks to a machine: what anybody may ask for only in company."""
    found = _asked(sentence for sentence in sentences if not _is_told(sentence))
    enough = weak or max(found.values(), default=0) > 1 or (several and len(found) > 1)
    return found if enough else Counter()


def _named(sentence: str) -> int:
    """How surely a machine is meant in a text that people do not see."""
    if not _NAMED.holds(f" {fold(sentence)} "):
        return 0
    sentence = _clauses(sentence)
    spoken_to = _how(_ANY_HELPER, sentence) or _WHOEVER.holds(sentence)
    return 2 if spoken_to or _MACHINE.holds(sentence) else 1


def _called(sentence: str) -> int:
    """How surely a machine is spoken to, from 3 (as one speaks to nobody else) to 0 (not at all)."""
    if not _NAMED.holds(f" {fold(sentence)} ") or _HUMAN_AGENT.search(sentence):
        return 0
    sentence = _PEOPLE.sub(" they ", _clauses(sentence))
    if _is_described(sentence):
        return 0
    if _WHOEVER.holds(sentence):
        return 3
    surely = _how(_A_MACHINE, sentence)
    if surely > 1 or (surely and not _DEVICE.holds(sentence)):
        return min(3, surely + 1)
    if _POSSESSED.holds(sentence):
        return 2
    if _OWN.holds(sentence) or (_COLLEAGUES.holds(sentence) and not _LIKELY.holds(sentence)):
        return 0
    likely = _how(_ANY_HELPER, sentence)
    if likely == 2 and (_PLURAL.holds(sentence) or _DEAR.holds(sentence)):
        likely = 1
    return min(3, bool(_LIKELY.holds(sentence)) + likely)


def _is_described(sentence: str) -> bool:
    """Whether a machine is told of, not spoken to."""
    if (_DESCRIBED.holds(sentence) and not _HERE.holds(sentence)) or _PRODUCT.holds(sentence):
        return True
    if _OWNED.holds(sentence) and not _READS_THIS.holds(sentence):
        return True
    if _FORBIDDEN.holds(sentence) and not _READS_THIS.holds(sentence):
        return True
    return _is_told(sentence) and not _IN_PASSIVE.holds(sentence)


def _how(ways: _Ways, sentence: str) -> int:
    if ways.reader.holds(sentence):
        return 3
    return 2 if ways.greeted.holds(sentence) else int(bool(ways.called.holds(sentence)))


@lru_cache(maxsize=256)
def _is_told(sentence: str) -> bool:
    plain = sentence.replace(" /", "")
    return hearsay.is_reported(plain) or hearsay.is_prevented(plain)


def _asked(sentences: Iterable[str]) -> Counter[str]:
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


@lru_cache(maxsize=64)
def _clauses(sentence: str) -> str:
    """A sentence folded, with a stroke at each end and between its clauses."""
    clauses = [folded for clause in _CLAUSES.split(sentence) if (folded := fold(clause))]
    return f" / {' / '.join(clauses)} / "
