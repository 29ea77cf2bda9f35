"""A policy's list: the grid, marking what was checked and paid, one household, the list to sign."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Sum
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dinhlang.papers.writing.html import to_html
from dinhlang.papers.writing.pdf import to_pdf
from dinhlang.papers.writing.sheet import to_xlsx
from dinhlang.papers.writing.word import to_docx
from dinhlang.people import audit
from dinhlang.people.access import Action, can, require
from dinhlang.vietnamese import fold, format_number

from .. import support_boxes as boxes
from .. import typed
from ..documents import signing
from ..models import Beneficiary, Policy
from ..selectors import support as selectors
from ..services import beneficiaries
from ..services.policies import part
from ..services.support_fields import BeneficiarySaid, said_of
from ..services.trouble import BadRow, Conflict
from ..templatetags.money import short
from . import common
from .common import person
from .support import chosen, conflict_of, policy_of

SPARE = 5
"""Empty lines below the grid."""
MOST_SENT = 200
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
FILES = ("docx", "pdf", "xlsx")
PREVIEWED = 60
"""Rows of the list to sign that the page shows; the files have all."""


def wanted_of(request: HttpRequest) -> selectors.Wanted:
    """Which rows the address asks for."""
    asked = request.GET
    state = asked.get("muc", "")
    return selectors.Wanted(
        state if state in dict(selectors.STATES) else "",
        asked.get("q", "").strip()[:80],
        common.whole(asked.get("thon")),
        common.whole(asked.get("trang")) or 1,
    )


@require_safe
@never_cache
def policy(request: HttpRequest, pk: int) -> HttpResponse:
    """A policy with its numbers and a page of its list."""
    return _page(request, policy_of(request, pk))


def _page(
    request: HttpRequest, row: Policy, typed_rows: dict[str, dict[str, str]] | None = None,
    errors: dict[str, str] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    wanted = wanted_of(request)
    may_edit = can(person(request), Action.EDIT, row.place)
    sheet = selectors.sheet(person(request), row, wanted, whole_identity=may_edit)
    shown = common.context(
        request, row.place, row.year, "policies", policy=row, sheet=sheet, line=sheet.line,
        wanted=wanted, states=selectors.STATES, villages=boxes.village_choices(row.place),
        groups=row.groups or boxes.GROUPS, spare=[f"moi{at}" for at in range(1, SPARE + 1)],
        typed_rows=typed_rows or {}, errors=errors or {},
        removed=Beneficiary.objects.filter(policy=row).exclude(removed_at=None).count(),
        query=_query(request),
    )  # fmt: skip
    return render(request, "money/policy.html", shown, status=status)


def _query(request: HttpRequest) -> str:
    kept = request.GET.copy()
    kept.pop("trang", None)
    return kept.urlencode()


# --- The grid -------------------------------------------------------------------------------------


@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Write lines of the grid: sent by the script as JSON, or the whole page as a form."""
    row = policy_of(request, pk, Action.EDIT)
    if request.content_type == "application/json":
        return _save_json(request, row)
    return _save_form(request, row)


def _save_json(request: HttpRequest, row: Policy) -> JsonResponse:
    try:
        lines = list(json.loads(request.body)["rows"])[:MOST_SENT]
        results = [_save_line(request, row, dict(line)) for line in lines]
    except (ValueError, KeyError, TypeError, AttributeError):
        return JsonResponse({"message": "Yêu cầu không đúng. Hãy tải lại trang."}, status=400)
    return JsonResponse({"results": results, "totals": _totals(row)})


def _totals(row: Policy) -> dict[str, Any]:
    line = selectors.with_totals([row])[0]
    totals = line.totals
    return {
        "count": format_number(totals.count),
        "shown": format_number(totals.count),
        "amount": short(totals.amount),
        "waiting": format_number(totals.waiting),
        "waiting_amount": short(totals.waiting_amount),
        "checked": format_number(totals.checked),
        "checked_amount": short(totals.checked_amount),
        "paid_count": format_number(totals.paid),
        "paid": short(totals.paid_amount),
        "left": "" if line.left is None or line.left < 0 else f"còn {short(line.left)}",
        "over": list(line.over),
    }


def _save_line(request: HttpRequest, row: Policy, line: dict[str, Any]) -> dict[str, Any]:
    """One line: what it is now, or what is wrong with it."""
    key = UUID(str(line["key"]))
    answer: dict[str, Any] = {"key": str(key)}
    sent = boxes.read(
        {name: str(line.get(name) or "")[:400] for name in boxes.BENEFICIARY_NAMES},
        boxes.BENEFICIARY_NAMES, row.year,
    )  # fmt: skip
    if sent.errors:
        name, error = next(iter(sent.errors.items()))
        return answer | {"error": error, "field": name}
    pk = common.whole(line.get("pk"))
    try:
        made = _write(request, row, pk, key, common.whole(line.get("seen")) or 0, sent.values)
    except beneficiaries.DoubleSupport as bad:
        return answer | {"error": str(bad), "field": bad.field, "double": True}
    except BadRow as bad:
        return answer | {"error": str(bad), "field": bad.field}
    except Conflict as conflict:
        said = "; ".join(
            f"{each.label}: {each.theirs}" for each in boxes.choices_of(
                conflict.differences, row.place
            )
        )  # fmt: skip
        error = f"{conflict.who or 'Người khác'} vừa sửa dòng này ({said}). Lưu lần nữa để thay."
        return answer | {"error": error, "field": "name", "seen": conflict.revision}
    return answer | _state(row, made)


def _write(
    request: HttpRequest, row: Policy, pk: int | None, key: UUID, seen: int,
    values: dict[str, Any],
) -> Beneficiary:  # fmt: skip
    values = values | {"quantity": values["quantity"] or 1000}
    if pk is None:
        return beneficiaries.add(person(request), row.pk, BeneficiarySaid(**values), key)
    found: Beneficiary = get_object_or_404(Beneficiary.objects.filter(policy=row), pk=pk)
    return beneficiaries.change(person(request), found.pk, key, seen, values)


def _state(row: Policy, made: Beneficiary) -> dict[str, Any]:
    shown = selectors.list_rows(row, [made], whole_identity=True)[0]
    return {
        "pk": made.pk,
        "seen": made.revision,
        "url": reverse("money:beneficiary", args=[made.pk]),
        "identity": made.identity,
        "amount": typed.shown(made.amount),
        "quantity": shown.quantity,
        "state": shown.state,
        "stops": shown.stops,
        "troubles": [[each.text, each.is_bad] for each in shown.troubles],
    }


def _save_form(request: HttpRequest, row: Policy) -> HttpResponse:
    """The whole page without a script: lines that cannot be written stay in their boxes."""
    form = common.form_number(request.POST.get("luot"))
    marks = [key.partition(".")[2] for key in request.POST if key.startswith("name.")]
    wrong: dict[str, dict[str, str]] = {}
    errors: dict[str, str] = {}
    written = 0
    for mark in marks[: MOST_SENT + SPARE]:
        line: dict[str, Any] = {
            name: request.POST.get(f"{name}.{mark}", "") for name in boxes.BENEFICIARY_NAMES
        }
        fresh = mark.startswith("moi")
        if fresh and not any(line.values()):
            continue
        if not fresh and request.POST.get(f"goc.{mark}") == _mark_of(line):
            continue
        line |= {
            "key": str(part(form, mark)), "pk": None if fresh else mark,
            "seen": request.POST.get(f"seen.{mark}"),
        }  # fmt: skip
        answer = _save_line(request, row, line)
        if "error" in answer:
            wrong[mark] = {name: str(line[name]) for name in boxes.BENEFICIARY_NAMES}
            errors[mark] = answer["error"]
        else:
            written += 1
    if written:
        messages.success(request, f"Đã lưu {written} dòng.")
    if errors:
        return _page(request, row, wrong, errors, 422)
    return redirect("money:policy", row.pk)


def _mark_of(line: dict[str, Any]) -> str:
    return "|".join(str(line[name]).strip() for name in boxes.BENEFICIARY_NAMES)


# --- Marking --------------------------------------------------------------------------------------


@require_POST
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Checked, paid, and taking that back, for the ticked rows."""
    row = policy_of(request, pk, Action.EDIT)
    ticked = [number for text in request.POST.getlist("dong") if (number := common.whole(text))]
    if not ticked:
        messages.error(request, "Chưa tích dòng nào.")
        return _back(request, row)
    try:
        marked, done = _mark(request, row, ticked)
    except (BadRow, typed.BadTyped) as bad:
        messages.error(request, str(bad))
        return _back(request, row)
    refused = [each for each in marked if each.refused]
    if good := len(marked) - len(refused):
        messages.success(request, f"{done} {good} dòng.")
    for each in refused[:8]:
        messages.error(request, f"Chưa ghi được {each.row.name}: {each.refused}.")
    if len(refused) > 8:
        messages.error(request, f"Và {len(refused) - 8} dòng khác còn vướng.")
    return _back(request, row)


def _mark(
    request: HttpRequest, row: Policy, ticked: list[int]
) -> tuple[list[beneficiaries.Marked], str]:
    user, key = person(request), common.form_number(request.POST.get("luot"))
    what = request.POST.get("viec", "")
    if what == "bo-kiem-tra":
        return beneficiaries.uncheck(user, row.pk, ticked, key), "Đã bỏ ngày kiểm tra của"
    if what == "huy-chi":
        return beneficiaries.unpay(user, row.pk, ticked, key), "Đã hủy ghi chi"
    today = timezone.localdate()
    day = typed.day(request.POST.get("ngay", ""), today.year) or today
    if what == "chi":
        paper = request.POST.get("chung-tu", "")
        return beneficiaries.mark_paid(user, row.pk, ticked, day, paper, key), "Đã ghi chi"
    if what == "kiem-tra":
        return beneficiaries.mark_checked(user, row.pk, ticked, day, key), "Đã ghi kiểm tra đạt"
    raise BadRow("Hãy chọn việc cần ghi.")


def _back(request: HttpRequest, row: Policy) -> HttpResponse:
    kept = request.POST.get("truy-van", "")
    address = reverse("money:policy", args=[row.pk])
    return redirect(f"{address}?{kept}" if kept else address)


# --- One household --------------------------------------------------------------------------------


def beneficiary_of(request: HttpRequest, pk: int, action: Action = Action.VIEW) -> Beneficiary:
    """The row, 404 where the person does not see it; raises ``AccessDenied``."""
    rows = Beneficiary.objects.restrict(person(request)).select_related(
        "policy__place__parent", "village", "by"
    )
    found: Beneficiary = get_object_or_404(rows, pk=pk)
    if action != Action.VIEW:
        require(person(request), action, found.policy.place)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def beneficiary(request: HttpRequest, pk: int) -> HttpResponse:
    """A household with all about it; a form sent here changes it."""
    action = Action.EDIT if request.method == "POST" else Action.VIEW
    row = beneficiary_of(request, pk, action)
    place = row.policy.place
    asked = boxes.beneficiary_boxes(place, row.policy.groups, row.policy.per)
    if request.method != "POST":
        return _household(request, row, boxes.filled(asked, said_of(row)))
    sent = boxes.read(request.POST, boxes.BENEFICIARY_NAMES, row.policy.year)
    more: dict[str, Any] = {}
    seen = common.whole(request.POST.get("luot-sua"))
    status = 422
    if not sent.errors:
        values = sent.values | {"quantity": sent.values["quantity"] or 1000}
        try:
            beneficiaries.change(
                person(request), row.pk, common.form_number(request.POST.get("luot")),
                row.revision if seen is None else seen, chosen(request, values),
            )  # fmt: skip
        except BadRow as bad:
            sent.errors[bad.field or "name"] = str(bad)
        except Conflict as conflict:
            more, status = conflict_of(conflict, place), 409
        else:
            messages.success(request, "Đã lưu.")
            return redirect("money:beneficiary", row.pk)
    return _household(request, row, boxes.typed_in(asked, sent), status, **more)


def _household(
    request: HttpRequest, row: Beneficiary, typed_boxes: list[boxes.Box], status: int = 200,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    policy = row.policy
    may_edit = can(person(request), Action.EDIT, policy.place)
    shown = common.context(
        request, policy.place, policy.year, "policies", policy=policy,
        # The boxes hold the whole identity number.
        boxes=typed_boxes if may_edit else [],
        shown=selectors.list_rows(policy, [row], whole_identity=may_edit)[0],
        history=row.history.select_related("by")[:50],
        **({"revision": row.revision} | more),
    )  # fmt: skip
    return render(request, "money/beneficiary.html", shown, status=status)


@require_POST
def beneficiary_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a row off the list; a message offers to bring it back."""
    row = beneficiary_of(request, pk, Action.EDIT)
    try:
        beneficiaries.remove(person(request), row.pk, common.form_number(request.POST.get("luot")))
    except BadRow as bad:
        messages.error(request, str(bad))
        return redirect("money:beneficiary", row.pk)
    undo = reverse("money:beneficiary-restore", args=[row.pk])
    messages.success(request, f"Đã xóa “{row.name}” khỏi danh sách.", extra_tags=f"undo:{undo}")
    return redirect("money:policy", row.policy_id)


@require_POST
def beneficiary_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a removed row back on the list."""
    row = beneficiary_of(request, pk, Action.EDIT)
    try:
        beneficiaries.restore(
            person(request), row.pk, common.form_number(request.POST.get("luot"))
        )  # fmt: skip
        messages.success(request, f"Đã đưa “{row.name}” trở lại danh sách.")
    except BadRow as bad:
        messages.error(request, str(bad))
    return redirect("money:policy", row.policy_id)


@require_safe
@never_cache
def removed(request: HttpRequest, pk: int) -> HttpResponse:
    """What was taken off a policy's list, to be put back."""
    row = policy_of(request, pk)
    rows = Beneficiary.objects.filter(policy=row).exclude(removed_at=None)
    shown = common.context(
        request, row.place, row.year, "policies", policy=row,
        rows=rows.select_related("village", "removed_by").order_by("-removed_at")[:200],
    )  # fmt: skip
    return render(request, "money/support_removed.html", shown)


# --- The list to sign -----------------------------------------------------------------------------


@require_safe
@never_cache
def signing_list(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The list to sign as a page, or (``dang``) as Word, PDF or Excel. Each file is noted."""
    row = policy_of(request, pk)
    state = request.GET.get("muc", "dat")
    may_edit = can(person(request), Action.EDIT, row.place)
    rows = selectors.rows_of(row)
    rows = {
        "chi": rows.exclude(paid_on=None),
        "tat-ca": rows,
    }.get(state, rows.filter(paid_on=None).exclude(checked_on=None))
    if not row.technical and state == "dat":
        rows = selectors.rows_of(row).filter(paid_on=None)
    village = common.whole(request.GET.get("thon"))
    if village is not None:
        rows = rows.filter(village=village)
    sums = rows.order_by().aggregate(count=Count("pk"), quantity=Sum("quantity"), sum=Sum("amount"))
    kind = request.GET.get("dang", "")
    wanted = rows if kind in FILES else rows[:PREVIEWED]
    lines = selectors.list_rows(row, list(wanted), whole_identity=may_edit)
    paper = signing.signing_list(
        row.place, row, lines, timezone.localdate(),
        signing.Sums(sums["count"], sums["quantity"] or 0, sums["sum"] or 0),
    )  # fmt: skip
    if kind in FILES:
        return _file(request, row, paper, kind, len(lines))
    shown = common.context(
        request, row.place, row.year, "policies", policy=row, lines=lines, state=state,
        count=sums["count"], village=village, villages=boxes.village_choices(row.place),
        source=signing.FORM_SOURCE, stopped=[each for each in lines if each.stops],
        # Everything in it is escaped where the HTML is made.
        preview=mark_safe(to_html(paper)), query=request.GET.urlencode(),
    )  # fmt: skip
    return render(request, "money/signing.html", shown)


def _file(request: HttpRequest, row: Policy, paper: Any, kind: str, count: int) -> FileResponse:
    with transaction.atomic():
        audit.record(
            person(request), "xuất bảng kê hỗ trợ", row, row.place,
            {"số dòng": count, "dạng": kind},
        )  # fmt: skip
    data = {
        "docx": lambda: to_docx(paper),
        "pdf": lambda: to_pdf(paper, timezone.localdate()),
        "xlsx": lambda: to_xlsx(paper) or b"",
    }[kind]()
    content = {"docx": DOCX, "pdf": PDF, "xlsx": common.XLSX}[kind]
    name = f"bang-ke-{fold(row.kind or row.name)[:60].replace(' ', '-')}-{row.year}.{kind}"
    return file_of(data, name, content)


def file_of(data: bytes, name: str, content: str) -> FileResponse:
    """The bytes as a file to keep."""
    return FileResponse(BytesIO(data), as_attachment=True, filename=name, content_type=content)
