"""What a message costs against 10, 100 and 1,000 rules, beside asking each rule by itself."""

import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from agenticmail.message import Message, parse_message
from benchmarks.report import Options, Table, ratio, within
from rules.actions import Move
from rules.conditions import Condition
from rules.decide import decide
from rules.ruleset import Ruleset, StoredRule, compile_ruleset
from rules.spec import RuleSpec
from spamfilter.verdict import Verdict

SIZES = (10, 100, 1000)
TARGET_S = 0.001  # a message against 1,000 rules
VERDICT = Verdict(verdict="ham", score=0.3, threshold=5.0)

_random = random.Random(20261122)
_words = ["".join(_random.choices("etaoinshrdlucmfwypvbgk", k=_random.randint(3, 10))) for _ in range(4000)]


def _text(characters: int) -> str:
    text = ""
    while len(text) < characters:
        text += _random.choice(_words) + " "
    return text[:characters]


def _one(field: str, op: str, value: str) -> tuple[Condition, ...]:
    return (Condition(field=field, op=op, value=value),)


def _mixed(number: int, word: str) -> tuple[Condition, ...]:
    """What people write: mostly one sender, domain or word, some with a second condition."""
    kinds = (
        _one("from", "domain_is", f"{word}{number}.example"),
        _one("from", "is", f"{word}@company{number}.example"),
        _one("subject", "contains", f"{word} {number}") + _one("size", "under", "1M"),
        _one("subject", "starts_with", f"[{word}{number}]"),
        _one("header:X-Project", "is", f"{word}-{number}"),
        _one("to", "matches", f"{word}+{number}@*"),
        _one("body", "contains", f"{word} {number}"),
        _one("subject", "regex", rf"^{word}-\d+ #{number}\b"),
    )
    return kinds[number % len(kinds)]


KINDS: dict[str, Callable[[int, str], tuple[Condition, ...]]] = {
    "mixed, as people write them": _mixed,
    "from domain_is": lambda number, word: _one("from", "domain_is", f"{word}{number}.example"),
    "subject contains": lambda number, word: _one("subject", "contains", f"{word}{number}"),
    "subject regex": lambda number, word: _one("subject", "regex", rf"\b{word}\w*{number}$"),
    "body contains": lambda number, word: _one("body", "contains", f"{word}{number}"),
    "body regex": lambda number, word: _one("body", "regex", rf"\b{word}\w*{number}$"),
    "size over, priority is": lambda number, word: (
        _one("size", "over", f"{number + 1}M") + _one("priority", "is", "low")
    ),
}


def measure(options: Options) -> Iterator[Table]:
    messages = [_message(number) for number in range(options.whole("messages", 200))]
    rows = [row for name, make in KINDS.items() for row in _rows(name, make, messages)]
    yield Table(
        title=f"Deciding a message (text of {len(messages[0].text)} characters, {len(messages)} different ones)",
        columns=("conditions", "rules", "median", "p99", "each rule asked", "ratio", "target"),
        rows=rows,
        note="Processor time. Ratio: ours to asking each rule by itself; less is better. The target is for the p99.",
    )


def _rows(
    name: str, make: Callable[[int, str], tuple[Condition, ...]], messages: Sequence[Message]
) -> Iterator[list[str]]:
    for size in SIZES:
        ruleset = compile_ruleset(_stored(number, make(number, _words[number])) for number in range(size))
        each = Ruleset(rules=ruleset.rules)
        for message in messages[:20]:  # the automata grow with what they meet
            decide(message, VERDICT, ruleset)
        ours, reference = _timed(messages, ruleset), _timed(messages, each)
        median, p99 = statistics.median(ours), sorted(ours)[len(ours) * 99 // 100]
        yield [
            name,
            f"{size:,}",
            _us(median),
            _us(p99),
            _us(statistics.median(reference)),
            ratio(median, statistics.median(reference)),
            within(p99, TARGET_S, "at most 1 ms") if size == max(SIZES) else "",
        ]


def _stored(number: int, conditions: tuple[Condition, ...]) -> StoredRule:
    name = f"rule {number}"
    spec = RuleSpec(name=name, conditions=conditions, actions=(Move(folder="Elsewhere"),))
    return StoredRule(id=number, name=name, spec=spec)


def _timed(messages: Sequence[Message], ruleset: Ruleset) -> list[float]:
    spent = []
    for message in messages:
        before = time.thread_time()
        decide(message, VERDICT, ruleset)
        spent.append(time.thread_time() - before)
    return spent


def _message(number: int) -> Message:
    raw = (
        f"From: {_random.choice(_words)} <{_random.choice(_words)}@mail.company{number}.example>\r\n"
        f"To: {_random.choice(_words)}+{number}@corp.example\r\nSubject: {_text(60)}\r\nX-Project: {number}\r\n"
        f"Message-ID: <{number}@company.example>\r\n\r\n{_text(3000)}\r\n"
    )
    return parse_message(raw.encode(), received_at=datetime(2026, 11, 22, tzinfo=UTC))


def _us(seconds: float) -> str:
    return f"{seconds * 1e6:.0f} µs"
