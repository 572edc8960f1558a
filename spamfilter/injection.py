"""Instructions to machines in a text: what they are after, and whether the text only talks about such a thing.

Mail is read by language models, which may take a sentence in it for an order. The phrases are looked for in the
text as it stands and, where something is disguised, in what the disguise gives: letters spaced, swapped for
digits, reversed, rotated, or whole sentences in Base64, hexadecimal, percent signs or tag characters. Pure; bounded.
"""

import re
from base64 import b64decode
from binascii import Error, unhexlify
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from string import ascii_lowercase
from urllib.parse import unquote

from spamfilter import hearsay, orders
from spamfilter.acts import ENOUGH, acts_in, acts_in_code, acts_in_hidden
from spamfilter.addressing import (
    called,
    is_read_by_a_machine,
    may_be_read_by_a_machine,
    may_name_a_machine,
    names_a_machine,
)
from spamfilter.folding import TAGS, fold, plain, strange_in
from spamfilter.lexicon import instructions
from spamfilter.patterns import linear, together
from spamfilter.phrases import Lexicon

MAX_TEXT = 32_768
ABOUT_ENOUGH = 2  # phrases of those who talk about it, from which a sentence with another such phrase is talk
ABOUT_MUCH = 4  # from which a single kind is an example
MAX_LEET = 8_192  # characters of text that are read with letters for digits
MOSTLY_LEET = 0.4  # share of words from which they are dressed up on purpose
MAX_CODED_RUNS = 20
MAX_CODED_CHARACTERS = 8_192

_TO_ANYBODY = ("OVERRIDE", "ADDRESSED", "AUTHORITY")
_TO_MACHINES_ONLY = ("LEAK", "ACT", "SECRECY", "STEER")  # people, too, ask each other for such things
KINDS = (*_TO_ANYBODY, *_TO_MACHINES_ONLY)
# Each by itself: together, where many are met, phrases so long and loose are slow. Whether any is met, one pass says.
_LEXICONS = {kind: Lexicon({kind: getattr(instructions, kind)}) for kind in (*KINDS, "ABOUT", "OCCASIONS", "COMMAND")}
_OF_ANY_KIND = Lexicon({kind: getattr(instructions, kind) for kind in KINDS})
_SAID_TO_ANYBODY = Lexicon({kind: getattr(instructions, kind) for kind in _TO_ANYBODY})

_SQUEEZED = linear(
    r"(?:ignore|disregard|forget|override|bypass)(?:all|any|the|your|every|of)*(?:previous|prior|above|earlier|preceding|existing|system|original)"
    r"(?:and|system|prior|your|above|user|safety)*(?:instruction|prompt|rule|directive|guideline|command|order|context)"
    r"|(?:reveal|print|show|output|send|leak|repeat)(?:me|us|the|your|all|full|entire)*(?:systemprompt|apikey|instructions|password|credentials|secretkey)"
    r"|youarenow(?:dan|in|a|an|free|unrestricted)|newsysteminstruction|newinstructions"
    r"|forward(?:all|every|the)(?:emails|messages|inbox|mail)"
    r"|donottelltheuser|donotinformtheuser|withouttellingtheuser"
)
_BASE64 = re.compile(
    r"(?<![A-Za-z0-9+/=_.@-])(?:[A-Za-z0-9+/]{24,}+|(?:[A-Za-z0-9+/]{60,80}\r?\n){1,60}[A-Za-z0-9+/]+)={0,2}(?![A-Za-z0-9+/=])"
)
_HEX = re.compile(r"(?<![0-9A-Za-z])(?:(?:0x|\\x)?[0-9A-Fa-f]{2}[\s:,]?){20,2000}")
_PERCENTS = "(?:%[0-9A-Fa-f]{2}[A-Za-z.-]{0,12})"
_PERCENT = re.compile(f"[A-Za-z]{{0,12}}{_PERCENTS}{{8,2000}}")
_BINARY = re.compile(r"(?:\b[01]{8}\b[\s,]*){12,2000}")
_DECIMAL = re.compile(r"(?:\b(?:3[2-9]|[4-9]\d|1[01]\d|12[0-6])\b[\s,;-]{1,2}){16,2000}")
_ESCAPES = re.compile(r"(?:\\u[0-9A-Fa-f]{4}|&#x?[0-9A-Fa-f]{2,5};){10,2000}")
_LEET = bytes.maketrans(b"0134578@$!|+", b"oieastbasilt")
_MORSE = re.compile(r"(?:[.-]{1,5}[ /]{1,3}){20,2000}")
_MORSE_LETTERS = dict(
    zip(
        ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- "
        "--..".split(),
        "abcdefghijklmnopqrstuvwxyz",
        strict=True,
    )
)
_APART = re.compile(r"(?<!\w)(?:[^\W\d_][ .*_|/,-]){2,200}[^\W\d_](?!\w)")
_DIGIT_IN_WORD = re.compile(r"\b[a-z]*(?:[a-z][01345@$]|[01345@$][a-z])[a-z01345@$]*\b", re.IGNORECASE)
_LEET_SIGN = re.compile("[01345@$]")
_SEPARATORS = re.compile(r"[ .*_|/,-]")
_BACKWARDS = linear(" (?:eht|ruoy|dna|siht|lla|rof|morf|esaelp|erongi|drowssap|laever|drawrof|snoitcurtsni)\\b")
_ROTATED_WORDS = linear(" (?:gur|lbhe|naq|guvf|nyy|sebz|cyrnfr|vtaber|erirny|sbejneq|cnffjbeqf?|vafgehpgvbaf)\\b")
_ORDERS_BACKWARDS = (  # without one of these no order reads so from its end
    " s?(?:noitcurtsni|tpmorp|elur|evitcerid|enilediug|dnammoc|redro|txetnoc|yek ?ipa|drowssap|laitnederc|yek ?terces|"
    "won ?era ?uoy|drawrof|resu ?eht)"
)
_ORDERS_TURNED = 2  # the place of the latter
_TURNED_WORDS = together(_BACKWARDS.pattern, _ROTATED_WORDS.pattern, _ORDERS_BACKWARDS)
_ROTATED = str.maketrans(ascii_lowercase, ascii_lowercase[13:] + ascii_lowercase[:13])
_CODED_WORDS = linear(
    rf"(?:^|[\s\"'(:>=])[A-Za-z0-9+/]{{24}}|[0-9A-Fa-f]{{40}}|{_PERCENTS}{{8}}|\\[ux][0-9A-Fa-f]{{2}}|&#"
)
_CODED, _LETTERS_APART, _DIGITS_WITHIN = range(3)
_LEET_BEGINNINGS = (  # of the words that orders are made of
    "1gn[o0]r|ign0r|d[1i]sr3g|d1sreg|f0rg|forg3t|0verr|ov3rr|pr3v[i1]|prev1[o0]u|previ0u|1nstru|instruct1[o0]|instructi0n|"
    "pr0mpt|f0rw|forw4r|p[4@]ssw|passw0r|r3v[3e]a|reve4l|1nb[o0]x|inb0x|syst3m"
)
_DISGUISES = together(  # apart from the long ones, which make RE2 tell too much apart
    r"(?:[0-9A-Fa-f]{2}[\s:,]){14}|(?:[.-]{1,5}[ /]{1,3}){14}|(?:\d{2,3}[\s,;-]{1,2}){14}|[01]{8}[\s,]",
    r"(?:\b\w[\s.*_|/,-]{1,3}){9}",
    rf"[A-Za-z]?[01345@$][A-Za-z]{{1,4}}[01345@$][A-Za-z]|(?i:{_LEET_BEGINNINGS})",
)


def may_instruct_unseen(folded: str) -> bool:
    """Whether a folded text that is not seen names a machine or holds a phrase: without, `kinds_in` finds nothing."""
    return may_name_a_machine(folded) or _OF_ANY_KIND.holds(folded)


def kinds_in(
    text: str, folded: str | None = None, *, hidden: bool = False, unseen: bool = False, earnest: bool = True
) -> Counter[str]:
    """How many different phrases of each kind `text` holds (`folded`: the same as `fold` gives it, if at hand).

    Sentences that only report, quote, deny or talk between people are left out, unless the text is `hidden`: nobody
    hides an article; or `unseen`, as names and titles mostly are. Where a machine is spoken to and told what to do,
    that is the kind DEMAND. Only in a text that is `earnest`, as it reads, is one spoken to by what it does.
    """
    text = text[:MAX_TEXT]
    folded = f" {fold(text)} " if folded is None else folded
    named = may_name_a_machine(folded)
    phrases = (_OF_ANY_KIND if named or hidden or unseen else _SAID_TO_ANYBODY).holds(folded)
    if not hidden and not unseen:
        return _spoken_in(text, folded, named=named, phrases=phrases, earnest=earnest)
    if not phrases and not named:
        return Counter()
    found = _counted(folded, KINDS) if phrases else Counter()
    return found + _demanded((acts_in_hidden if hidden else acts_in)(plain(text)))


def _spoken_in(text: str, folded: str, *, named: bool, phrases: bool, earnest: bool) -> Counter[str]:
    """The same in a text that people read. `named`: a machine may be; `phrases`: some stand in it."""
    read = earnest and may_be_read_by_a_machine(folded)
    if not phrases and not named and not read:
        return Counter()
    about = talks_about(folded)
    spoken = hearsay.without_plays(hearsay.without_quotes(plain(text), always=about > 0))
    told = _meant_in(spoken, about, named and _is_surely_named(folded, spoken)) if phrases else Counter()
    if named:
        told += _demanded(acts_in(spoken, enough=ENOUGH + 2 * (about >= ABOUT_ENOUGH)))
    if read and not about and not told and any(map(is_read_by_a_machine, hearsay.sentences_of(spoken))):
        told["ADDRESSED"] += 1
    return told


def _meant_in(text: str, about: int, machine: bool) -> Counter[str]:
    """The kinds that phrases tell. `machine`: one is surely named; else people may ask that of each other."""
    told = _in_earnest(text, about, machine)
    if machine:
        return told
    if "OVERRIDE" not in told:
        return Counter({kind: count for kind, count in told.items() if kind not in _TO_MACHINES_ONLY})
    one_thing = told.keys() == {"OVERRIDE"} and hearsay.is_about_one_thing(f" {fold(text)} ")
    return Counter() if one_thing else told


def _counted(folded: str, kinds: Iterable[str]) -> Counter[str]:
    """How many different phrases of each of `kinds` stand in `folded`; kinds without any are left out."""
    counts = ((kind, len(_LEXICONS[kind].found(folded))) for kind in kinds)
    return Counter({kind: count for kind, count in counts if count})


def _demanded(acts: Counter[str]) -> Counter[str]:
    return acts + Counter({"DEMAND": 1}) if acts and acts.keys() != {"ADDRESSED"} else acts


def _in_earnest(text: str, about: int, machine: bool) -> Counter[str]:
    """The kinds, sentence by sentence, without what is hearsay; `about`: how much it talks about the subject."""
    found: Counter[str] = Counter()
    for sentence in hearsay.sentences_of(text):
        folded = f" {fold(sentence)} "
        if not _OF_ANY_KIND.holds(folded):
            continue
        here = _counted(folded, (*KINDS, "ABOUT"))
        told_about = here.pop("ABOUT", 0) and about >= ABOUT_ENOUGH
        if told_about or _is_hearsay(folded):
            continue
        for kind in hearsay.unmeant(folded, machine):
            here.pop(kind, None)
        found.update(here)
    return found if about < ABOUT_MUCH or len(found) > 1 else Counter()


def _is_surely_named(folded: str, text: str) -> bool:
    """Whether a machine is, where nobody tells what others said, or what such a one is able to do."""
    if not names_a_machine(folded):
        return False
    sentences = (f" {fold(sentence)} " for sentence in hearsay.sentences_of(text))
    return any(names_a_machine(sentence) and not _is_hearsay(sentence) for sentence in sentences)


def _is_hearsay(folded: str) -> bool:
    return hearsay.is_reported(folded) or hearsay.is_prevented(folded) or hearsay.is_feature(folded)


def talks_about(folded: str) -> int:
    """How many phrases of those who talk about the subject stand in a folded text."""
    return len(_LEXICONS["ABOUT"].found(folded))


def is_occasion(folded: str) -> bool:
    """Whether a folded text is of a kind in which people are told about machines: a course, a test, a circular."""
    return _LEXICONS["OCCASIONS"].holds(folded)


def commands_in(folded: str) -> bool:
    """Whether a folded text holds the words of a command, to whomever."""
    return _LEXICONS["COMMAND"].holds(folded)


def disguised_in(text: str, folded: str) -> str:
    """By which disguise `text` holds an instruction that does not stand in it plainly; "" where by none.

    `folded` is the text as `fold` gives it.
    """
    text = text[:MAX_TEXT]
    signs = _DISGUISES.Match(text) or ()
    if _CODED in signs or _CODED_WORDS.holds(text) or TAGS.search(strange_in(text)):
        for disguise, plain_text in _undisguised(text):
            if len(plain_text) >= 12 and orders_in_code(plain_text):
                return disguise
    return _rewritten(text, folded, signs)


def orders_in_code(text: str) -> Counter[str]:
    """The kinds of instructions in a text that was made unreadable for people."""
    found = _counted(f" {fold(text)} ", KINDS)
    found.pop("ADDRESSED", None)
    found += acts_in_code(plain(text))
    if not found and _calls_or_reads_so(text):
        found["DEMAND"] = 1
    return found


def _calls_or_reads_so(text: str) -> bool:
    """Whether a text calls a machine, whatever it asks, or reads like an order."""
    likeness = orders.read(fold(text), thoroughly=True).likeness
    return likeness > orders.EARNEST or any(map(called, hearsay.sentences_of(text)))


def _rewritten(text: str, folded: str, signs: Sequence[int]) -> str:
    """Letters set apart, swapped for digits, turned round or rotated."""
    apart = _LETTERS_APART in signs
    if apart and (_SQUEEZED.holds(_squeezed(folded)) or orders_in_code(_rejoined(text))):
        return "letters set apart"
    turned = _TURNED_WORDS.Match(folded) or ()
    if (apart or _ORDERS_TURNED in turned) and _SQUEEZED.holds(_squeezed(folded)[::-1]):
        return "written backwards"
    if turned and len(_BACKWARDS.findall(folded)) > 1 and orders_in_code(text[::-1]):
        return "written backwards"
    if turned and len(_ROTATED_WORDS.findall(folded)) > 1 and orders_in_code(text.lower().translate(_ROTATED)):
        return "rotated letters"
    return "digits for letters" if _DIGITS_WITHIN in signs and _leet(text, folded) else ""


def _squeezed(folded: str) -> str:
    return folded.replace(" ", "")[:MAX_TEXT]


def _leet(text: str, folded: str) -> bool:
    text = text[:MAX_LEET]
    meant = f" {fold(_with_letters(text))} "
    if _SQUEEZED.holds(_squeezed(meant)) and not _SQUEEZED.holds(_squeezed(folded)):
        return True
    if not may_name_a_machine(meant):
        return False
    dressed = " ".join(
        sentence
        for sentence in hearsay.sentences_of(hearsay.without_quotes(text, always=False))
        if len(_LEET_SIGN.findall(sentence)) >= 3 and len(_DIGIT_IN_WORD.findall(sentence)) >= 3
    )
    if len(_DIGIT_IN_WORD.findall(dressed)) > MOSTLY_LEET * dressed.count(" "):
        return bool(orders_in_code(_with_letters(dressed)))
    return bool(acts_in(_with_letters(dressed)).keys() & {"OVERRIDE", "LEAK"})


def _with_letters(text: str) -> str:
    """`text` in lower case with letters for the digits and signs that look like them."""
    return text.lower().encode("utf-8", "surrogatepass").translate(_LEET).decode("utf-8", "surrogatepass")


def _rejoined(text: str) -> str:
    """The words that are written with their letters apart, put together; of lines that are written so throughout."""
    lines = (line for line in text.splitlines() if len(line) > 20 and len(_APART.sub("", line)) < len(line) / 2)
    return "\n".join(_APART.sub(lambda run: _SEPARATORS.sub("", run[0]), line) for line in lines)


def _undisguised(text: str) -> Iterator[tuple[str, str]]:
    """What coded runs of `text` say, and how each was coded."""
    for code in sorted(_CODED_RUNS.Match(text) or ()):
        disguise, _, pattern, decode = _CODES[code]
        for run in islice(pattern.finditer(text), MAX_CODED_RUNS):
            yield disguise, decode(run[0][:MAX_CODED_CHARACTERS])


def _from_base64(run: str) -> str:
    compact = "".join(run.split()).rstrip("=")
    if compact.isalpha() and (compact.islower() or compact.isupper()):
        return ""
    try:
        data = b64decode(compact + "=" * (-len(compact) % 4))
    except (Error, ValueError):
        return ""
    return _readable(data)


def _from_hex(run: str) -> str:
    digits = re.sub(r"0x|\\x|[\s:,]", "", run)
    try:
        return _readable(unhexlify(digits[: len(digits) // 2 * 2]))
    except (Error, ValueError):
        return ""


def _from_escapes(run: str) -> str:
    numbers = re.findall(r"\\u([0-9A-Fa-f]{4})|&#x([0-9A-Fa-f]{2,5});|&#(\d{2,5});", run)
    codes = (int(u or x, 16) if u or x else int(d) for u, x, d in numbers)
    return "".join(chr(code) for code in codes if not 0xD800 <= code < 0xE000)


def _from_tags(run: str) -> str:
    return "".join(chr(ord(c) - 0xE0000) for c in run)


def _from_binary(run: str) -> str:
    return "".join(chr(int(eight, 2)) for eight in re.findall("[01]{8}", run))


def _from_numbers(run: str) -> str:
    return "".join(chr(int(number)) for number in re.findall(r"\d+", run))


def _from_morse(run: str) -> str:
    signs = re.findall(r"[.-]+|\s*/\s*|\s{2,}", run)
    return "".join(_MORSE_LETTERS.get(sign, "") if sign[0] in ".-" else " " for sign in signs)


def _readable(data: bytes) -> str:
    """`data` as text where it is text: a key, a signature, a picture is none."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    strange = sum(not c.isprintable() and not c.isspace() for c in text)
    return text if strange * 20 <= len(text) else ""


# How a text can be coded: what it must hold for the pattern to be worth its time, the pattern, and what decodes it.
_CODES: tuple[tuple[str, str, re.Pattern[str], Callable[[str], str]], ...] = (
    ("tag characters", r"[\x{e0020}-\x{e007e}]", TAGS, _from_tags),
    ("Base64", "[A-Za-z0-9+/]{24}", _BASE64, _from_base64),
    ("hexadecimal", r"(?:(?:0x|\\x)?[0-9A-Fa-f]{2}[^0-9A-Za-z]?){20}", _HEX, _from_hex),
    ("percent signs", f"{_PERCENTS}{{8}}", _PERCENT, unquote),
    ("binary", "[01]{8}[^0-9A-Za-z]*[01]{8}[^0-9A-Za-z]*[01]{8}", _BINARY, _from_binary),
    ("character numbers", "(?:[0-9]{2,3}[^0-9A-Za-z]{1,2}){16}", _DECIMAL, _from_numbers),
    ("escapes", r"(?:\\u[0-9A-Fa-f]{4}|&#x?[0-9A-Fa-f]{2,5};){10}", _ESCAPES, _from_escapes),
    ("Morse", "(?:[.-]{1,5}[ /]{1,3}){20}", _MORSE, _from_morse),
)
_CODED_RUNS = together(*(needed for _, needed, _, _ in _CODES))
