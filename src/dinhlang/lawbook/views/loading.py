"""Loading a set: choose, take in, correct row by row, preview, send for approval."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dinhlang.people.access import AccessDenied, Action, is_everywhere
from dinhlang.places.models import Unit

from .. import answering, changes, files, selectors, services
from ..importing import Refused
from ..importing.written import LOOKS_LIKE
from ..models import Loading, Origin
from ..reviewing import page_of
from ..sheet.columns import BY_KEY
from ..sheet.decision import FIELDS, MODES
from . import common
from .common import loading_of, person

TYPES = {".xlsx": common.XLSX}
ORIGINS = {
    ".xlsx": Origin.XLSX, ".docx": Origin.DOCX, ".yaml": Origin.YAML, ".yml": Origin.YAML,
}  # fmt: skip
COUNTRY = "ca-nuoc"
FIELD_NAMES = tuple(FIELDS)


@require_safe
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """The form: where it will hold, how, and the file or the pasted table."""
    given = {
        "cach": request.GET.get("cach", "new"),
        "bo": request.GET.get("bo", ""),
        "noi": request.GET.get("noi", ""),
    }
    base = selectors.library().sets.get(given["bo"])
    if base is not None and given["cach"] == "complete" and not given["noi"]:
        # To complete a set is to complete it where it holds.
        code = base.territory.code if base.territory else ""
        here = [one for one in selectors.places_to_load(person(request)) if one.code == code]
        given["noi"] = str(here[0].pk) if here else COUNTRY if not code else ""
    return _start(request, given)


def _start(
    request: HttpRequest, given: Mapping[str, str], refused: str = "", status: int = 200
) -> HttpResponse:
    user = person(request)
    everywhere = is_everywhere(user, Action.MANAGE)
    provinces = selectors.places_to_load(user)
    if not everywhere and not provinces:
        raise AccessDenied(
            "Nạp bộ tiêu chí cần quyền quản trị ở tỉnh (bộ của tỉnh) hoặc toàn hệ thống "
            "(bộ quốc gia). Hãy đề nghị người quản trị cấp quyền."
        )
    sets = sorted(selectors.library().sets.values(), key=lambda one: one.valid_from, reverse=True)
    shown = common.context(
        request,
        given=given,
        refused=refused,
        everywhere=everywhere,
        provinces=provinces,
        modes=MODES,
        sets=sets,
        key=uuid4(),
        others=_others(user.pk),
    )
    return render(request, "lawbook/load.html", shown, status=status)


def _others(own: int) -> bool:
    """Whether there is a second person who could approve a national set."""
    return bool(selectors.deciders(None, without=[own]))


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take the table in."""
    user, said = person(request), request.POST
    key = common.form_key(request)
    wish = services.Wish(mode=said.get("cach", ""), base=said.get("bo", ""))
    try:
        place = _place(said.get("noi", ""))
        given = _given(request)
        if given is not None:
            loading = services.load(user, key, place, given, wish)
        else:
            loading = services.load_from_set(user, key, place, wish)
    except (Refused, services.NotAllowedHere) as refusal:
        return _start(request, said.dict(), str(refusal), 422)
    return redirect("lawbook:draft", loading.pk)


def _place(said: str) -> Unit | None:
    if said == COUNTRY:
        return None
    if not said:
        raise services.NotAllowedHere(
            "Hãy chọn nơi áp dụng: quyết định của tỉnh thì chọn tỉnh đó, của trung ương thì chọn "
            "cả nước."
        )
    place = Unit.objects.filter(pk=common.whole(said)).first()
    if place is None:
        raise services.NotAllowedHere("Không thấy tỉnh đã chọn.")
    return place


def _given(request: HttpRequest) -> services.Given | None:
    """The file, or the pasted table; None where there is neither."""
    file = request.FILES.get("tep")
    if file is not None:
        suffix = PurePath(file.name or "").suffix.lower()
        origin = ORIGINS.get(suffix)
        if origin is None:
            raise Refused(
                f"“{file.name}” không phải tệp Excel (.xlsx), Word (.docx) hay YAML (.yaml).",
                "Hãy lưu lại đúng dạng, hoặc chép bảng rồi dán vào ô bên dưới.",
            )
        if (file.size or 0) > MOST_BYTES:
            raise Refused(f"Tệp lớn hơn {MOST_BYTES // 1024**2} MB.", "Hãy chỉ giữ phần bảng.")
        table = common.whole(request.POST.get("bang"))
        return services.Given(origin, file.read(), file.name or "", table)
    pasted = request.POST.get("dan", "")
    if pasted.lstrip().startswith("format:") and LOOKS_LIKE in pasted:
        return services.Given(Origin.YAML, pasted.encode(), "dan-vao.yaml")
    if pasted.strip():
        return services.Given(Origin.PASTE, pasted.encode())
    if request.POST.get("cach") in ("complete", "amend") and request.POST.get("bo"):
        return None
    raise Refused(
        "Chưa có bảng nào.",
        "Hãy chọn tệp, dán bảng, hoặc chọn một bộ đã có để điền ngay trên trang.",
    )


MOST_BYTES = 20 * 1024 * 1024


@require_safe
@never_cache
def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The table as it was read: what is wrong, each row to be corrected, what it changes."""
    return _draft(request, loading_of(request, pk))


def _draft(
    request: HttpRequest, loading: Loading, refused: str = "", status: int = 200
) -> HttpResponse:
    library = selectors.library()
    found = selectors.composed(loading, library)
    page = page_of(loading, found, library, common.whole(request.GET.get("sua")))
    difference = None
    if found.result is not None:
        troubles = services.troubles_with(found.result, library)
        page.troubles.extend(troubles)
        if not troubles:
            difference = changes.changes_of(found.result, library)
    waiting = loading.texts.filter(state="pending").first()
    hands = selectors.hands_in(loading) | {person(request).pk}
    shown = common.context(
        request,
        loading=loading,
        page=page,
        found=found,
        changes=difference,
        key=uuid4(),
        refused=refused,
        waiting=waiting,
        returned=loading.texts.filter(state="returned").order_by("-decided_at").first(),
        sets=library.sets.values(),
        provinces=selectors.places_to_load(person(request)),
        everywhere=is_everywhere(person(request), Action.MANAGE),
        deciders=selectors.deciders(loading.place, without=hands)[:8],
        is_mine=loading.created_by_id == person(request).pk,
    )
    return render(request, "lawbook/draft.html", shown, status=status)


@require_POST
def row(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct, add, leave out or take back a row."""
    user, loading = person(request), loading_of(request, pk)
    at, doing = common.whole(request.POST.get("dong")), request.POST.get("viec", "sua")
    key = common.form_key(request)
    values = {name: request.POST[name] for name in BY_KEY if name in request.POST}
    try:
        if doing == "them":
            services.add_row(user, loading.pk, key, at, _seed(loading, at))
            at += 1
        elif doing in ("tra-loi", "hoi-lai"):
            words, expressed = request.POST.get("cau", ""), doing == "tra-loi"
            answering.answer(user, loading.pk, key, at, words, expressed=expressed)
        elif doing in ("bo", "lay-lai"):
            services.drop_row(user, loading.pk, key, at, dropped=doing == "bo")
        else:
            loading = services.change_row(user, loading.pk, key, at, values)
    except services.NotAllowedHere as refusal:
        return _draft(request, loading, str(refusal), 422)
    address = reverse("lawbook:draft", args=[pk])
    if doing == "them":
        return redirect(f"{address}?sua={at}#dong-{at}")
    if doing == "sua":
        troubled = sorted({p.row for p in selectors.composed(loading).problems if p.row})
        if at in troubled:
            return redirect(f"{address}?sua={at}#dong-{at}")
        later = [one for one in troubled if one > at] or troubled
        if "tiep" in request.POST and later:
            return redirect(f"{address}?sua={later[0]}#dong-{later[0]}")
    return redirect(f"{address}#dong-{at}")


def _seed(loading: Loading, at: int) -> dict[str, str]:
    """A new row belongs to the criterion of the row above."""
    for before in reversed(loading.rows[:at]):
        if before.get("criterion"):
            return {key: before[key] for key in ("criterion", "criterion_name") if before.get(key)}
    return {}


@require_POST
def about(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct what is said of the decision."""
    loading = loading_of(request, pk)
    values: dict[str, Any] = {
        name: request.POST[name] for name in FIELD_NAMES if name in request.POST
    }
    if "replaces" in values:
        values["replaces"] = "; ".join(filter(None, request.POST.getlist("replaces")))
    try:
        key = common.form_key(request)
        if "noi" in request.POST:
            place = _place(request.POST["noi"])
            answering.change_place(person(request), loading.pk, uuid5(key, "noi"), place)
        services.change_about(person(request), loading.pk, key, values)
    except services.NotAllowedHere as refusal:
        return _draft(request, loading, str(refusal), 422)
    return redirect(reverse("lawbook:draft", args=[pk]) + "#quyet-dinh")


@require_POST
def replace(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take in the mended file of a draft that was written by hand."""
    loading, file = loading_of(request, pk), request.FILES.get("tep")
    try:
        if file is None:
            raise Refused("Chưa chọn tệp.", "Hãy chọn tệp YAML đã sửa.")
        if (file.size or 0) > MOST_BYTES:
            raise Refused("Tệp quá lớn.")
        key = common.form_key(request)
        answering.replace_file(person(request), loading.pk, key, file.read(), file.name or "")
    except (Refused, services.NotAllowedHere) as refusal:
        return _draft(request, loading, str(refusal), 422)
    return redirect("lawbook:draft", pk)


@require_POST
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send for approval."""
    loading = loading_of(request, pk)
    try:
        text = services.send(person(request), loading.pk, common.whole(request.POST.get("ban")))
    except services.NotAllowedHere as refusal:
        return _draft(request, loading, str(refusal), 422)
    return redirect("lawbook:text", text.pk)


@require_POST
def set_aside(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put the draft away."""
    loading = loading_of(request, pk)
    services.set_aside(person(request), loading.pk)
    return redirect("lawbook:draft", pk)


@require_POST
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a draft back that was put away."""
    loading = loading_of(request, pk)
    services.take_back(person(request), loading.pk)
    return redirect("lawbook:draft", pk)


@require_safe
def original(request: HttpRequest, pk: UUID) -> FileResponse:
    """The file as it came, always as a download: what people upload may be anything."""
    loading = loading_of(request, pk)
    if not files.originals.exists(loading.original):
        raise Http404
    name = loading.filename or "bang-dan-vao.txt"
    return FileResponse(
        files.originals.open_stored(loading.original), as_attachment=True, filename=name,
        content_type=TYPES.get(PurePath(name).suffix.lower(), "application/octet-stream"),
    )  # fmt: skip
