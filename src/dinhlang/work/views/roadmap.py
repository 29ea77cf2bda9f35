"""The roadmap of a place: quarter, month, task, the criterion it completes; as page and paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dinhlang.papers.writing.tree import Column as PaperColumn
from dinhlang.papers.writing.tree import Head, Heading, Paper, Paragraph, Row, Table
from dinhlang.papers.writing.word import to_docx
from dinhlang.places.models import Unit

from .. import roadmap
from ..roadmap import Completed, Quarter, Road, Stretch
from ..selectors.lines import Line, bones, lines
from ..workbooks import Column, Sheet, Value, workbook
from . import common
from .common import Ground, ground_of

ALL_OPEN = 120
MOST = 200
"""Rows of an open quarter, or of the list without a day; a longer quarter is cut by month."""
FIRST = 40
"""Rows of each month of a quarter that is longer."""
UNDATED = "chua-han"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _road(request: HttpRequest, ground: Ground) -> tuple[Road, list[int]]:
    found, on = bones(ground.rows), ground.on
    years = roadmap.years(found, on)
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else 0
    if year not in years:
        year = roadmap.first_year(found, on)
    return roadmap.road(found, year, ground.names, ground.served.shorts), years


def _quarter(request: HttpRequest, road: Road, on: date) -> int:
    asked = request.GET.get("quy", "")
    return int(asked) if asked in ("1", "2", "3", "4") else roadmap.first_open(road, on)


@require_safe
@never_cache
def page(request: HttpRequest, place: int) -> HttpResponse:
    """The year by quarters. A long year shows one quarter's tasks at a time."""
    ground = ground_of(request, place)
    on, (road, years) = ground.on, _road(request, ground)
    everything = sum(len(quarter.bones) for quarter in road.quarters) <= ALL_OPEN
    opened = _quarter(request, road, on)
    shown = [
        bone.pk
        for quarter in road.quarters
        if everything or quarter.number == opened
        for month in quarter.months
        for bone in month.bones[: _rows_of(request, quarter, month)]
    ]
    undated = _undated(request, road, everything)
    ready = {line.pk: line for line in lines([*shown, *undated], on)}
    context = common.frame(
        request, ground, "roadmap", road=road, everything=everything, opened=opened,
        quarters=[_shown(request, quarter, road, ready, on) for quarter in road.quarters],
        undated=[ready[pk] for pk in undated if pk in ready], undated_count=len(road.undated),
        undated_href=common.address(request, **CLOSED, **{UNDATED: 1}) + "#h-khac",
        years=[(year, common.address(request, nam=year, **CLOSED)) for year in years],
        xlsx=_file(request, road, "xlsx"), docx=_file(request, road, "docx"),
    )  # fmt: skip
    return render(request, "work/roadmap.html", context)


CLOSED: dict[str, str | int | None] = {"quy": None, "thang": None}
"""An address in which no quarter and no month is asked for."""


def _rows_of(request: HttpRequest, quarter: Quarter, month: Stretch) -> int | None:
    """How many rows of the month are shown; None: all."""
    if len(quarter.bones) <= MOST or request.GET.get("thang") == str(month.month):
        return None
    return FIRST


def _undated(request: HttpRequest, road: Road, everything: bool) -> list[int]:
    if request.GET.get(UNDATED):
        return [bone.pk for bone in road.undated]
    return [bone.pk for bone in road.undated[:MOST]] if everything else []


def _file(request: HttpRequest, road: Road, ending: str) -> str:
    asked = common.asked(request, nam=road.year, **CLOSED, **{UNDATED: None})
    return f"{request.path}.{ending}{asked}"


def _shown(
    request: HttpRequest, quarter: Quarter, road: Road, ready: dict[int, Line], on: date
) -> dict[str, Any]:
    months = []
    for month in quarter.months:
        rows = [
            {"line": ready[bone.pk], "completes": road.last_of.get(bone.pk, [])}
            for bone in month.bones
            if bone.pk in ready
        ]
        href = common.address(request, quy=quarter.number, thang=month.month, **{UNDATED: None})
        months.append({
            "label": month.label, "rows": rows, "total": len(month.bones),
            "number": month.month, "href": f"{href}#t{month.month}",
        })  # fmt: skip
    return {
        "quarter": quarter,
        "months": months,
        "late": quarter.late(on),
        "is_open": any(month["rows"] for month in months),
        "href": common.address(request, quy=quarter.number, thang=None, **{UNDATED: None})
        + f"#q{quarter.number}",
    }


def _every(road: Road, on: date) -> dict[int, Line]:
    numbers = [bone.pk for quarter in road.quarters for bone in quarter.bones]
    numbers += [bone.pk for bone in road.undated]
    return {line.pk: line for line in lines(numbers, on)}


COLUMNS = (
    Column("Tháng", 12), Column("Việc", 60), Column("Chủ trì", 30), Column("Thôn", 20),
    Column("Hạn", 12), Column("Tiêu chí", 10), Column("Hoàn thành tiêu chí", 32),
    Column("Trạng thái", 16),
)  # fmt: skip


@require_safe
@never_cache
def roadmap_xlsx(request: HttpRequest, place: int) -> FileResponse:
    """The year, all quarters, as an xlsx file."""
    ground = ground_of(request, place)
    unit, on, (road, _) = ground.unit, ground.on, _road(request, ground)
    ready, rows = _every(road, on), list[list[Value]]()
    for quarter in road.quarters:
        if not quarter.bones:
            continue
        rows.append([f"{quarter.label}: {quarter.done}/{quarter.total} việc xong"])
        for month in quarter.months:
            for bone in month.bones:
                line, done = ready[bone.pk], road.last_of.get(bone.pk, [])
                rows.append([
                    month.label, line.text, line.lead, line.village, line.end, line.criteria,
                    _named(done), line.look.words,
                ])  # fmt: skip
    if road.undated:
        rows.append(["Chưa có hạn"])
        rows += [
            ["", line.text, line.lead, line.village, None, line.criteria, "", line.look.words]
            for bone in road.undated
            for line in (ready[bone.pk],)
        ]
    title = f"Lộ trình năm {road.year}, {unit.full_name}"
    data = workbook([Sheet("Lộ trình", title, COLUMNS, rows, [f"Lấy ra ngày {on:%d/%m/%Y}"])])
    return common.download(data, common.file_name("lo trinh", str(road.year), unit.name))


@require_safe
@never_cache
def roadmap_docx(request: HttpRequest, place: int) -> FileResponse:
    """The year as an annex in Word, a table a quarter."""
    ground = ground_of(request, place)
    unit, on, (road, _) = ground.unit, ground.on, _road(request, ground)
    data = to_docx(_paper(road, unit, _every(road, on)))
    name = common.file_name("lo trinh", str(road.year), unit.name, ending=".docx")
    return common.download(data, name, DOCX)


def _paper(road: Road, unit: Unit, ready: dict[int, Line]) -> Paper:
    blocks: list[Heading | Paragraph | Table] = []
    for quarter in road.quarters:
        label = quarter.label.removesuffix(f"/{road.year}")
        blocks.append(Heading(level=2, label="", text=f"{label} năm {road.year}"))
        if not quarter.bones:
            blocks.append(Paragraph(text="Không có việc đến hạn trong quý."))
            continue
        done = _named(quarter.completes)
        if done:
            blocks.append(Paragraph(text=f"Hoàn thành tiêu chí: {done}."))
        blocks.append(_table(quarter, road, ready))
    head = Head(
        issuer=("ỦY BAN NHÂN DÂN", unit.full_name.upper()), symbol="", place=unit.name,
        issuer_words=f"Ủy ban nhân dân {unit.full_name}", number_words=" ", date_words=" ",
    )  # fmt: skip
    about = f"Thực hiện các tiêu chí nông thôn mới năm {road.year}"
    return Paper(head=head, kind="LỘ TRÌNH", about=about, blocks=tuple(blocks), end_mark=False)


def _named(completed: Iterable[Completed]) -> str:
    return "; ".join(f"{each.number}. {each.name}".rstrip(". ") for each in completed)


def _table(quarter: Quarter, road: Road, ready: dict[int, Line]) -> Table:
    columns = (
        PaperColumn(title="Tháng", share=0.9), PaperColumn(title="Nội dung công việc", share=4),
        PaperColumn(title="Cơ quan chủ trì", share=2), PaperColumn(title="Tiêu chí", share=0.9),
        PaperColumn(title="Kết quả", share=1.3),
    )  # fmt: skip
    rows = []
    for month in quarter.months:
        for bone in month.bones:
            line, done = ready[bone.pk], road.last_of.get(bone.pk, [])
            numbers = ", ".join(each.number for each in done)
            number = f"Hoàn thành TC {numbers}" if done else line.criteria
            rows.append(Row(cells=(
                str(month.month), line.text, line.lead or "Chưa giao", number, line.look.words,
            )))  # fmt: skip
    return Table(columns=columns, rows=tuple(rows))
