"""Evidence: the list, taking files in, one paper and what it proves, its bytes."""

from __future__ import annotations

from uuid import uuid4, uuid5

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dinhlang.people.access import Action, restrict
from dinhlang.people.selectors import home_place
from dinhlang.places.models import Unit

from .. import catalogue, files, pictures, services, sniffing
from ..dates import BadDay, day_of
from ..models import Evidence, EvidenceLink, FileKind
from ..selectors import indicators, papers, picking
from . import common
from .common import person

A_PAGE = 48
ACCEPT = ".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx"
TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.WEBP: "image/webp",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: common.XLSX,
}
ENDINGS = {kind: f".{'jpg' if kind == FileKind.JPEG else kind.value}" for kind in FileKind}
SEALED = "default-src 'none'; sandbox"
"""What an evidence may do in a browser that shows it: nothing."""


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """Goes to the evidence of the place where the person works, or offers the communes."""
    unit = home_place(person(request))
    if unit is not None:
        return redirect("facts:evidence", unit.pk)
    period = common.period_asked(request)
    query = request.GET.get("q", "")
    found = picking.communes(person(request), None, query, period)
    shown = common.context(None, "evidence", found=found, period=period, query=query)
    return render(request, "facts/pick.html", shown)


@require_safe
@never_cache
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """The evidence of a place and of all below it."""
    return _list(request, common.place_of(request, pk))


def _list(
    request: HttpRequest, unit: Unit, refused: list[tuple[str, str]] | None = None
) -> HttpResponse:
    today, user = timezone.localdate(), person(request)
    sought = papers.Sought(
        request.GET.get("q", ""), request.GET.get("tt", ""), request.GET.get("loai", "")
    )
    # A form that was refused comes back with what it was about.
    given = request.POST if refused else request.GET
    wanted = given.get("chi-tieu", "") if refused else given.get("so", "")
    about = indicators.asked(given.get("bo", ""), wanted) if wanted else None
    page = Paginator(papers.evidence(user, unit, sought, today), A_PAGE).get_page(
        request.GET.get("trang")
    )
    ended, soon = papers.ending(user, unit, today)
    proofs = indicators.proving(unit, about, [row.pk for row in page]) if about else set()
    rows = [(row, row.is_expired(today), _soon(row), row.pk in proofs) for row in page]
    shown = common.context(
        unit, "evidence", page=page, rows=rows,
        sought=sought, states=papers.STATES, kinds=papers.KINDS, ended=ended, soon=soon,
        about=about, lost=bool(wanted) and about is None, proofs=len(proofs),
        refused=refused or [], submission=uuid4(), limits=_limits(), accept=ACCEPT,
        **common.rights(request, unit),
    )  # fmt: skip
    return render(request, "facts/evidence.html", shown, status=422 if refused else 200)


def _soon(row: Evidence) -> bool:
    today = timezone.localdate()
    return row.valid_to is not None and today <= row.valid_to <= today + papers.SOON


def _limits() -> dict[str, int]:
    return {"files": settings.UPLOAD_MAX_FILES, "bytes": sniffing.MOST_BYTES}


@require_POST
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in files, and attach them at once where the form says to what."""
    unit = common.place_of(request, pk, Action.EDIT)
    sent = common.form_number(request.POST.get("luot"))
    refused: list[tuple[str, str]] = []
    made: list[Evidence] = []
    for number, file in enumerate(request.FILES.getlist("tep")):
        try:
            if (file.size or 0) > sniffing.MOST_BYTES:
                raise sniffing.RefusedFile("Tệp lớn hơn 25 MB. Hãy quét lại hoặc tách ra.")
            named = services.Sent(
                name=file.name or "", content=file.read(), key=uuid5(sent, str(number))
            )
            made.append(services.add(person(request), unit, named))
        except (sniffing.RefusedFile, services.BadEvidence) as bad:
            refused.append((file.name or "", str(bad)))
    if not made and not refused:
        refused.append(("", "Chưa chọn tệp nào."))
    target = _target(request, unit)
    if target is not None and _is_of_nothing(target):
        target = None
        refused.append(("", "Bộ này không có chỉ tiêu ấy nên tệp chưa được gắn vào đâu."))
    try:
        for row in made if target else []:
            assert target is not None
            services.attach(person(request), row, target)
    except services.BadEvidence as bad:
        refused.append(("", str(bad)))
    if refused:
        return _list(request, unit, refused)
    words = f"Đã thêm {len(made)} minh chứng" if len(made) > 1 else "Đã thêm minh chứng"
    if target is not None and target.number:
        words += f" và gắn vào chỉ tiêu {target.number}"
    words += "."
    messages.success(request, words)
    if back := _back(request):
        return redirect(back)
    if len(made) == 1:
        return redirect("facts:paper", made[0].pk)
    return redirect("facts:evidence", unit.pk)


def _target(request: HttpRequest, unit: Unit) -> services.Target | None:
    said = request.POST
    if not (said.get("so-lieu") or said.get("chi-tieu")):
        return None
    return services.Target(
        place=unit, measure=said.get("so-lieu", "")[:80], year=_year(said.get("nam")),
        set_id=said.get("bo", "")[:120], number=said.get("chi-tieu", "")[:20],
    )  # fmt: skip


def _is_of_nothing(target: services.Target) -> bool:
    """Whether it names an indicator that is in no set we know."""
    return bool(target.number) and indicators.asked(target.set_id, target.number) is None


def _year(text: str | None) -> int:
    found = common.whole(text)
    return found if found is not None and 1990 <= found <= 2100 else 0


def _back(request: HttpRequest) -> str:
    """The address within the site the form wants to return to."""
    wanted = request.POST.get("ve", "")
    safe = url_has_allowed_host_and_scheme(wanted, None) and wanted.startswith("/")
    return wanted if safe else ""


def _paper(request: HttpRequest, pk: int, action: Action = Action.VIEW) -> Evidence:
    rows = restrict(Evidence.objects.all(), person(request), action)
    found: Evidence = get_object_or_404(rows.select_related("place__parent", "by"), pk=pk)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """One paper: what it is, what it proves; saying what it is."""
    row = _paper(request, pk)
    if request.method == "POST":
        try:
            services.describe(person(request), row, _about(request))
        except (services.BadEvidence, BadDay) as bad:
            return _one(request, row, str(bad))
        messages.success(request, "Đã lưu thông tin minh chứng.")
        return redirect("facts:paper", row.pk)
    return _one(request, row)


def _about(request: HttpRequest) -> services.About:
    said = request.POST
    return services.About(
        title=said.get("ten", ""), number=said.get("so", ""), dated=day_of(said.get("ngay")),
        agency=said.get("co-quan", ""), signer=said.get("nguoi-ky", ""),
        valid_to=day_of(said.get("het-han")),
    )  # fmt: skip


def _one(request: HttpRequest, row: Evidence, trouble: str = "") -> HttpResponse:
    links = row.links.filter(removed_at=None).select_related("place")
    measures = catalogue.known().values()
    shown = common.context(
        row.place, "evidence", row=row, proved=papers.proved(links), trouble=trouble,
        typed=request.POST, may_change=papers.may_edit(person(request), row),
        expired=row.is_expired(timezone.localdate()), soon=_soon(row),
        measures=sorted(measures, key=lambda each: each.topic), year=timezone.localdate().year,
        latitude=_degrees(row.latitude), longitude=_degrees(row.longitude),
    )  # fmt: skip
    return render(request, "facts/paper.html", shown, status=422 if trouble else 200)


def _degrees(micro: int | None) -> str:
    return "" if micro is None else f"{micro / 1_000_000:.5f}".replace(".", ",")


@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a paper prove a number or an indicator, here or at a place given."""
    row = _paper(request, pk)
    number = common.whole(request.POST.get("dia-ban"))
    unit = common.place_of(request, number or row.place_id, Action.EDIT)
    try:
        services.attach(person(request), row, _target(request, unit) or services.Target(place=unit))
    except services.BadEvidence as bad:
        return _one(request, row, str(bad))
    messages.success(request, "Đã gắn minh chứng.")
    return redirect(_back(request) or reverse("facts:paper", args=[row.pk]))


@require_POST
def detach(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a paper off what it proved."""
    links = restrict(EvidenceLink.objects.all(), person(request))
    link = get_object_or_404(links.select_related("place"), pk=pk)
    services.detach(person(request), link)
    messages.success(request, "Đã gỡ minh chứng. Tệp vẫn còn trong kho.")
    return redirect(_back(request) or reverse("facts:paper", args=[link.evidence_id]))


@require_POST
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a paper out of the lists, or bring it back."""
    row = _paper(request, pk)
    if row.set_aside_at is None:
        services.set_aside(person(request), row)
        messages.success(request, "Đã bỏ minh chứng. Có thể khôi phục ở mục “Đã bỏ”.")
    else:
        services.restore(person(request), row)
        messages.success(request, "Đã khôi phục minh chứng.")
    return redirect("facts:evidence", row.place_id)


@require_safe
def download(request: HttpRequest, pk: int) -> FileResponse:
    """The file: pictures are shown, all else is kept by the browser."""
    row = _paper(request, pk)
    if not files.evidence_files.exists(row.sha256):
        raise Http404
    kind = FileKind(row.kind)
    name = row.filename
    if not name.lower().endswith((ENDINGS[kind], ".jpeg")):
        name = f"{name.rpartition('.')[0] or name}{ENDINGS[kind]}"
    show = row.is_picture and "tai" not in request.GET
    answer = FileResponse(
        files.evidence_files.open_stored(row.sha256), as_attachment=not show, filename=name,
        content_type=TYPES[kind],
    )  # fmt: skip
    _seal(answer)
    return answer


@require_safe
def thumbnail(request: HttpRequest, pk: int) -> HttpResponse:
    """A small picture of a picture."""
    row = _paper(request, pk)
    if not row.is_picture or not files.evidence_files.exists(row.sha256):
        raise Http404
    with files.evidence_files.open_stored(row.sha256) as stored:
        small = pictures.thumbnail(stored.read())
    answer = HttpResponse(small, content_type="image/jpeg")
    _seal(answer)
    return answer


def _seal(answer: HttpResponseBase) -> None:
    """Kept by this browser alone, and able to do nothing in it."""
    answer.headers["Content-Security-Policy"] = SEALED
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, max-age=3600"
