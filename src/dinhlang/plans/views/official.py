"""A plan or a review as an official paper, and the sheet for the leader: page, Word, PDF, Excel."""

from __future__ import annotations

from pathlib import PurePath
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dinhlang.papers.errors import PaperError
from dinhlang.papers.plan import Plan as PaperPlan
from dinhlang.places.models import Unit

from ..models import Plan, PlanVersion, Review, State
from ..rendering.items import sentence
from ..rendering.written import Written, file_name
from ..selectors import correcting
from ..selectors import official as selectors
from ..selectors.official import Source
from . import common
from .common import plan_of, review_of
from .plans import frame
from .reviews import refuse
from .written import as_file


def _version(request: HttpRequest, plan: Plan) -> PlanVersion:
    """The current version, or the one asked for (``?ban=``)."""
    asked = request.GET.get("ban", "")
    if asked.isdigit():
        found: PlanVersion = get_object_or_404(plan.versions, number=int(asked))
        return found
    if plan.current is None:
        raise Http404
    return plan.current


def _read(request: HttpRequest, pk: UUID) -> Review:
    found = review_of(request, pk)
    if found.state != State.DONE:
        raise Http404
    return found


def _paper(source: Source, place: Unit) -> Written:
    plan = selectors.plan_of(source)
    return Written(selectors.paper(plan), _named(plan, place))


def _sheet(source: Source, place: Unit) -> Written:
    plan = selectors.plan_of(source)
    paper = selectors.sheet(source, plan, timezone.localdate())
    return Written(paper, file_name("Phiếu trình", _named(plan, place)))


def _named(plan: PaperPlan, place: Unit) -> str:
    title = plan.document.title or "Kế hoạch"
    year = plan.document.years[0] if plan.document.years else None
    dated = title if year is None or str(year) in title else f"{title} năm {year}"
    words = dated if dated.lower().startswith("kế hoạch") else f"Kế hoạch {_small(dated)}"
    return file_name(sentence(words), str(place))


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _plan_page(request: HttpRequest, pk: int, here: str) -> HttpResponse:
    plan = plan_of(request, pk)
    version = _version(request, plan)
    made = _paper(version, plan.place) if here == "ban-in" else _sheet(version, plan.place)
    shown = frame(request, plan, here) | {"version": version, "written": made}
    shown["asked"] = f"?ban={version.number}" if version != plan.current else ""
    return render(request, "plans/official.html", shown)


@require_safe
@never_cache
def plan_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A version of the plan as the paper that is signed."""
    return _plan_page(request, pk, "ban-in")


@require_safe
@never_cache
def plan_paper_file(request: HttpRequest, pk: int, kind: str) -> FileResponse:
    """The same as a file."""
    plan = plan_of(request, pk)
    return as_file(_paper(_version(request, plan), plan.place), kind)


@require_safe
@never_cache
def plan_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """What the checks found in a version, on one page for the leader."""
    return _plan_page(request, pk, "trinh-lanh-dao")


@require_safe
@never_cache
def plan_sheet_file(request: HttpRequest, pk: int, kind: str) -> FileResponse:
    """The same as a file."""
    plan = plan_of(request, pk)
    return as_file(_sheet(_version(request, plan), plan.place), kind)


def _review_page(request: HttpRequest, pk: UUID, here: str) -> HttpResponse:
    review = _read(request, pk)
    made = _paper(review, review.place) if here == "ban-in" else _sheet(review, review.place)
    shown = common.context("plans", review=review, here=here, written=made)
    return render(request, "plans/official_review.html", shown)


@require_safe
@never_cache
def review_paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The review with its edits as the paper that would be signed."""
    return _review_page(request, pk, "ban-in")


@require_safe
@never_cache
def review_paper_file(request: HttpRequest, pk: UUID, kind: str) -> FileResponse:
    """The same as a file."""
    review = _read(request, pk)
    return as_file(_paper(review, review.place), kind)


@require_safe
@never_cache
def review_sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the checks found in the review as it is now, on one page for the leader."""
    return _review_page(request, pk, "trinh-lanh-dao")


@require_safe
@never_cache
def review_sheet_file(request: HttpRequest, pk: UUID, kind: str) -> FileResponse:
    """The same as a file."""
    review = _read(request, pk)
    return as_file(_sheet(review, review.place), kind)


def _corrected(request: HttpRequest, source: Source) -> HttpResponse | FileResponse:
    if not correcting.mends(source):
        raise Http404
    try:
        done = correcting.corrected(source, timezone.now())
    except FileNotFoundError as gone:
        raise Http404 from gone
    except PaperError as error:
        return refuse(request, error.message, 409)
    if not done.applied:
        return refuse(
            request,
            "Không tìm được trong tệp Word chỗ nào sửa được chắc chắn. "
            "Hãy sửa tay theo từng điểm kiểm tra.",
            409,
        )
    name = f"{PurePath(source.filename).stem}-da-sua.docx"
    return common.download(done.data, name, common.SAFE_TYPES[".docx"])


@require_safe
@never_cache
def plan_corrected(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The Word file of a version with the certain mends as tracked changes."""
    return _corrected(request, _version(request, plan_of(request, pk)))


@require_safe
@never_cache
def review_corrected(request: HttpRequest, pk: UUID) -> HttpResponse | FileResponse:
    """The Word file of a review with the certain mends as tracked changes."""
    return _corrected(request, _read(request, pk))
