"""The work of a place by office, by village and by criterion."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..selectors import groups as grouping
from ..selectors.groups import Group
from ..selectors.lines import lines
from . import common
from .common import Ground, ground_of

ALL_OPEN = 80
"""Up to so many rows all groups are shown open."""
PAGE = 60
KINDS = {
    "offices": "Theo cơ quan",
    "villages": "Theo thôn",
    "criteria": "Theo tiêu chí",
}


def _groups(ground: Ground, kind: str) -> list[Group]:
    match kind:
        case "offices":
            return grouping.by_office(ground.rows, ground.offices, ground.unit, ground.on)
        case "villages":
            return grouping.by_village(ground.rows, ground.unit)
    return grouping.by_criterion(ground.rows, ground.served)


def _page(request: HttpRequest, place: int, kind: str) -> HttpResponse:
    ground = ground_of(request, place)
    found, on = _groups(ground, kind), ground.on
    asked = request.GET.get("nhom", "")
    everything = sum(len(group.bones) for group in found) <= ALL_OPEN
    page = None
    for group in found:
        group.is_open = bool(group.bones) and (everything or group.key == asked)
        if group.key == asked and not everything:
            page = Paginator(group.bones, PAGE).get_page(request.GET.get("trang"))
    shown = {
        group.key: [bone.pk for bone in (page or group.bones)] for group in found if group.is_open
    }
    numbers = list(dict.fromkeys(pk for pks in shown.values() for pk in pks))
    ready = {line.pk: line for line in lines(numbers, on)}
    for group in found:
        group.lines = [ready[pk] for pk in shown.get(group.key, ()) if pk in ready]
    context = common.frame(
        request, ground, kind, title=KINDS[kind], page=page, everything=everything,
        groups=[_shown(request, group, on) for group in found],
        xlsx=f"{request.path}.xlsx{common.asked(request, nhom=None, trang=None)}",
        total=len({bone.pk for group in found for bone in group.bones if not bone.is_dropped}),
        next_page=_other(request, page, 1), previous_page=_other(request, page, -1),
    )  # fmt: skip
    return render(request, "work/groups.html", context)


def _other(request: HttpRequest, page: Any, step: int) -> str:
    if page is None or not (page.has_next() if step > 0 else page.has_previous()):
        return ""
    return common.address(request, trang=page.number + step) + f"#{request.GET.get('nhom', '')}"


def _shown(request: HttpRequest, group: Group, on: Any) -> dict[str, Any]:
    wanted = None if group.is_open else group.key
    return {
        "group": group,
        "late": group.late(on),
        "href": common.address(request, nhom=wanted, trang=None) + f"#{group.key}",
    }


def _file(request: HttpRequest, place: int, kind: str) -> FileResponse:
    ground = ground_of(request, place)
    found, on = _groups(ground, kind), ground.on
    numbers = list(dict.fromkeys(bone.pk for group in found for bone in group.bones))
    ready = {line.pk: line for line in lines(numbers, on)}
    groups = [
        (
            f"{group.name} ({group.done}/{group.total} việc xong)",
            [ready[bone.pk] for bone in group.bones if bone.pk in ready],
        )
        for group in found
        if group.bones
    ]
    return common.list_file(ground, f"Công việc {KINDS[kind].lower()}", groups)


Page = Callable[[HttpRequest, int], HttpResponse]


def _view(kind: str) -> Page:
    @require_safe
    @never_cache
    def view(request: HttpRequest, place: int) -> HttpResponse:
        return _page(request, place, kind)

    return view


def _file_view(kind: str) -> Callable[[HttpRequest, int], FileResponse]:
    @require_safe
    @never_cache
    def view(request: HttpRequest, place: int) -> FileResponse:
        return _file(request, place, kind)

    return view


offices, villages, by_criteria = _view("offices"), _view("villages"), _view("criteria")
offices_xlsx, villages_xlsx = _file_view("offices"), _file_view("villages")
criteria_xlsx = _file_view("criteria")
