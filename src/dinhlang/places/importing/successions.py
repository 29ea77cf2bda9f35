"""A list of successions: which unit became which on a day, wholly or in part."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction

from dinhlang.vietnamese import fold

from .. import services
from ..models import Extent, Level, Succession, SuccessionKind, SuccessionPart, Unit
from ..succession import Arrow, kind_of
from .tables import Column, Progress, Row, Table, Trouble, no_progress, parse_day

COLUMNS = (
    Column("old", ("Mã cũ", "old_code", "mã đơn vị cũ", "mã trước sắp xếp")),
    Column("new", ("Mã mới", "new_code", "mã đơn vị mới", "mã sau sắp xếp")),
    Column("extent", ("Phạm vi", "extent", "toàn bộ hay một phần"), required=False),
    Column("main", ("Phần chính", "main_part", "main"), required=False),
    Column("day", ("Từ ngày", "day", "ngày", "ngày hiệu lực"), required=False),
    Column("basis", ("Căn cứ", "basis", "nghị quyết", "quyết định"), required=False),
)
BATCH = 1000
_WHOLE = {"", "whole", "toan bo", "nguyen trang", "het"}
_PART = {"part", "mot phan", "phan"}
_MAIN = {"main", "x", "co", "chinh", "phan chinh", "1", "true"}
_NOT_MAIN = {"", "khong", "0", "false"}


@dataclass(frozen=True, slots=True)
class Line:
    """One row that can be written."""

    row: int
    old: Unit
    new: Unit
    day: date
    whole: bool
    main: bool
    basis: str = ""

    @property
    def arrow(self) -> Arrow[int]:
        """For the pure part."""
        return Arrow(self.old.pk, self.new.pk, self.day, self.whole, self.main)


@dataclass(slots=True)
class CheckedSuccessions:
    """A list after its check. ``above``: what follows from it for the provinces."""

    lines: list[Line] = field(default_factory=list)
    above: list[Line] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    same: int = 0

    def counts(self) -> dict[str, int]:
        """What writing would do, for the preview."""
        return {
            "new": len(self.lines),
            "whole": sum(line.whole for line in self.lines),
            "part": sum(not line.whole for line in self.lines),
            "above": len(self.above),
            "same": self.same,
        }


class _Wrong(Exception):
    def __init__(self, key: str, what: str, advice: str) -> None:
        super().__init__(what)
        self.key, self.what, self.advice = key, what, advice


def check_successions(
    table: Table, *, day: date | None = None, progress: Progress = no_progress
) -> CheckedSuccessions:
    """Compare a list with the units and successions there are.

    ``day`` holds for rows that name none: the first day of the new units.
    """
    check = _Check(table, day)
    check.read(progress)
    progress(0.8, "Đang đối chiếu các dòng với nhau")
    check.settle()
    check.derive()
    return check.found


class _Check:
    def __init__(self, table: Table, day: date | None) -> None:
        self.table = table
        self.day = day
        self.found = CheckedSuccessions()
        self.by_code: dict[str, list[Unit]] = defaultdict(list)
        for unit in Unit.objects.exclude(code="").select_related("parent__parent"):
            self.by_code[unit.code].append(unit)
        self.known = set(SuccessionPart.objects.values_list("old_id", "new_id"))
        self.listed = {row["new"] for row in table.rows}

    def read(self, progress: Progress) -> None:
        """The rows one by one, each for itself."""
        seen: dict[tuple[int, int], int] = {}
        for index, row in enumerate(self.table.rows):
            if index % 500 == 0:
                progress(0.8 * index / len(self.table.rows), f"Đang soát dòng {row.number}")
            try:
                line = self._line(row)
                pair = line.old.pk, line.new.pk
                if pair in seen:
                    raise _Wrong("old", f"Trùng với dòng {seen[pair]}.", "Bỏ một trong hai dòng.")
            except _Wrong as wrong:
                self._trouble(row.number, wrong)
                continue
            seen[pair] = row.number
            if pair in self.known or line.old.pk == line.new.pk:
                self.found.same += 1
            else:
                self.found.lines.append(line)

    def _trouble(self, row: int, wrong: _Wrong) -> None:
        heading = self.table.heading(wrong.key)
        self.found.troubles.append(Trouble(row, heading, wrong.what, wrong.advice))

    def _line(self, row: Row) -> Line:
        try:
            day = parse_day(row["day"]) or self.day
        except ValueError:
            raise _Wrong("day", f"Không hiểu ngày “{row['day']}”.", "Ghi như 01/07/2025.") from None
        if day is None:
            raise _Wrong("day", "Chưa biết từ ngày nào.", "Ghi ngày vào cột, hoặc chọn khi nhập.")
        extent, main = fold(row["extent"]), fold(row["main"])
        if extent not in _WHOLE | _PART:
            what = f"Không hiểu phạm vi “{row['extent']}”."
            raise _Wrong("extent", what, "Ghi “toàn bộ” hoặc “một phần”.")
        if main not in _MAIN | _NOT_MAIN:
            raise _Wrong("main", f"Không hiểu “{row['main']}”.", "Ghi “x” hoặc để trống.")
        old = self._on(row["old"], day - timedelta(days=1))
        if old is None:
            raise _Wrong(
                "old",
                f"Không có đơn vị mã “{row['old']}” trước ngày {day:%d/%m/%Y}.",
                "Nhập danh sách đơn vị của thời gian trước, hoặc sửa mã.",
            )
        new = self._on(row["new"], day)
        if new is None:
            raise self._no_new(row, day, old)
        if old.valid_to is not None and old.valid_to > day:
            raise _Wrong(
                "old",
                f"{old.title} còn đến {old.valid_to:%d/%m/%Y}, sau ngày của dòng này.",
                "Xem lại ngày.",
            )
        if old.pk != new.pk and new.valid_from != day:
            raise _Wrong(
                "new",
                f"{new.title} đã có từ {new.valid_from:%d/%m/%Y}, trước ngày của dòng này.",
                "Nhập danh sách đơn vị mới với ngày bắt đầu đúng là ngày này.",
            )
        return Line(row.number, old, new, day, extent in _WHOLE, main in _MAIN, row["basis"])

    def _on(self, code: str, day: date) -> Unit | None:
        """The unit of this code on the day, whatever zeros a spreadsheet has dropped."""
        for wide in dict.fromkeys((code, code.zfill(2), code.zfill(3), code.zfill(5))):
            for unit in self.by_code.get(wide, ()):
                if unit.existed_on(day):
                    return unit
        return None

    def _no_new(self, row: Row, day: date, old: Unit) -> _Wrong:
        """The trouble, with a hint where a unit of the same name began that day without kin."""
        names = {old.tone_key} | ({old.parent.tone_key} if old.parent else set())
        hints = [
            unit
            for units in self.by_code.values()
            for unit in units
            if unit.valid_from == day and unit.tone_key in names and unit.code not in self.listed
        ]
        advice = "Nhập danh sách đơn vị mới trước, hoặc sửa mã."
        if len(hints) == 1:
            advice = f"Có phải {hints[0].full_name}, mã {hints[0].code}? Nếu đúng, sửa mã."
        what = f"Không có đơn vị mã “{row['new']}” từ ngày {day:%d/%m/%Y}."
        return _Wrong("new", what, advice)

    def settle(self) -> None:
        """The rows of one old unit must fit together."""
        by_old: dict[tuple[int, date], list[Line]] = defaultdict(list)
        for line in self.found.lines:
            by_old[line.old.pk, line.day].append(line)
        bad: set[int] = set()
        for lines in by_old.values():
            wrong = _misfit(lines)
            if wrong is not None:
                bad.update(line.row for line in lines)
                self._trouble(lines[-1].row, wrong)
        self.found.lines = [line for line in self.found.lines if line.row not in bad]
        self.found.troubles.sort(key=lambda trouble: trouble.row)

    def derive(self) -> None:
        """What the communes' successions say about their provinces."""
        pairs: dict[tuple[Unit, Unit, date], int] = Counter()
        for line in self.found.lines:
            old, new = _province(line.old), _province(line.new)
            if old and new and old != new and line.old.level == Level.COMMUNE:
                ends = old.valid_to in (None, line.day)
                if ends and new.valid_from == line.day and (old.pk, new.pk) not in self.known:
                    pairs[old, new, line.day] += 1
        by_old: dict[Unit, list[tuple[int, Unit, date]]] = defaultdict(list)
        for (old, new, day), count in pairs.items():
            by_old[old].append((count, new, day))
        for old, news in by_old.items():
            most = max(count for count, _, _ in news)
            for count, new, day in news:
                whole = len(news) == 1
                main = not whole and count == most
                self.found.above.append(Line(0, old, new, day, whole, main))


def _misfit(lines: Sequence[Line]) -> _Wrong | None:
    if len(lines) > 1 and any(line.whole for line in lines):
        return _Wrong(
            "extent",
            f"{lines[0].old.title} đã chuyển toàn bộ ở một dòng khác.",
            "Nếu chia cho nhiều nơi, ghi “một phần” ở mọi dòng của đơn vị ấy.",
        )
    if sum(line.main for line in lines) > 1:
        return _Wrong(
            "main",
            f"{lines[0].old.title} có hơn một phần chính.",
            "Chỉ đánh dấu phần lớn nhất.",
        )
    return None


def _province(unit: Unit) -> Unit | None:
    here: Unit | None = unit
    for _ in range(3):
        if here is None or here.level == Level.PROVINCE:
            return here
        here = here.parent
    return None


def write_successions(
    checked: CheckedSuccessions, progress: Progress = no_progress
) -> dict[str, int]:
    """Write a checked list whole, in one transaction; returns what was done, in numbers.

    Old units that still had no end get it. Villages of a commune that went wholly to one other
    go with it; those of a divided one are counted in ``villages_left``: somebody must say where.
    """
    with transaction.atomic():
        progress(0.2, "Đang ghi các cuộc sắp xếp")
        lines = [*checked.above, *checked.lines]
        _write_parts(lines)
        progress(0.6, "Đang kết thúc đơn vị cũ")
        _end_olds(lines)
        progress(0.8, "Đang chuyển thôn sang xã mới")
        moved, left = _move_villages(checked.lines)
    progress(1.0, "Đã ghi xong")
    return checked.counts() | {"villages_moved": moved, "villages_left": left}


def _write_parts(lines: Iterable[Line]) -> None:
    by_new: dict[tuple[int, date], list[Line]] = defaultdict(list)
    for line in lines:
        by_new[line.new.pk, line.day].append(line)
    groups = list(by_new.values())
    successions = Succession.objects.bulk_create(
        (
            Succession(
                day=group[0].day,
                kind=_kind(group),
                basis=next((line.basis for line in group if line.basis), "")[:300],
            )
            for group in groups
        ),
        batch_size=BATCH,
    )
    SuccessionPart.objects.bulk_create(
        (
            SuccessionPart(
                succession=succession,
                old=line.old,
                new=line.new,
                extent=Extent.WHOLE if line.whole else Extent.PART,
                main=line.main,
            )
            for succession, group in zip(successions, groups, strict=True)
            for line in group
        ),
        batch_size=BATCH,
    )


def _kind(group: Sequence[Line]) -> SuccessionKind:
    old, new = group[0].old, group[0].new
    same = (old.kind, old.tone_key) == (new.kind, new.tone_key)
    return SuccessionKind(kind_of([line.arrow for line in group], same_name=same))


def _end_olds(lines: Iterable[Line]) -> None:
    ending: dict[date, list[Unit]] = defaultdict(list)
    for line in lines:
        if line.old.valid_to is None:
            ending[line.day].append(line.old)
    for day, units in ending.items():
        services.close_units(units, day)


def _move_villages(lines: Iterable[Line]) -> tuple[int, int]:
    by_old = {line.old.pk: line for line in lines}
    moved = left = 0
    villages = Unit.objects.filter(level=Level.VILLAGE, parent__in=by_old).current()
    for village in villages:
        line = by_old[village.parent_id or 0]
        if line.whole and village.valid_from < line.day:
            services.change_parent(village, line.new, line.day)
            moved += 1
        else:
            left += 1
    return moved, left
