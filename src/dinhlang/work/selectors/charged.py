"""The offices that many tasks name: a row an office and spelling, not a row a task."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db.models import Min, QuerySet

from dinhlang.people.offices import office_key, the_one

from ..models import Task, TaskOffice
from .plain import Together, numbers


class Charged(NamedTuple):
    """An office in one spelling, and the tasks that it leads, or helps with."""

    key: str
    name: str
    leads: bool
    tasks: list[int]


def charged(rows: QuerySet[Task]) -> list[Charged]:
    """The offices of the tasks, those named first first."""
    found = (
        TaskOffice.objects.filter(task__in=rows.order_by().values("pk"))
        .order_by()
        .values_list("key", "name", "leads")
        .annotate(first=Min("pk"), tasks=Together("task_id"))
    )
    ordered = sorted(found, key=lambda row: row[3])
    return [Charged(key, name, leads, numbers(tasks)) for key, name, leads, _, tasks in ordered]


def only(offices: Iterable[Charged], tasks: Collection[int]) -> list[Charged]:
    """What is left of the offices where only these tasks count."""
    found = []
    for each in offices:
        kept = [task for task in each.tasks if task in tasks]
        if kept:
            found.append(each._replace(tasks=kept))
    return found


def spellings(offices: Iterable[Charged]) -> dict[str, str]:
    """Each key with the name it is given most often."""
    times: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for each in offices:
        times[each.key][each.name] += len(each.tasks)
    return {key: max(names, key=lambda name: (names[name], name)) for key, names in times.items()}


def leads(offices: Iterable[Charged]) -> dict[int, list[str]]:
    """The keys of the offices that lead each task; tasks that nobody leads are left out."""
    found = defaultdict[int, list[str]](list)
    for each in offices:
        if each.leads:
            for task in each.tasks:
                if each.key not in found[task]:
                    found[task].append(each.key)
    return found


def under_one_name(
    offices: Iterable[Charged], posts: Iterable[tuple[str, tuple[str, ...]]]
) -> list[Charged]:
    """The same, an office the place has standing under its own title however a task spells it.

    ``posts``: its offices, pairs of title and keys.
    """
    known = list(posts)
    titles = {title: (office_key(title), title) for title, _ in known}
    same: dict[str, tuple[str, str] | None] = {}
    found = []
    for each in offices:
        if each.key not in same:
            same[each.key] = titles.get(the_one(each.key, known))
        key, name = same[each.key] or (each.key, each.name)
        found.append(each._replace(key=key, name=name))
    return found
