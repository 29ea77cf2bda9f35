"""The timeline of a place's work, drawn on the server."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .. import timeline
from ..forecast import Expected, critical_chain, forecast
from ..periods import Span, span
from ..selectors.jobs import Jobs, jobs_of
from ..selectors.lines import Bone, Line, lines
from ..showing import FINISHED
from . import common
from .common import Ground, ground_of

PAGE = 50
"""Rows of a page of the drawing: three sheets."""
TOLD = 12
"""Tasks of the critical chain that are told in words."""


def _chosen(request: HttpRequest, found: list[Bone], on: date) -> Span:
    wanted = span(request.GET.get("ky", ""), on)
    days = [day for bone in found for day in (bone.start, bone.end) if day]
    return timeline.limited(wanted or timeline.around(days, on))


@require_safe
@never_cache
def page(request: HttpRequest, place: int) -> HttpResponse:
    """Bars by month with arrows of dependency, today's line and the critical chain."""
    ground = ground_of(request, place)
    on, found = ground.on, jobs_of(ground.every, ground.offices)
    every = _fitting(found, ground)
    chosen = _chosen(request, every, on)
    inside = _inside(every, chosen)
    expected = forecast(found.jobs.values(), on, found.names)
    chain = critical_chain((found.jobs[bone.pk] for bone in inside), expected)
    order = _order(found, inside)
    number, count = _number(request, len(order))
    shown = order[(number - 1) * PAGE : number * PAGE]
    ready = {line.pk: line for line in lines(list(dict.fromkeys([*shown, *chain[:TOLD]])), on)}
    entries = [_entry(ready[pk], found, expected, on) for pk in shown if pk in ready]
    sheets = timeline.draw(entries, chosen, on, chain)
    context = common.frame(
        request, ground, "timeline", sheets=sheets, span=chosen,
        width=timeline.WIDTH, head=timeline.HEAD, total=len(order),
        chain=[ready[pk] for pk in chain[:TOLD] if pk in ready], chain_count=len(chain),
        undated=sum(bone.end is None and bone.start is None for bone in every),
        chain_end=expected[chain[-1]].day if chain and chain[-1] in expected else None,
        pages=[(at, common.address(request, trang=at)) for at in range(1, count + 1)],
        number=number, spans=_spans(request, on),
        xlsx=f"{request.path}.xlsx{common.asked(request, trang=None)}",
    )  # fmt: skip
    return render(request, "work/timeline.html", context)


def _fitting(found: Jobs, ground: Ground) -> list[Bone]:
    only = ground.fitting
    return [bone for bone in found.bones if only is None or bone.pk in only]


def _inside(every: list[Bone], chosen: Span) -> list[Bone]:
    return [bone for bone in every if chosen.holds(bone.start, bone.end) and not bone.is_dropped]


def _order(found: Jobs, inside: list[Bone]) -> list[int]:
    """The drawn tasks, those that hang together side by side, so that pages cut few arrows."""
    rough = [
        timeline.Linked(bone.pk, bone.start, bone.end, found.jobs[bone.pk].needs, bone.parent)
        for bone in inside
    ]
    return [entry.pk for entry in timeline.ordered(rough)]


def _number(request: HttpRequest, rows: int) -> tuple[int, int]:
    count = max(1, -(-rows // PAGE))
    asked = request.GET.get("trang", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return min(max(number, 1), count), count


def _entry(line: Line, found: Jobs, expected: dict[int, Expected], on: date) -> timeline.Entry:
    tone = "no" if line.is_late else line.look.tone
    coming = expected.get(line.pk)
    share = line.parts_done / line.parts if line.parts else 0.0
    parts = (line.text, line.lead, line.days, line.look.words, line.near.words if line.near else "")
    told = " · ".join(part for part in parts if part)
    if coming is not None and coming.reasons:
        told = f"{told}. {coming.words}"
    late_until = coming.day if coming is not None and (coming.reasons or line.is_late) else None
    return timeline.Entry(
        line.pk, line.text, line.lead, line.start, line.end, tone, line.href, told,
        1.0 if line.state in FINISHED else share, late_until, found.jobs[line.pk].needs,
        line.parent,
    )  # fmt: skip


def _spans(request: HttpRequest, on: date) -> list[dict[str, Any]]:
    year = on.year
    codes = ("quy-nay", "quy-sau", f"{year - 1}", f"{year}", f"{year + 1}")
    asked = request.GET.get("ky", "")
    return [
        {
            "label": found.label,
            "href": common.address(request, ky=code, trang=None),
            "is_on": asked == code,
        }
        for code in codes
        if (found := span(code, on)) is not None
    ]


@require_safe
@never_cache
def timeline_xlsx(request: HttpRequest, place: int) -> FileResponse:
    """The tasks of the drawing, all pages, in its order."""
    ground = ground_of(request, place)
    jobs = jobs_of(ground.every, ground.offices)
    every = _fitting(jobs, ground)
    chosen = _chosen(request, every, ground.on)
    found = lines(_order(jobs, _inside(every, chosen)), ground.on)
    title = f"Tiến độ công việc {chosen.label.lower()}"
    return common.list_file(ground, title, [("", found)])
