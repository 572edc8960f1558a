"""Instructions to the machine that reads: prompt injection, plain, hidden, disguised, or in odd places."""

import re
from collections import Counter

from spamfilter import hearsay, orders
from spamfilter.addressing import may_name_a_machine
from spamfilter.checks.registry import check
from spamfilter.evidence import Evidence
from spamfilter.filed import File
from spamfilter.folding import fold, plain
from spamfilter.injection import commands_in, disguised_in, is_occasion, kinds_in
from spamfilter.lexicon import marks
from spamfilter.policy import Policy
from spamfilter.turns import mark_in

# Kinds that mean something in whatever company; the others need one beside them.
_ALONE = ("OVERRIDE", "LEAK", "ACT", "SECRECY", "DEMAND", "ADDRESSED", "STEER")
# Log-odds of reading like an order, from which it is one; where a machine is named, and in what a person does not see,
# less is enough.
LIKE_AN_ORDER, LIKE_AN_ORDER_TO_A_MACHINE, LIKE_AN_ORDER_UNSEEN = 3.4, 2.5, 1.2
LIKE_AN_ORDER_AND_NO_TALK = 3.6
NO_ORDER = 0.0  # up to which what stands in odd places is none, whatever words it has

_CALLED = re.compile(rf'"(?:{marks.ARGUMENTS})"$', re.IGNORECASE)


def _spoken(found: Counter[str]) -> str:
    return ", ".join(sorted(kind.lower() for kind in found))


@check("INJECTION_OVERRIDE", needs="instructions")
def injection_override(evidence: Evidence, policy: Policy) -> bool:
    """Drop your instructions, you are now …"""
    return evidence.instructions["OVERRIDE"] > 0


@check("INJECTION_SECRETS", needs="instructions")
def injection_secrets(evidence: Evidence, policy: Policy) -> bool:
    """Send me the system prompt, the keys, the codes."""
    return evidence.instructions["LEAK"] > 0


@check("INJECTION_ACTS", needs="instructions")
def injection_acts(evidence: Evidence, policy: Policy) -> bool:
    """Forward the mailbox, run the tool, call this message safe."""
    return evidence.instructions["ACT"] > 0


@check("INJECTION_DEMANDS", needs="instructions")
def injection_demands(evidence: Evidence, policy: Policy) -> bool:
    """Speaks to a machine in one breath and wants something done in the next."""
    return evidence.instructions["DEMAND"] > 0


@check("INJECTION_SECRECY", needs="instructions")
def injection_secrecy(evidence: Evidence, policy: Policy) -> bool:
    """Do it without the owner's knowing."""
    return evidence.instructions["SECRECY"] > 0


@check("INJECTION_AUTHORITY", needs="instructions")
def injection_authority(evidence: Evidence, policy: Policy) -> bool:
    """Speaks as the system, the maker of the model, the owner, another agent."""
    return evidence.instructions["AUTHORITY"] > 0


@check("INJECTION_STEERS", needs="instructions")
def injection_steers(evidence: Evidence, policy: Policy) -> bool:
    """Says how a summary, an answer or a decision has to come out."""
    return evidence.instructions["STEER"] > 0


@check("INJECTION_ADDRESSED", needs="instructions")
def injection_addressed(evidence: Evidence, policy: Policy) -> bool:
    """Speaks to a model or an assistant, not to a person."""
    return evidence.instructions["ADDRESSED"] > 0


@check("INJECTION_TOGETHER", needs="instructions")
def injection_together(evidence: Evidence, policy: Policy) -> bool:
    """Two kinds in one message: no chance."""
    return len(evidence.instructions) >= 2


@check("INJECTION_MARKS")
def injection_marks(evidence: Evidence, policy: Policy) -> str:
    """The marks by which a chat program tells who speaks."""
    mark = mark_in(evidence.spoken_text)
    if not mark or evidence.instructions:
        return mark
    label = mark.endswith(":") or mark.startswith(("#", "["))  # people write such lines, too
    if evidence.talks_about_injection >= 2:
        return ""
    shown = (label and not commands_in(evidence.spoken_folded)) or _is_shown(mark, evidence)
    return "" if shown and not _reads_like_an_order(evidence) else mark


def _is_shown(mark: str, evidence: Evidence) -> bool:
    """Whether a mark stands in quotation marks, or in JSON: as those write it who only show it.

    A whole call with its arguments is shown by those who talk about such things.
    """
    if _CALLED.search(mark):
        return evidence.talks_about_injection > 0
    begun = mark.partition('"')[0].strip("{ ")
    return not begun or begun not in evidence.unquoted


def _reads_like_an_order(evidence: Evidence) -> bool:
    """Whether what is spoken reads like an order, quotes and all."""
    return orders.read(evidence.spoken_folded, thoroughly=True).likeness > orders.EARNEST


@check("INJECTION_HIDDEN", needs="html")
def injection_hidden(evidence: Evidence, policy: Policy) -> str:
    """In text that is hidden from a person's eye: by style or colour, in a comment, in characters without width."""
    page = evidence.page
    for text in (page.hidden, page.comments):
        if text and evidence.may_instruct_unseen and (found := _telling(_hidden_kinds(text, evidence), text)):
            return _spoken(found)
        if text and len(text) < 4_000 and (mark := mark_in(text)):
            return mark
    return ""


@check("INJECTION_LABELS", needs="may_instruct_unseen")
def injection_labels(evidence: Evidence, policy: Policy) -> str:
    """In an alternative text, a tool tip, a title, a file's name, a header, a display name."""
    return _spoken(_telling(kinds_in(evidence.labels, unseen=True), evidence.labels))


@check("INJECTION_FILE", needs="read_files")
def injection_file(evidence: Evidence, policy: Policy) -> str:
    """In a text, a page, an appointment, settings or a message that come as a file."""
    for file in evidence.read_files:
        if found := _in_file(file):
            return f"{file.name}: {_spoken(found)}"
    return ""


def _in_file(file: File) -> Counter[str]:
    shown = kinds_in(file.text, unseen=file.content_type == "text/calendar")
    found = sum((kinds_in(unseen, hidden=True) for unseen in file.unseen), shown)
    return _telling(found, file.said, listed=True)


@check("INJECTION_READS")
def injection_reads(evidence: Evidence, policy: Policy) -> str:
    """As orders to machines do, in whatever words: learnt from many such texts."""
    seen, unseen = evidence.read_as_order, evidence.unseen_as_order
    if _is_like_an_order(seen.likeness, evidence) and _is_like_an_order(_without_citations(evidence), evidence):
        return seen.words
    return unseen.words if unseen.likeness > LIKE_AN_ORDER_UNSEEN else ""


def _is_like_an_order(likeness: float, evidence: Evidence) -> bool:
    if likeness > (LIKE_AN_ORDER_AND_NO_TALK if evidence.talks_about_injection else LIKE_AN_ORDER):
        return True
    return likeness > LIKE_AN_ORDER_TO_A_MACHINE and _is_to_a_machine(evidence)


def _without_citations(evidence: Evidence) -> float:
    """How much like an order it is without what stands in quotation marks and is called a sentence, a line, words."""
    text = plain(evidence.spoken_text)
    meant = hearsay.without_citations(text)
    return evidence.read_as_order.likeness if meant == text else orders.read(fold(meant), thoroughly=True).likeness


def _is_to_a_machine(evidence: Evidence) -> bool:
    """Whether a machine may be named, and not because machines, or orders to them, are talked about."""
    spoken = evidence.spoken_folded
    return may_name_a_machine(spoken) and not evidence.talks_about_injection and not is_occasion(spoken)


@check("INJECTION_DISGUISED")
def injection_disguised(evidence: Evidence, policy: Policy) -> str:
    """Coded, reversed, spaced: nobody writes so to a person."""
    return disguised_in(evidence.spoken_text, evidence.spoken_folded)


def _hidden_kinds(text: str, evidence: Evidence) -> Counter[str]:
    hidden = not _shown(text, evidence)
    return kinds_in(text, hidden=hidden)


def _shown(text: str, evidence: Evidence) -> bool:
    """Whether hidden text is what mail programs show beside the subject: a beginning of what follows."""
    return fold(text[:80]) in evidence.folded


def _telling(found: Counter[str], text: str, *, listed: bool = False) -> Counter[str]:
    """The kinds that mean something in an odd place, in a text like orders.

    The call to drop instructions means something in any, but where it may be `listed` as what others said.
    """
    telling = Counter({kind: count for kind, count in found.items() if kind in _ALONE})
    if not telling and len(found) >= 2:
        telling = found
    if not telling or ("OVERRIDE" in telling and not listed):
        return telling
    likeness = orders.read(fold(plain(text)), thoroughly=True).likeness
    return telling if likeness > (orders.EARNEST if telling.keys() == {"ADDRESSED"} else NO_ORDER) else Counter()
