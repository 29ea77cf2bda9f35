"""The annexes of a plan: targets and owners, roadmap, amounts by village, money.

An annex without data is left out. The tables have the heads of ``reading.own_tables``, by which
they are read back to the last cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dinhlang.papers.plan import Plan, ScheduleEntry, Source, Target, Task
from dinhlang.papers.reading import own_tables as own
from dinhlang.vietnamese import format_number, to_roman

from ..tree import Align, Annex, Block, Column, Heading, Paragraph, Row, Table
from . import words
from .balance import balance_lines
from .owners import goals_of_commune, is_told_whole, owner
from .quantities import by_village, has_villages

Key = Literal["targets", "schedule", "quantities", "money"]


@dataclass(frozen=True, slots=True)
class Annexes:
    """The annexes there are, in order, by what they hold."""

    kept: dict[Key, Annex]

    def name(self, key: Key) -> str:
        """“Phụ lục II”; “Phụ lục” where there is one only."""
        if len(self.kept) == 1:
            return "Phụ lục"
        return f"Phụ lục {to_roman(list(self.kept).index(key) + 1)}"


def annexes(plan: Plan) -> Annexes:
    """The annexes the plan has data for."""
    made: dict[Key, Annex | None] = {
        "targets": _targets_and_tasks(plan),
        "schedule": _roadmap(plan),
        "quantities": _quantities(plan),
        "money": _money(plan),
    }
    return Annexes({key: annex for key, annex in made.items() if annex is not None})


def capital(text: str) -> str:
    """The text on one line, a capital first: a row begins as a sentence does."""
    text = re.sub(r"\s+", " ", text).strip()
    return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class _Spec:
    """A column: its head, share and side, whether it stands where all its cells are empty."""

    head: str
    share: float
    align: Align = "left"
    always: bool = True


def _columns(specs: Sequence[_Spec], rows: Sequence[Row]) -> tuple[tuple[Column, ...], list[Row]]:
    """The columns that say something, and the rows with their cells only."""
    kept = [
        at
        for at, spec in enumerate(specs)
        if spec.always or any(row.span == 1 and row.cells[at] for row in rows)
    ]
    columns = tuple(
        Column(title=specs[at].head, share=specs[at].share, align=specs[at].align) for at in kept
    )
    made = [
        Row(cells=tuple(row.cells[at] for at in kept), strong=row.strong)
        if row.span == 1
        else Row(cells=row.cells, strong=True, span=len(kept))
        for row in rows
    ]
    return columns, made


def _table(specs: Sequence[_Spec], rows: Sequence[Row], unit: str = "") -> Table:
    columns, made = _columns(specs, rows)
    return Table(columns=columns, rows=tuple(made), unit=unit)


def _group(name: str) -> Row:
    return Row(cells=(name,), strong=True, span=2)


# --- I. Targets and owners ----------------------------------------------------------------


def _targets_and_tasks(plan: Plan) -> Annex | None:
    parts: list[tuple[str, list[Block]]] = []
    if plan.targets:
        parts.append((own.TITLES["targets"], [_targets(plan)]))
    if plan.groups:
        parts.append((own.TITLES["groups"], [_groups(plan)]))
    tasks = tasks_of_table(plan)
    if tasks:
        parts.append((own.TITLES["tasks"], [_tasks(tasks)]))
    if not parts:
        return None
    blocks: list[Block] = []
    for number, (title, part) in enumerate(parts, 1):
        blocks += [Heading(level=2, label=f"{number}.", text=title), *part]
    said = [name for name, there in (("chỉ tiêu", plan.targets), ("nhiệm vụ", tasks)) if there]
    title = capital(f"{', '.join(said) or 'lĩnh vực được chọn'} và đơn vị chủ trì")
    return Annex(title=title, blocks=tuple(blocks), landscape=True)


_TARGETS = (
    _Spec(own.NUMBER, 0.5, "center"),
    _Spec(own.CODE, 0.7, "center", always=False),
    _Spec(own.TARGET, 5),
    _Spec(own.UNIT, 1.5, "center"),
    _Spec(own.AIM, 1, "center"),
    _Spec(own.YEAR, 0.7, "center", always=False),
    _Spec(own.CRITERION, 0.8, "center", always=False),
    _Spec(own.PLACE, 1.3, always=False),
    _Spec(own.OWNER, 2.2),
    _Spec(own.NOTE, 1.8, always=False),
)


def _targets(plan: Plan) -> Table:
    """The targets under the names of their groups, each with who answers for it."""
    groups = list(dict.fromkeys(target.group for target in plan.targets))
    groups.sort(key=lambda group: group is not None)  # those of no group come first
    rows: list[Row] = []
    position = 0
    for group in groups:
        if group is not None or len(groups) > 1:
            rows.append(_group(group_words(group)))
        for target in plan.targets:
            if target.group == group:
                position += 1
                rows.append(_target(plan, position, target))
    return _table(_TARGETS, rows)


def group_words(group: str | None) -> str:
    """The name of a group: a level in words."""
    if group is None:
        return own.UNGROUPED
    known = words.LEVELS.get(group)  # type: ignore[call-overload]
    return capital(known) if known else capital(group)


def _target(plan: Plan, position: int, target: Target) -> Row:
    text = capital(target.text)
    told = all(part in text for part in target.exceptions)
    own_year = plan.document.years[0] if len(plan.document.years) == 1 else None
    return Row(
        cells=(
            str(position),
            target.code or "",
            text,
            target.unit or "",
            words.figure(target),
            str(target.year) if target.year and target.year != own_year else "",
            str(target.criterion) if target.criterion is not None else "",
            target.place or "",
            owner(plan, target),
            "" if told else f"Trừ: {'; '.join(target.exceptions)}",
        )
    )


def _groups(plan: Plan) -> Table:
    rows = [
        Row(
            cells=(
                str(position),
                capital(group.name),
                own.rule_words(group.rule.at_least, group.rule.of),
                "; ".join(group.targets),
            )
        )
        for position, group in enumerate(plan.groups, 1)
    ]
    specs = (
        _Spec(own.NUMBER, 0.5, "center"),
        _Spec(own.GROUP, 3.5),
        _Spec(own.RULE, 1, "center"),
        _Spec(own.MEMBERS, 5),
    )
    return _table(specs, rows)


_TASKS = (
    _Spec(own.NUMBER, 0.5, "center"),
    _Spec(own.TASK, 5),
    _Spec(own.LEAD, 2),
    _Spec(own.PARTNERS, 2, always=False),
    _Spec(own.DEADLINE, 1.5, "center"),
    _Spec(own.CRITERION, 0.8, "center", always=False),
    _Spec(own.CODES, 0.8, "center", always=False),
    _Spec(own.PLACE, 1.2, always=False),
)


def tasks_of_table(plan: Plan) -> list[Task]:
    """The tasks without the goals of the commune, which the body says whole."""
    goals = [goal for goal in goals_of_commune(plan) if is_told_whole(plan, goal)]
    left = [task for task in plan.tasks if not any(task is goal for goal in goals)]
    return left or list(plan.tasks)


def _tasks(tasks: Sequence[Task]) -> Table:
    rows = [_task(position, task) for position, task in enumerate(tasks, 1)]
    return _table(_TASKS, rows)


def _task(position: int, task: Task) -> Row:
    return Row(
        cells=(
            str(position),
            capital(task.text),
            "; ".join(task.lead),
            "; ".join(task.partners),
            words.deadline(task.deadline),
            ", ".join(map(str, task.criteria)),
            "; ".join(task.targets),
            "; ".join(place for place in task.places if place not in task.text),
        )
    )


# --- II. Roadmap --------------------------------------------------------------------------


def periods(plan: Plan) -> list[str]:
    """The periods of the roadmap in the order of time: by their last month, the shorter first."""
    return sorted({entry.period for entry in plan.schedule}, key=_last_month)


def _last_month(period: str) -> tuple[str, int, bool]:
    year, _, part = period.partition("-")
    is_quarter = part.startswith("Q")
    last = int(part[1:]) * 3 if is_quarter else int(part) if part.isdecimal() else 12
    return year, last, is_quarter or not part


def _roadmap(plan: Plan) -> Annex | None:
    if not plan.schedule:
        return None
    rows: list[Row] = []
    for period in periods(plan):
        rows.append(_group(words.quarter_title(period)))
        entries = [entry for entry in plan.schedule if entry.period == period]
        rows += [_step(position, entry) for position, entry in enumerate(entries, 1)]
    specs = (
        _Spec(own.NUMBER, 0.5, "center"),
        _Spec(own.MONTHS, 0.9, "center", always=False),
        _Spec(own.STEP, 6),
        _Spec(own.DONE, 1.3, "center", always=False),
    )
    return Annex(title=own.TITLES["schedule"], blocks=(_table(specs, rows),))


def _step(position: int, entry: ScheduleEntry) -> Row:
    return Row(
        cells=(
            str(position),
            ", ".join(map(str, entry.months)),
            capital(entry.text),
            ", ".join(map(str, entry.completes)),
        )
    )


# --- III. Amounts by village ----------------------------------------------------------------


def _quantities(plan: Plan) -> Annex | None:
    if not has_villages(plan):
        return None
    table = by_village(plan)
    return Annex(title=own.TITLES["quantities"], blocks=(table,), landscape=len(table.columns) > 6)


# --- IV. Money --------------------------------------------------------------------------------

MILLIONS = "Đơn vị tính: triệu đồng"


def millions(amount: int | None) -> str:
    """Đồng as millions; empty where the amount is not known."""
    return "" if amount is None else format_number(own.million(amount))


def has_amounts(plan: Plan) -> bool:
    """Whether the plan knows an amount needed or found."""
    return bool(plan.funding.needs) or any(
        source.amount is not None for source in plan.funding.sources
    )


def _money(plan: Plan) -> Annex | None:
    if not has_amounts(plan):
        return None
    funding = plan.funding
    parts: list[tuple[str, list[Block]]] = []
    if funding.needs:
        parts.append((own.TITLES["needs"], [_needs(plan)]))
    if funding.sources:
        parts.append((own.TITLES["sources"], [_sources(funding.sources)]))
    balance = balance_lines(plan)
    if balance:
        parts.append(("Cân đối", [Paragraph(text=line) for line in balance]))
    blocks: list[Block] = []
    for number, (title, part) in enumerate(parts, 1):
        blocks += [Heading(level=2, label=f"{number}.", text=title), *part]
    return Annex(title="Nhu cầu, nguồn vốn và cân đối kinh phí", blocks=tuple(blocks))


def _needs(plan: Plan) -> Table:
    rows = [
        Row(
            cells=(
                str(position),
                capital(need.text),
                "" if need.criterion is None else str(need.criterion),
                millions(need.amount),
            )
        )
        for position, need in enumerate(plan.funding.needs, 1)
    ]
    total = millions(sum(need.amount for need in plan.funding.needs))
    rows.append(Row(cells=("", own.TOTAL, "", total), strong=True))
    specs = (
        _Spec(own.NUMBER, 0.5, "center"),
        _Spec(own.NEED, 5),
        _Spec(own.CRITERION, 1.1, "center", always=False),
        _Spec(own.AMOUNT, 1.4, "right"),
    )
    return _table(specs, rows, MILLIONS)


def _sources(sources: Sequence[Source]) -> Table:
    """The sources with their total; conditional ones apart, below it."""
    sure = [source for source in sources if not source.conditional]
    late = [source for source in sources if source.conditional]
    rows = [_source(position, source) for position, source in enumerate(sure, 1)]
    if any(source.amount is not None for source in sure):
        total = millions(sum(source.amount or 0 for source in sure))
        rows.append(Row(cells=("", own.TOTAL, total), strong=True))
    if late:
        rows.append(_group(own.CONDITIONAL))
        rows += [_source(position, source) for position, source in enumerate(late, len(sure) + 1)]
    specs = (
        _Spec(own.NUMBER, 0.5, "center"),
        _Spec(own.SOURCE, 5),
        _Spec(own.AMOUNT, 1.4, "right"),
    )
    return _table(specs, rows, MILLIONS)


def _source(position: int, source: Source) -> Row:
    return Row(cells=(str(position), capital(source.text), millions(source.amount)))
