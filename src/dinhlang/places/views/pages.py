"""Địa bàn: the list of units, and the page of one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .. import selectors
from ..forms import ListForm
from ..map import map_of
from ..models import Level, Unit

PAGE = 50


@require_safe
@never_cache
def units(request: HttpRequest) -> HttpResponse:
    """Units by text, level and day; without a question the highest level of the person."""
    form = ListForm(request.GET)
    form.is_valid()
    level = form.level
    if not level and not form.text:
        level = selectors.highest_level(request.user, form.day)
    rows = selectors.listed(request.user, form.day, level, form.text)
    found = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    query = request.GET.copy()
    query.pop("trang", None)
    context = {
        "place": "places",
        "form": form,
        "units": found,
        "day": form.day,
        "level": Level(level).label if level else "",
        "asked": bool(form.text),
        "query": query.urlencode(),
        "may_import": selectors.may_import(request.user),
    }
    return render(request, "places/list.html", context)


@require_safe
@never_cache
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: its names, what it came from and became, its map, and what is below it."""
    found = get_object_or_404(
        selectors.visible(request.user).select_related("parent__parent__parent"), pk=pk
    )
    today = timezone.localdate()
    history = selectors.history(found, today)
    kin = [each.unit for each in (*history.came_from, *history.became)]
    above = _line(found)
    parts = [] if kin or found.is_current else list(selectors.successors_of_parts(found)[:200])
    now = history.now or [each.unit for each in history.became] or parts
    below = _below(found)
    openable = selectors.visible_numbers(request.user, [*kin, *above, *parts, *below])
    context = {
        "place": "places",
        "unit": found,
        "above": above,
        "history": history,
        "parts": parts,
        "below": [each for each in below if each.pk in openable],
        "below_title": _below_title(found, below),
        "open": openable,
        "map": map_of(request.user, found, now),
        "may_manage": found.level == Level.COMMUNE and selectors.may_manage(request.user, found),
    }
    return render(request, "places/unit.html", context)


def _line(unit: Unit) -> list[Unit]:
    """What the unit belongs to, the highest first; already loaded with it."""
    line: list[Unit] = []
    here = unit.parent
    while here is not None and len(line) < 4:
        line.append(here)
        here = here.parent
    return line[::-1]


def _below(unit: Unit) -> Sequence[Unit]:
    """What is one level below: now, or on the last day of a unit that ended."""
    if unit.level == Level.VILLAGE:
        return []
    rows = unit.children.all()
    if unit.is_current:
        return list(rows.current())
    last: date = selectors.day_before(unit.valid_to or date.max)
    return list(rows.on(last))


def _below_title(unit: Unit, below: Sequence[Unit]) -> str:
    if unit.level == Level.COMMUNE:
        return "Thôn, khu"
    return {
        Level.COUNTRY: "Các tỉnh, thành phố",
        Level.PROVINCE: "Các huyện, quận, thị xã"
        if any(each.level == Level.DISTRICT for each in below)
        else "Các xã, phường, đặc khu",
        Level.DISTRICT: "Các xã, phường, thị trấn",
    }.get(Level(unit.level), "")
