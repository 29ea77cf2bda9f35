"""The board of a place's work."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dinhlang.people.access import Action, can

from ..models import TaskState
from ..selectors import columns
from . import common
from .common import ground_of
from .moving import NEEDS


@require_safe
@never_cache
def board(request: HttpRequest, place: int) -> HttpResponse:
    """A column a state; cards are dragged, or moved by keys, or by the form that each has."""
    ground = ground_of(request, place)
    found = columns.columns(ground.rows, ground.on, request.GET.get("cot", ""))
    context = common.frame(
        request, ground, "board",
        columns=[
            {
                "column": column,
                "needs": NEEDS.get(TaskState(column.state), ("", ""))[1],
                "field": NEEDS.get(TaskState(column.state), ("", ""))[0],
                "whole": common.address(request, cot=column.state),
            }
            for column in found
        ],
        first=found[0].lines[0].pk if found[0].lines else None,
        states=[(column.state, column.look.words) for column in found],
        may_review=can(ground.user, Action.REVIEW, ground.unit),
        total=sum(len(column.bones) for column in found),
        xlsx=f"{request.path}.xlsx{common.asked(request, cot=None)}",
    )  # fmt: skip
    return render(request, "work/board.html", context)


@require_safe
@never_cache
def board_xlsx(request: HttpRequest, place: int) -> FileResponse:
    """The columns, all cards, as an xlsx file."""
    ground = ground_of(request, place)
    found = columns.columns(ground.rows, ground.on, most=None)
    groups = [(f"{each.look.words} ({len(each.bones)})", each.lines) for each in found]
    return common.list_file(ground, "Bảng công việc", [g for g in groups if g[1]])
