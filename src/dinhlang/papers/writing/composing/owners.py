"""Who answers for a target of a plan, and what place a village's name stands for."""

from __future__ import annotations

import re

from dinhlang.papers.plan import Deadline, Plan, Target, Task, Village
from dinhlang.papers.reading.own_goals import goal_of
from dinhlang.vietnamese import fold

from . import words

_LEADS = ("lead", "advise", "deliver")
KINDS = ("thôn", "khu", "bản", "ấp", "xóm", "buôn", "khóm", "tổ", "kdc", "làng")


def owner(plan: Plan, target: Target) -> str:
    """The office that leads the work of a target, or its criterion; empty where none is named."""
    for task in plan.tasks:
        named = target.code is not None and (
            target.code in task.targets
            or re.search(rf"chỉ tiêu[\d., ]*\b{re.escape(target.code)}\b", task.text)
        )
        if task.lead and named:
            return "; ".join(task.lead)
    criterion = criterion_of(plan, target)
    return leads(plan).get(criterion, "") if criterion is not None else ""


def criterion_of(plan: Plan, target: Target) -> int | None:
    """The criterion a target says it serves; else the one its code or its own words name.

    None for a target of a group with a list of its own, and where two criteria are named.
    """
    if target.criterion is not None or target.group is not None:
        return target.criterion
    names = {each.number: each.name for each in plan.criteria if each.number is not None}
    first = (target.code or "").split(".")[0]
    if first.isdecimal():
        return int(first) if int(first) in names else None
    said = _words(target.text)
    named = [number for number, name in names.items() if f" {_words(name).strip()} " in said]
    return named[0] if len(named) == 1 else None


def _words(text: str) -> str:
    bare = re.sub(r"[\W_]+", " ", text.lower()).strip()
    return f" {bare} "


def leads(plan: Plan) -> dict[int, str]:
    """The office each criterion is given to: by the duties, else by the tasks."""
    found: dict[int, str] = {}
    for duty in plan.duties:
        if duty.role in _LEADS:
            for number in duty.criteria:
                found.setdefault(number, duty.office)
    for task in plan.tasks:
        for number in task.criteria if task.lead else []:
            found.setdefault(number, task.lead[0])
    return found


def village_words(plan: Plan, village: Village) -> str:
    """“thôn Đình”, “ấp Đông”: the kind as the plan says it elsewhere, else “thôn”."""
    if village.name.lower().startswith(KINDS):
        return village.name
    said = re.compile(rf"\b({'|'.join(KINDS)})\s+{re.escape(village.name)}\b", re.IGNORECASE)
    for text in _said(plan):
        match = said.search(text)
        if match:
            return f"{match[1].lower() if match[1] != 'KDC' else 'KDC'} {village.name}"
    return f"thôn {village.name}"


def _said(plan: Plan) -> list[str]:
    return [
        *(place for task in plan.tasks for place in task.places),
        *(each.place or "" for each in plan.targets),
        *(each.place or "" for each in plan.quantities),
        *(each.text for each in plan.tasks),
        *(each.text for each in plan.duties),
        *(name for task in plan.tasks for name in (*task.lead, *task.partners)),
        *plan.text,
    ]


def goal_day(plan: Plan, village: Village) -> Deadline | None:
    """The day of a village's goal: its own, else that of the task which says the goal."""
    if village.deadline is not None:
        return village.deadline
    for task in plan.tasks:
        if task.deadline is None or not re.search(rf"\b{re.escape(village.name)}\b", task.text):
            continue
        folded = fold(task.text)
        if "dat chuan" in folded or "thong minh" in folded or "kieu mau" in folded:
            return task.deadline
    return None


def is_told_whole(plan: Plan, goal: Task) -> bool:
    """Whether the line of the body says all there is of a goal, so that no table need."""
    if goal.partners or goal.criteria or goal.targets or goal.deadline is None:
        return False
    year = plan.document.years[0] if plan.document.years else None
    back = goal_of(goal_words(goal), year)
    if back is None or back.deadline is None:
        return False
    day = goal.deadline
    return (_words(back.text), back.deadline.start, back.deadline.end, back.deadline.text) == (
        _words(goal.text), day.start, day.end, day.text[:1].lower() + day.text[1:],
    )  # fmt: skip


def goal_words(goal: Task) -> str:
    """“Phấn đấu xã … đạt chuẩn … trước ngày 15/12/2026.”."""
    said = re.match(r"phấn đấu", goal.text, re.IGNORECASE)
    text = goal.text if said else f"Phấn đấu {goal.text[:1].lower()}{goal.text[1:]}"
    return words.sentence(f"{text} {words.when(words.deadline(goal.deadline))}")


def goals_of_commune(plan: Plan) -> list[Task]:
    """Dated tasks without a lead that say the goal of the whole commune."""
    return [
        task
        for task in plan.tasks
        if task.deadline is not None
        and not task.lead
        and re.search(r"(?:công nhận|đạt chuẩn|đạt)\s+(?:xã|chuẩn)", task.text)
        and re.search(r"\bxã\b|nông thôn mới|NTM", task.text)
        and not re.search(r"\b(?:thôn|khu|ấp|bản|buôn|xóm|KDC)\s+[A-ZÀ-Ỹ\d]", task.text)
    ]
