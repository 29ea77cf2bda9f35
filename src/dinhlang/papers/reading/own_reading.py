"""What the tables of ``own_tables`` hold: targets, groups, tasks, the roadmap, amounts, money."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dinhlang.papers.plan import (
    Comparator,
    Deadline,
    Due,
    GroupRule,
    Level,
    Need,
    Period,
    Quantity,
    ReportRule,
    ScheduleEntry,
    Source,
    Target,
    TargetGroup,
    Task,
)
from dinhlang.papers.reading import own_tables as own
from dinhlang.papers.reading.blocks import Block
from dinhlang.papers.reading.own_tables import OwnTable
from dinhlang.papers.reading.paper import Paper
from dinhlang.papers.reading.quantity_tables import plain_decimal
from dinhlang.papers.reading.tables import find_cell
from dinhlang.papers.reading.villages import places_in
from dinhlang.papers.writing.composing import words
from dinhlang.vietnamese import find_periods, fold, parse_number


@dataclass(slots=True)
class Own:
    """Everything our own tables say; a kind without a table is not in ``kinds``."""

    kinds: set[own.Kind] = field(default_factory=set)
    targets: list[Target] = field(default_factory=list)
    groups: list[TargetGroup] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    schedule: list[ScheduleEntry] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    reporting: list[ReportRule] = field(default_factory=list)


def read_own(paper: Paper, tables: list[OwnTable]) -> Own:
    """What these tables say; every item lies in its row."""
    found = Own(kinds={each.kind for each in tables})
    for each in tables:
        rows = [_Row(each, row) for row in each.table.rows]
        match each.kind:
            case "targets":
                found.targets += _targets(paper, rows)
            case "groups":
                found.groups += _groups(rows)
            case "tasks":
                found.tasks += [_task(paper, row) for row in rows if row[own.TASK]]
            case "schedule":
                found.schedule += _schedule(paper, rows)
            case "quantities":
                found.quantities += _quantities(each, rows)
            case "needs":
                found.needs += _needs(rows)
            case "sources":
                found.sources += _sources(rows)
            case "reporting":
                found.reporting += [_report(row) for row in rows]
    return found


class _Row:
    """A row by the heads of its columns."""

    def __init__(self, of: OwnTable, row: Block) -> None:
        self.block = row
        self.heads = of.heads
        self.cells = dict(zip(of.heads, (cell.strip() for cell in row.cells), strict=False))

    def __getitem__(self, head: str) -> str:
        return self.cells.get(head, "")

    def spans(self, head: str) -> list[tuple[int, int, int]]:
        """Where that cell stands."""
        at = self.heads.index(head) if head in self.heads else 0
        return self.block.spans(*find_cell(self.block, at))

    @property
    def group(self) -> str | None:
        """The words of a row that is a group's: one cell over all columns."""
        filled = [cell for cell in self.block.cells if cell.strip()]
        first = self.block.cells[0].strip() if self.block.cells else ""
        return first if len(filled) == 1 and first and not first.isdecimal() else None

    @property
    def is_total(self) -> bool:
        """Whether the row is a total."""
        return any(cell.startswith(own.TOTAL) for cell in self.block.cells[:2])


_GROUPS: dict[str, Level] = {fold(words.sentence(name)[:-1]): key for key, name in
                             words.LEVELS.items()}  # fmt: skip
_SIGNED = re.compile(r"^(?P<sign>[≥≤<>=])?\s*(?P<n>\d[\d.,]*)$")
_SIGNS: dict[str | None, Comparator] = {
    "≥": ">=", "≤": "<=", "<": "<", ">": ">", "=": "=", None: "=",
}  # fmt: skip


def _targets(paper: Paper, rows: list[_Row]) -> Iterator[Target]:
    group: str | None = None
    for row in rows:
        if row.group is not None:
            group = None if row.group == own.UNGROUPED else group_named(row.group)
            continue
        aim = _SIGNED.match(row[own.AIM])
        number = parse_number(aim["n"]) if aim else None
        year, criterion = row[own.YEAR], row[own.CRITERION]
        yield Target(
            text=row[own.TARGET],
            comparator=_SIGNS[aim["sign"]] if aim and number is not None else "yes",
            code=row[own.CODE] or None,
            value=plain_decimal(number) if number is not None else None,
            unit=row[own.UNIT] or None,
            criterion=int(criterion) if criterion.isdecimal() else None,
            place=row[own.PLACE] or None,
            year=int(year) if year.isdecimal() else paper.year,
            exceptions=_exceptions(row),
            group=group,
            lines=row.block.lines,
            spans=row.spans(own.AIM),
        )


def group_named(name: str) -> str:
    """The group of that name: a level by its words, else the name itself."""
    return _GROUPS.get(fold(name), name)


_WITHOUT = re.compile(r"\((?:trừ|ngoại trừ|không tính)\s+(?P<list>[^()]+)\)", re.IGNORECASE)


def _exceptions(row: _Row) -> list[str]:
    """Those of the note, parted by semicolons; else those the target's own words say."""
    note = row[own.NOTE]
    if note.startswith("Trừ: "):
        return [part.strip() for part in note.removeprefix("Trừ: ").split(";") if part.strip()]
    found = _WITHOUT.search(row[own.TARGET])
    parts = re.split(r",?\s+hoặc\s+|;\s*|,\s+", found["list"]) if found else []
    return [part.strip(" .,") for part in parts if part.strip(" .,")]


def _groups(rows: list[_Row]) -> Iterator[TargetGroup]:
    for row in rows:
        rule = own.rule_of(row[own.RULE])
        if rule is not None:
            yield TargetGroup(
                name=row[own.GROUP],
                rule=GroupRule(at_least=rule[0], of=rule[1]),
                targets=_listed(row[own.MEMBERS]),
                lines=row.block.lines,
                spans=row.spans(own.RULE),
            )


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def _task(paper: Paper, row: _Row) -> Task:
    when = row[own.DEADLINE]
    return Task(
        text=row[own.TASK],
        lead=_listed(row[own.LEAD]),
        partners=_listed(row[own.PARTNERS]),
        deadline=deadline_of(paper, when) if when else None,
        criteria=_numbers(row[own.CRITERION]),
        targets=_listed(row[own.CODES]),
        places=[*places_in(row[own.TASK]), *_listed(row[own.PLACE])],
        lines=row.block.lines,
        spans=row.spans(own.TASK),
    )


def deadline_of(paper: Paper, text: str) -> Deadline:
    """The words of a deadline with the last period they name."""
    periods = [each for each in find_periods(text, paper.year) if each.last is not None]
    if not periods:
        return Deadline(text=text)
    last = periods[-1]
    start = last.iso_start if last.kind == "range" and last.first is not None else None
    return Deadline(start=start, end=last.iso_end, text=text)


def _schedule(paper: Paper, rows: list[_Row]) -> Iterator[ScheduleEntry]:
    period: str | None = None
    for row in rows:
        if row.group is not None:
            period = _period(paper, row.group)
        elif period is not None and row[own.STEP]:
            yield ScheduleEntry(
                period=period, text=row[own.STEP], months=_numbers(row[own.MONTHS]),
                completes=_numbers(row[own.DONE]), lines=row.block.lines,
                spans=row.spans(own.STEP),
            )  # fmt: skip


def _period(paper: Paper, text: str) -> str | None:
    """“2026-Q1”, “2026-05”, “2026” of “Quý I/2026”, “Tháng 5/2026”, “Năm 2026”."""
    if bare := re.fullmatch(r"Năm (\d{4})", text):
        return bare[1]
    for found in find_periods(text, paper.year):
        if found.first is None:
            continue
        if found.kind == "quarter":
            return f"{found.first.year}-Q{(found.first.month + 2) // 3}"
        return f"{found.first.year}-{found.first.month:02d}"
    return None


def _quantities(of: OwnTable, rows: list[_Row]) -> Iterator[Quantity]:
    for row in rows:
        if of.heads[1] == own.PLACE:
            yield from _of_village(of, row)
        elif row[own.WORK]:
            for head in of.heads[3:]:
                if head != own.SUM:
                    place = None if head == own.WHOLE else head
                    yield from _quantity(row, head, row[own.WORK], row[own.UNIT] or None, place)


def _of_village(of: OwnTable, row: _Row) -> Iterator[Quantity]:
    place = row[own.PLACE]
    if place == own.SUM:
        return
    for head in of.heads[2:]:
        text, unit = own.work_of_head(head)
        yield from _quantity(row, head, text, unit, None if place == own.WHOLE else place)


def _quantity(
    row: _Row, head: str, text: str, unit: str | None, place: str | None
) -> Iterator[Quantity]:
    value = parse_number(row[head])
    if value is not None:
        yield Quantity(
            text=text, value=plain_decimal(value), unit=unit, place=place, lines=row.block.lines,
            spans=row.spans(head),
        )  # fmt: skip


def _amount(row: _Row) -> int | None:
    value = parse_number(row[own.AMOUNT])
    return int(value * 1_000_000) if value is not None else None


def _needs(rows: list[_Row]) -> Iterator[Need]:
    for row in rows:
        amount = _amount(row)
        if amount is not None and not row.is_total:
            number = _numbers(row[own.CRITERION])
            yield Need(
                text=row[own.NEED], amount=amount, criterion=number[0] if number else None,
                lines=row.block.lines, spans=row.spans(own.AMOUNT),
            )  # fmt: skip


def _sources(rows: list[_Row]) -> Iterator[Source]:
    conditional = False
    for row in rows:
        if row.group is not None:
            conditional = row.group == own.CONDITIONAL
        elif row[own.SOURCE] and not row.is_total:
            yield Source(
                text=row[own.SOURCE], amount=_amount(row), conditional=conditional,
                lines=row.block.lines, spans=row.spans(own.SOURCE),
            )  # fmt: skip


_PERIODS: dict[str, Period] = {said: key for key, said in words.PERIODS.items()}  # type: ignore[misc]
_CLOCK = re.compile(r"(\d{1,2}) giờ (\d{2})")
_MONTHDAY = re.compile(r"ngày (\d{1,2})")


def _report(row: _Row) -> ReportRule:
    when, _, channels = row[own.DUE].partition("qua ")
    weekday = next((n for n, name in enumerate(words.WEEKDAYS) if name and name in when), None)
    clock, monthday = _CLOCK.search(when), _MONTHDAY.search(when)
    due = Due(
        weekday=weekday,
        time=f"{int(clock[1]):02d}:{clock[2]}" if clock else None,
        day=int(monthday[1]) if monthday else None,
    )
    return ReportRule(
        from_=row[own.SENDER] or None, to=row[own.RECEIVER] or None,
        period=_PERIODS.get(row[own.RHYTHM], "unstated"), due=due if when.strip(" ;") else None,
        channels=[part.strip() for part in channels.split(",") if part.strip()],
        lines=row.block.lines, spans=row.block.spans(),
    )  # fmt: skip
