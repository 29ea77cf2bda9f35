"""The matrix: which source pays for which need, typed cell by cell."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dinhlang.people.access import Action
from dinhlang.places.models import Unit
from dinhlang.vietnamese import clean_spaces, fold, parse_number

from .. import typed
from ..models import Need, Step
from ..selectors import balance as sums
from ..services import balance
from . import common
from .common import person

STEPS = (Step.PLANNED, Step.ALLOCATED)
"""What is laid out in the matrix; payments are written one by one, each with its paper."""
MOST_CELLS = 200
MOST_NEEDS, MOST_SOURCES = 80, 16
UNITS = {"": 1, "trieu": 10**6, "ty": 10**9}


@require_safe
@never_cache
def matrix(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Needs in lines, sources in columns; sums and what is too much stand at once."""
    unit = common.place_of(request, pk, year)
    return _page(request, unit, year)


def _page(
    request: HttpRequest, unit: Unit, year: int, wrong: dict[str, tuple[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    asked = request.POST if request.method == "POST" else request.GET
    step = asked.get("buoc", "")
    step = Step(step) if step in STEPS else Step.PLANNED
    query, number = asked.get("q", "").strip(), common.whole(asked.get("trang")) or 1
    found = sums.sheet(unit, year)
    wanted = [each for each in found.needs if fold(query) in each.need.search_key]
    pages = max(1, -(-len(wanted) // MOST_NEEDS))
    number = min(max(number, 1), pages)
    lines = wanted[(number - 1) * MOST_NEEDS : number * MOST_NEEDS]
    sources = [each for each in found.sources if not each.source.is_request]
    at = common.whole(asked.get("nguon")) or 1
    parts = max(1, -(-len(sources) // MOST_SOURCES))
    at = min(max(at, 1), parts)
    columns = sources[(at - 1) * MOST_SOURCES : at * MOST_SOURCES]
    shown = common.context(
        request, unit, year, "matrix", sheet=found, step=step, steps=STEPS, query=query,
        rows=[_row(found, line, columns, step, wrong or {}) for line in lines],
        columns=[(each, each.sums.of(step), over(each.source.amount, each.sums.of(step)))
                 for each in columns],
        total=sum(line.sums.of(step) for line in found.needs),
        page=number, pages=range(1, pages + 1), part=at, parts=range(1, parts + 1),
        paper=asked.get("van-ban", ""), day=asked.get("ngay", ""), reason=asked.get("ly-do", ""),
        wrong=bool(wrong),
        seen=_seen(found, lines, columns, step),
    )  # fmt: skip
    shown["locked"] = "" if shown["may_edit"] else mark_safe(" disabled")
    return render(request, "money/matrix.html", shown, status=status)


def over(amount: int | None, used: int) -> int:
    """By how much what is used exceeds an amount; 0 where that is not known."""
    return 0 if amount is None else max(0, used - amount)


def _seen(
    found: sums.Sheet, lines: list[sums.NeedLine], columns: list[sums.SourceLine], step: Step
) -> str:
    """What the page shows in its cells, for saving it without a script: JSON, zeros left out."""
    shown = {(line.need.pk, each.source.pk) for line in lines for each in columns}
    here = {cell: each.of(step) for cell, each in found.cells.items() if cell in shown}
    return json.dumps(
        {f"{need}.{source}": value for (need, source), value in here.items() if value}
    )


def _row(
    found: sums.Sheet, line: sums.NeedLine, columns: list[sums.SourceLine], step: Step,
    wrong: dict[str, tuple[str, str]],
) -> dict[str, Any]:  # fmt: skip
    cells = []
    for each in columns:
        here = found.cells.get((line.need.pk, each.source.pk))
        value = here.of(step) if here else 0
        said, trouble = wrong.get(f"{line.need.pk}.{each.source.pk}", ("", ""))
        cells.append(
            {"name": f"c.{line.need.pk}.{each.source.pk}", "value": value,
             "text": said if trouble else _shown(value), "trouble": trouble,
             "named": f"n{line.need.pk} v{each.source.pk}"}
        )  # fmt: skip
    used = line.sums.of(step)
    return {
        "need": line.need, "cells": cells, "used": used, "over": over(line.need.amount, used),
        "lack": max(0, line.need.amount - used),
        "is_refused": any(cell["trouble"] for cell in cells),
    }  # fmt: skip


def _shown(value: int) -> str:
    return typed.shown(value) if value else ""


@dataclass(frozen=True, slots=True)
class About:
    """What holds for all cells that are saved together."""

    step: str
    day: date
    paper: str
    reason: str
    unit: int


def _about(said: Any, year: int) -> About:
    """Raises ``BadTyped``, ``KeyError`` where the step is none."""
    step = str(said.get("step") or "")
    if step not in STEPS:
        raise KeyError(step)
    paper = clean_spaces(str(said.get("paper") or ""))[:200]
    day = typed.day(str(said.get("day") or ""), year)
    if step == Step.PLANNED:
        paper = paper or f"Dự kiến phân bổ năm {year}"
        day = day or timezone.localdate()
    if not paper or day is None:
        raise typed.BadTyped("Hãy ghi văn bản phân bổ và ngày của văn bản ở đầu bảng trước.")
    return About(step, day, paper, str(said.get("reason") or "")[:300],
                 UNITS.get(str(said.get("unit") or ""), 1))  # fmt: skip


def _amount(words: str, unit: int) -> int:
    bare = parse_number(words.strip()) if unit > 1 and words.strip()[:1].isdigit() else None
    if bare is not None:
        amount = bare * unit
        if amount != amount.to_integral_value() or amount > typed.LARGEST:
            raise typed.BadTyped("Số tiền lẻ quá một đồng, hoặc lớn quá.")
        return int(amount)
    return typed.amount(words) or 0


@require_POST
def save(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Write what was typed: cells sent by the script as JSON, or the whole page as a form."""
    unit = common.place_of(request, pk, year, Action.EDIT)
    if request.content_type == "application/json":
        return _save_json(request, unit, year)
    return _save_form(request, unit, year)


def _save_json(request: HttpRequest, unit: Unit, year: int) -> JsonResponse:
    """One answer a cell: what stands there now, or what is wrong with it; and the new sums."""
    try:
        sent = json.loads(request.body)
        cells = [
            (str(cell["key"]), UUID(str(cell["key"])), int(cell["need"]), int(cell["source"]),
             str(cell["typed"])[:60], int(cell["seen"]))
            for cell in list(sent["cells"])[:MOST_CELLS]
        ]  # fmt: skip
        about = _about(sent, year)
    except typed.BadTyped as bad:
        return JsonResponse({"message": str(bad)}, status=422)
    except (ValueError, KeyError, TypeError, AttributeError):
        return JsonResponse({"message": "Yêu cầu không đúng. Hãy tải lại trang."}, status=400)
    results = []
    for name, key, need, source, words, seen in cells:
        results.append(
            {"key": name} | _save(request, unit, about, key, (need, source), words, seen)
        )
    return JsonResponse({"results": results} | _sums(unit, year, Step(about.step), cells))


def _save(
    request: HttpRequest, unit: Unit, about: About, key: UUID, cell: tuple[int, int], words: str,
    seen: int,
) -> dict[str, Any]:  # fmt: skip
    need, source = cell
    if not Need.objects.filter(pk=need, place=unit).exists():
        return {"error": "Nhu cầu này không còn. Hãy tải lại trang."}
    try:
        amount = _amount(words, about.unit)
        said = balance.Moved(
            need=need, source=source, step=about.step, amount=amount, day=about.day,
            paper=about.paper, over_reason=about.reason,
        )  # fmt: skip
        balance.set_cell(person(request), said, seen, key)
    except balance.Conflict as conflict:
        now = conflict.revision
        return {
            "error": f"{conflict.who or 'Người khác'} vừa ghi {typed.shown(now) or '0'} ở ô này. "
            "Số bạn gõ vẫn còn; lưu lần nữa để thay.",
            "seen": now,
        }  # fmt: skip
    except (typed.BadTyped, balance.BadRow) as bad:
        return {"error": str(bad), "over": isinstance(bad, balance.TooMuch)}
    return {"seen": amount, "text": _shown(amount)}


def _sums(unit: Unit, year: int, step: Step, cells: list[Any]) -> dict[str, Any]:
    """The sums of the lines and columns that were touched, and of the whole."""
    found = sums.sheet(unit, year)
    needs = {cell[2] for cell in cells}
    sources = {cell[3] for cell in cells}
    return {
        "rows": {
            line.need.pk: _sum_words(line.need.amount, line.sums.of(step))
            for line in found.needs
            if line.need.pk in needs
        },
        "columns": {
            line.source.pk: _sum_words(line.source.amount, line.sums.of(step))
            for line in found.sources
            if line.source.pk in sources
        },
        "total": typed.shown(sum(line.sums.of(step) for line in found.needs)),
    }


def _sum_words(amount: int | None, used: int) -> dict[str, Any]:
    more = over(amount, used)
    left = 0 if amount is None else max(0, amount - used)
    return {
        "used": typed.shown(used), "left": typed.shown(left) if left else "",
        "over": typed.shown(more) if more else "",
    }  # fmt: skip


def _before(text: str | None) -> dict[str, int]:
    """What the page showed (``_seen``); nothing where that cannot be read."""
    try:
        return {str(name): int(value) for name, value in json.loads(text or "{}").items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def _save_form(request: HttpRequest, unit: Unit, year: int) -> HttpResponse:
    """The page without a script: changed cells at once; refused ones stay as they were typed."""
    post = request.POST
    said = {
        "step": post.get("buoc"), "day": post.get("ngay"), "paper": post.get("van-ban"),
        "reason": post.get("ly-do"), "unit": post.get("don-vi"),
    }  # fmt: skip
    number, before = common.form_number(post.get("luot")), _before(post.get("da-thay"))
    changed = []
    for name, sent in post.items():
        words = str(sent)
        if name.startswith("c.") and words.strip() != _shown(before.get(name[2:], 0)):
            changed.append((name[2:], words))
    wrong: dict[str, tuple[str, str]] = {}
    try:
        about = _about(said, year)
    except (typed.BadTyped, KeyError) as bad:
        messages.error(request, str(bad) if isinstance(bad, typed.BadTyped) else "Hãy chọn bước.")
        wrong = {name: (words, "Chưa lưu") for name, words in changed}
        return _page(request, unit, year, wrong, 422)
    for name, words in changed[:MOST_CELLS]:
        need, _, source = name.partition(".")
        if not (need.isdigit() and source.isdigit()):
            continue
        seen = before.get(name, 0)
        cell = (int(need), int(source))
        answer = _save(request, unit, about, uuid5(number, name), cell, words, seen)
        if answer.get("error"):
            wrong[name] = (words, answer["error"])
    if wrong:
        return _page(request, unit, year, wrong, 422)
    messages.success(request, f"Đã lưu {len(changed)} ô." if changed else "Không có gì thay đổi.")
    return redirect(f"{reverse('money:matrix', args=[unit.pk, year])}?buoc={about.step}")
