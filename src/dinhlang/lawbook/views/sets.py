"""Reading the law: all sets, one set, and the workbook to fill."""

from __future__ import annotations

from io import BytesIO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dinhlang.law.library import Law
from dinhlang.law.requirements import ByRegion
from dinhlang.law.sets import CriteriaSet
from dinhlang.law.walking import thresholds, walk

from .. import presenting, selectors, template
from ..models import TextState
from ..sheet.decision import MODES
from ..sheet.unfolding import about_of_set, rows_of_set
from . import common
from .common import person


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """All sets by level: in force when, how complete, how far checked; and what is on its way."""
    user, day = person(request), common.asked_day(request)
    library = selectors.library()
    may_load = selectors.may_load(user)
    texts = selectors.texts(user)
    cards = presenting.cards(library, day)

    def groups_of(*, now: bool) -> list[tuple[str, list[presenting.Card]]]:
        narrowed = [(level, [c for c in found if c.in_force == now]) for level, found in cards]
        return [(level, found) for level, found in narrowed if found]

    shown = common.context(
        request,
        day=day,
        groups=groups_of(now=True),
        over=groups_of(now=False),
        amendments=library.amendments,
        may_load=may_load,
        drafts=selectors.loadings(user).exclude(outcome="sent")[:30] if may_load else [],
        waiting=texts.filter(state=TextState.PENDING)[:30] if may_load else [],
        loaded=texts.exclude(state=TextState.PENDING)[:30],
    )
    return render(request, "lawbook/sets.html", shown)


@require_safe
@never_cache
def one(request: HttpRequest, set_id: str) -> HttpResponse:
    """A set read like the law, as it stands on a day at a place."""
    library = selectors.library()
    base = library.sets.get(set_id)
    if base is None:
        raise Http404
    law = _law(request, base)
    effective = law.get(set_id)
    if effective is None:
        raise Http404
    shown = common.context(
        request,
        day=law.on,
        code=next(iter(law.territories), ""),
        territories=presenting.territories(library),
        view=presenting.view(effective, law),
        texts=selectors.texts(person(request)).filter(set_id__in=_documents(effective.set)),
        may_load=selectors.may_load(person(request)),
    )
    return render(request, "lawbook/set.html", shown)


def _documents(found: CriteriaSet) -> list[str]:
    return [found.id, *(step.id for step in found.lineage)]


def _law(request: HttpRequest, base: CriteriaSet) -> Law:
    """The law of the asked day and province; a province's own set is read at home."""
    library = selectors.library()
    known = {one.code for one in presenting.territories(library)}
    code = request.GET.get("noi", base.territory.code if base.territory else "")
    codes = frozenset({code}) if code in known else frozenset[str]()
    day = common.asked_day(request)
    if "ngay" not in request.GET and base.valid_from > day:
        day = base.valid_from
    return library.at(day, codes)


@require_safe
def template_xlsx(request: HttpRequest) -> FileResponse:
    """The workbook to fill: empty, or with what is known of a set (``bo``, ``cach``)."""
    library = selectors.library()
    mode, base = request.GET.get("cach", "new"), library.sets.get(request.GET.get("bo", ""))
    if mode not in MODES:
        raise Http404
    name, rows, said, regions = "mau-bo-tieu-chi", [], {"mode": MODES["new"]}, False
    if base is not None:
        found = base
        if mode != "complete":
            # What is amended, or only taken out, is the set as it stands.
            effective = _law(request, base).get(base.id)
            found = effective.set if effective is not None else base
        rows = rows_of_set(found, library.measures, fill=mode == "complete")
        said = about_of_set(found, mode if mode != "new" else "amend")
        regions = any(
            isinstance(threshold, ByRegion)
            for criterion in found.criteria
            for indicator in criterion.indicators
            for node in walk(indicator.requirement)
            for threshold in thresholds(node)
        )
        name = base.id.replace("/", "-")
    data = template.workbook(
        rows, said, library.measures, list(library.sets.values()), regions=regions
    )
    return FileResponse(
        BytesIO(data), as_attachment=True, filename=f"{name}.xlsx", content_type=common.XLSX
    )
