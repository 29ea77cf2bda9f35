"""A list of units: which are new, which are known, which were renamed or moved."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from dinhlang.vietnamese import tone_key

from .. import services, tree
from ..kinds import ALL_KINDS, CODE_WIDTH, level_of, split_kind
from ..models import BEFORE_RECORDS, Level, Unit, UnitName, UnitParent
from .tables import Column, Progress, Row, Table, Trouble, no_progress, parse_day

COLUMNS = (
    Column("code", ("Mã", "code", "mã đơn vị", "mã số", "mã đvhc"), required=False),
    Column("name", ("Tên", "name", "tên đơn vị", "tên đơn vị hành chính", "họ tên đơn vị")),
    Column("kind", ("Loại", "kind", "loại đơn vị", "loại hình", "cấp"), required=False),
    Column(
        "parent_code",
        ("Mã cấp trên", "parent_code", "mã đơn vị cấp trên", "mã cha", "thuộc mã", "mã xã"),
    ),
    Column("first_day", ("Từ ngày", "valid_from", "ngày thành lập", "hiệu lực từ"), required=False),
    Column("end_day", ("Đến trước ngày", "valid_to", "hết hiệu lực từ ngày"), required=False),
)
ORDER = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE, Level.VILLAGE)
PARENT_WIDTHS = {Level.DISTRICT: (2,), Level.COMMUNE: (3, 2), Level.VILLAGE: (5,)}
BATCH = 1000


@dataclass(slots=True)
class Line:
    """One row that can be written: a new unit, or changes of a known one."""

    row: int
    level: Level
    code: str
    kind: str
    name: str
    parent_code: str
    first_day: date | None
    end_day: date | None
    known: Unit | None = None
    parent: Unit | Line | None = None
    made: Unit | None = None
    renamed: bool = False
    moved: bool = False
    ended: bool = False

    @property
    def unit(self) -> Unit:
        """The unit this row stands for, once it is there."""
        found = self.known or self.made
        assert found is not None
        return found


@dataclass(slots=True)
class CheckedUnits:
    """A list after its check. Nothing of it is written yet."""

    lines: list[Line] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    closes: list[Unit] = field(default_factory=list)
    closing_day: date | None = None

    def counts(self) -> dict[str, int]:
        """What writing would do, for the preview."""
        found = Counter(line.level.value for line in self.lines if line.known is None)
        found["new"] = sum(line.known is None for line in self.lines)
        found["renamed"] = sum(line.renamed for line in self.lines)
        found["moved"] = sum(line.moved for line in self.lines)
        found["ended"] = sum(line.ended for line in self.lines) + len(self.closes)
        found["same"] = sum(
            line.known is not None and not (line.renamed or line.moved or line.ended)
            for line in self.lines
        )
        return dict(found)


def check_units(
    table: Table,
    *,
    first_day: date | None = None,
    end_day: date | None = None,
    replaces: bool = False,
    progress: Progress = no_progress,
) -> CheckedUnits:
    """Compare a list with the units there are.

    ``first_day`` and ``end_day`` hold for rows that name none. ``replaces``: all units above the
    village that have no end and are known before ``first_day`` end on it, and the list begins
    new ones; without it a row with a known code changes the known unit.
    """
    check = _Check(table, first_day, end_day, replaces)
    check.read(progress)
    check.resolve(progress)
    return check.found


class _Wrong(Exception):
    """What is wrong with one row."""

    def __init__(self, key: str, what: str, advice: str) -> None:
        super().__init__(what)
        self.key = key
        self.what = what
        self.advice = advice


class _Check:
    def __init__(
        self, table: Table, first_day: date | None, end_day: date | None, replaces: bool
    ) -> None:
        self.table = table
        self.first_day = first_day
        self.end_day = end_day
        self.found = CheckedUnits()
        self.zeros_lost = False
        self.by_code: dict[str, list[Unit]] = defaultdict(list)
        self.villages: dict[tuple[int | None, str, str], Unit] = {}
        for unit in Unit.objects.exclude(level=Level.VILLAGE).exclude(code=""):
            self.by_code[unit.code].append(unit)
        if replaces and first_day:
            self._close_all(first_day)

    def _close_all(self, day: date) -> None:
        """Note, and treat from here on, all units above the village as ended on the day."""
        self.found.closing_day = day
        for unit in (unit for units in self.by_code.values() for unit in units):
            ends = unit.valid_to is None and unit.valid_from < day
            if ends and unit.level != Level.COUNTRY:
                unit.valid_to = day
                self.found.closes.append(unit)

    def trouble(self, row: int, key: str, what: str, advice: str) -> None:
        heading = self.table.heading(key) if key else ""
        self.found.troubles.append(Trouble(row, heading, what, advice))

    def read(self, progress: Progress) -> None:
        """The rows one by one, each for itself."""
        lines: list[Line] = []
        for index, row in enumerate(self.table.rows):
            if index % 500 == 0:
                progress(0.6 * index / len(self.table.rows), f"Đang soát dòng {row.number}")
            try:
                lines.append(self._line(row))
            except _Wrong as wrong:
                self.trouble(row.number, wrong.key, wrong.what, wrong.advice)
        self.found.lines = self._without_twins(lines)

    def _line(self, row: Row) -> Line:
        kind, name = _kind_and_name(row)
        level = level_of(kind, has_parent=bool(row["parent_code"]))
        if level is None:
            raise _no_level(kind)
        first = _day(row, "first_day") or self.first_day
        end = _day(row, "end_day") or self.end_day
        if end and end <= (first or BEFORE_RECORDS):
            raise _Wrong("end_day", "Ngày kết thúc không sau ngày bắt đầu.", "Xem lại hai ngày.")
        code = _padded(row["code"], level)
        if level != Level.VILLAGE and not (code.isdigit() and len(code) <= 12):
            raise _Wrong(
                "code",
                f"Mã “{code}” không phải mã số." if code else "Chưa có mã.",
                "Ghi mã của đơn vị theo danh mục hành chính, ví dụ 07330.",
            )
        self.zeros_lost |= code != row["code"]
        return Line(row.number, level, code, kind, name, row["parent_code"], first, end)

    def _without_twins(self, lines: Iterable[Line]) -> list[Line]:
        first: dict[tuple[object, ...], Line] = {}
        for line in lines:
            key: tuple[object, ...] = (line.code, line.first_day)
            if line.level == Level.VILLAGE:
                key = (line.parent_code, line.kind, tone_key(line.name))
            if key in first:
                column = "name" if line.level == Level.VILLAGE else "code"
                self.trouble(
                    line.row,
                    column,
                    f"Trùng với dòng {first[key].row}.",
                    "Bỏ một trong hai dòng, hoặc sửa cho khác nhau.",
                )
            else:
                first[key] = line
        return list(first.values())

    def resolve(self, progress: Progress) -> None:
        """Find parents and known units, the highest level first."""
        here: dict[str, Line] = {line.code: line for line in self.found.lines if line.code}
        country = services.ensure_country()
        good: list[Line] = []
        bad: set[int] = set()
        for number, level in enumerate(ORDER):
            progress(0.6 + 0.1 * number, f"Đang so với danh sách đã có: {level.label.lower()}")
            lines = [line for line in self.found.lines if line.level == level]
            if level == Level.VILLAGE and lines:
                self._know_villages()
            for line in lines:
                if self._settle(line, here, bad, country):
                    good.append(line)
                else:
                    bad.add(line.row)
        self.found.lines = self._in_time(good)
        self.found.troubles.sort(key=lambda trouble: trouble.row)

    def _in_time(self, lines: list[Line]) -> list[Line]:
        """Without the changes that would come before one already known."""
        changed = [line.unit.pk for line in lines if line.renamed or line.moved]
        last: dict[int, date] = {}
        for rows in (UnitName.objects, UnitParent.objects):
            for unit, day in rows.filter(unit__in=changed).values_list("unit", "valid_from"):
                last[unit] = max(day, last.get(unit, day))
        good = []
        for line in lines:
            if (line.renamed or line.moved) and (line.first_day or BEFORE_RECORDS) < last.get(
                line.unit.pk, BEFORE_RECORDS
            ):
                known = f"{line.unit.title} đã có thay đổi từ {last[line.unit.pk]:%d/%m/%Y}."
                self.trouble(line.row, "name", known, "Ghi ngày bắt đầu sau ngày đó.")
            else:
                good.append(line)
        return good

    def _know_villages(self) -> None:
        for unit in Unit.objects.filter(level=Level.VILLAGE).current():
            self.villages[unit.parent_id, unit.kind, unit.tone_key] = unit

    def _settle(self, line: Line, here: dict[str, Line], bad: set[int], country: Unit) -> bool:
        """Whether the row has its parent and fits what is known; notes a trouble if not."""
        parent = self._parent(line, here, country)
        if parent is None:
            self.trouble(
                line.row,
                "parent_code",
                f"Không có đơn vị cấp trên mã “{line.parent_code}”.",
                "Thêm dòng của đơn vị ấy vào danh sách, hoặc sửa mã.",
            )
            return False
        if isinstance(parent, Line) and parent.row in bad:
            self.trouble(
                line.row,
                "parent_code",
                f"Đơn vị cấp trên ở dòng {parent.row} có lỗi.",
                f"Sửa dòng {parent.row} trước.",
            )
            return False
        line.parent = parent
        if line.level == Level.VILLAGE:
            return self._settle_village(line, parent)
        return self._settle_coded(line, parent)

    def _parent(self, line: Line, here: dict[str, Line], country: Unit) -> Unit | Line | None:
        if line.level == Level.PROVINCE:
            return country
        for code in self._parent_codes(line):
            listed = here.get(code)
            if listed is not None and ORDER.index(listed.level) < ORDER.index(line.level):
                return listed
            for unit in self.by_code.get(code, ()):
                day = line.first_day
                fits = unit.existed_on(day) if day else unit.valid_to is None
                if fits and unit.level != line.level:
                    return unit
        return None

    def _parent_codes(self, line: Line) -> list[str]:
        """The parent's code as written, and with the zeros that a spreadsheet may have dropped.

        In a list that has lost zeros, 24 is rather the district 024 than the province 24.
        """
        said = line.parent_code
        if not said.isdigit():
            return [said]
        wide = [said.zfill(width) for width in PARENT_WIDTHS.get(line.level, ())]
        return [*wide, said] if self.zeros_lost else [said, *wide]

    def _settle_village(self, line: Line, parent: Unit | Line) -> bool:
        above = parent if isinstance(parent, Unit) else parent.known
        level = parent.level
        if level != Level.COMMUNE:
            self.trouble(
                line.row,
                "parent_code",
                "Thôn, khu phải thuộc một xã, phường hoặc đặc khu.",
                "Ghi mã của xã vào cột này.",
            )
            return False
        if above is not None:
            line.known = self.villages.get((above.pk, line.kind, tone_key(line.name)))
            line.first_day = max(line.first_day or BEFORE_RECORDS, above.valid_from)
        return True

    def _settle_coded(self, line: Line, parent: Unit | Line) -> bool:
        first = line.first_day or BEFORE_RECORDS
        for unit in self.by_code.get(line.code, ()):
            if unit.existed_on(first):
                return self._settle_known(line, unit, parent, first)
            overlaps = unit.valid_from > first and (
                line.end_day is None or line.end_day > unit.valid_from
            )
            if overlaps:
                self.trouble(
                    line.row,
                    "code",
                    f"Mã {line.code} đã là của {unit.full_name} từ {unit.valid_from:%d/%m/%Y}.",
                    "Ghi ngày kết thúc cho danh sách cũ (cột “Đến trước ngày”, hoặc ô khi nhập).",
                )
                return False
        return True

    def _settle_known(self, line: Line, unit: Unit, parent: Unit | Line, first: date) -> bool:
        if unit.level != line.level:
            self.trouble(
                line.row,
                "code",
                f"Mã {line.code} là của {unit.full_name}, khác cấp.",
                "Xem lại mã và loại đơn vị.",
            )
            return False
        line.known = unit
        line.renamed = unit.kind != line.kind or unit.tone_key != tone_key(line.name)
        above = parent if isinstance(parent, Unit) else parent.known
        line.moved = above is None or above.pk != unit.parent_id
        line.ended = line.end_day is not None and unit.valid_to is None
        if (line.renamed or line.moved) and unit.valid_to is not None:
            self.trouble(
                line.row,
                "code",
                f"{unit.title} đã kết thúc từ {unit.valid_to:%d/%m/%Y}, không sửa được nữa.",
                "Bỏ dòng này, hoặc ghi đúng ngày bắt đầu của đơn vị mới.",
            )
            return False
        return True


def _kind_and_name(row: Row) -> tuple[str, str]:
    """The two, whether they stand in two columns or in one. Raises ``_Wrong``."""
    said, name = split_kind(row["name"])
    kind = row["kind"].lower()
    if kind in ("", said):
        kind = said
    else:
        name = row["name"]
    if not name:
        raise _Wrong("name", "Chưa có tên.", "Ghi tên đơn vị, ví dụ: Phúc Hòa.")
    if len(name) > 120:
        raise _Wrong("name", "Tên dài quá 120 chữ.", "Ghi ngắn lại.")
    return kind, name


def _no_level(kind: str) -> _Wrong:
    if kind in ALL_KINDS:
        return _Wrong(
            "parent_code",
            f"Loại “{kind}” phải thuộc một cấp trên.",
            "Ghi mã của đơn vị cấp trên vào cột này.",
        )
    what = f"Không có loại “{kind}”." if kind else "Chưa có loại đơn vị."
    return _Wrong("kind", what, "Ghi tỉnh, huyện, xã, phường, thôn…")


def _day(row: Row, key: str) -> date | None:
    try:
        return parse_day(row[key])
    except ValueError:
        raise _Wrong(key, f"Không hiểu ngày “{row[key]}”.", "Ghi như 01/07/2025.") from None


def _padded(code: str, level: Level) -> str:
    width = CODE_WIDTH.get(level, 0)
    return code.zfill(width) if code.isdigit() else code


def write_units(checked: CheckedUnits, progress: Progress = no_progress) -> dict[str, int]:
    """Write a checked list whole, in one transaction; returns what was done, in numbers."""
    with transaction.atomic():
        if checked.closing_day and checked.closes:
            services.close_units(checked.closes, checked.closing_day)
        new = [line for line in checked.lines if line.known is None]
        for number, level in enumerate(ORDER):
            progress(0.1 + 0.15 * number, f"Đang ghi {level.label.lower()}")
            _write_level([line for line in new if line.level == level])
        progress(0.75, "Đang ghi tên và cấp trên")
        _write_names([line.unit for line in new])
        _change_known([line for line in checked.lines if line.known is not None])
        progress(0.85, "Đang dựng cây địa bàn")
        tree.add([line.unit for line in new])
    progress(1.0, "Đã ghi xong")
    return checked.counts()


def _write_level(lines: Sequence[Line]) -> None:
    for line in lines:
        assert line.parent is not None
        unit = Unit(
            level=line.level,
            code=line.code,
            kind=line.kind,
            name=line.name,
            parent=line.parent if isinstance(line.parent, Unit) else line.parent.unit,
            valid_from=line.first_day or BEFORE_RECORDS,
            valid_to=line.end_day,
        )
        unit.fill_keys()
        line.made = unit
    Unit.objects.bulk_create([line.unit for line in lines], batch_size=BATCH)


def _write_names(units: Sequence[Unit]) -> None:
    UnitName.objects.bulk_create(
        (
            UnitName(
                unit=unit,
                kind=unit.kind,
                name=unit.name,
                search_key=unit.search_key,
                valid_from=unit.valid_from,
                valid_to=unit.valid_to,
            )
            for unit in units
        ),
        batch_size=BATCH,
    )
    UnitParent.objects.bulk_create(
        (
            UnitParent(
                unit=unit,
                parent=unit.parent,
                valid_from=unit.valid_from,
                valid_to=unit.valid_to,
            )
            for unit in units
            if unit.parent is not None
        ),
        batch_size=BATCH,
    )


def _change_known(lines: Sequence[Line]) -> None:
    for line in lines:
        unit = line.unit
        day = max(line.first_day or unit.valid_from, unit.valid_from)
        if line.renamed:
            services.change_name(unit, line.kind, line.name, day)
        if line.moved and line.parent is not None:
            above = line.parent if isinstance(line.parent, Unit) else line.parent.unit
            services.change_parent(unit, above, day)
    ending: dict[date, list[Unit]] = defaultdict(list)
    for line in lines:
        if line.ended and line.end_day:
            ending[line.end_day].append(line.unit)
    for day, units in ending.items():
        services.close_units(units, day)
