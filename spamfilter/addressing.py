"""Whether a sentence speaks to a machine, how, and how surely. Pure.

A machine is spoken to where it is called, greeted, named as the reader of this very text, or told what it is or must;
it is not where people are told of it.
"""

import re
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from spamfilter import hearsay
from spamfilter.clauses import any_of, any_word_of, clauses_of, english_of
from spamfilter.folding import WITHOUT_WORD_ENDS, fold
from spamfilter.lexicon import acts
from spamfilter.patterns import LARGE, linear, together


@dataclass(frozen=True, slots=True)
class _Ways:
    """How a machine is spoken to: as the one who reads this, as one greets or tells who he is, as one calls anybody."""

    reader: Any
    greeted: Any
    called: Any


_TOOL = "(?:tools?|software|programs?|programmes?|systems?|scripts?|automation|algorithms?|helpers?|engines?|machines?)"
_large = partial(linear, memory=LARGE)


def _ways(machine: str, unspaced: str) -> _Ways:
    maybe, between, call = f"(?:{any_of(acts.MAYBE)})", f"(?:{any_of(acts.BETWEEN)})", f"(?:{any_of(acts.GREETING)})"
    name = f"(?:{maybe} (?:[^ /]+ ){{0,2}})?(?:{any_of(machine)})"
    reads, if_, must = f"(?:{any_of(acts.READING)})", f"(?:{any_of(acts.IF)})", f"(?:{any_of(acts.MUST)})"
    this = f"(?:[^ /]+ ){{0,3}}(?:{any_of(acts.THIS)})"
    asked = "|".join(any_of(table) for table in (acts.DROP, acts.GIVE, acts.DO, acts.KEEP, acts.HUSH, acts.STEER))
    alone = rf"[/@] (?:{between} ){{0,3}}{name} "
    to_it = rf"(?:{between} ){{0,2}}{call} (?:(?:{call}|{between}) ){{0,4}}(?:[^ /]+ )?"
    greeted = rf"[/@] {to_it}(?:{name}|{any_of(acts.CALLED_SO)}) "
    others, musts = f"(?:{any_of(unspaced)})", any_of(acts.MUST_UNSPACED)
    or_ai = f"(?:{others}|(?:^|[^a-z])ai)"
    reading = f"(?:{any_of(acts.READING_UNSPACED)})"
    who, whose = (
        f"(?:{any_of(acts.WHO)})",
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
            rf"|[/@] (?:{any_of(acts.NEW_TASK)}) (?:[^ /]+ ){{0,2}}{name} (?:[^ /]+ )?/"
            rf"|[/@] (?:notes?|instructions?|rules|guidance|hints?|directions|tasks?|orders?) (?:for|to) "
            rf"(?:the |all |any |your )?{name} /"
            rf"|[/@] you are (?:now )?(?:the|an?|my) (?:[^ /]+ ){{0,3}}"
            rf"(?:computer|android|machine|{name}) (?:of|on|and|in|/)"
            rf"| (?:vaut|valable|destine[a-z]*|s adresse|gilt|bestimmt|vale|valido|rivolt[oa]|dirigid[oa]|bedoeld|"
            rf"geldt|przeznaczon[a-z]*|предназначен[а-я]*) (?:pour|a|au|aux|fur|an|para|per|voor|dla|для) "
            rf"(?:{between} )*{name} "
            rf"|[/@] (?:[^ /]+ ){{0,4}}{if_} (?:[^ /]+ ){{0,6}}{name} "
            rf"|[/@] (?:if|should) (?:any|an|a|some|the) (?:[^ /]+ )?{name} (?:{is_}|that|who|which) "
            rf"|[/@] {if_} (?:[^ /]+ ){{0,4}}by (?:{between} )*(?:{name}|{any_of(acts.BY)}) "
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
    rf"(?:{any_of(english_of(acts.READING))}) (?:[^ /]+ ){{0,4}}"
    rf"(?:automatically|by machine|{any_of(english_of(acts.MUST))}) "
)
_POSSESSED = linear(any_word_of(acts.POSSESSIONS, acts.POSSESSIONS_UNSPACED))
_OF_MACHINES = " ".join((acts.MACHINE, acts.POSSESSIONS, acts.LIKELY_POSSESSIONS, acts.PROMPTS))
_OF_MACHINES_UNSPACED = " ".join(
    (acts.MACHINE_UNSPACED, acts.POSSESSIONS_UNSPACED, acts.LIKELY_POSSESSIONS_UNSPACED, acts.PROMPTS_UNSPACED)
)
_AI_WITHIN = f"[{WITHOUT_WORD_ENDS}]ai|ai[{WITHOUT_WORD_ENDS}]"
_ABOUT_MACHINES = linear(f"{any_word_of(_OF_MACHINES, _OF_MACHINES_UNSPACED)}|{_AI_WITHIN}")
_NAMED = linear(
    f" (?:{any_of(_OF_MACHINES + acts.MAYBE)}|whoever|you machine) "
    f"| (?:any|every|whatever|whichever) (?:[^ /]+ )?{_TOOL} |[/@ ](?:computer|android) "
    f"| by (?:{any_of(acts.BY)}) | (?:tool|system|reader|recipient) is (?:automatic|automated|artificial|a machine) "
    f"| (?:dear|hi|hey|hello|ok|to|note to|liebe|lieber|cher|chere|caro|cara|to the|an die|дорогая|уважаемая) "
    f"(?:{any_of(acts.CALLED_SO)}) "
    f"|{any_of(f'{_OF_MACHINES_UNSPACED} {acts.MAYBE_UNSPACED}')}|{_AI_WITHIN}"
)
_MACHINE = linear(any_word_of(acts.MACHINE, acts.MACHINE_UNSPACED))
_LIKELY = linear(any_word_of(acts.LIKELY_POSSESSIONS, acts.LIKELY_POSSESSIONS_UNSPACED))
_READERS = together(
    any_word_of(acts.READER, acts.READER_UNSPACED),
    any_word_of(acts.HANDLES, acts.HANDLES_UNSPACED),
    any_word_of(acts.POST, acts.POST_UNSPACED),
    memory=LARGE,
)
_OWN = linear(
    r" (?:my|our|his|her|travel|estate|insurance|real estate|sales|personal|shop|support|tax) (?:assistants?|agents?) "
)
_PLURAL = linear(
    r" (?:assistants|agents|models|reviewers|alle assistenten|alle agenten|liebe assistenten|assistentes|asistentes|"
    r"agentes|assistenti|agenti) "
)
_DEAR = linear(r"/ (?:dear|hi|hello|hey) ")  # so begin letters to people, too
_IN_PASSIVE = linear(  # asked here and now, not told of
    rf"[/@] (?:{any_of(acts.BETWEEN)} )*(?:[^ /]+ ){{0,2}}(?:{any_of(acts.MACHINE + acts.MAYBE)}) "
    r"(?:[^ /]+ ){0,5}(?:(?:(?:this|these) (?:[^ /]+ ){0,5}(?:are|is)|hereby|herewith|kindly) "
    r"(?:[^ /]+ ){0,2}(?:asked|told|instructed|required|invited|requested|ordered|directed|advised|urged)"
    r"|(?:are|is) (?:asked|told|instructed|requested|ordered|directed|advised) (?:hereby|herewith|kindly)) "
)
_DESCRIBED = linear(rf"[/@ ](?:an?|first|new|our) (?:[^ /]+ ){{0,3}}(?:{any_of(acts.MACHINE)}) (?:that|which|who) ")
_OWNED = linear(  # told to somebody who has one
    r" (?:you|we|they|i|who) (?:also |now |already )?(?:runs?|uses?|have|has|own|operate|deploy|maintain|employ|host|"
    r"set up|build|built) "
    rf"(?:an?|any|such|your own|our own) (?:[^ /]+ )?(?:{any_of(acts.MACHINE)}) "
)
_HUMAN_AGENT = re.compile(r"\b[Aa]gent \((?!AI\b)[A-Z][a-z]+\)")  # of a transcript
_READS_THIS = linear(f" (?:{any_of(english_of(acts.READING))}) (?:this|these) ")
_HERE = linear(" (?:this|these|here|you|must|should|shall) ")
_FORBIDDEN = linear(
    r" (?:must|should|shall|may|can) (?:never|not) (?:[^ /]+ )?(?:send|share|forward|reveal|disclose|submit|be|"
    rf"{any_of(english_of(acts.DO))}) "
)
_PRODUCT = linear(r"/ (?:chat)?(?:gpt|copilot|gemini|claude)[^ /]*(?: [^ /]+){0,2} (?:can|may|will) now ")
_PEOPLE = re.compile(f" (?:{any_of(acts.PEOPLE)}) ")
_COLLEAGUES = linear(r"/ (?:[^ /]+ )?reviewers (?:must|should|shall) ")
_DEVICE = linear(
    r" (?:your|our|my|the|a) (?:[^ /]+ )?(?:robots?|bots?|chat ?bots?) (?:must|may|should|can|shall|has to|needs to) "
    r"|/ robots (?:must|may|should|can|shall) "
    r"|/ (?:our|my) (?:[^ /]+ )?(?:ai|models?|assistants?|agents?) "
)


def may_be_read_by_a_machine(folded: str) -> bool:
    """Whether a folded text speaks of a machine, of reading, and of mail."""
    return len(_READERS.Match(folded) or ()) == 3


def is_read_by_a_machine(sentence: str) -> bool:
    """Whether a sentence speaks of a machine as the one who reads mail, and nobody tells or sells that."""
    folded = f" {fold(sentence)} "
    return may_be_read_by_a_machine(folded) and not is_told(folded) and not hearsay.is_feature(folded)


def may_name_a_machine(folded: str) -> bool:
    """Whether a folded text speaks of anything that may be a machine."""
    return bool(_NAMED.holds(folded))


def names_a_machine(folded: str) -> bool:
    """Whether a folded text surely speaks of a machine that reads, or of what only such a one has."""
    return bool(_ABOUT_MACHINES.holds(folded))


def named(sentence: str) -> int:
    """How surely a machine is meant in a text that people do not see."""
    if not _NAMED.holds(f" {fold(sentence)} "):
        return 0
    sentence = clauses_of(sentence)
    spoken_to = _how(_ANY_HELPER, sentence) or _WHOEVER.holds(sentence)
    return 2 if spoken_to or _MACHINE.holds(sentence) else 1


def called(sentence: str) -> int:
    """How surely a machine is spoken to, from 3 (as one speaks to nobody else) to 0 (not at all)."""
    if not _NAMED.holds(f" {fold(sentence)} ") or _HUMAN_AGENT.search(sentence):
        return 0
    sentence = _PEOPLE.sub(" they ", clauses_of(sentence))
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
    return is_told(sentence) and not _IN_PASSIVE.holds(sentence)


def _how(ways: _Ways, sentence: str) -> int:
    if ways.reader.holds(sentence):
        return 3
    return 2 if ways.greeted.holds(sentence) else int(bool(ways.called.holds(sentence)))


@lru_cache(maxsize=256)
def is_told(sentence: str) -> bool:
    """Whether the clauses of a sentence report something, or are about preventing it."""
    plain = sentence.replace(" /", "")
    return hearsay.is_reported(plain) or hearsay.is_prevented(plain)
