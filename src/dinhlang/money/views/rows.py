"""Lists and pages of needs and of sources: add, change, remove, restore, decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dinhlang.people.access import Action
from dinhlang.places.models import Level, Unit
from dinhlang.vietnamese import fold
from dinhlang.work.models import Task
from dinhlang.work.origins import address

from .. import boxes as forms
from .. import criteria, programme, typed
from ..models import Movement, Need, Source, SourceKind, Step
from ..selectors import balance as sums
from ..services import balance
from ..services.fields import FOREIGN, LABELS, attribute, kept, revived
from . import common
from .common import person

MOST_TASKS, MOST_CHANGES, MOST_MOVES = 300, 100, 50
GROUPS = {
    "tieu-chi": "Theo tiêu chí",
    "thon": "Theo thôn",
    "viec": "Theo công trình, việc",
    "thanh-phan": "Theo nội dung thành phần",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """Needs or sources: how their pages are called and made."""

    code: str
    model: Any
    noun: str
    list: str
    read: Callable[..., forms.Form]
    said: Callable[[forms.Form], Any]
    add: Callable[..., Any]
    change: Callable[..., Any]
    boxes: tuple[str, ...]


KINDS = {
    "need": Kind(
        "need", Need, "nhu cầu", "needs", forms.need_form, forms.need_said, balance.add_need,
        balance.change_need, forms.NEED_BOXES,
    ),
    "source": Kind(
        "source", Source, "nguồn vốn", "sources", forms.source_form, forms.source_said,
        balance.add_source, balance.change_source, forms.SOURCE_BOXES,
    ),
}  # fmt: skip


@require_safe
@never_cache
def needs(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """The needs in groups: by criterion, village, work or component."""
    unit = common.place_of(request, pk, year)
    found = sums.sheet(unit, year)
    query = request.GET.get("q", "").strip()
    if query:
        wanted = fold(query)
        found.needs = [each for each in found.needs if wanted in each.need.search_key]
    by = request.GET.get("theo", "")
    by = by if by in GROUPS else "tieu-chi"
    shown = common.context(
        request, unit, year, "needs", sheet=found, groups=_grouped(found, unit, by), by=by,
        choices=GROUPS, query=query,
    )  # fmt: skip
    return render(request, "money/needs.html", shown)


def _grouped(found: sums.Sheet, unit: Unit, by: str) -> list[sums.Group]:
    match by:
        case "thon":
            return sums.by_village(found)
        case "viec":
            return [sums.Group("", "", [line]) for line in found.needs]
        case "thanh-phan":
            names = {each.code: each.name for each in programme.NEW.components}
            return sums.by_component(found, names)
    laws = criteria.Laws.of(unit, found.year)
    return sums.by_criterion(found, laws.titles(each.need for each in found.needs))


@require_safe
@never_cache
def sources(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """The sources by kind, with what may be counted on and what waits."""
    unit = common.place_of(request, pk, year)
    found = sums.sheet(unit, year)
    shown = common.context(
        request, unit, year, "sources", sheet=found, groups=sums.by_source(found),
    )  # fmt: skip
    return render(request, "money/sources.html", shown)


@require_safe
@never_cache
def requests(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """The shortage, and to whom it was put."""
    unit = common.place_of(request, pk, year)
    found = sums.sheet(unit, year)
    shown = common.context(request, unit, year, "requests", sheet=found)
    return render(request, "money/requests.html", shown)


@require_safe
@never_cache
def removed(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """What was removed, to be restored."""
    unit = common.place_of(request, pk, year)
    several = [
        (kind, list(kind.model.objects.filter(place=unit, year=year).exclude(removed_at=None)
                    .select_related("removed_by").order_by("-removed_at")))
        for kind in KINDS.values()
    ]  # fmt: skip
    shown = common.context(request, unit, year, "needs", several=several)
    return render(request, "money/removed.html", shown)


# --- One need, one source --------------------------------------------------------------------


@require_safe
@never_cache
def row(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A need or a source: its steps and papers, its history, what a newer paper says."""
    here = KINDS[kind]
    found = common.row_of(request, here.model, pk)
    return row_page(request, here, found)


def row_page(
    request: HttpRequest, here: Kind, found: Any, move: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    """The page of a row, with the form of a movement as it was sent where that was refused."""
    rows = Movement.objects.filter(**{here.code: found}).select_related(
        "need", "source", "by", "undoes", "undone_by"
    )
    moves = list(rows.order_by("-day", "-pk")[: MOST_MOVES + 1])
    total = sums.Sums()
    for step, amount in rows.order_by().values_list("step").annotate(sum=Sum("amount")):
        total.add(step, amount)
    shown = common.context(
        request, found.place, found.year, here.list, row=found, kind=here,
        moves=moves[:MOST_MOVES], more_moves=len(moves) > MOST_MOVES,
        sums=total, history=_history(found), offered=_offered(found), move=move,
        steps=_steps(found), origin=address(found.origin_ref) if found.origin_ref else "",
        regime=programme.regime_of(found.year, getattr(found, "carried_from", None)),
        law=criteria.Laws.of(found.place, found.year).law(found) if here.code == "need" else None,
        choices=_move_choices(here, found), component=programme.component(
            getattr(found, "component", "")),
    )  # fmt: skip
    return render(request, f"money/{here.code}.html", shown, status=status)


def _steps(found: Any) -> list[Step]:
    steps = [Step.PLANNED, Step.ALLOCATED, Step.DISBURSED, Step.SETTLED]
    return [*steps, Step.COMPLETED] if getattr(found, "is_works", False) else steps


def _move_choices(here: Kind, found: Any) -> list[Any]:
    """The sources a need can get money of."""
    if here.code != "need":
        return []
    return list(Source.objects.filter(place=found.place_id, year=found.year, removed_at=None))


Named = dict[tuple[str, int], str]
"""Villages and tasks by field and pk, as the history names them."""


def _named(pairs: list[tuple[str, Any]]) -> Named:
    """The names of the villages and tasks among these values of fields, in two questions."""
    villages = {value for name, value in pairs if name == "village" and value}
    tasks = {value for name, value in pairs if name == "task" and value}
    found = {("village", row.pk): str(row) for row in Unit.objects.filter(pk__in=villages)}
    return found | {("task", row.pk): str(row)[:80] for row in Task.objects.filter(pk__in=tasks)}


def _history(found: Any) -> list[dict[str, Any]]:
    rows = list(found.history.select_related("by")[:MOST_CHANGES])
    named = _named([(name, value) for row in rows for name, both in row.changes.items()
                    for value in both])  # fmt: skip
    return [
        {
            "row": each,
            "pairs": [
                (LABELS.get(name, name), value_words(name, before, named),
                 value_words(name, after, named))
                for name, (before, after) in each.changes.items()
            ],
        }
        for each in rows
    ]  # fmt: skip


def value_words(name: str, value: Any, named: Named) -> str:
    """A kept value of a field for people."""
    if value is None or value == "":
        return "để trống"
    if name == "kind":
        return str(SourceKind(value).label)
    if name in ("is_works", "condition_is_work"):
        return "có" if value else "không"
    if name in FOREIGN:
        return named.get((name, value), "?")
    if name == "condition_met_on":
        return f"{revived(name, value):%d/%m/%Y}"
    return forms.shown_value(name, revived(name, value))


def _offered(found: Any) -> list[tuple[str, str, str, str]]:
    """Field, label, what stands here, what the newer paper says."""
    pairs = [(name, kept(getattr(found, attribute(name))), value)
             for name, value in found.offered.items()]  # fmt: skip
    named = _named([(name, value) for name, *both in pairs for value in both])
    return [
        (name, LABELS.get(name, name), value_words(name, now, named),
         value_words(name, said, named))
        for name, now, said in pairs
    ]  # fmt: skip


# --- Changing --------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest, pk: int, year: int, kind: str) -> HttpResponse:
    """Add a need or a source."""
    here = KINDS[kind]
    unit = common.place_of(request, pk, year, Action.EDIT)
    if request.method != "POST":
        asked = {name: request.GET.get(name, "") for name in here.boxes}
        return _form(request, here, unit, year, forms.Form(asked))
    form = _read(request, here, unit, year)
    if not form.troubles:
        try:
            key = common.form_number(request.POST.get("luot"))
            made = here.add(person(request), unit, year, here.said(form), key)
        except balance.BadRow as bad:
            form.troubles[bad.field or "text"] = str(bad)
        else:
            messages.success(request, f"Đã thêm {here.noun} “{made.text[:80]}”.")
            return redirect(f"money:{here.list}", unit.pk, year)
    return _form(request, here, unit, year, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Change a need or a source; what two people changed is put side by side."""
    here = KINDS[kind]
    found = common.row_of(request, here.model, pk, Action.EDIT)
    unit, year = found.place, found.year
    if request.method != "POST":
        return _form(request, here, unit, year, forms.Form(forms.boxes_of(found)), found)
    form = _read(request, here, unit, year, found)
    if form.troubles:
        return _form(request, here, unit, year, form, found, status=422)
    key, seen = common.form_number(request.POST.get("luot")), request.POST.get("ban")
    try:
        here.change(
            person(request), found.pk, key, common.whole(seen) or 0, form.values, _decided(request)
        )
    except balance.BadRow as bad:
        form.troubles[bad.field or "text"] = str(bad)
        return _form(request, here, unit, year, form, found, status=422)
    except balance.Conflict as conflict:
        return _conflict(request, here, found, form, conflict)
    messages.success(request, "Đã lưu thay đổi.")
    return redirect(f"money:{here.code}", found.pk)


def _read(request: HttpRequest, here: Kind, unit: Unit, year: int, row: Any = None) -> forms.Form:
    """The form as sent; a criterion comes with the name that this year's set gives it."""
    form = here.read(request.POST, year)
    number = form.values.get("criterion")
    if here.code == "need" and number and (row is None or row.criterion != number):
        form.values["criterion_name"] = criteria.names(unit, year).get(number, "")
    return form


def _decided(request: HttpRequest) -> dict[str, int]:
    """The fields of a conflict that the person chose, with the revision they saw then."""
    sent = {name: common.whole(value) for name, value in request.POST.items()}
    return {
        name.removeprefix("quyet."): revision
        for name, revision in sent.items()
        if name.startswith("quyet.") and revision is not None
    }


def _form(
    request: HttpRequest, here: Kind, unit: Unit, year: int, form: forms.Form, found: Any = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    more: dict[str, Any] = {}
    if here.code == "need":
        chosen = common.whole(form.typed.get("task"))
        tasks = Task.objects.filter(place=unit, removed_at=None, withdrawn_at=None)
        kept = list(tasks.order_by("criterion", "end", "pk")[:MOST_TASKS])
        if chosen is not None and all(each.pk != chosen for each in kept):
            kept += list(Task.objects.filter(pk=chosen, place=unit))
        more = {
            "villages": Unit.objects.filter(parent=unit, level=Level.VILLAGE, valid_to=None)
            .order_by("sort_key"),
            "criteria": criteria.names(unit, year), "criteria_set": criteria.own_set(year),
            "tasks": kept,
            "components": programme.regime_of(year).components,
        }  # fmt: skip
    else:
        more = {"kinds": SourceKind.choices, "earlier": range(year - 1, year - 6, -1)}
    sent = request.POST.get("ban") if request.method == "POST" else None
    shown = common.context(
        request, unit, year, here.list, kind=here, form=form, row=found,
        seen=sent or (found.revision if found else 0), **more,
    )  # fmt: skip
    return render(request, f"money/{here.code}_form.html", shown, status=status)


def _conflict(
    request: HttpRequest, here: Kind, found: Any, form: forms.Form, conflict: balance.Conflict
) -> HttpResponse:
    """Both values of each field, to choose from; everything else that was typed is kept."""
    named = _named([(each.field, kept(value)) for each in conflict.differences
                    for value in (each.theirs, each.mine)])  # fmt: skip
    rows = [
        {
            "name": each.field, "label": each.label,
            "theirs": forms.shown_value(each.field, each.theirs),
            "mine": forms.shown_value(each.field, each.mine),
            "their_words": value_words(each.field, kept(each.theirs), named),
            "my_words": value_words(each.field, kept(each.mine), named),
        }
        for each in conflict.differences
    ]  # fmt: skip
    names = {each["name"] for each in rows}
    rest = [(name, value) for name, value in form.typed.items() if name not in names]
    rest += [(f"quyet.{name}", str(revision)) for name, revision in _decided(request).items()
             if name not in names]  # fmt: skip
    shown = common.context(
        request, found.place, found.year, here.list, kind=here, row=found, rows=rows, rest=rest,
        seen=request.POST.get("ban", "0"), decided=conflict.revision,
        trouble=str(conflict), other=conflict.who,
    )  # fmt: skip
    return render(request, "money/conflict.html", shown, status=409)


@require_POST
def remove(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Remove it; the list then offers to bring it back."""
    here = KINDS[kind]
    found = common.row_of(request, here.model, pk, Action.EDIT)
    key: UUID = common.form_number(request.POST.get("luot"))
    try:
        balance.remove(person(request), here.model, found.pk, key)
    except balance.BadRow as bad:
        messages.error(request, str(bad))
        return redirect(f"money:{here.code}", found.pk)
    messages.success(
        request, f"Đã xóa {here.noun} “{found.text[:80]}”.",
        extra_tags=f"undo:{reverse(f'money:{here.code}-restore', args=[found.pk])}",
    )  # fmt: skip
    return redirect(f"money:{here.list}", found.place_id, found.year)


@require_POST
def restore(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Bring it back."""
    here = KINDS[kind]
    found = common.row_of(request, here.model, pk, Action.EDIT)
    key = common.form_number(request.POST.get("luot"))
    balance.restore(person(request), here.model, found.pk, key)
    messages.success(request, f"Đã khôi phục “{found.text[:80]}”.")
    return redirect(common.back(request) or reverse(f"money:{here.code}", args=[found.pk]))


@require_POST
def settle(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Take over what the newer paper says, or keep what stands here."""
    here = KINDS[kind]
    found = common.row_of(request, here.model, pk, Action.EDIT)
    take = {
        name: request.POST[f"chon.{name}"] == "van-ban"
        for name in found.offered
        if request.POST.get(f"chon.{name}")
    }
    try:
        balance.settle(
            person(request),
            here.model,
            found.pk,
            common.form_number(request.POST.get("luot")),
            take,
        )
    except balance.BadRow as bad:
        messages.error(request, str(bad))
    else:
        _offer_undo(request, found, "Đã ghi lựa chọn.")
    return redirect(f"money:{here.code}", found.pk)


@require_POST
def condition(request: HttpRequest, pk: int) -> HttpResponse:
    """The source's condition is met, or its request granted; an empty day takes that back."""
    found = common.row_of(request, Source, pk, Action.EDIT)
    try:
        day = typed.day(request.POST.get("day", ""), found.year)
        balance.meet_condition(
            person(request), found.pk, common.form_number(request.POST.get("luot")), day,
            request.POST.get("paper", ""),
        )  # fmt: skip
    except (typed.BadTyped, balance.BadRow) as bad:
        messages.error(request, str(bad))
    else:
        _offer_undo(request, found, "Đã ghi điều kiện." if day else "Đã bỏ ngày đạt điều kiện.")
    return redirect("money:source", found.pk)


def _offer_undo(request: HttpRequest, found: Need | Source, words: str) -> None:
    """Offers to take the row's last change back, where it changed anything."""
    last = found.history.first()
    if last is not None and last.changes:
        undo = reverse("money:change-undo", args=[last.pk])
        messages.success(request, words, extra_tags=f"undo:{undo}")
