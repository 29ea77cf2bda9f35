"""Uploading, and correcting what was read: the paper beside its items, each edit saved at once."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import TooManyFilesSent
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST, require_safe

from dinhlang.people.access import Action, allowed_places, can
from dinhlang.places.models import Unit

from ..editing import draft, kinds
from ..models import Plan, Review, State
from ..rendering.items import BY_SLUG
from ..rendering.living import edited_number, page_of
from ..running import NotAccepted
from ..selectors import correcting
from ..selectors import plans as selectors
from ..services import editing, plans, uploads
from ..services.editing import Closed, Conflict, Edit, NoReason
from . import common
from .common import person, review_of

ENVELOPE = 1024 * 1024
"""Bytes a form may need around its files."""

UNDO_SECONDS = 60


@csrf_exempt
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take the dropped files. What is far too large is refused before it is received."""
    most = settings.UPLOAD_MAX_BYTES * 2 + ENVELOPE
    if int(request.META.get("CONTENT_LENGTH") or 0) > most:
        return refuse(request, f"Các tệp gửi một lần lớn quá {most // 1024**2} MB.", 413)
    try:
        return _upload(request)
    except TooManyFilesSent:
        return refuse(
            request,
            f"Mỗi lần đưa được nhiều nhất {settings.UPLOAD_MAX_FILES} tệp. "
            "Hãy chia thành nhiều lần.",
        )


@csrf_protect
def _upload(request: HttpRequest) -> HttpResponse:
    user = person(request)
    plan = None
    if request.POST.get("ke-hoach", "").isdigit():
        plan = common.plan_of(request, int(request.POST["ke-hoach"]), Action.EDIT)
    place = plan.place if plan else _place(request)
    if place is None:
        return refuse(request, "Hãy chọn xã của kế hoạch rồi gửi lại.")
    try:
        submission = common.form_number(request.POST.get("luot"))
        started = uploads.upload(user, place, submission, request.FILES.getlist("tep"), plan)
    except NotAccepted as refusal:
        return refuse(request, str(refusal))
    if len(started) == 1:
        return common.go(request, reverse("plans:review", args=[started[0].pk]))
    # The number makes it another address than the page's own, which an anchor would not load.
    return common.go(request, f"{reverse('plans:index')}?luot={started[0].submission}#dang-duyet")


def _place(request: HttpRequest) -> Unit | None:
    allowed = allowed_places(person(request), Action.EDIT).filter(level="commune", valid_to=None)
    chosen = request.POST.get("xa", "")
    if chosen.isdigit():
        return allowed.filter(pk=int(chosen)).first()
    only = list(allowed[:2])
    return only[0] if len(only) == 1 else None


def refuse(request: HttpRequest, message: str, status: int = 422) -> HttpResponse:
    """The words of a refusal, on the part of the page that asked or on a page of their own."""
    name = "trial/_refused.html" if common.by_htmx(request) else "plans/refused.html"
    return render(request, name, common.context("plans", refused=message), status=status)


@require_safe
@never_cache
def review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One upload: its progress while it is read, then the paper beside its items to correct."""
    found = _as_it_is(request, pk)
    if found.state != State.DONE:
        return render(request, "plans/waiting.html", common.context("plans", review=found))
    return _review_page(request, found)


def _as_it_is(request: HttpRequest, pk: UUID) -> Review:
    """The review, told apart from one whose worker has died."""
    found = review_of(request, pk)
    if found.is_open and uploads.fail_lost():
        found.refresh_from_db()
    return found


def _review_page(request: HttpRequest, found: Review) -> HttpResponse:
    data = found.document
    user = person(request)
    candidates = list(selectors.plans_of_place(user, found.place))
    document = data["document"]
    guess = found.plan or selectors.likely_plan(
        candidates, document.get("title") or "", document.get("years") or []
    )
    commune = document.get("commune") or ""
    shown = common.context(
        "plans",
        review=found,
        page=page_of(data, found.silenced),
        editing=found.is_editable,
        kinds=kinds.KINDS,
        mends=len(correcting.mends(found)),
        may_accept=can(user, Action.REVIEW, found.place),
        candidates=candidates,
        guess=guess,
        undo_seconds=UNDO_SECONDS,
        other_commune=commune if commune and commune not in found.place.name else "",
    )
    return render(request, "plans/review.html", shown)


@require_GET
@never_cache
def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The card of an upload, asked for again and again until it is read."""
    found = _as_it_is(request, pk)
    alone = "mot" in request.GET
    if alone and not found.is_open:
        return common.go(request, reverse("plans:review", args=[pk]))
    return render(request, "plans/_review_card.html", {"review": found, "alone": alone})


def _verb(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    found, user = review_of(request, pk), person(request)
    match verb:
        case "dung":
            uploads.stop(user, found)
        case "doc-lai":
            uploads.read_again(user, found)
        case "bo":
            uploads.set_aside(user, found)
        case "khoi-phuc":
            uploads.take_back(user, found)
    return common.go(request, reverse("plans:review", args=[pk]))


@require_POST
def stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop reading."""
    return _verb(request, pk, "dung")


@require_POST
def read_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read a failed or stopped paper once more."""
    return _verb(request, pk, "doc-lai")


@require_POST
def set_aside(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Discard the upload; it can be taken back from the page this leads to."""
    return _verb(request, pk, "bo")


@require_POST
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Undo ``set_aside``."""
    return _verb(request, pk, "khoi-phuc")


@require_safe
@never_cache
def original(request: HttpRequest, pk: UUID) -> FileResponse:
    """The file as it was uploaded."""
    found = review_of(request, pk)
    return common.original(found.sha256, found.filename)


@require_safe
@never_cache
def item_form(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """The form of one item, filled in."""
    found = _editable(request, pk)
    number = edited_number(number)
    try:
        kind, item = draft.part(found.document, number)
    except draft.NoSuchItem as gone:
        return _words(str(gone), 404)
    fields = [(field, typed, "") for field, typed in draft.form(kind, item)]
    return _form(request, {"kind": kind, "number": number, "fields": fields, "verb": "change"})


@require_safe
@never_cache
def new_form(request: HttpRequest, pk: UUID, slug: str) -> HttpResponse:
    """An empty form for an item of a tab, or of one kind of it."""
    _editable(request, pk)
    of_tab = kinds.of_tab(slug) if slug in BY_SLUG else ()
    kind = kinds.BY_CODE.get(slug) or (of_tab[0] if of_tab else kinds.BY_CODE["tasks"])
    fields = [(field, request.GET.get(field.slug, ""), "") for field in kind.fields]
    quote = request.GET.get("quote", "")
    shown = {"kind": kind, "number": 0, "fields": fields, "verb": "add", "kinds": kinds.KINDS,
             "quote": quote}  # fmt: skip
    return _form(request, shown)


def _editable(request: HttpRequest, pk: UUID) -> Review:
    found = review_of(request, pk)
    if not found.is_editable:
        raise Http404
    return found


def _form(request: HttpRequest, shown: dict[str, object], status: int = 200) -> HttpResponse:
    return render(request, "plans/_form.html", shown, status=status)


def _words(message: str, status: int) -> HttpResponse:
    return JsonResponse({"message": message}, status=status)


@require_POST
@never_cache
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One edit, saved at once and exactly once; answers with the page as it is after it.

    422 with the form where something typed cannot be taken, 409 with words where somebody else
    changed the item, 404 where it is gone, 400 for an edit without a key.
    """
    found = review_of(request, pk)
    key = common.given_uuid(request.POST.get("key"))
    seen, number = request.POST.get("seen", ""), request.POST.get("number", "")
    if key is None or not seen.isdigit() or not (number or "0").isdigit():
        return _words("Yêu cầu không đầy đủ. Hãy tải lại trang.", 400)
    one = Edit(person(request), found.pk, key, int(seen))
    try:
        saved = _apply(request, one, int(number or 0))
    except draft.Refused as refused:
        return _refused(request, found, refused)
    except draft.NoSuchItem as gone:
        return _words(str(gone), 404)
    except NoReason as missing:
        return _words(str(missing), 400)
    except (Conflict, Closed) as conflict:
        return _words(str(conflict), 409)
    found.refresh_from_db()
    answer = _review_page(request, found)
    answer.headers["X-Item"] = str(saved.item)
    return answer


def _apply(request: HttpRequest, one: Edit, number: int) -> editing.Saved:
    values = request.POST.dict()
    match request.POST.get("verb"):
        case "change":
            number = edited_number(number)
            kind, _ = draft.part(Review.objects.get(pk=one.review).document, number)
            for field in kind.fields:
                # A box that is not ticked is not sent.
                if field.kind == "flag":
                    values.setdefault(field.slug, "")
            return editing.change_item(one, number, values)
        case "add":
            return editing.add_item(one, request.POST.get("kind", ""), values)
        case "drop":
            return editing.drop_item(one, number)
        case "restore":
            return editing.restore_item(one, number)
        case "silence":
            return editing.silence(one, number, request.POST.get("reason", ""))
        case "speak":
            return editing.unsilence(one, number)
    raise draft.NoSuchItem


def _refused(request: HttpRequest, found: Review, refused: draft.Refused) -> HttpResponse:
    number = edited_number(int(request.POST.get("number") or 0))
    if number:
        kind, _ = draft.part(found.document, number)
    else:
        kind = kinds.BY_CODE.get(request.POST.get("kind", ""), kinds.KINDS[0])
    fields = [
        (field, request.POST.get(field.slug, ""), refused.troubles.get(field.slug, ""))
        for field in kind.fields
    ]
    shown = {"kind": kind, "number": number, "fields": fields, "kinds": kinds.KINDS,
             "verb": "change" if number else "add"}  # fmt: skip
    return _form(request, shown, 422)


@require_POST
def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make it a plan, or the next version of one; leads to the plan."""
    found = review_of(request, pk)
    seen, wanted = request.POST.get("seen", ""), request.POST.get("ke-hoach", "")
    plan: Plan | None = None
    if wanted.isdigit():
        rows = selectors.plans_of_place(person(request), found.place)
        plan = get_object_or_404(rows, pk=int(wanted))
    try:
        version = plans.accept(person(request), pk, int(seen) if seen.isdigit() else -1, plan)
    except (Conflict, Closed) as conflict:
        return refuse(request, str(conflict), 409)
    if version.number > 1:
        args = [version.plan_id, version.number - 1, version.number]
        return common.go(request, reverse("plans:compare", args=args))
    return common.go(request, reverse("plans:plan", args=[version.plan_id]))


def upload_context(request: HttpRequest, plan: Plan | None = None) -> dict[str, object]:
    """What the upload form needs."""
    communes = [plan.place] if plan else selectors.communes_to_upload(person(request))
    return {
        "submission": uuid4(),
        "communes": communes,
        "limits": {"files": settings.UPLOAD_MAX_FILES, "bytes": settings.UPLOAD_MAX_BYTES},
    }
