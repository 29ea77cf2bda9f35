"""The shortest way to the standard, what if, and two sets side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import uuid4

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dinhlang.law.comparing import Change, Pair, Side
from dinhlang.people.access import Action, can
from dinhlang.plans.tables import workbook
from dinhlang.plans.views.common import by_htmx, download, go

from .. import showing
from ..planning import selectors, services, trying
from ..planning.selectors import Row
from ..planning.services import Line
from ..planning.words import cards
from ..planning.workbook import comparison_table, plan_notes, plan_tables
from ..showing import Look
from . import common
from .common import asked_day, day_of, file_name, person, place_of

MOST_TYPED = 300


def _frame(request: HttpRequest, here: str, **more: object) -> dict[str, object]:
    """What the head of the three pages shows."""
    return {
        "place": "criteria",
        "tab": "board",
        "here": here,
        "day_query": asked_day(request, day_of(request)),
        **more,
    }


def _plan(request: HttpRequest, place: int, set_id: str) -> selectors.Plan:
    found = selectors.plan(place_of(request, place), set_id, day_of(request))
    if found is None:
        raise Http404
    return found


@require_safe
@never_cache
def shortest(request: HttpRequest, place: int, set_id: str) -> HttpResponse:
    """The cheapest and the fastest way, and the table of estimates."""
    found = _plan(request, place, set_id)
    common.remember(request, found.unit, set_id)
    return _shortest_page(request, found)


def _shortest_page(
    request: HttpRequest,
    found: selectors.Plan,
    lines: dict[str, Line] | None = None,
    errors: dict[str, str] | None = None,
) -> HttpResponse:
    lines, errors = lines or {}, errors or {}
    chosen = [_typed(row, lines, errors) for row in found.chosen]
    others = [_typed(row, lines, errors) for row in found.others]
    context = _frame(
        request,
        "shortest",
        unit=found.unit,
        on=found.on,
        set=found.set,
        plan=found,
        cards=cards(found.ways, found.estimates) if found.ways else [],
        chosen=chosen,
        others=others,
        open_others=any(row.is_changed for row in others) or not chosen,
        errors=errors,
        key=request.POST.get("luot") or uuid4(),
        may_edit=can(person(request), Action.EDIT, found.unit),
        saved=request.GET.get("luu") == "1",
    )
    status = 422 if errors else 200
    return render(request, "assessment/planning/shortest.html", context, status=status)


def _typed(row: Row, lines: dict[str, Line], errors: dict[str, str]) -> Row:
    """The row with what was typed and not saved, so that nothing typed is lost."""
    line = lines.get(row.item.key)
    if line is None or not line.is_changed:
        return row
    error = errors.get(row.item.key, "")
    return replace(row, typed_cost=line.cost, typed_months=line.months, error=error)


@require_POST
def estimate(request: HttpRequest, place: int, set_id: str) -> HttpResponse:
    """Keep the costs and months typed, and show the ways anew."""
    unit = place_of(request, place)
    lines = _lines(request)
    try:
        services.save_estimates(person(request), unit, common.form_key(request), lines)
    except services.BadLines as bad:
        found = _plan(request, place, set_id)
        return _shortest_page(request, found, {line.item: line for line in lines}, bad.messages)
    query = {"luu": "1"} | ({"ngay": request.GET["ngay"]} if "ngay" in request.GET else {})
    address = reverse("assessment:shortest", args=[place, set_id])
    return go(request, f"{address}?{'&'.join(f'{k}={v}' for k, v in query.items())}#muc")


def _lines(request: HttpRequest) -> list[Line]:
    post = request.POST
    columns = [
        post.getlist(name) for name in ("muc", "ten", "chi-phi", "thang", "chi-phi-cu", "thang-cu")
    ]
    if len({len(column) for column in columns}) != 1:
        raise Http404
    return [Line(*row) for row in zip(*columns, strict=True)]


@require_safe
@never_cache
def shortest_xlsx(request: HttpRequest, place: int, set_id: str) -> FileResponse:
    """The items, the estimates and both ways as a workbook."""
    found = _plan(request, place, set_id)
    title = f"{found.unit.title}: đường ngắn nhất tới {found.set.short}"
    data = workbook(title, plan_tables(found), plan_notes(found))
    return download(data, file_name("duong ngan nhat", found.unit.name, f"{found.on}"))


@require_safe
@never_cache
def what_if(request: HttpRequest, place: int, set_id: str) -> HttpResponse:
    """Numbers and thresholds to change, and what flips; a script asks for the result alone."""
    unit, on = place_of(request, place), day_of(request)
    typed = {
        name: request.GET[name][:200]
        for name in list(request.GET)[:MOST_TYPED]
        if name[:2] in ("s-", "t-", "n-", "d-")
    }
    found = trying.trial(unit, set_id, on, typed, _other_day(request))
    if found is None:
        raise Http404
    context = _frame(request, "what-if", unit=unit, on=on, set=found.set, trial=found)
    context["flip_lists"] = [
        ("Tốt lên", "ok", found.better),
        ("Xấu đi", "no", found.worse),
        ("Đổi khác", "na", found.others),
    ]
    part = by_htmx(request) and request.headers.get("HX-Target") == "ket-qua"
    template = "_flips.html" if part else "what_if.html"
    return render(request, f"assessment/planning/{template}", context)


def _other_day(request: HttpRequest) -> date | None:
    try:
        found = date.fromisoformat(request.GET.get(trying.OTHER_DAY, ""))
    except ValueError:
        return None
    return found if common.FIRST_DAY <= found <= common.LAST_DAY else None


def _two(request: HttpRequest, place: int, set_id: str) -> selectors.Two:
    unit, on = place_of(request, place), day_of(request)
    found = selectors.compare(unit, set_id, request.GET.get("voi", ""), on)
    if found is None:
        raise Http404
    return found


CHANGES: dict[Change, tuple[str, str]] = {
    "same": ("ok", "="),
    "stricter": ("no", "▲"),
    "looser": ("ok", "▼"),
    "other": ("wait", "≠"),
    "new": ("wait", "+"),
    "gone": ("na", "−"),
    "unknown": ("na", "?"),
}


@dataclass(frozen=True, slots=True)
class _Half:
    """One side of a pair as it looks."""

    short: str
    side: Side | None
    look: Look | None


@dataclass(frozen=True, slots=True)
class _Compared:
    """A pair as it looks."""

    pair: Pair
    tone: str
    icon: str
    sides: tuple[_Half, _Half]


@dataclass(frozen=True, slots=True)
class _Group:
    """The pairs of one kind; ``is_open``: what changes is read first, the rest is folded."""

    words: str
    rows: list[_Compared]
    is_open: bool


OPEN: tuple[Change, ...] = ("stricter", "looser", "other")
FEW = 6
ORDER: tuple[Change, ...] = (*OPEN, "new", "gone", "same", "unknown")


def _groups(rows: list[_Compared], picked: str) -> list[_Group]:
    found = []
    for change in ORDER:
        several = [row for row in rows if row.pair.change == change]
        if several:
            few = change in ("new", "gone") and len(several) <= FEW
            is_open = change in OPEN or picked == change or few
            found.append(_Group(several[0].pair.words, several, is_open))
    return found


def _shown(pair: Pair, two: selectors.Two) -> _Compared:
    tone, icon = CHANGES[pair.change]
    other = two.other.short if two.other else ""
    return _Compared(pair, tone, icon, (_half(pair.old, two.set.short), _half(pair.new, other)))


def _half(side: Side | None, short: str) -> _Half:
    return _Half(short, side, showing.state(side.state) if side else None)


@require_safe
@never_cache
def compare(request: HttpRequest, place: int, set_id: str) -> HttpResponse:
    """The set beside another one, indicator by indicator, with the place's state under each."""
    found = _two(request, place, set_id)
    picked = request.GET.get("loc", "")
    pairs = found.comparison.pairs if found.comparison else ()
    rows = [_shown(pair, found) for pair in pairs if picked in ("", pair.change)]
    context = _frame(
        request,
        "compare",
        unit=found.unit,
        on=found.on,
        set=found.set,
        two=found,
        groups=_groups(rows, picked),
        picked=picked,
    )
    return render(request, "assessment/planning/compare.html", context)


@require_safe
@never_cache
def compare_xlsx(request: HttpRequest, place: int, set_id: str) -> FileResponse:
    """The same as a workbook."""
    found = _two(request, place, set_id)
    if found.comparison is None or found.other is None:
        raise Http404
    title = f"{found.unit.title}: {found.set.short} và {found.other.short}"
    notes = [f"Bộ này: {found.set.title}.", f"Bộ kia: {found.other.title}."]
    data = workbook(title, [comparison_table(found)], notes)
    return download(data, file_name("so hai bo", found.unit.name, f"{found.on}"))
