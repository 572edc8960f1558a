"""The weights of all checks on one page: what each looks at, its own points, and an administrator's."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from agenticmail.saving import keep_record
from spamfilter.admin.pages import page
from spamfilter.agents import agent_named
from spamfilter.models import MOST_POINTS, WeightOverride
from spamfilter.weights import WEIGHTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One check on the page. `own`: points as typed or stored, "" where there are none; `above`: what holds then;
    `was`: both fields as they were when the page was opened."""

    symbol: str
    category: str
    description: str
    default: float
    above: float | None
    own: str
    off: bool
    was: str
    error: str = ""


class WrongPoints(ValueError):
    """What was typed is no number of points."""


@admin.register(WeightOverride)
class WeightOverrideAdmin(admin.ModelAdmin):
    class Media:
        css = {"all": ("spamfilter/admin.css",)}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # all on one page

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """`agent` names whose weights they are; without it, the installation's. `q` narrows what is shown."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        name = request.GET.get("agent", "").strip()
        try:
            agent = agent_named(name) if name else None
        except ValueError as error:
            return self._page(request, None, [], trouble=str(error))
        if request.method != "POST":
            return self._page(request, agent, list(_lines(agent, {})))
        if not self.has_change_permission(request):
            raise PermissionDenied
        lines = list(_lines(agent, request.POST))
        if wrong := [line for line in lines if line.error]:
            return self._page(request, agent, lines, trouble=f"{len(wrong)} of the points are no numbers.")
        changed = _save(agent, lines)
        told = f"Changed: {', '.join(changed)}." if changed else "Nothing was changed."
        if changed:
            keep_record(request, WeightOverride, f"Weights for {agent.name if agent else 'every agent'}", told)
        self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(request.get_full_path())

    def _page(self, request: HttpRequest, agent: Any, lines: list[Line], **context: Any) -> HttpResponse:
        title = f"Weights for {agent.name}" if agent else "Weights of the checks"
        sought = request.GET.get("q", "").strip()
        hidden = {line.symbol for line in lines if not _sought(sought, line) and not line.error}
        may_change = self.has_change_permission(request)
        return page(
            self, request, "weights.html", title, agent=agent, q=sought, may_change=may_change,
            lines=lines, hidden=hidden, **context,
        )  # fmt: skip


def _sought(text: str, line: Line) -> bool:
    return all(word.lower() in f"{line.symbol} {line.category} {line.description}".lower() for word in text.split())


def _lines(agent: Any | None, posted: Any) -> Iterator[Line]:
    """Every check, with what is stored for it, or, after a POST, with what was typed."""
    stored = {row.check_symbol: row for row in WeightOverride.objects.filter(agent=agent)}
    above = dict(WeightOverride.objects.filter(agent=None).values_list("check_symbol", "points")) if agent else {}
    for symbol, weight in sorted(WEIGHTS.items(), key=lambda item: (item[1].category, item[0])):
        row = stored.get(symbol)
        own, off, error = _shown(row), row is not None and row.points is None, ""
        was = posted.get(f"was:{symbol}", _both(own, off))
        if f"points:{symbol}" in posted:
            typed, ticked = posted[f"points:{symbol}"].strip(), f"off:{symbol}" in posted
            if _both(typed, ticked) != was:
                own, off = typed, ticked
            try:
                _points(own)
            except WrongPoints as wrong:
                error = str(wrong)
        yield Line(
            symbol=symbol,
            category=weight.category,
            description=weight.description,
            default=weight.points,
            above=above.get(symbol, weight.points),
            own=own,
            off=off,
            was=was,
            error=error,
        )


def _both(own: str, off: bool) -> str:
    return f"{own} off" if off else own


def _shown(row: WeightOverride | None) -> str:
    return "" if row is None or row.points is None else f"{row.points:g}"


def _points(text: str) -> float | None:
    if not text:
        return None
    try:
        points = float(text.replace(",", "."))
    except ValueError:
        raise WrongPoints(f"{text!r} is no number") from None
    if not -MOST_POINTS <= points <= MOST_POINTS:
        raise WrongPoints(f"takes a number from {-MOST_POINTS:g} to {MOST_POINTS:g}")
    return points


@transaction.atomic
def _save(agent: Any | None, lines: list[Line]) -> list[str]:
    """Makes the rows what the lines say; the symbols of what changed."""
    stored = {row.check_symbol: row for row in WeightOverride.objects.filter(agent=agent)}
    changed = []
    for line in lines:
        row, points = stored.get(line.symbol), _points(line.own)
        wanted = line.off or points is not None
        value = None if line.off else points
        if row and not wanted:
            row.delete()
        elif wanted and (row is None or row.points != value):
            row = row or WeightOverride(check_symbol=line.symbol, agent=agent)
            row.points = value
            row.save()
        else:
            continue
        changed.append(line.symbol)
    return changed
