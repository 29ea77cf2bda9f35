"""The pages of drafted plans: begin, the sheet, what the checks say, preview, files, filing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dinhlang.papers.drafting import by_conditions
from dinhlang.papers.writing.templates import BadTemplate
from dinhlang.people.access import Action, can, restrict
from dinhlang.places.models import Level, Unit
from dinhlang.plans.rendering.written import Written
from dinhlang.plans.running import NotAccepted
from dinhlang.plans.views.common import SAFE_TYPES, context, download, form_number, person
from dinhlang.plans.views.written import as_file
from dinhlang.vietnamese import format_date

from .. import parts, selectors, services
from ..fields import day_of
from ..models import Draft, Kind
from ..papers import own
from ..papers.office_files import NoPdf
from ..parts import Line
from ..services import BadStart, Change, Closed, Saved

YEARS = range(2020, 2101)
KINDS = {"nam": Kind.YEARLY, "cap-do": Kind.MODEL, "chien-dich": Kind.CAMPAIGN}
"""The kinds of plans by their names in addresses."""
WAVES = range(1, 4)
JSON = "application/json"


def place_of(request: HttpRequest, pk: int) -> Unit:
    """The commune; 404 where the person may not edit there."""
    rows = restrict(Unit.objects.select_related("parent"), person(request), Action.EDIT)
    return get_object_or_404(rows, pk=pk, level=Level.COMMUNE)


def draft_of(request: HttpRequest, place: int, pk: UUID) -> Draft:
    """The draft; 404 where the person may not edit at its place."""
    rows = Draft.objects.restrict(person(request), Action.EDIT)
    rows = rows.select_related("place__parent", "last", "review", "changed_by", "created_by")
    return cast(Draft, get_object_or_404(rows, pk=pk, place=place))


def _to(draft: Draft, anchor: str = "") -> HttpResponse:
    return redirect(reverse("drafting:draft", args=[draft.place_id, draft.pk]) + anchor)


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """To the drafts of the one commune where the person works, else to the choice."""
    communes = selectors.communes(person(request))
    if len(communes) == 1:
        return redirect("drafting:drafts", communes[0].pk)
    return render(request, "drafting/choose.html", context("plans", communes=communes))


@require_safe
@never_cache
def listing(request: HttpRequest, place: int) -> HttpResponse:
    """The drafts of a commune."""
    unit = place_of(request, place)
    found = selectors.drafts(person(request), unit)
    shown = context(
        "plans",
        unit=unit,
        drafts=[each for each in found if not each.discarded],
        discarded=[each for each in found if each.discarded],
    )
    return render(request, "drafting/drafts.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest, place: int) -> HttpResponse:
    """Choose year, set, day, last plan and criteria; then the draft is made of the gaps."""
    unit, user = place_of(request, place), person(request)
    given = request.POST if request.method == "POST" else request.GET
    year = _year(given)
    kind = KINDS.get(given.get("loai", ""), Kind.YEARLY)
    if request.method != "POST":
        return _beginning(request, unit, year, kind, given.get("bo", ""))
    try:
        start = _start(request, unit, given, year, kind)
        draft = services.begin(user, unit, form_number(given.get("luot")), start)
    except BadStart as bad:
        return _beginning(request, unit, year, kind, given.get("bo", ""), str(bad))
    return _to(draft)


def _year(given: QueryDict) -> int | None:
    text = given.get("nam", "")
    return int(text) if text.isdecimal() and int(text) in YEARS else None


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def _start(
    request: HttpRequest, unit: Unit, given: QueryDict, year: int | None, kind: Kind
) -> services.Start:
    if year is None:
        raise BadStart("Hãy chọn năm của kế hoạch.")
    waves = _waves(given, year) if kind == Kind.CAMPAIGN else ()
    until = day_of(given.get("dat", ""), year)
    if waves:
        until = max(last for _, last in waves)
    if until is None and kind == Kind.CAMPAIGN:
        raise BadStart("Hãy ghi ngày bắt đầu và ngày kết thúc của đợt 1.")
    if until is None:
        raise BadStart(f"Ngày phấn đấu đạt ghi như “30/11/{year}”.")
    known = {each.pk: each for each in selectors.last_plans(person(request), unit, year)}
    last = known.get(_number(given.get("cu", "")) or 0)
    return services.Start(
        year=year,
        set_id=given.get("bo", ""),
        on=timezone.localdate(),
        until=until,
        goals=frozenset(given.getlist("tieu-chi")),
        last=last,
        kind=kind,
        waves=waves,
    )


def _waves(given: QueryDict, year: int) -> tuple[tuple[date, date], ...]:
    """The waves typed into the form; one without days is none."""
    found = []
    for number in WAVES:
        typed = [given.get(f"{name}-{number}", "").strip() for name in ("tu", "den")]
        if not any(typed):
            continue
        first, last = (day_of(each, year) for each in typed)
        if first is None or last is None:
            raise BadStart(f"Ngày của đợt {number} ghi như “01/3/{year}”.")
        found.append((first, last))
    return tuple(found)


def _beginning(
    request: HttpRequest, unit: Unit, year: int | None, kind: Kind, set_id: str, trouble: str = ""
) -> HttpResponse:
    today = timezone.localdate()
    found = selectors.beginning(person(request), unit, today, year, set_id, kind)
    posted = request.method == "POST"
    chosen = set(request.POST.getlist("tieu-chi"))
    shown = context(
        "plans",
        unit=unit,
        begin=found,
        years=range(today.year, today.year + 3),
        key=request.POST.get("luot") or uuid4(),
        until=request.POST.get("dat") or format_date(found.until),
        last=_number(request.POST.get("cu", "")) if posted else found.last and found.last.pk,
        choices=[
            (each, each.number in chosen if posted else each.is_proposed) for each in found.choices
        ],
        kind=kind,
        kinds=[(name, each, each == kind) for name, each in KINDS.items()],
        kind_name=next(name for name, each in KINDS.items() if each == kind),
        conditions=found.chosen is not None and by_conditions(found.chosen),
        waves=[
            (each, request.POST.get(f"tu-{each}", ""), request.POST.get(f"den-{each}", ""))
            for each in WAVES
        ],
        trouble=trouble,
    )
    return render(request, "drafting/new.html", shown, status=422 if trouble else 200)


# --- The sheet -----------------------------------------------------------------------------------


@require_safe
@never_cache
def draft(request: HttpRequest, place: int, pk: UUID) -> HttpResponse:
    """The rows and the money as a sheet, and what the checks say."""
    return _sheet(request, draft_of(request, place, pk))


def _sheet(
    request: HttpRequest, found: Draft, typed: QueryDict | None = None, saved: Saved | None = None
) -> HttpResponse:
    try:
        here = selectors.ground(found)
    except selectors.NoLaw as gone:
        shown = context("plans", draft=found, trouble=str(gone))
        return render(request, "drafting/gone.html", shown, status=409)
    groups, sources = selectors.groups(here), selectors.source_lines(found)
    blocks = parts.blocks(found)
    if typed is not None and saved is not None:
        lines = [line for group in groups for line in group.lines]
        own = [line for several in blocks.values() for each in several for line in each.lines]
        for line in [*lines, *sources, *own]:
            _typed_again(line, typed, saved)
    shown = context(
        "plans",
        draft=found,
        groups=groups,
        sources=sources,
        blocks=blocks,
        conditions=by_conditions(here.verdict.set),
        work_columns=parts.work_columns(found) if found.kind == Kind.CAMPAIGN else [],
        sums=selectors.sums(found).words(),
        lacks=selectors.sums(found).balance < 0,
        offices=selectors.offices(found),
        criteria=here.verdict.criteria,
        editing=found.is_editable,
        found=selectors.checked(here) if found.wanted else [],
        key=uuid4(),
        troubles=saved.troubles if saved else {},
        may_accept=can(person(request), Action.REVIEW, found.place),
    )
    status = 422 if saved and saved.troubles else 200
    return render(request, "drafting/draft.html", shown, status=status)


def _typed_again(line: Line, typed: QueryDict, saved: Saved) -> None:
    """What could not be taken stands in its box as it was typed."""
    for name in line.boxes:
        full = f"{line.sheet}{line.number}.{name}"
        if full in saved.troubles:
            line.troubles[name] = saved.troubles[full]
            line.typed[name] = typed.get(full, "")


@require_POST
@never_cache
def save(request: HttpRequest, place: int, pk: UUID) -> HttpResponse:
    """Keep what was typed; answers a script with figures, a browser without one with the page."""
    found, user = draft_of(request, place, pk), person(request)
    after = request.POST.get("sau", "")
    if after == "dua-vao" and found.filed is not None:
        # The other click of a double click has filed it.
        return redirect("plans:review", found.filed.pk)
    changes = [
        Change(name.removeprefix("was."), request.POST.get(name.removeprefix("was."), ""), str(was))
        for name, was in request.POST.items()
        if name.startswith("was.")
    ]
    changes = [each for each in changes if each.typed.strip() != each.was.strip()]
    by_script = JSON in request.headers.get("Accept", "")
    try:
        saved = services.save(user, found.pk, changes)
    except Closed as closed:
        if by_script:
            return JsonResponse({"message": str(closed)}, status=409)
        found = draft_of(request, place, pk)
        if after == "dua-vao" and found.filed is not None:
            # It was filed between the look above and this moment.
            return redirect("plans:review", found.filed.pk)
        messages.error(request, str(closed))
        return _to(found)
    found = draft_of(request, place, pk)
    if by_script:
        return JsonResponse(_answer(found, saved))
    if saved.troubles:
        return _sheet(request, found, request.POST, saved)
    return _then(request, found, after)


def _then(request: HttpRequest, found: Draft, after: str) -> HttpResponse:
    """Where the button leads that sent the form."""
    match after:
        case "nguon":
            seen = request.POST.get("so-nguon", "")
            if seen.isdecimal():
                services.add_source(person(request), found.pk, int(seen))
            return _to(found, "#nguon-von")
        case "dot" | "khoi-luong":
            sheet = "w" if after == "dot" else "q"
            seen = request.POST.get(f"so-{after}", "")
            if seen.isdecimal():
                services.add_line(person(request), found.pk, sheet, int(seen))
            return _to(found, "#thoi-gian" if sheet == "w" else "#khoi-luong")
        case "viec":
            seen, indicator = request.POST.get("so-viec", ""), request.POST.get("chi-tieu", "")
            line = None
            if seen.isdecimal():
                line = services.add_row(person(request), found.pk, indicator, int(seen))
            return _to(found, "#viec" if line is None else f"#viec-{line}")
        case "ban-in":
            return redirect("drafting:paper", found.place_id, found.pk)
        case "dua-vao":
            return _file(request, found)
    messages.success(request, "Đã lưu bản thảo.")
    return _to(found)


def _file(request: HttpRequest, found: Draft) -> HttpResponse:
    try:
        review = services.file(person(request), found.pk, form_number(request.POST.get("luot")))
    except (BadStart, Closed, NotAccepted, selectors.NoLaw) as refused:
        messages.error(request, str(refused))
        return _to(found)
    return redirect("plans:review", review.pk)


def _answer(found: Draft, saved: Saved) -> dict[str, object]:
    figures = selectors.sums(found)
    return {
        "revision": saved.revision,
        "shown": saved.shown,
        "troubles": saved.troubles,
        "sums": figures.words(),
        "lacks": figures.balance < 0,
    }


@require_safe
@never_cache
def checks(request: HttpRequest, place: int, pk: UUID) -> HttpResponse:
    """What the checks say of the plan as it is now; a part of the sheet."""
    found = draft_of(request, place, pk)
    try:
        here = selectors.ground(found)
    except selectors.NoLaw:
        raise Http404 from None
    shown = {"draft": found, "found": selectors.checked(here) if found.wanted else []}
    return render(request, "drafting/_checks.html", shown)


# --- The paper -----------------------------------------------------------------------------------


@require_safe
@never_cache
def paper(request: HttpRequest, place: int, pk: UUID) -> HttpResponse:
    """The draft as the paper it will be."""
    found = draft_of(request, place, pk)
    shown = context("plans", draft=found, written=_written(found))
    return render(request, "drafting/paper.html", shown)


@require_safe
@never_cache
def paper_file(request: HttpRequest, place: int, pk: UUID, kind: str) -> HttpResponseBase:
    """The same as Word, PDF or Excel; Word and PDF by the commune's own template if it has one."""
    found = draft_of(request, place, pk)
    written = _written(found)
    template = own.template_of_plans(found.place) if kind in ("docx", "pdf") else None
    if template is None:
        return as_file(written, kind)
    try:
        data = own.plan_file(template, selectors.plan(selectors.ground(found)), kind)
    except (BadTemplate, NoPdf) as error:
        messages.error(request, str(error))
        return redirect("drafting:paper", place, pk)
    return download(data, f"{written.name}.{kind}", SAFE_TYPES[f".{kind}"])


def _written(found: Draft) -> Written:
    try:
        return selectors.written(found)
    except selectors.NoLaw:
        raise Http404 from None


# --- Verbs ---------------------------------------------------------------------------------------


def _verb(request: HttpRequest, found: Draft, verb: Callable[..., None]) -> HttpResponse:
    try:
        verb(person(request), found.pk)
    except Closed as closed:
        messages.error(request, str(closed))
    return _to(found)


@require_POST
def set_aside(request: HttpRequest, place: int, pk: UUID) -> HttpResponse:
    """Discard the draft; it can be taken back from the page this leads to."""
    return _verb(request, draft_of(request, place, pk), services.set_aside)


@require_POST
def take_back(request: HttpRequest, place: int, pk: UUID) -> HttpResponse:
    """Undo ``set_aside``."""
    return _verb(request, draft_of(request, place, pk), services.take_back)
