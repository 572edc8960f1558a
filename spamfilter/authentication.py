"""What the receiving server found out about the sender (RFC 8601). Pure.

Anybody can write an Authentication-Results header. One is believed when it carries the mailbox's authserv-id
and stands above the first Received header that another server wrote; the topmost answer of a method counts,
so that one smuggled in below cannot overrule it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from spamfilter.names import organisation, same_organisation

MAX_HEADERS = 10
MAX_CHARACTERS = 4_000

_COMMENT = re.compile(r"\([^()]*+\)")
_METHOD = re.compile(r"\s*+([a-z][a-z0-9-]{1,30})(?:/\d+)?\s*+=\s*+([a-z]{2,20})")
_PROPERTY = re.compile(r"\b([a-z]{2,10}\.[a-z-]{1,30})\s*+=\s*+\"?([^\s;\"]{1,255})")
_NAMING = {"dkim": ("header.d", "header.i"), "spf": ("smtp.mailfrom", "smtp.helo"), "dmarc": ("header.from",)}


class Result(NamedTuple):
    """One answer: `method` spf, dkim, dmarc, arc …; `outcome` pass, fail, none …; `domain` whom it speaks of."""

    method: str
    outcome: str
    domain: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authentication:
    """What is known of the sender. `believed`: the answers are from the mailbox's own server."""

    results: tuple[Result, ...] = ()
    believed: bool = False

    def outcome(self, method: str) -> str:
        """The answer of `method`: pass if any passed (a message may carry several signatures), else the first."""
        answers = [result.outcome for result in self.results if result.method == method]
        return "pass" if "pass" in answers else (answers[0] if answers else "")

    def passed_domains(self, method: str) -> tuple[str, ...]:
        return tuple(r.domain for r in self.results if r.method == method and r.outcome == "pass" and r.domain)

    def aligned(self, domain: str) -> bool:
        """Whether `domain` itself is shown to have sent it: DMARC, or SPF or DKIM of the same organisation."""
        if any(same_organisation(d, domain) for d in self.passed_domains("dmarc")):
            return True
        return any(same_organisation(d, domain) for method in ("dkim", "spf") for d in self.passed_domains(method))


def read_authentication(headers: Iterable[tuple[str, str]], authserv_id: str) -> Authentication:
    """The results in `headers` (names in lower case, in order) that the mailbox may believe; all, unbelieved,
    where no authserv-id is set: a failure nobody forges, a pass proves nothing."""
    found, own = _headers(headers, authserv_id)
    if authserv_id:
        return Authentication(results=_results(own), believed=bool(own))
    return Authentication(results=_results(found))


Standing = Literal["authenticated", "refuted", "unknown"]


def own_headers(headers: Iterable[tuple[str, str]], authserv_id: str) -> int:
    """How many result headers are the own server's."""
    return len(_headers(headers, authserv_id)[1])


def standing(authentication: Authentication, domain: str) -> Standing:
    """Whether the sender is who the From says. Unknown where nothing was said about it either way."""
    if authentication.believed and authentication.aligned(domain):
        return "authenticated"
    outcomes = {method: authentication.outcome(method) for method in ("dmarc", "spf", "dkim")}
    if outcomes["dmarc"] == "fail" or (
        outcomes["dmarc"] != "pass" and not authentication.aligned(domain) and _failed(outcomes)
    ):
        return "refuted"
    return "unknown"


def _failed(outcomes: dict[str, str]) -> bool:
    return outcomes["spf"] in ("fail", "softfail") or outcomes["dkim"] == "fail"


def _headers(headers: Iterable[tuple[str, str]], authserv_id: str) -> tuple[list[str], list[str]]:
    """All result headers, and those of the mailbox's own server that stand where only it writes."""
    found: list[str] = []
    own: list[str] = []
    outside = False
    wanted = authserv_id.lower()
    for name, value in headers:
        if name == "received" and wanted and not outside:
            by = re.search(r"\bby\s++(\S{1,255})", value[:MAX_CHARACTERS])
            outside = bool(by and not same_organisation(by[1].strip("();"), wanted))
        elif name == "authentication-results" and len(found) < MAX_HEADERS:
            value = value[:MAX_CHARACTERS]
            found.append(value)
            if not outside and wanted and _identity(value) == wanted:
                own.append(value)
    return found, own


def _identity(value: str) -> str:
    head = _COMMENT.sub(" ", value.partition(";")[0]).split()
    return head[0].lower() if head and "=" not in head[0] else ""


def _results(values: Sequence[str]) -> tuple[Result, ...]:
    results: list[Result] = []
    settled: set[str] = set()
    for value in values:
        here = [result for piece in _COMMENT.sub(" ", value).lower().split(";") if (result := _result(piece))]
        results += [result for result in here if result.method not in settled]
        settled |= {result.method for result in here}
    return tuple(results)


def _result(piece: str) -> Result | None:
    method = _METHOD.match(piece)
    if not method:
        return None
    name, outcome = method.groups()
    if name not in _NAMING:
        return Result(method=name, outcome=outcome)
    properties = {key: value.rpartition("@")[2] for key, value in _PROPERTY.findall(piece)}
    domain = next((properties[key] for key in _NAMING[name] if properties.get(key)), "")
    return Result(method=name, outcome=outcome, domain=organisation(domain) and domain)
