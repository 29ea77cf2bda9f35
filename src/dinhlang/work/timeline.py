"""Tasks over time as a drawing: bars by month, arrows of dependency, the line of today. Pure.

The drawing is made of sheets of a few rows each, so that it breaks between pages when printed.
Lengths are units of the drawing, which is ``WIDTH`` wide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple, TypeVar

from .periods import Span, month_after, month_end

WIDTH = 1080
HEAD = 34
ROW = 34
BAR = 10
ROWS_A_SHEET = 18
ROWS_FIRST = 14
"""The first sheet is shorter: a heading stands above it on an A4 page."""
MOST_MONTHS = 36
LETTER = 6.3
"""How wide a letter of a label is, on average and generously."""
LEAST_BAR = 7.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A task to draw. ``tone`` colours its bar; ``late_until`` is the day it is forecast for."""

    pk: int
    text: str
    who: str
    start: date | None
    end: date | None
    tone: str = "na"
    href: str = ""
    told: str = ""
    done_share: float = 0.0
    late_until: date | None = None
    needs: tuple[int, ...] = ()
    parent: int | None = None


class Linked(NamedTuple):
    """A task as far as its place among the others goes."""

    pk: int
    start: date | None
    end: date | None
    needs: tuple[int, ...]
    parent: int | None


Placed = TypeVar("Placed", bound=Entry | Linked)


@dataclass(slots=True)
class Bar:
    """A row: the bar with its label above it, which never leaves the drawing."""

    entry: Entry
    number: int
    x: float
    y: float
    width: float
    label: str
    label_x: float
    anchor: str
    label_y: float
    is_point: bool = False
    is_critical: bool = False
    before_start: bool = False
    after_end: bool = False
    done_width: float = 0.0
    extra_x: float = 0.0
    extra_width: float = 0.0
    mentions: str = ""

    @property
    def right(self) -> float:
        """Where the bar ends."""
        return round(self.x + self.width, 1)

    @property
    def middle(self) -> float:
        """Half the height of the bar."""
        return self.y + BAR / 2

    @property
    def diamond(self) -> str:
        """The corners of the sign of a task that has only an end."""
        x, y = self.x + self.width / 2, self.middle
        return f"{x:.1f},{y - 7:.1f} {x + 7:.1f},{y:.1f} {x:.1f},{y + 7:.1f} {x - 7:.1f},{y:.1f}"


@dataclass(frozen=True, slots=True)
class Arrow:
    """From the end of a task to the beginning of one that needs it."""

    path: str
    is_critical: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A stretch of the head: a month, or a quarter where months would be too narrow."""

    x: float
    width: float
    label: str
    is_shaded: bool

    @property
    def middle(self) -> float:
        """Where its name stands."""
        return round(self.x + self.width / 2, 1)


@dataclass(slots=True)
class Sheet:
    """Some rows with a head of their own."""

    months: list[Month]
    bars: list[Bar] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    today: float | None = None

    @property
    def height(self) -> int:
        """Its height."""
        return HEAD + ROW * len(self.bars) + 6


@dataclass(frozen=True, slots=True)
class Scale:
    """Days as places on the drawing."""

    span: Span

    @property
    def days(self) -> int:
        """How many days are drawn."""
        return (self.span.last - self.span.first).days + 1

    def at(self, day: date) -> float:
        """Where a day begins; what lies outside stands at the edge."""
        found = (day - self.span.first).days / self.days * WIDTH
        return round(min(max(found, 0.0), float(WIDTH)), 1)


def draw(
    entries: Iterable[Entry], span: Span, today: date, critical: Sequence[int] = ()
) -> list[Sheet]:
    """The tasks that have a day, those that hang together side by side, drawn over the span."""
    scale = Scale(span)
    rows = ordered([each for each in entries if each.start or each.end])
    links = set(pairwise(critical))
    place = {entry.pk: number for number, entry in enumerate(rows, start=1)}
    months = head(span)
    line = scale.at(today) if span.first <= today <= span.last else None
    sheets = []
    starts = [0, *range(ROWS_FIRST, len(rows), ROWS_A_SHEET)] if rows else []
    for first, last in pairwise([*starts, len(rows)]):
        sheet = Sheet(months, today=line)
        for at, entry in enumerate(rows[first:last]):
            sheet.bars.append(_bar(scale, entry, first + at + 1, at, entry.pk in critical))
        _arrows(sheet, links, place)
        sheets.append(sheet)
    return sheets


def ordered(entries: Sequence[Placed]) -> list[Placed]:
    """Those linked with each other together, in the order of their days; groups by first day."""
    root = _groups(
        {each.pk: (*each.needs, each.parent) if each.parent else each.needs for each in entries}
    )
    groups = defaultdict[int, list[Placed]](list)
    for entry in entries:
        groups[root[entry.pk]].append(entry)

    def day(entry: Placed) -> tuple[date, date, int]:
        first = entry.start or entry.end or date.max
        return first, entry.end or date.max, entry.pk

    found = [sorted(group, key=day) for group in groups.values()]
    found.sort(key=lambda group: day(group[0]))
    return [entry for group in found for entry in group]


def _groups(links: Mapping[int, tuple[int, ...]]) -> dict[int, int]:
    root = {pk: pk for pk in links}

    def top(pk: int) -> int:
        while root[pk] != pk:
            root[pk] = root[root[pk]]
            pk = root[pk]
        return pk

    for pk, others in links.items():
        for other in others:
            if other in links:
                root[top(pk)] = top(other)
    return {pk: top(pk) for pk in links}


def head(span: Span) -> list[Month]:
    """The months of the span; quarters where there are more than two years of them."""
    scale, found = Scale(span), list[Month]()
    months = (span.last.year - span.first.year) * 12 + span.last.month - span.first.month + 1
    step = 1 if months <= 24 else 3
    day = month_after(span.first, -((span.first.month - 1) % step))
    while day <= span.last:
        following = month_after(day, step)
        x, right = scale.at(day), scale.at(following)
        label = _month_label(day, months) if step == 1 else f"Q{(day.month + 2) // 3}/{day:%y}"
        found.append(Month(x, round(right - x, 1), label, len(found) % 2 == 1))
        day = following
    return found


def _month_label(day: date, months: int) -> str:
    if months <= 6:
        return f"Tháng {day.month}/{day.year}"
    if months <= 12:
        return f"Tháng {day.month}"
    return f"{day.month}/{day:%y}" if day.month == 1 else f"{day.month}"


def limited(span: Span) -> Span:
    """The span, cut after ``MOST_MONTHS``."""
    most = month_after(span.first, MOST_MONTHS) - timedelta(days=1)
    return Span(span.first, min(span.last, most), span.label)


def around(days: Collection[date], today: date) -> Span:
    """The year of today; where no task lies in it, the years of the tasks."""
    year = today.year
    if not days or any(day.year == year for day in days):
        first, last = date(year, 1, 1), date(year, 12, 31)
    else:
        nearest = min(days, key=lambda day: abs((day - today).days))
        first, last = date(nearest.year, 1, 1), month_end(nearest.year, 12)
    label = f"Năm {first.year}"
    return Span(first, last, label)


def _bar(scale: Scale, entry: Entry, number: int, at: int, is_critical: bool) -> Bar:
    last = entry.end or scale.span.last
    first = entry.start or last
    x, right = scale.at(first), scale.at(last + timedelta(days=1))
    width = round(max(right - x, LEAST_BAR), 1)
    x = round(min(x, WIDTH - width), 1)
    y = HEAD + ROW * at + 20
    bar = Bar(entry, number, x, y, width, "", 0, "start", y - 5)
    bar.is_point = entry.start is None
    bar.is_critical = is_critical
    bar.before_start = first < scale.span.first
    bar.after_end = last > scale.span.last
    bar.done_width = round(width * min(max(entry.done_share, 0.0), 1.0), 1)
    if entry.late_until is not None and entry.late_until > last:
        bar.extra_x = round(x + width, 1)
        until = scale.at(entry.late_until + timedelta(days=1))
        bar.extra_width = round(max(0.0, until - bar.extra_x), 1)
    _label(bar)
    return bar


def _label(bar: Bar) -> None:
    """The label begins where the bar does; near the right edge it ends where the bar does."""
    text = f"{bar.number}. {bar.entry.text}"
    room_right, room_left = WIDTH - bar.x, bar.right
    bar.anchor, bar.label_x, room = "start", bar.x, room_right
    if room_left > room_right and len(text) * LETTER > room_right:
        bar.anchor, bar.label_x, room = "end", bar.right, room_left
    most = max(8, int(room / LETTER))
    bar.label = text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _arrows(sheet: Sheet, critical: Collection[tuple[int, int]], place: Mapping[int, int]) -> None:
    here = {bar.entry.pk: bar for bar in sheet.bars}
    for bar in sheet.bars:
        elsewhere = []
        for pk in bar.entry.needs:
            if pk in here:
                is_critical = (pk, bar.entry.pk) in critical
                sheet.arrows.append(Arrow(_path(here[pk], bar), is_critical))
            elif pk in place:
                elsewhere.append(str(place[pk]))
        bar.mentions = f"sau việc {', '.join(elsewhere)}" if elsewhere else ""


def _path(before: Bar, after: Bar) -> str:
    """Out to the right of the one, down or up, into the left of the other."""
    x, y, end, into = before.right, before.middle, after.x, after.middle
    if after.is_point:
        end = after.x + after.width / 2 - 7
    out = min(x + 8, WIDTH - 2)
    if end >= out + 6:
        return f"M{x:.1f} {y:.1f}H{out:.1f}V{into:.1f}H{end:.1f}"
    between = into - ROW / 2 + 2 if into > y else into + ROW / 2
    back = max(end - 8, 2)
    return f"M{x:.1f} {y:.1f}H{out:.1f}V{between:.1f}H{back:.1f}V{into:.1f}H{end:.1f}"
