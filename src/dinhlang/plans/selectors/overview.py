"""One plan at a glance, and one task with what the paper says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dinhlang.papers.plan import Plan as Paper
from dinhlang.places.models import Unit
from dinhlang.work.models import UNFINISHED, Task, TaskOffice, TaskState
from dinhlang.work.moments import Standing, distance, standing

from ..editing import draft
from ..models import Plan, PlanVersion
from ..rendering import words
from ..rendering.items import Fact
from ..rendering.page import overview as head_facts
from .plans import live_tasks


@dataclass(frozen=True, slots=True)
class Count:
    """A figure with its words and the section it leads to."""

    figure: str
    label: str
    slug: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on a plan's first page."""

    facts: list[Fact]
    counts: list[Count]
    levels: str
    money: list[Fact]
    next_tasks: list[tuple[Task, str, str]]
    late: int


def overview(plan: Plan, version: PlanVersion, today: date) -> Overview:
    """The plan's first page on this day."""
    paper = draft.plan_of(version.document)
    tasks = [row.task for row in live_tasks(plan)]
    unfinished = [task for task in tasks if task.state in UNFINISHED]
    late = [t for t in unfinished if standing(t.start, t.end, today) == Standing.LATE]
    dated = sorted((t for t in unfinished if t.end), key=lambda t: t.end or today)
    money = _money(paper)
    labels = {fact.label for fact in money}
    return Overview(
        facts=[fact for fact in head_facts(paper) if fact.label not in labels],
        counts=_counts(paper, tasks, version),
        levels="; ".join(words.LEVELS[level] for level in paper.levels),
        money=money,
        next_tasks=[
            (task, distance(task.end, today), standing(task.start, task.end, today))
            for task in dated[:6]
            if task.end
        ],
        late=len(late),
    )


def _counts(paper: Paper, tasks: list[Task], version: PlanVersion) -> list[Count]:
    reached = sum(c.status in ("reached", "maintain") for c in paper.criteria)
    done = sum(task.state in (TaskState.DONE, TaskState.ACCEPTED) for task in tasks)
    trouble = version.errors + version.warnings
    return [
        Count(f"{reached}/{len(paper.criteria)}", "tiêu chí đã đạt, giữ vững", "tieu-chi"),
        Count(str(len(paper.targets)), "chỉ tiêu", "tieu-chi"),
        Count(f"{done}/{len(tasks)}", "nhiệm vụ đã xong", "nhiem-vu"),
        Count(str(len(paper.quantities)), "khối lượng", "khoi-luong"),
        Count(str(len(paper.duties)), "phân công", "phan-cong"),
        Count(str(trouble), "điểm cần xem lại", "kiem-tra", "wait" if trouble else "ok"),
    ]


def _money(paper: Paper) -> list[Fact]:
    added = paper.funding.computed
    rows = [
        ("Tổng nhu cầu", added.needs),
        ("Tổng nguồn vốn", added.sources),
        ("Cân đối", added.balance),
    ]
    if added.usable_balance != added.balance:
        rows.append(("Cân đối, không kể vốn có điều kiện", added.usable_balance))
    return [
        Fact(label, words.money(amount), missing=amount < 0)
        for label, amount in rows
        if amount is not None
    ]


@dataclass(frozen=True, slots=True)
class TaskChoices:
    """What a plan's tasks can be filtered by: value and words of each choice."""

    offices: list[tuple[str, str]]
    criteria: list[tuple[str, str]]
    villages: list[tuple[str, str]]
    states: list[tuple[str, str]]


def task_choices(plan: Plan, version: PlanVersion) -> TaskChoices:
    """The offices, criteria, villages and states that the plan's tasks have."""
    live = live_tasks(plan).values("task")
    named = TaskOffice.objects.filter(task__in=live).order_by("name")
    offices = named.values_list("key", "name")
    villages = Unit.objects.filter(village_tasks__in=live).distinct().order_by("sort_key")
    numbers = {n for task in version.document["tasks"] for n in task["criteria"]}
    names = {c["number"]: c["name"] for c in version.document["criteria"]}
    return TaskChoices(
        offices=list({key: name for key, name in offices if key}.items()),
        criteria=[(str(n), f"{n}. {names.get(n, '')}".strip()) for n in sorted(numbers)],
        villages=[(str(unit.pk), unit.name) for unit in villages],
        states=[("unfinished", "Chưa xong"), ("late", "Quá hạn"), *TaskState.choices],
    )
