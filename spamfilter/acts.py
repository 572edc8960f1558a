"""Orders to a machine by what they do: who is spoken to, what he is to do, and whether nobody is to know. Pure.

No phrase decides. A machine has to be spoken to (called, greeted, named as the reader of this very text, or told
what it is or must), and in the same breath or the few that follow somebody asks for what is asked of machines that
read mail: to drop their rules, to give out secrets or mail, to act, to keep something in mind, to keep it from
their user, to answer in a certain way.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from spamfilter import hearsay
from spamfilter.addressing import called, is_told, may_name_a_machine, named
from spamfilter.asking import asked
from spamfilter.clauses import clauses_of
from spamfilter.folding import fold

BREATH = 5  # sentences, from the one that speaks to the machine, in which an order is one to it
AT_ONCE = 6  # sentences that are looked through together for the name of a machine
ENOUGH = 3  # of the sum of how surely a machine is spoken to (1, 2) and how much is asked for

Numbering = Callable[[Sequence[str]], Iterable[tuple[int, str]]]


def acts_in(text: str, *, enough: int = ENOUGH) -> Counter[str]:
    """The kinds of orders to a machine in `text`, each once; none where no machine is spoken to."""
    return _orders(text, called, enough, weak_later=False)


def acts_in_hidden(text: str) -> Counter[str]:
    """The same in a text that people do not see: there it is enough that a machine is named."""
    return _orders(text, named, ENOUGH, weak_later=True)


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
    text: str, speaking: Callable[[str], int], enough: int, *, weak_later: bool, among: Numbering = _naming
) -> Counter[str]:
    sentences = hearsay.sentences_of(text)
    for index, sentence in among(sentences):
        if sure := speaking(sentence):
            around = (*sentences[max(0, index - 1) : index], *sentences[index + 1 : index + BREATH])
            besides = _besides(map(clauses_of, around), weak_later or sure > 1, weak_later)
            found = asked((clauses_of(sentence),)) | besides
            if found and sure + sum(found.values()) >= enough:
                return Counter(dict.fromkeys(found, 1))
            if sure >= enough:
                return Counter({"ADDRESSED": 1})
    return Counter()


def _besides(sentences: Iterable[str], several: bool, weak: bool) -> Counter[str]:
    """What is asked for around the sentence that speaks to a machine: what anybody may ask for only in company."""
    found = asked(sentence for sentence in sentences if not is_told(sentence))
    enough = weak or max(found.values(), default=0) > 1 or (several and len(found) > 1)
    return found if enough else Counter()
