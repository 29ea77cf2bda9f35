"""What a draft begins with beside the gaps: usual steps, choices, villages, works and reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from dinhlang.assessment.selectors import verdicts
from dinhlang.law.library import Law
from dinhlang.law.sets import CriteriaSet
from dinhlang.law.verdicts import SetVerdict, State
from dinhlang.papers import drafting_model as higher
from dinhlang.papers.drafting import COORDINATOR, Proposal, UsualStep
from dinhlang.papers.plan import Plan as PaperPlan
from dinhlang.people.models import Office, User
from dinhlang.places.models import Unit
from dinhlang.places.selectors import villages
from dinhlang.plans.models import Plan, PlanItem, PlanTask
from dinhlang.plans.task_items import bare_village
from dinhlang.vietnamese import fold
from dinhlang.work import templating
from dinhlang.work.models import TaskTemplate
from dinhlang.work.models.tasks import UNFINISHED, Task, TaskState

Row = dict[str, Any]
FREE_CHOICES = 2
"""Empty lines for fields whose list is not loaded."""
MOST_VILLAGES = 60
MOST_WORKS = 60
MOST_CARRIED = 30
CALL = "tuyen-truyen"
"""Our template of calling people to a campaign; its first step is the plan itself."""


def usual_steps(user: User, place: Unit, criteria: CriteriaSet) -> dict[str, list[UsualStep]]:
    """The usual steps of each criterion: the place's own template, else ours of that name."""
    found: dict[str, list[UsualStep]] = {}
    ours = [each for each in templating.ours().values() if each.criterion]
    for criterion in criteria.criteria:
        for each in ours:
            same = fold(each.name) == fold(criterion.name)
            numbered = each.criterion_set == criteria.id and each.criterion == criterion.number
            if same or numbered:
                found[criterion.number] = _steps(each.steps)
                break
    rows = TaskTemplate.objects.restrict(user).filter(
        place=place, criterion_set=criteria.id, removed_at=None
    )
    for row in rows.order_by("pk"):
        found[row.criterion] = _steps(templating.steps_of(row.steps))
    return found


def _steps(steps: Sequence[templating.Step]) -> list[UsualStep]:
    return [UsualStep(each.text, each.product, each.days) for each in steps]


# --- A higher level ------------------------------------------------------------------------------


def model_details(place: Unit, on: date, until: date, verdict: SetVerdict, law: Law) -> Row:
    """Choices and villages to choose from, and the set of conditions for being recognised."""
    return {
        "choices": [line for each in higher.groups(verdict, law) for line in _choices(each)],
        "villages": _villages(place, on, until),
        "recognition": higher.recognition_of(verdict, law),
    }


def _choices(group: higher.Group) -> list[Row]:
    base = {
        "indicator": group.indicator, "name": group.name, "at_least": group.at_least,
        "of": group.of, "wanted": False,
    }  # fmt: skip
    listed = [{**base, "text": name, "of_law": True} for name in group.options]
    free = FREE_CHOICES if group.of is None else 0
    return listed + [{**base, "text": "", "of_law": False} for _ in range(free)]


def _villages(place: Unit, on: date, until: date) -> list[Row]:
    """Each village with each level it may reach, and how it stands by the set of that level."""
    found: list[Row] = []
    units = list(villages(place).order_by("sort_key")[:MOST_VILLAGES])
    for goal in higher.VILLAGE_LEVELS:
        for unit in units:
            here = verdicts.ground(unit, on)
            of_level = [each for each in here.in_force() if each.level == goal]
            verdict = verdicts.verdict_on(here, of_level[0].id) if of_level else None
            found.append({
                "kind": unit.kind, "name": unit.name, "goal": goal, "wanted": False,
                "state": verdict.state if verdict else State.UNKNOWN,
                "open": len(higher.open_indicators(verdict)) if verdict else None,
                "lead": f"{unit.kind[:1].upper()}{unit.kind[1:]} {unit.name}",
                "due": (until - higher.APPRAISAL).isoformat(),
            })  # fmt: skip
    return found


# --- A campaign ----------------------------------------------------------------------------------


def campaign_details(
    user: User, place: Unit, waves: Sequence[tuple[date, date]], last: PaperPlan | None
) -> Row:
    """The waves, the villages, the works not reached yet in each, and who reports when."""
    units = list(villages(place).order_by("sort_key")[:MOST_VILLAGES])
    return {
        "waves": [{"start": a.isoformat(), "end": b.isoformat()} for a, b in waves],
        "villages_of": [{"kind": unit.kind, "name": unit.name} for unit in units],
        "works": works_left(user, place, units),
        "reports": reports_of(units, last),
    }


def works_left(user: User, place: Unit, units: Sequence[Unit]) -> list[Row]:
    """The amounts of the plans in force whose work is not done, by village.

    The newest plan says an amount first; an amount for the whole commune is given where no
    village has a part of it.
    """
    rows = Plan.objects.restrict(user).filter(place=place, current__isnull=False)
    plans = list(rows.order_by("-year", "-pk"))
    done = _done(plans)
    at = {bare_village(unit.name): number for number, unit in enumerate(units)}
    order = {plan.pk: number for number, plan in enumerate(plans)}
    items = PlanItem.objects.filter(plan__in=plans, kind="quantities")
    found: dict[tuple[str, str], Row] = {}
    for item in sorted(items, key=lambda each: (order[each.plan_id], each.number)):
        data = item.data
        text = " ".join(str(data.get("text") or "").split())
        unit = str(data.get("unit") or "")
        if not text or data.get("value") is None or (item.plan_id, item.line) in done:
            continue
        place_said = str(data.get("place") or "") or _only_village(text, units)
        name = _column(place_said, at) if place_said else "whole"
        key = (fold(text), unit)
        if name and (key in found or len(found) < MOST_WORKS):
            row = found.setdefault(key, blank_work(len(units)) | {"text": _capital(text)})
            row["unit"] = unit
            if row.get(name) is None:
                row[name] = str(data["value"])
    return [_without_double(row) for row in found.values()]


def blank_work(villages: int) -> Row:
    """A work without amounts."""
    return {"text": "", "unit": "", "whole": None} | {f"p{at}": None for at in range(villages)}


def _done(plans: Sequence[Plan]) -> set[tuple[int, int | None]]:
    """The lines of plans whose work is done; an amount stands on the line of its task."""
    states = (TaskState.DONE, TaskState.ACCEPTED, TaskState.DROPPED)
    rows = PlanTask.objects.filter(plan__in=plans, task__state__in=states)
    numbers = set(rows.values_list("plan_id", "number"))
    items = PlanItem.objects.filter(plan__in=plans).values_list("plan_id", "number", "line")
    return {(plan, line) for plan, number, line in items if (plan, number) in numbers}


def _only_village(text: str, units: Sequence[Unit]) -> str:
    """The one village the words of a work name: “rãnh thoát nước thôn Soi”."""
    said = f" {fold(text)} "
    named = [unit.name for unit in units if f" {fold(unit.kind)} {fold(unit.name)} " in said]
    return named[0] if len(named) == 1 else ""


def _column(place: str, at: dict[str, int]) -> str:
    number = at.get(bare_village(place))
    return f"p{number}" if number is not None else ""


def _without_double(row: Row) -> Row:
    """The whole says nothing new where villages have their parts: their sum is written."""
    has_parts = any(value is not None for name, value in row.items() if name.startswith("p"))
    return row | {"whole": None} if has_parts else row


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def reports_of(units: Sequence[Unit], last: PaperPlan | None) -> list[Row]:
    """Every day from the villages, every week from who leads; last plan's rules where it has any.

    A time of day that no plan names stays open.
    """
    kinds = {unit.kind for unit in units}
    heads = "Trưởng các thôn" if kinds <= {"thôn"} else "Các thôn, khu dân cư"
    usual = [("daily", heads, None), ("weekly", "Các đơn vị chủ trì", 5)]
    found = []
    for period, sender, weekday in usual:
        rules = [rule for rule in last.reporting if rule.period == period] if last else []
        rule = rules[0] if rules else None
        due = rule.due if rule else None
        found.append({
            "period": period, "wanted": True, "sender": (rule and rule.from_) or sender,
            "receiver": (rule and rule.to) or "UBND xã",
            "weekday": (due.weekday if due else weekday) if period == "weekly" else None,
            "time": (due.time if due else None) or "",
        })  # fmt: skip
    return found


def campaign_work(
    user: User, place: Unit, on: date, waves: Sequence[tuple[date, date]], works: Sequence[Row]
) -> list[Proposal]:
    """The steps of calling people, the works of the campaign, and unfinished work of villages."""
    first, until = min(a for a, _ in waves), max(b for _, b in waves)
    offices = list(
        Office.objects.filter(place=place, closed_on=None).values_list("title", flat=True)
    )
    blank = Proposal(criterion="", indicator="", gap="", task="", lead=COORDINATOR, due=until)
    found = []
    for step in templating.ours()[CALL].steps[1:]:
        due = max(first - timedelta(days=step.before), min(on + timedelta(days=1), first))
        lead = next((each for each in offices if fold(step.lead) in fold(each)), COORDINATOR)
        due = max(due, date(until.year, 1, 1))
        found.append(replace(blank, task=step.text, lead=lead, due=due))
    said = {fold(step.task) for step in found}
    unfinished = _unfinished(user, place)
    for work in works:
        if work["text"] and fold(work["text"]) not in said:
            said.add(fold(work["text"]))
            lead = next((lead for text, lead in unfinished if _tells(text, work)), COORDINATOR)
            found.append(replace(blank, task=work["text"], lead=lead))
    for text, lead in unfinished:
        of_works = all(any(_tells(part, work) for work in works) for part in text.split(";"))
        if fold(text) not in said and not of_works:
            said.add(fold(text))
            found.append(replace(blank, task=text, lead=lead))
    return found


def _unfinished(user: User, place: Unit) -> list[tuple[str, str]]:
    """Unfinished work of villages with who leads it."""
    rows = Task.objects.restrict(user).filter(
        place=place, state__in=UNFINISHED, removed_at=None, withdrawn_at=None,
        villages__isnull=False, criterion__gt="",
    )  # fmt: skip
    rows = rows.distinct().order_by("end", "pk").prefetch_related("offices")
    found = []
    for task in rows[:MOST_CARRIED]:
        leads = [each.name for each in task.offices.all() if each.leads]
        text = " ".join(task.text.split()).rstrip(".")[:600]
        found.append((text, leads[0] if leads else COORDINATOR))
    return found


def _tells(text: str, work: Row) -> bool:
    """Whether words of a task are of a work: “xây dựng 1,4 km rãnh thoát nước thôn Soi”."""
    wanted = set(fold(work["text"]).split())
    return bool(wanted) and wanted <= set(fold(text).replace(";", " ").split())
