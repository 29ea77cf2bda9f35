"""The leader's one page of a place's work, which prints on one A4."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..selectors import commitments, overview
from ..workbooks import Column, Sheet, Value, workbook
from . import common
from .common import ground_of

MOST_PROMISED = 4


@require_safe
@never_cache
def leader(request: HttpRequest, place: int) -> HttpResponse:
    """What is late, what will be late and why, who has too much, what waits for whom."""
    ground = ground_of(request, place)
    unit, on = ground.unit, ground.on
    promised = commitments.pressing(ground.user, unit, on)
    full = request.GET.get("du", "")
    whole = {f"all_{each}": common.address(request, du=each) for each in overview.LISTS}
    context = common.frame(
        request, ground, "leader",
        page=overview.overview(
            ground.every, ground.offices, unit, on, ground.fitting, full=full
        ),
        full=full if full in overview.LISTS else "", cut=common.address(request, du=None), **whole,
        pressing=promised[:MOST_PROMISED], pressing_count=len(promised),
        now=timezone.localtime(), xlsx=f"{request.path}.xlsx{common.asked(request, du=None)}",
    )  # fmt: skip
    return render(request, "work/leader.html", context)


@require_safe
@never_cache
def leader_xlsx(request: HttpRequest, place: int) -> FileResponse:
    """The same, with the lists not cut, as an xlsx file of three sheets."""
    ground = ground_of(request, place)
    unit, on = ground.unit, ground.on
    page = overview.overview(ground.every, ground.offices, unit, on, ground.fitting, whole=True)
    notes = common.filter_words(ground)
    title = f"Tình hình công việc, {unit.full_name}"
    data = workbook([_tasks(page, title, notes), _waiting(page, title, notes),
                     _offices(page, title, notes)])  # fmt: skip
    return common.download(data, common.file_name("tinh hinh cong viec", unit.name, f"{on}"))


def _tasks(page: overview.Overview, title: str, notes: list[str]) -> Sheet:
    columns = (
        Column("Việc", 60), Column("Chủ trì", 30), Column("Hạn", 12), Column("Chậm (ngày)", 12),
        Column("Dự kiến xong", 14), Column("Vì sao", 70),
    )  # fmt: skip
    rows: list[list[Value]] = [[f"Quá hạn ({page.late_count})"]]
    rows += [
        [row.line.text, row.line.lead, row.line.end, row.days, None, row.line.waiting_for]
        for row in page.late
    ]
    rows.append([f"Sẽ chậm ({page.coming_count})"])
    rows += [
        [row.line.text, row.line.lead, row.line.end, row.expected.days_late, row.expected.day,
         row.expected.words]
        for row in page.coming
    ]  # fmt: skip
    return Sheet("Chậm và sẽ chậm", title, columns, rows, notes)


def _waiting(page: overview.Overview, title: str, notes: list[str]) -> Sheet:
    columns = (
        Column("Việc", 60), Column("Chủ trì", 30), Column("Chờ", 40), Column("Đã chờ (ngày)", 14),
    )  # fmt: skip
    rows: list[list[Value]] = [[f"Chờ quyết định, chờ nơi khác ({page.waiting_count})"]]
    rows += [[row.line.text, row.line.lead, row.whom, row.days] for row in page.waiting]
    rows.append([f"Đã xong, chờ nghiệm thu ({page.handed_in_count})"])
    rows += [[row.line.text, row.line.lead, row.whom, row.days] for row in page.handed_in]
    return Sheet("Đang chờ", title, columns, rows, notes)


def _offices(page: overview.Overview, title: str, notes: list[str]) -> Sheet:
    columns = (
        Column("Cơ quan, chức vụ", 40), Column("Đang làm", 12), Column("Quá hạn", 12),
        Column("Trong 14 ngày tới", 16),
    )  # fmt: skip
    rows: list[list[Value]] = [[row.name, row.open, row.late, row.soon] for row in page.loads]
    rows += [[title, 0, 0, 0] for title in page.idle]
    return Sheet("Cơ quan", title, columns, rows, notes)
