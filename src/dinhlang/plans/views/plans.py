"""The pages of accepted plans: list and search, overview, sections, versions, exports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dinhlang.people.access import Action, can
from dinhlang.work.models import Repeat, TaskState
from dinhlang.work.typed import numbers
from dinhlang.work.views.common import form_key
from dinhlang.work.views.repeats import told

from ..editing import comparing, kinds
from ..models import Plan, PlanVersion
from ..rendering.living import page_of
from ..sections import BY_SLUG, SECTIONS, Section, Source
from ..selectors import correcting
from ..selectors import overview as overviews
from ..selectors import plans as selectors
from ..selectors.plans import TaskFilter
from ..services import bringing, leads, regimes
from ..tables import Cell, Column, Row, Table, matching, workbook
from . import common
from .common import person, plan_of
from .reviews import upload_context

WITH_TASKS = ("nhiem-vu", "lo-trinh")
"""The parts of a plan that show how far its tasks are."""
BROUGHT = ("lo-trinh", "kinh-phi")
"""The parts of a plan that offer to bring it to the rooms of work and money."""
CHARGED = ("nhiem-vu", "phan-cong")
"""The parts of a plan that offer to give its tasks the leads it names."""
CHANGES = {
    "added": ("Thêm", "ok", "+"),
    "dropped": ("Bỏ", "no", "−"),
    "changed": ("Sửa", "wait", "≠"),
    "same": ("Giữ nguyên", "na", "="),
}


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """The plans one may see, the uploads in hand, and search over both plans and items."""
    user, text = person(request), request.GET.get("q", "").strip()
    shown = common.context("plans", query=text, **upload_context(request))
    if text:
        found = selectors.search(user, text)
        shown["found"] = found
        shown["items"] = [
            (item, selectors.kind_name(item), selectors.kind_slug(item)) for item in found.items
        ]
    else:
        shown["plans"] = selectors.plans(user, timezone.localdate())[:200]
        shown["reviews"] = selectors.open_reviews(user)[:50]
    return render(request, "plans/index.html", shown)


def frame(request: HttpRequest, plan: Plan, here: str) -> dict[str, object]:
    """What the head of every page of a plan shows."""
    return common.context(
        "plans", plan=plan, version=plan.current, here=here, sections=SECTIONS,
        may_edit=can(person(request), Action.EDIT, plan.place),
    )  # fmt: skip


def _current(plan: Plan) -> PlanVersion:
    if plan.current is None:
        raise Http404
    return plan.current


@require_safe
@never_cache
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """Levels, counts, money, next dates."""
    plan = plan_of(request, pk)
    today = timezone.localdate()
    shown = frame(request, plan, "")
    shown["overview"] = overviews.overview(plan, _current(plan), today)
    shown["missing"] = _missing(request, plan)
    shown |= _leads(request, plan)
    return render(request, "plans/overview.html", shown)


@require_safe
@never_cache
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper beside its items, as accepted."""
    plan = plan_of(request, pk)
    version = _current(plan)
    shown = frame(request, plan, "van-ban")
    shown["page"] = page_of(version.document, version.silenced)
    return render(request, "plans/paper.html", shown)


@require_safe
@never_cache
def section(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One part of the plan as tables, filtered as asked."""
    plan = plan_of(request, pk)
    one = _section(slug)
    tables, wanted, text = _tables(request, plan, one)
    shown = frame(request, plan, slug)
    shown.update(section=one, tables=tables, query=text, filter=wanted)
    shown["export"] = "?" + urlencode(request.GET.dict()) if request.GET else ""
    if slug == "nhiem-vu":
        shown["choices"] = overviews.task_choices(plan, _current(plan))
    if slug == "kiem-tra":
        shown["mends"] = len(correcting.mends(_current(plan)))
    if slug in BROUGHT:
        shown["missing"] = _missing(request, plan)
    if slug in CHARGED:
        shown |= _leads(request, plan)
    if slug == "phan-cong" and can(person(request), Action.REVIEW, plan.place):
        shown["regimes"] = [
            (each, told(Repeat(every=each.every, on=each.on)))
            for each in regimes.proposed(plan, _today())
        ]
        shown["left"] = regimes.left_to_people(plan, _today())
    return render(request, "plans/section.html", shown)


def _missing(request: HttpRequest, plan: Plan) -> bringing.Missing | None:
    """What of the plan stands nowhere else yet, for who may bring it there."""
    if not can(person(request), Action.REVIEW, plan.place):
        return None
    return bringing.missing(plan)


def _leads(request: HttpRequest, plan: Plan) -> dict[str, object]:
    """The tasks nobody leads though the plan says who, for who may give them."""
    if not can(person(request), Action.REVIEW, plan.place):
        return {}
    return {"leads": leads.lacking(plan), "leads_key": uuid4()}


@require_POST
def put_leads(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the plan's tasks the leads that its duties say; a message offers to take it back."""
    plan, key = plan_of(request, pk, Action.REVIEW), form_key(request)
    found = leads.put(person(request), plan, key)
    if not found:
        messages.success(request, "Mọi việc của kế hoạch đã có chủ trì như kế hoạch nêu.")
        return redirect("plans:section", pk, "nhiem-vu")
    ticked = ".".join(str(each.task.pk) for each in found)
    address = f"{reverse('work:many-undo', args=[plan.place_id])}?luot={key}&v={ticked}"
    messages.success(
        request, f"Đã giao chủ trì cho {len(found)} việc.", extra_tags=f"undo:{address}"
    )
    return redirect("plans:section", pk, "nhiem-vu")


@require_POST
def put_to_work(request: HttpRequest, pk: int) -> HttpResponse:
    """Make tasks, money, support and commitments of what the plan says and that are none yet."""
    plan = plan_of(request, pk, Action.REVIEW)
    brought = bringing.put_to_work(person(request), plan)
    told = f"Đã đưa {brought.words} của kế hoạch vào Công việc, Kinh phí." if brought else (
        "Kế hoạch này đã có đủ ở Công việc, Kinh phí."
    )  # fmt: skip
    rules = len(regimes.proposed(plan, timezone.localdate()))
    if rules:
        told += f" Còn {rules} chế độ báo cáo chờ xác nhận ở trang này."
    messages.success(request, told)
    return redirect("plans:section", pk, "phan-cong" if rules else "lo-trinh")


@require_POST
def put_reports(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the ticked rules of reporting come again as work."""
    plan = plan_of(request, pk, Action.REVIEW)
    made = regimes.begin(
        person(request), plan, numbers(request.POST.getlist("dong")), timezone.localdate()
    )
    messages.success(request, f"Đã đặt {made} việc định kỳ từ chế độ báo cáo.")
    if made:
        return redirect("work:repeats", plan.place_id)
    return redirect("plans:section", pk, "phan-cong")


@require_safe
@never_cache
def section_xlsx(request: HttpRequest, pk: int, slug: str) -> FileResponse:
    """The same tables as a workbook, with the same rows left out."""
    plan = plan_of(request, pk)
    one = _section(slug)
    tables, wanted, text = _tables(request, plan, one)
    notes = [f"{plan.place}, phiên bản {_current(plan).number}, lấy ngày {_today():%d/%m/%Y}"]
    if told := _told(plan, wanted, text):
        notes.append(f"Chỉ gồm: {told}")
    data = workbook(f"{one.name}: {plan.title}", tables, notes)
    return common.download(data, f"{slug}-{plan.year or plan.pk}.xlsx")


def _today() -> date:
    return timezone.localdate()


def _section(slug: str) -> Section:
    found = BY_SLUG.get(slug)
    if found is None:
        raise Http404
    return found


def _tables(request: HttpRequest, plan: Plan, one: Section) -> tuple[list[Table], TaskFilter, str]:
    version, today = _current(plan), timezone.localdate()
    text = request.GET.get("q", "").strip()
    wanted = TaskFilter()
    if one.slug == "nhiem-vu":
        names = {"office": "don-vi", "criterion": "tieu-chi", "village": "thon", "state": "tt"}
        wanted = replace(wanted, **{k: request.GET.get(v, "") for k, v in names.items()})
    address = reverse("plans:paper", args=[plan.pk])
    source = Source(
        data=version.document,
        today=today,
        tasks=selectors.tasks_of(plan, wanted, today) if one.slug in WITH_TASKS else (),
        silenced=version.silenced,
        task_href=lambda number: reverse("work:task", args=[number]),
        line_href=lambda number: f"{address}#m{number}",
    )
    return [matching(table, text) for table in one.build(source)], wanted, text


def _told(plan: Plan, wanted: TaskFilter, text: str) -> str:
    """The filter in words, for the head of the workbook."""
    choices = overviews.task_choices(plan, _current(plan))
    states = {**dict(TaskState.choices), "late": "Quá hạn", "unfinished": "Chưa xong"}
    parts = [
        ("đơn vị", dict(choices.offices).get(wanted.office, wanted.office)),
        ("tiêu chí", wanted.criterion),
        ("thôn", dict(choices.villages).get(wanted.village, wanted.village)),
        ("trạng thái", states.get(wanted.state, wanted.state)),
        ("có chữ", text),
    ]
    return "; ".join(f"{label} {value}" for label, value in parts if value)


@require_safe
@never_cache
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version with who accepted it, and where the next one is brought in."""
    plan = plan_of(request, pk)
    shown = frame(request, plan, "phien-ban")
    shown["versions"] = (
        plan.versions.select_related("accepted_by").defer("data").order_by("-number")
    )
    shown.update(upload_context(request, plan))
    return render(request, "plans/versions.html", shown)


@require_safe
@never_cache
def original(request: HttpRequest, pk: int, number: int) -> FileResponse:
    """The file a version was accepted from."""
    version = get_object_or_404(plan_of(request, pk).versions, number=number)
    return common.original(version.sha256, version.filename)


@require_safe
@never_cache
def compare(request: HttpRequest, pk: int, old: int, new: int) -> HttpResponse:
    """What a version changed, kind by kind."""
    plan = plan_of(request, pk)
    pairs = _pairs(plan, old, new)
    shown = frame(request, plan, "phien-ban")
    counts = {change: sum(p.change == change for p in pairs) for change in CHANGES}
    groups = [(kind, [p for p in pairs if p.kind is kind]) for kind in _ordered()]
    shown.update(old=old, new=new, changes=CHANGES, counts=counts)
    shown["groups"] = [
        (kind, [p for p in found if p.change != "same"], sum(p.change == "same" for p in found))
        for kind, found in groups
        if found
    ]
    return render(request, "plans/compare.html", shown)


def _ordered() -> tuple[kinds.Kind, ...]:
    return (kinds.DOCUMENT, *kinds.KINDS, kinds.STATED)


def _pairs(plan: Plan, old: int, new: int) -> list[comparing.Pair]:
    found = {v.number: v for v in plan.versions.filter(number__in=(old, new))}
    if old not in found or new not in found:
        raise Http404
    return comparing.compare(found[old].document, found[new].document)


@require_safe
@never_cache
def compare_xlsx(request: HttpRequest, pk: int, old: int, new: int) -> FileResponse:
    """The comparison as a workbook: a row for every field that changed."""
    plan = plan_of(request, pk)
    rows = []
    for pair in _pairs(plan, old, new):
        if pair.change == "same":
            continue
        what = CHANGES[pair.change][0]
        for difference in pair.differences or (comparing.Difference("", "", ""),):
            texts = (what, pair.kind.name, pair.title, *_parts(difference))
            rows.append(Row(tuple(Cell(text) for text in texts)))
    columns = (Column("Thay đổi", 12), Column("Loại", 20), Column("Mục", 60),
               Column("Trường", 20), Column("Trước", 40), Column("Sau", 40))  # fmt: skip
    data = workbook(
        f"So sánh phiên bản {old} và {new}: {plan.title}", [Table("So sánh", columns, tuple(rows))]
    )
    return common.download(data, f"so-sanh-{old}-{new}.xlsx")


def _parts(difference: comparing.Difference) -> tuple[str, str, str]:
    return difference.label, difference.old, difference.new
