"""Meetings of a place, and what an agenda could be made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet

from dinhlang.assessment.selectors import verdicts
from dinhlang.law.verdicts import State
from dinhlang.money.selectors import balance
from dinhlang.people.models import Office, User
from dinhlang.places.models import Unit
from dinhlang.vietnamese import format_date, format_money
from dinhlang.work.models import Task
from dinhlang.work.policies import at
from dinhlang.work.selectors import commitments, overview
from dinhlang.work.selectors.charged import charged
from dinhlang.work.selectors.tasks import Filter, kept, of_place

from .models import Decision, Meeting
from .services import Point

MOST = 100
MOST_SUGGESTED = 24


@dataclass(slots=True)
class Listing:
    """The meetings of a place, by how far they have come."""

    coming: list[Meeting] = field(default_factory=list)
    held: list[Meeting] = field(default_factory=list)
    closed: list[Meeting] = field(default_factory=list)
    removed: list[Meeting] = field(default_factory=list)


def meetings(user: User, place: Unit) -> Listing:
    """Those the person may see, the next first, then the latest."""
    counted = Count("decisions", filter=Q(decisions__removed_at=None))
    rows: QuerySet[Meeting] = Meeting.objects.restrict(user).filter(place=place)
    found = Listing()
    for row in rows.annotate(decided=counted)[:MOST]:
        if row.removed_at is not None:
            found.removed.append(row)
        elif row.state == Meeting.State.PLANNED:
            found.coming.insert(0, row)
        elif row.state == Meeting.State.HELD:
            found.held.append(row)
        else:
            found.closed.append(row)
    return found


def before(user: User, row: Meeting) -> Meeting | None:
    """The closed meeting of the same place before this one."""
    rows: QuerySet[Meeting] = Meeting.objects.restrict(user)
    return rows.filter(
        place=row.place, state=Meeting.State.CLOSED, at__lt=row.at, removed_at=None
    ).first()


def decided(row: Meeting) -> list[Decision]:
    """Its decisions with their tasks."""
    rows = row.decisions.filter(removed_at=None).select_related("task", "item")
    return list(rows.prefetch_related("task__offices"))


def offices(place: Unit) -> list[str]:
    """The offices of the place and of its villages."""
    rows = Office.objects.filter(Q(place=place) | Q(place__parent=place), closed_on=None)
    return list(dict.fromkeys(rows.values_list("title", flat=True)))


# --- What an agenda could be made of --------------------------------------------------------------


def suggested(user: User, place: Unit, on: date) -> list[tuple[str, list[Point]]]:
    """Points by reason: left from last time, late, waiting, money short, promised, unmet."""
    rows = of_place(user, place, Filter(), on)
    page = overview.overview(rows, charged(rows), place, on)
    groups = [
        ("Kết luận lần trước chưa xong", _left(user, place, on)),
        ("Việc chậm", [
            Point(text=f"Việc chậm: {each.line.text}", why=f"chậm {each.days} ngày",
                  presenter=each.line.lead, task=each.line.pk)
            for each in page.late
        ]),
        ("Chờ quyết định, chờ nơi khác", [
            Point(text=f"Cho ý kiến: {each.line.text}", why=f"đang chờ {each.whom}",
                  presenter=each.line.lead, task=each.line.pk)
            for each in page.waiting
        ]),
        ("Sẽ chậm nếu không gỡ", [
            Point(text=f"Gỡ vướng: {each.line.text}", why=each.expected.reasons[0].words,
                  presenter=each.line.lead, task=each.line.pk)
            for each in page.coming
        ]),
        ("Kinh phí", list(_money(place, on))),
        ("Cam kết với cấp trên", [
            Point(text=f"Cam kết: {each.row.text}", why=each.near or each.words)
            for each in commitments.pressing(user, place, on)
        ]),
        ("Tiêu chí chưa đạt mà chưa có việc", _bare(user, place, on)),
    ]  # fmt: skip
    seen: set[int] = set()
    found: list[tuple[str, list[Point]]] = []
    left = MOST_SUGGESTED
    for title, points in groups:
        fresh = [each for each in points if each.task is None or each.task not in seen][:left]
        seen |= {each.task for each in fresh if each.task is not None}
        left -= len(fresh)
        if fresh:
            found.append((title, fresh))
    return found


def _left(user: User, place: Unit, on: date) -> list[Point]:
    rows: QuerySet[Meeting] = Meeting.objects.restrict(user).filter(place=place, removed_at=None)
    last = rows.filter(state=Meeting.State.CLOSED).first()
    if last is None:
        return []
    open_ones = [each for each in decided(last) if each.task and each.task.is_unfinished]
    return [
        Point(
            text=f"Kết luận lần trước: {each.text}", presenter=each.lead, task=each.task_id,
            why="quá hạn" if each.end and each.end < on
            else f"hạn {format_date(each.end)}" if each.end else "chưa có hạn",
        )
        for each in open_ones
    ]  # fmt: skip


def _money(place: Unit, on: date) -> list[Point]:
    found = balance.sheet(place, on.year)
    lack = -found.usable_balance
    if lack <= 0:
        return []
    return [Point(text=f"Cân đối kinh phí năm {on.year}: còn thiếu {format_money(lack)}",
                  why="nguồn dùng được ít hơn nhu cầu")]  # fmt: skip


def _bare(user: User, place: Unit, on: date) -> list[Point]:
    here = verdicts.ground(place, on)
    first = here.first()
    verdict = verdicts.verdict_on(here, first.id) if first else None
    if verdict is None:
        return []
    unmet = [each.criterion for each in verdict.criteria if each.state is State.NOT_MET]
    rows: QuerySet[Task] = at(kept(), user, place).exclude(criterion="").order_by()
    worked = set(rows.values_list("criterion", flat=True).distinct()) if unmet else set()
    return [
        Point(text=f"Tiêu chí {each.number} ({each.name}) chưa đạt", why="chưa có việc nào")
        for each in unmet
        if each.number not in worked
    ]  # fmt: skip
